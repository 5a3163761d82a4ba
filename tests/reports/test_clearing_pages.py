"""The clearing officer sees one report and writes one section; the coordinator sends it; colleagues comment."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from boroughs.access import granted
from boroughs.actions.lists import grant
from boroughs.actions.purges import ask_to_erase, erase
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal.waiting import reader_of, to_do, waiting_for
from reports.actions.clearing import Asked, ask_to_clear, take_back
from reports.actions.comments import add_comment, resolve_comment
from reports.actions.sections import close_section
from reports.models import Clearance, Report, ReportComment, ReportText
from reports.policies import Refused
from tests.boroughs.pages import problems, says, seen, signed_in
from tests.factories import World, verify_as_it_stands
from tests.reports.clearing import ask, now, returned, verified, write
from tests.routes import BOROUGH_ROUTES, address
from tests.second_factor import give_factor


def page(world: World, verb: str = "section", row: Clearance | None = None) -> str:
    place = world.here
    return reverse(f"reports:clear-{verb}", args=[place.borough.slug, (row or place.clearance).pk])


def of_report(world: World, name: str, *args: Any) -> str:
    return reverse(f"reports:{name}", args=[world.here.borough.slug, world.here.drafting.pk, *args])


# -- The officer ------------------------------------------------------------------------------------
def test_the_officer_writes_verifies_and_sees_it_void(world: World) -> None:
    client = signed_in(world.here.clearing)
    assert "Financial" in says(client.get("/thurrock/to-clear/"))
    said = {"body": "There are no legal implications.", "state": "done", "then": "verify"}
    answer = client.post(page(world), said | seen(client, page(world)))
    assert answer["Location"] == page(world, "verify")
    given = {"name": "Pat Lawyer", "post": "Principal Solicitor"}
    client.post(page(world, "verify"), given | seen(client, page(world, "verify")))
    assert now(world, world.here.clearance).printed_post == "Principal Solicitor"
    assert "You have verified this section already" in says(client.get(page(world)))
    write(world, "Something else")
    assert "What you verified does not stand" in says(client.get(page(world)))
    assert "Verification void" in says(client.get("/thurrock/to-clear/"))


def test_a_nil_return_is_filled_in_with_one_click(world: World) -> None:
    write(world, "", "equality")
    row = ask(world, "equality")
    client = signed_in(world.here.clearing)
    assert "Fill in “There are no equality implications.”" in says(client.get(page(world, row=row)))
    form = BeautifulSoup(client.get(page(world, row=row) + "?say=nil").content, "html5lib")
    body = form.select_one("textarea[name=body]")
    assert body is not None
    assert body.get_text(strip=True) == "There are no equality implications."


def test_the_officer_has_the_buttons_and_the_paste_of_who_writes(world: World) -> None:
    shown = signed_in(world.here.clearing).get(page(world)).content.decode()
    assert "from_html.js" in shown
    assert "markdown.js" in shown


@pytest.mark.parametrize("verb", ["section", "verify", "return"])
def test_a_problem_is_told_once(world: World, verb: str) -> None:
    answer = signed_in(world.here.clearing).post(page(world, verb), {})
    assert len(BeautifulSoup(answer.content, "html5lib").select(".govuk-error-summary")) == 1


def test_sending_what_is_closed_says_that_the_list_comes_first(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    with acting_as(here.coordinator.pk):
        close_section(
            report=here.drafting,
            key="equality",
            by=here.coordinator,
            classification="exempt",
            reason="A dispute",
        )
    said = {"who-equality": str(here.clearing.pk), "post-equality": "Equalities"}
    answer = client.post(of_report(world, "clearance-send"), said, follow=True)
    assert "is closed. A lead puts whoever clears it on its access list" in says(answer)


def test_what_the_officer_shows_twice_is_not_verified_over_a_change(world: World) -> None:
    client = signed_in(world.here.clearing)
    before = seen(client, page(world, "verify"))
    write(world, "Changed meanwhile")
    answer = client.post(page(world, "verify"), {"name": "A", "post": "B"} | before)
    assert "changed while you looked at it" in problems(answer)[0]
    assert "Changed meanwhile" in says(answer)
    form = BeautifulSoup(answer.content, "html5lib").select_one("form input[name=seen]")
    assert form is not None
    client.post(page(world, "verify"), {"name": "A", "post": "B", "seen": form["value"]})
    assert now(world, world.here.clearance).state == "verified"


def test_two_writers_of_a_section_meet_in_a_conflict(world: World) -> None:
    client = signed_in(world.here.clearing)
    before = seen(client, page(world))
    write(world, "What the coordinator says")
    answer = client.post(page(world), {"body": "What I say", "state": "done"} | before)
    assert answer.status_code == 409
    assert "What the coordinator says" in says(answer)
    assert "What I say" in says(answer)


def test_a_section_is_returned_with_a_comment(world: World) -> None:
    client = signed_in(world.here.clearing)
    assert problems(client.post(page(world, "return"), {"comment": ""}))
    client.post(page(world, "return"), {"comment": "Say what it costs"})
    writer = signed_in(world.here.coordinator)
    assert "Say what it costs" in says(writer.get(of_report(world, "report")))
    assert "Say what it costs" in says(writer.get(of_report(world, "section", "legal")))
    assert "Returned" in says(writer.get(of_report(world, "report")))


def test_the_officer_reads_the_paper_as_it_stands_and_nothing_closed(world: World) -> None:
    said = says(signed_in(world.here.clearing).get(page(world, "paper")))
    assert "legal words of thurrock" in said
    assert "closed section of thurrock" not in said


def test_a_closed_section_says_that_it_is_closed_and_whom_to_ask(world: World) -> None:
    here = world.here
    with acting_as(here.clearing.pk):
        row = Clearance.objects.get(report=here.drafting, key="financial")
    client = signed_in(here.clearing)
    said = says(client.get(page(world, row=row)))
    assert "closed section of thurrock" not in said
    assert "Ask the lead of Thurrock" in said
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.clearing, reason="Clears it", by=here.lead)
    give_factor(here.clearing)
    client = signed_in(here.clearing)
    assert "closed section of thurrock" in says(client.get(page(world, row=row)))
    with acting_as(here.clearing.pk):
        verify_as_it_stands(row, here.clearing)
    assert now(world, row).state == "verified"


@pytest.mark.parametrize("verb", ["section", "paper", "history", "verify", "return", "comment"])
def test_what_was_sent_to_others_taken_back_or_issued_is_not_there(world: World, verb: str) -> None:
    here = world.here
    client = signed_in(here.clearing)
    assert client.get(page(world, verb)).status_code == 200
    assert signed_in(world.there.clearing).get(page(world, verb)).status_code == 404
    for person in (here.coordinator, here.lead, here.member):
        assert signed_in(person).get(page(world, verb)).status_code == 403
    with acting_as(here.coordinator.pk):
        Report.objects.filter(pk=here.drafting.pk).update(state="issued")
    assert client.get(page(world, verb)).status_code == 404
    with acting_as(here.coordinator.pk):
        Report.objects.filter(pk=here.drafting.pk).update(state="clearance")
        take_back(clearance=here.clearance, by=here.coordinator)
    assert client.get(page(world, verb)).status_code == 404


OPEN_TO_THE_OFFICER = {
    "boroughs:committee-list",
    "boroughs:committee-show",
    "portal:borough",
    "portal:reminder-show",
    "portal:reminder-change",
    "portal:search",
    "portal:waiting",
}


def test_the_officers_walk_of_all_routes_finds_their_section_and_what_everybody_finds(
    world: World,
) -> None:
    client = signed_in(world.here.clearing)
    opened = {
        name for name in BOROUGH_ROUTES if client.get(address(name, world.here)).status_code == 200
    }
    theirs = {name for name in opened if name.startswith("reports:clear")}
    assert theirs == {
        f"reports:clear-{verb}"
        for verb in ("list", "section", "paper", "history", "verify", "return", "comment")
    }
    as_observer = signed_in(world.here.contributor)
    others = opened - theirs
    assert {
        name for name in others if as_observer.get(address(name, world.here)).status_code != 200
    } == set()


def test_readable_by_knows_what_was_sent(world: World) -> None:
    here = world.here
    with acting_as(here.clearing.pk):
        rows = here.borough.reports.readable_by(here.clearing, frozenset({"clear_reports"}))
        assert list(rows.distinct()) == [here.drafting]
        assert not here.borough.reports.readable_by(here.clearing, frozenset()).exists()


# -- The coordinator and the lead -------------------------------------------------------------------
def test_the_coordinator_sends_several_at_once(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    address = of_report(world, "clearance-send")
    chosen = {
        "who-equality": here.clearing.pk,
        "post-equality": "Equalities",
        "who-other": here.clearing.pk,
        "post-other": "Head of ICT",
    }
    assert problems(client.post(address, {"who-equality": "", "post-equality": ""}))
    assert problems(client.post(address, chosen | {"post-other": ""}))
    client.post(address, chosen)
    with acting_as(here.coordinator.pk):
        sent = dict(here.drafting.clearances.filter(key__in=["equality", "other"]).values_list("key", "post"))  # fmt: skip
    assert sent == {"equality": "Equalities", "other": "Head of ICT"}
    said = says(client.get(of_report(world, "report")))
    assert f"With {here.clearing} (Head of ICT)" in said
    assert "Who cleared what" in said


def test_a_section_nobody_usually_clears_is_sent_from_its_own_page(world: World) -> None:
    client = signed_in(world.here.coordinator)
    assert "Send this section to be cleared" in says(
        client.get(of_report(world, "section", "issues"))
    )
    form = client.get(of_report(world, "clearance-send") + "?section=issues")
    assert b"who-issues" in form.content
    assert b"who-issues" not in client.get(of_report(world, "clearance-send")).content


def test_the_list_of_what_is_left_shows_what_became_of_each(world: World) -> None:
    verified(world)
    with acting_as(world.here.coordinator.pk):
        Report.objects.filter(pk=world.here.drafting.pk).update(meeting=world.here.meeting)
    lead = signed_in(world.here.lead)
    assert "Verified by Clearing of Thurrock, Head of Law" in says(
        lead.get(of_report(world, "report"))
    )
    write(world, "Changed since")
    said = says(lead.get(of_report(world, "report")))
    assert "Verification void" in said
    assert "the text was changed since" in said


def test_remind_and_take_back_are_buttons(world: World) -> None:
    client = signed_in(world.here.coordinator)
    client.post(of_report(world, "clearance-remind", world.here.clearance.pk))
    assert now(world, world.here.clearance).reminded_at is not None
    client.post(of_report(world, "clearance-take-back", world.here.clearance.pk))
    assert now(world, world.here.clearance).state == "taken-back"
    again = client.post(
        of_report(world, "clearance-take-back", world.here.clearance.pk), follow=True
    )
    assert "not with them any more" in says(again)


def told(world: World, role: Role) -> dict[str, list[str]]:
    person, borough = world.here.people[role], world.here.borough
    with acting_as(person.pk):
        perms = granted(person, borough)
        groups = to_do(waiting_for(reader_of(person, borough, perms), most=9))
    return {group.sort.key: [item.href for item in group.items] for group in groups}


def test_what_waits_is_told_to_whom_it_waits_for(world: World) -> None:
    assert page(world) in told(world, Role.CLEARING)["report-to-clear"]
    assert "section-returned" not in told(world, Role.COORDINATOR)
    returned(world)
    assert page(world) not in told(world, Role.CLEARING)["report-to-clear"]
    link = of_report(world, "section", "legal")
    assert told(world, Role.COORDINATOR)["section-returned"] == [link]
    ask(world)
    assert "section-returned" not in told(world, Role.COORDINATOR)


# -- Comments ---------------------------------------------------------------------------------------
def test_what_waits_names_what_each_section_is_cleared_for(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        asked = [Asked("equality", here.clearing, "Equalities")]
        ask_to_clear(report=here.drafting, asked=asked, by=here.coordinator)
    shown = says(signed_in(here.clearing).get("/thurrock/"))
    assert f"{here.drafting}: {here.clearance.post}" in shown
    assert f"{here.drafting}: Equalities" in shown


def test_a_comment_is_answered_counted_and_resolved(world: World) -> None:
    here = world.here
    writer, officer = signed_in(here.coordinator), signed_in(here.clearing)
    assert "1 comment" in says(writer.get(of_report(world, "report")))
    answer = f"{page(world, 'comment')}?to={here.comment.pk}"
    officer.post(answer, {"body": "It is being counted"})
    assert "It is being counted" in says(writer.get(of_report(world, "section", "legal")))
    assert "It is being counted" in says(signed_in(here.lead).get(of_report(world, "comment-list")))
    writer.post(of_report(world, "comment-resolve", here.comment.pk))
    assert "1 comment" not in says(writer.get(of_report(world, "report")))
    again = writer.post(of_report(world, "comment-resolve", here.comment.pk), follow=True)
    assert "resolved already" in says(again)


def test_an_answer_is_not_resolved_by_itself_and_an_answer_to_it_joins_the_thread(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        first = add_comment(report=here.drafting, key="", body="1", reply_to=here.comment, by=here.coordinator)  # fmt: skip
        second = add_comment(report=here.drafting, key="", body="2", reply_to=first, by=here.coordinator)  # fmt: skip
        assert (second.reply_to, second.key) == (here.comment, "legal")
        with pytest.raises(Refused, match="resolved with the comment"):
            resolve_comment(comment=second, by=here.coordinator)


def test_a_comment_beside_a_closed_section_is_for_its_list(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        said = add_comment(report=here.drafting, key="financial", body="closed comment", by=here.coordinator)  # fmt: skip
        assert said.closure == here.closure
    for person in (here.lead, here.clearing):
        with acting_as(person.pk):
            assert not ReportComment.objects.filter(pk=said.pk).exists()
            with pytest.raises(Refused, match="not on its access list"):
                add_comment(report=here.drafting, key="financial", body="x", by=person)
    assert "closed comment" in says(signed_in(here.coordinator).get(of_report(world, "comment-list")))  # fmt: skip
    assert "closed comment" not in says(signed_in(here.lead).get(of_report(world, "comment-list")))


def test_closing_a_section_closes_what_was_said_beside_it(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    page_of_it = of_report(world, "section-close", "legal")
    said = {
        "classification": "exempt",
        "paragraphs": ["england-3"],
        "reason_england-3": "A tender",
        "reason": "A tender",
        "public_line": "Not for publication",
    }
    assert client.post(page_of_it, said).status_code == 302
    with acting_as(here.coordinator.pk):
        assert ReportText.objects.get(report=here.drafting, key="legal").closure is not None
        assert ReportComment.objects.get(pk=here.comment.pk).closure is not None
    with acting_as(here.lead.pk):
        assert not ReportComment.objects.filter(pk=here.comment.pk).exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.DEMOCRATIC, Role.MONITORING, Role.OBSERVER])
def test_nobody_else_reads_comments(world: World, role: Role) -> None:
    person = world.here.people[role]
    assert signed_in(person).get(of_report(world, "comment-list")).status_code == 403
    with acting_as(person.pk):
        assert not ReportComment.objects.filter(pk=world.here.comment.pk).exists()


@pytest.mark.parametrize("part", ["all-comments", "legal", ""])
def test_comments_are_erased_by_two_people(world: World, part: str) -> None:
    here = world.here
    row = returned(world)
    with acting_as(here.coordinator.pk):
        wanted = ask_to_erase(borough=here.borough, kind="report", record_id=here.drafting.pk, part=part, closure=None, category="casework", by=here.coordinator)  # fmt: skip
    with acting_as(here.lead.pk):
        erase(request=wanted, by=here.lead)
    with acting_as(here.coordinator.pk):
        left = set(here.drafting.comments.filter(key="legal").values_list("body", flat=True))
        assert left == {"[erased]"}
        assert Clearance.objects.get(pk=row.pk).state == "returned"
