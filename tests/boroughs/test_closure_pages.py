"""The pages of closed records: who sees what, what they do, and what is said when it is not allowed."""

import datetime as dt
from smtplib import SMTPException
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from boroughs.actions.borough import change_settings
from boroughs.actions.closures import release
from boroughs.actions.lists import ask, grant, grant_seats, revoke
from boroughs.closure_access import in_state
from boroughs.closure_policies import missing_from
from boroughs.models import AccessRequest, Closure, ClosureUserPermission
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_closures import run_out
from tests.factories import Place, World, give_role, make_borough, make_closure, make_user

KEEPERS = {Role.LEAD, Role.MONITORING}
LISTED = {Role.COORDINATOR, Role.MEMBER}
LINE = "Appendix of Thurrock, not for publication"
WHY = ("closing words of thurrock", "paragraph words of thurrock", "interest words of thurrock")
CHANGE = {
    "classification": "exempt",
    "paragraphs": ["england-1"],
    "reason_england-1": "It names people",
    "public_interest": "withhold",
    "interest_reason": "Nobody gains by it",
    "review_on": "2031-01-01",
    "public_line": "Appendix B, not for publication",
    "reason": "Better advice",
    "seen": "1",
}


def on(place: Place, name: str, *more: object, closure: Closure | None = None) -> str:
    """A page of the place's closure."""
    found = closure or place.closure
    return address(f"boroughs:{name}", place.borough, found.pk, *more)


def closure_of(place: Place, by: User | None = None) -> Closure:
    with acting_as((by or place.coordinator).pk):
        return Closure.objects.select_related("case").get(pk=place.closure.pk)


def silent(place: Place, **said: Any) -> Closure:
    with acting_as(place.coordinator.pk):
        return make_closure(place.borough, by=place.coordinator, public_line="", **said)


def status(user: User, page: str) -> int:
    return int(signed_in(user).get(page).status_code)


def on_the_list(place: Place, closure: Closure | None = None) -> set[str]:
    with acting_as(place.lead.pk):
        rows = ClosureUserPermission.objects.live().filter(content_object=closure or place.closure)
        return {row.user.name for row in rows.select_related("user")}


# -- Who sees what -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_the_case_is_for_the_list_and_its_keepers_the_line_for_everybody(
    world: World, role: Role
) -> None:
    page = says(signed_in(world.here.people[role]).get(on(world.here, "closure-show")))
    assert LINE in page
    for words in WHY:
        assert (words in page) == (role in KEEPERS | LISTED), words
    assert ("Reads it on Monday" in page) == (role in KEEPERS | LISTED)
    assert ("Put on it" in page) == (role in KEEPERS)
    assert ("Only the people on its access list" in page) == (role not in KEEPERS | LISTED)


@pytest.mark.parametrize("role", list(Role))
def test_without_a_public_line_it_is_not_there_for_others(world: World, role: Role) -> None:
    closure = silent(world.here)
    knows = role in KEEPERS | {Role.COORDINATOR}
    client = signed_in(world.here.people[role])
    found = client.get(on(world.here, "closure-show", closure=closure))
    nothing = client.get(address("boroughs:closure-show", world.here.borough, uuid4()))
    assert nothing.status_code == 404
    assert found.status_code == (200 if knows else 404)
    listed = says(client.get(address("boroughs:closure-list", world.here.borough)))
    assert ("No public line" in listed) == knows


@pytest.mark.parametrize("name", ["closure-change", "closure-release", "request-ask"])
def test_forbidden_and_missing_look_the_same(world: World, name: str) -> None:
    closure = silent(world.here)
    for person in (world.here.democratic, world.here.member, world.here.observer):
        client = signed_in(person)
        found = client.get(on(world.here, name, closure=closure))
        nothing = client.get(address(f"boroughs:{name}", world.here.borough, uuid4()))
        assert found.status_code == nothing.status_code
        assert found.status_code in {403, 404}
        assert says(found) == says(nothing)


def test_a_seat_opens_the_case_while_it_lasts(world: World) -> None:
    here = world.here
    page = on(here, "closure-show", closure=here.asked)
    assert "interest words" not in says(signed_in(here.member).get(page))
    with acting_as(here.lead.pk):
        grant_seats(closure=here.asked, committee=here.committee, reason="Item 9", by=here.lead)
    assert "interest words" in says(signed_in(here.member).get(page))
    assert "The seats of Scrutiny Committee" in says(signed_in(here.lead).get(page))


def test_access_that_ran_out_opens_nothing_and_is_said_to_have_run_out(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        run_out(world, here.closure, here.member)
    assert "interest words" not in says(signed_in(here.member).get(on(here, "closure-show")))
    assert "Has run out" in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_the_marking_stands_at_the_top_and_at_the_bottom(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        change_settings(
            borough=here.borough,
            full_name="Thurrock Council",
            colour="",
            clear_days="calendar",
            marking="official",
            contact="",
            by=here.lead,
        )
    with acting_as(here.coordinator.pk):
        marked = make_closure(here.borough, by=here.coordinator, marking="official-sensitive")
    page = signed_in(here.lead).get(on(here, "closure-show", closure=marked))
    assert says(page).count("Protective marking: OFFICIAL-SENSITIVE") == 2
    told = signed_in(here.observer).get(on(here, "closure-show", closure=marked))
    assert "SENSITIVE" not in says(told)
    assert "Protective marking:" not in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_what_is_missing_is_said_in_words(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        empty = make_closure(here.borough, by=here.coordinator, paragraphs={})
    page = says(signed_in(here.lead).get(on(here, "closure-show", closure=empty)))
    assert "Exempt, but no paragraph of Schedule 12A is given." in page
    assert "Incomplete" not in says(signed_in(here.lead).get(on(here, "closure-show")))


def test_a_public_line_is_text_and_not_markup(world: World) -> None:
    here, line = world.here, "<script>alert(1)</script>{{ 7|add:7 }}"
    with acting_as(here.coordinator.pk):
        planted = make_closure(
            here.borough, by=here.coordinator, public_line=line, paragraphs={"england-1": line}
        )
    for person in (here.lead, here.member, here.coordinator):
        for name in ("closure-show", "closure-list"):
            page = (
                on(here, name, closure=planted)
                if name == "closure-show"
                else address("boroughs:closure-list", here.borough)
            )
            answer = signed_in(person).get(page)
            assert b"<script>alert" not in answer.content
            assert line in says(answer)


# -- The list of all ------------------------------------------------------------------------------------
def listed(user: User, place: Place, query: str = "") -> str:
    page = address("boroughs:closure-list", place.borough)
    return says(signed_in(user).get(f"{page}{query}"))


def test_who_keeps_lists_sees_every_closure_with_its_numbers(world: World) -> None:
    page = listed(world.here.lead, world.here)
    assert f"{LINE} Exempt: paragraph 3" in page
    assert "Second appendix of Thurrock" in page
    assert "1 1 request waits" in page
    assert "by Coordinator of Thurrock" in page


def test_others_see_their_own_and_the_public_lines(world: World) -> None:
    page = listed(world.here.member, world.here)
    own, _, rest = page.partition("Closed to you")
    assert f"{LINE} Exempt: paragraph 3" in own
    assert "Second appendix of Thurrock" in rest
    assert "request wait" not in page
    assert "Exempt" not in listed(world.here.observer, world.here)


def test_the_list_is_filtered_by_state(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_closure(
            here.borough,
            by=here.coordinator,
            public_line="Due one",
            review_on=timezone.localdate(),
        )
        make_closure(here.borough, by=here.coordinator, public_line="Half said", paragraphs={})
        gone = make_closure(here.borough, by=here.coordinator, public_line="Out now")
        release(closure=gone, reason="Over", by=here.coordinator)
    lines = ("Due one", "Half said", "Out now", LINE)
    found = {
        state: [line for line in lines if line in listed(here.lead, here, f"?state={state}")]
        for state in ("review", "incomplete", "released", "nonsense")
    }
    assert found == {
        "review": ["Due one"],
        "incomplete": ["Half said"],
        "released": ["Out now"],
        "nonsense": list(lines),
    }
    page = listed(here.lead, here)
    assert page.index("Half said") < page.index("Out now")
    assert "Released on" in page


def test_incomplete_is_what_the_policy_says(world: World) -> None:
    with acting_as(world.here.lead.pk):
        found = in_state(world.here.borough.closures.all(), "incomplete")
        assert all(missing_from(closure.case) for closure in found)


def test_the_list_goes_on_on_another_page_and_asks_no_more_for_many(world: World) -> None:
    here = world.here
    client, page = signed_in(here.lead), address("boroughs:closure-list", here.borough)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with acting_as(here.coordinator.pk):
        for number in range(22):
            make_closure(here.borough, by=here.coordinator, public_line=f"Appendix {number}.")
    with CaptureQueriesContext(connection) as many:
        first = client.get(page)
    assert len(many) == len(few)
    assert "Appendix 21." in says(first)
    assert LINE not in says(first)
    assert LINE in says(client.get(f"{page}?page=2"))
    assert "Appendix 1." in says(signed_in(here.observer).get(f"{page}?told=2"))


def test_an_empty_borough_says_what_to_do(world: World) -> None:
    with acting_as(world.administrator.pk):
        fresh = make_borough(by=world.administrator)
        lead = give_role(make_user(), fresh, Role.LEAD, by=world.administrator)
        member = give_role(make_user(), fresh, Role.MEMBER, by=world.administrator)
    page = address("boroughs:closure-list", fresh)
    assert "A record is closed where it is kept" in says(signed_in(lead).get(page))
    assert "no closed record that you may know of" in says(signed_in(member).get(page))
    assert "No request waits" in says(signed_in(lead).get(address("boroughs:request-list", fresh)))


# -- Changing and releasing -------------------------------------------------------------------------------
def test_a_change_is_saved_with_its_reason(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    shown = client.get(on(here, "closure-change")).content.decode()
    assert "paragraph words of thurrock" in shown
    assert LINE in shown
    answer = client.post(on(here, "closure-change"), CHANGE)
    assert answer.status_code == 302, problems(answer)
    page = says(client.get(answer["Location"]))
    for words in ("Appendix B", "It names people", "Better advice", "1 January 2031"):
        assert words in page
    assert "paragraph words of thurrock" not in page
    assert deeds(here)[-1] == "closure.changed"


def test_the_second_of_two_editors_sees_both_texts_and_may_save_theirs(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.democratic, reason="x", by=here.lead)
    first, second = signed_in(here.coordinator), signed_in(here.democratic)
    page = on(here, "closure-change")
    second.get(page)
    assert first.post(page, CHANGE).status_code == 302
    mine = CHANGE | {"interest_reason": "My own words", "public_line": "Mine"}
    answer = second.post(page, mine)
    assert answer.status_code == 409
    said = says(answer)
    assert "Coordinator of Thurrock changed this closure while you were writing" in said
    assert "Nobody gains by it" in said
    assert "My own words" in said
    assert closure_of(here).public_line == "Appendix B, not for publication"
    assert second.post(page, mine | {"seen": "2"}).status_code == 302
    assert closure_of(here).public_line == "Mine"


@pytest.mark.parametrize("name", ["closure-change", "closure-release"])
def test_who_is_not_on_the_list_is_told_why_not_and_changes_nothing(
    world: World, name: str
) -> None:
    for person in (world.here.lead, world.here.democratic):
        client = signed_in(person)
        for answer in (
            client.get(on(world.here, name)),
            client.post(on(world.here, name), CHANGE),
        ):
            assert "You are not on the access list of this record" in says(answer)
            assert b"interest words" not in answer.content
    closure = closure_of(world.here)
    assert (closure.public_line, closure.released_at, closure.case.version) == (LINE, None, 1)


def test_access_that_is_taken_away_while_the_page_is_open_saves_nothing(world: World) -> None:
    here, page = world.here, on(world.here, "closure-change")
    client = signed_in(here.coordinator)
    assert client.get(page).status_code == 200
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.coordinator, reason="x", by=here.lead)
    answer = client.post(page, CHANGE)
    assert "You are not on the access list" in says(answer)
    assert b"interest words" not in answer.content
    assert closure_of(here, here.lead).public_line == LINE


@pytest.mark.parametrize(
    ("planted", "problem"),
    [
        ({"paragraphs": ["wales-12"]}, "Select paragraphs that describe it from the list"),
        ({"paragraphs": ["england-99"]}, "Select paragraphs that describe it from the list"),
        ({"classification": "secret"}, "Select why is it closed from the list"),
        ({"ground": "court"}, "Exempt information has no ground of section 100A(3)."),
        ({"reason": ""}, "Enter reason for the change"),
        ({"reason": "x" * 100_000}, "Reason for the change must be 2,000 characters or fewer"),
        ({"seen": "x"}, "Something on this page was out of date"),
    ],
)
def test_what_is_planted_is_refused_in_words_and_the_rest_stays(
    world: World, planted: dict[str, Any], problem: str
) -> None:
    answer = signed_in(world.here.coordinator).post(
        on(world.here, "closure-change"), CHANGE | planted
    )
    assert problems(answer)[0].startswith(problem)
    assert "It names people" in answer.content.decode()
    assert closure_of(world.here).public_line == LINE


def test_a_release_opens_the_record_and_says_by_whom(world: World) -> None:
    here = world.here
    client, page = signed_in(here.coordinator), on(here, "closure-release")
    assert problems(client.post(page, {})) == ["Enter reason"]
    assert client.post(page, {"reason": "The talks are over"}).status_code == 302
    for person in (here.lead, here.observer, here.coordinator):
        said = says(signed_in(person).get(on(here, "closure-show")))
        assert "Released on" in said
        assert "by Coordinator of Thurrock" in said
    again = client.post(page, {"reason": "Again"})
    assert "has been released already" in says(again)
    assert deeds(here).count("closure.released") == 1
    assert "has been released already" in says(client.get(on(here, "closure-change")))


# -- The list of one ------------------------------------------------------------------------------------------
def test_a_lead_puts_somebody_on_the_list_until_a_day(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    wanted = {"person": here.clearing.pk, "until": "2030-06-30", "reason": "Legal advice"}
    answer = client.post(on(here, "list-grant"), wanted)
    assert answer.status_code == 302, problems(answer)
    page = says(client.get(answer["Location"]))
    assert "Clearing of Thurrock is on the access list." in page
    assert "Legal advice" in page
    assert "Clearing of Thurrock" in on_the_list(here)
    assert "interest words" in says(signed_in(here.clearing).get(on(here, "closure-show")))
    assert "Closed records" in says(signed_in(here.clearing).get(f"/{here.borough.slug}/"))


def test_only_those_are_offered_who_may_be_put_on_it(world: World) -> None:
    here = world.here
    offered = says(signed_in(here.lead).get(on(here, "list-grant")))
    form = offered.partition("Choose a person")[2]
    for name in ("Clearing", "Contributor", "Democratic", "Monitoring"):
        assert f"{name} of Thurrock" in form
    for name in ("Member", "Coordinator", "Lead", "Observer"):
        assert f"{name} of Thurrock" not in form
    assert "Barnet" not in form


@pytest.mark.parametrize(
    "who",
    [
        lambda w: w.here.lead.pk,
        lambda w: w.here.member.pk,
        lambda w: w.here.observer.pk,
        lambda w: w.there.clearing.pk,
        lambda w: w.stranger.pk,
        lambda w: "1 OR 1=1",
        lambda w: "",
    ],
)
def test_nobody_else_is_put_on_it(world: World, who: Any) -> None:
    before = on_the_list(world.here)
    answer = signed_in(world.here.lead).post(
        on(world.here, "list-grant"), {"person": who(world), "reason": "Planted"}
    )
    assert problems(answer)
    assert "Planted" in answer.content.decode()
    assert on_the_list(world.here) == before


def test_the_second_of_two_leads_hears_that_it_is_done(world: World) -> None:
    here = world.here
    with acting_as(world.administrator.pk):
        other = give_role(make_user(), here.borough, Role.LEAD, by=world.administrator)
    client, page = signed_in(other), on(here, "list-grant")
    client.get(page)
    wanted = {"person": here.clearing.pk, "reason": "x"}
    assert signed_in(here.lead).post(page, wanted).status_code == 302
    assert "was put on the access list meanwhile" in problems(client.post(page, wanted))[0]
    off = on(here, "list-revoke", here.clearing.pk)
    assert signed_in(here.lead).post(off, {"reason": "x"}).status_code == 302
    assert "is not on the list any more" in says(client.post(off, {"reason": "x"}))
    assert deeds(here).count("closure.withdrawn") == 1


def test_a_day_that_has_passed_is_refused(world: World) -> None:
    wanted = {"person": world.here.clearing.pk, "until": "2020-01-01", "reason": "x"}
    answer = signed_in(world.here.lead).post(on(world.here, "list-grant"), wanted)
    assert problems(answer) == ["Access cannot end before it begins. Enter today or a later day."]


def test_who_is_taken_off_finds_nothing_at_the_next_click(world: World) -> None:
    here = world.here
    reader = signed_in(here.member)
    assert "interest words" in says(reader.get(on(here, "closure-show")))
    client, page = signed_in(here.lead), on(here, "list-revoke", here.member.pk)
    assert "Take Member of Thurrock off the access list" in says(client.get(page))
    assert client.post(page, {"reason": "Left the committee"}).status_code == 302
    assert "interest words" not in says(reader.get(on(here, "closure-show")))
    assert "Left the committee" in says(client.get(on(here, "closure-show")))


def test_an_empty_list_is_said_to_be_empty(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    for person in (here.member, here.coordinator):
        client.post(on(here, "list-revoke", person.pk), {"reason": "x"})
    assert "nobody can read this record" in says(client.get(on(here, "closure-show")))


def test_seats_are_put_on_the_list_and_taken_off(world: World) -> None:
    here = world.here
    client, page = signed_in(here.lead), on(here, "list-grant-seats", closure=here.asked)
    wanted = {"committee": here.committee.pk, "reason": "Item 9"}
    assert client.post(page, wanted).status_code == 302
    assert "was put on the access list meanwhile" in problems(client.post(page, wanted))[0]
    off = on(here, "list-revoke-seats", here.committee.pk, closure=here.asked)
    assert client.post(off, {"reason": "Done"}).status_code == 302
    assert "are not on the list any more" in says(client.post(off, {"reason": "Done"}))
    theirs = {"committee": world.there.committee.pk, "reason": "x"}
    assert problems(client.post(page, theirs))


def test_the_monitoring_officer_gives_hours_to_others(world: World) -> None:
    here = world.here
    client, page = signed_in(here.monitoring), on(here, "emergency-give")
    own = {"person": here.monitoring.pk, "hours": "4", "reason": "x"}
    assert problems(client.post(page, own))
    too_long = {"person": here.lead.pk, "hours": "169", "reason": "x"}
    assert problems(client.post(page, too_long)) == [
        "Emergency access lasts between 1 and 168 hours, which is seven days."
    ]
    wanted = too_long | {"hours": "4", "reason": "Flood"}
    assert client.post(page, wanted).status_code == 302
    assert "Emergency" in says(client.get(on(here, "closure-show")))
    with time_machine.travel(timezone.now() + dt.timedelta(hours=5)):
        shown = says(client.get(on(here, "closure-show")))
    assert "Has run out" in shown or "Sign in" in shown


def test_a_list_of_a_released_record_takes_nobody(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        release(closure=closure_of(here), reason="Over", by=here.coordinator)
    client = signed_in(here.lead)
    for name in ("list-grant", "list-grant-seats"):
        assert "can read it" in says(client.get(on(here, name)))
    emergency = signed_in(here.monitoring).get(on(here, "emergency-give"))
    assert "can read it" in says(emergency)


# -- Asking ----------------------------------------------------------------------------------------------------
def asked_by_member(place: Place) -> AccessRequest:
    with acting_as(place.member.pk):
        return ask(closure=place.asked, reason="Item 9", by=place.member)


def test_a_member_asks_and_the_leads_get_a_link_and_nothing_else(world: World) -> None:
    here = world.here
    client, page = signed_in(here.member), on(here, "request-ask", closure=here.asked)
    told = on(here, "closure-show", closure=here.asked)
    assert "Ask to read it" in says(client.get(told))
    assert problems(client.post(page, {})) == ["Enter why you need to read it"]
    mail.outbox.clear()
    assert client.post(page, {"reason": "For item 9"}).status_code == 302
    shown = says(client.get(told))
    assert "For item 9" in shown
    assert "Ask to read it" not in shown
    assert [letter.to for letter in mail.outbox] == [[here.lead.email]]
    letter = mail.outbox[0]
    assert "/thurrock/closures/requests/" in letter.body
    for words in ("Second appendix", "item 9", "Member"):
        assert words not in f"{letter.subject} {letter.body}"
    again = client.post(page, {"reason": "Once more"})
    assert "You have asked for this record" in says(again)
    assert deeds(here).count("closure.asked") == 2  # with the world's own


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"answer": "granted", "reason": "Your committee decides on it"}, "Granted"),
        ({"answer": "refused", "reason": "Not on the committee"}, "Refused"),
    ],
)
def test_a_lead_answers_and_the_asker_reads_why(
    world: World, data: dict[str, str], said: str
) -> None:
    here = world.here
    request = asked_by_member(here)
    client = signed_in(here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    assert "Item 9" in says(client.get(page))
    assert problems(client.post(page, {})) == ["Select answer", "Enter reason for the answer"]
    mail.outbox.clear()
    assert client.post(page, data).status_code == 302
    assert ("Member of Thurrock" in on_the_list(here, here.asked)) == (said == "Granted")
    told = says(signed_in(here.member).get(on(here, "closure-show", closure=here.asked)))
    assert said in told
    assert data["reason"] in told
    letter = mail.outbox[0]
    assert letter.to == [here.member.email]
    for words in (said, "Second appendix", data["reason"]):
        assert words not in f"{letter.subject} {letter.body}"
    again = says(client.post(page, data))
    assert "has been answered already" in again
    assert deeds(here).count("closure.answered") == 1
    assert said in says(client.get(address("boroughs:request-list", here.borough)))


def test_a_refusal_has_no_last_day(world: World) -> None:
    request = asked_by_member(world.here)
    page = address("boroughs:request-answer", world.here.borough, request.pk)
    data = {"answer": "refused", "reason": "x", "until": "2030-01-01"}
    assert problems(signed_in(world.here.lead).post(page, data)) == [
        "Only a grant ends on a day. Take the day away, or grant it"
    ]


def test_mail_that_cannot_be_sent_is_said_and_undoes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise SMTPException

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    here = world.here
    page = on(here, "request-ask", closure=here.asked)
    client = signed_in(here.member)
    answer = client.post(page, {"reason": "For item 9"})
    assert "the e-mail about it could not be sent" in says(client.get(answer["Location"]))
    with acting_as(here.member.pk):
        request = AccessRequest.objects.get(asked_by=here.member)
    client = signed_in(here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    answer = client.post(page, {"answer": "refused", "reason": "No"})
    assert "the e-mail about it could not be sent" in says(client.get(answer["Location"]))


def test_nobody_answers_their_own_request_and_others_do_not_see_it(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = ask(closure=here.asked, reason="For myself", by=here.lead)
    page = address("boroughs:request-answer", here.borough, request.pk)
    answer = signed_in(here.lead).post(page, {"answer": "granted", "reason": "x"})
    assert "Nobody answers their own request" in says(answer)
    assert "Lead of Thurrock" not in on_the_list(here, here.asked)
    shown = says(signed_in(here.member).get(on(here, "closure-show", closure=here.asked)))
    assert "For myself" not in shown


def test_only_members_are_offered_to_ask(world: World) -> None:
    told = on(world.here, "closure-show", closure=world.here.asked)
    for role in (Role.OBSERVER, Role.CONTRIBUTOR, Role.DEMOCRATIC):
        assert "Ask to read it" not in says(signed_in(world.here.people[role]).get(told))


# -- What waits -----------------------------------------------------------------------------------------------
def front(user: User, place: Place) -> str:
    return says(signed_in(user).get(f"/{place.borough.slug}/"))


def test_the_front_page_says_what_waits_to_those_who_can_do_it(world: World) -> None:
    here = world.here
    asked_by_member(here)
    with acting_as(here.coordinator.pk):
        for _ in range(2):
            make_closure(here.borough, by=here.coordinator, review_on=timezone.localdate())
    requests, reviews = "2 requests to read a closed record wait", "2 closures are due for review"
    assert requests in front(here.lead, here)
    assert reviews in front(here.lead, here)
    assert reviews in front(here.coordinator, here)
    assert reviews in front(here.monitoring, here)
    for role in (Role.MEMBER, Role.DEMOCRATIC, Role.OBSERVER, Role.CLEARING):
        shown = front(here.people[role], here)
        assert "due for review" not in shown
        assert "Waiting for you" not in shown
    assert requests not in front(here.coordinator, here)


def test_navigation_leads_there_who_reads_papers_or_stands_on_a_list(world: World) -> None:
    here = world.here
    readers = {
        Role.COORDINATOR,
        Role.LEAD,
        Role.DEMOCRATIC,
        Role.MONITORING,
        Role.MEMBER,
    }
    for role, person in here.people.items():
        assert ("Closed records" in front(person, here)) == (role in readers), role
    page = BeautifulSoup(signed_in(here.lead).get(on(here, "list-grant")).content, "html.parser")
    current = page.select(".govuk-service-navigation [aria-current]")
    assert [item.get_text() for item in current] == ["Closed records"]


# -- Neighbours -------------------------------------------------------------------------------------------------
def test_the_neighbours_closure_is_not_found_under_my_own_borough(world: World) -> None:
    theirs = world.there
    for person, names in (
        (world.here.lead, ("closure-show", "closure-change", "closure-release", "list-grant")),
        (world.here.monitoring, ("closure-show", "emergency-give")),
        (world.here.member, ("closure-show", "request-ask")),
    ):
        client = signed_in(person)
        for name in names:
            page = address(f"boroughs:{name}", world.here.borough, theirs.closure.pk)
            assert client.get(page).status_code == 404
            assert client.post(page, CHANGE).status_code in {404, 405}
    lead = signed_in(world.here.lead)
    for name, key in (
        ("list-revoke", theirs.member.pk),
        ("list-revoke-seats", theirs.committee.pk),
    ):
        assert lead.get(on(world.here, name, key)).status_code == 404
    answer_page = address("boroughs:request-answer", world.here.borough, theirs.access_request.pk)
    assert lead.post(answer_page, {"answer": "granted", "reason": "x"}).status_code == 404


# -- What is behind it -------------------------------------------------------------------------------------------
def test_the_page_leads_to_the_papers_it_closes_for_those_who_read_them(world: World) -> None:
    here = world.here
    page = signed_in(here.member).get(on(here, "closure-show"))
    link = BeautifulSoup(page.content, "html.parser").find("a", string="What is closed by it")
    assert link is not None
    shown = says(signed_in(here.member).get(str(link["href"])))
    assert "closed words of thurrock" in shown
    assert "paper words of thurrock" not in shown
    told = says(signed_in(here.lead).get(on(here, "closure-show")))
    assert "What is closed by it" not in told
    planted = f"/thurrock/papers/?closure={world.there.closure.pk}"
    assert "There is no paper you may read that is closed by it" in says(
        signed_in(here.member).get(planted)
    )
    assert says(signed_in(here.lead).get("/thurrock/papers/?closure=x"))


def test_the_door_alone_keeps_the_case_from_others(world: World) -> None:
    """With row security out: what the pages ask for is little enough by itself."""
    here, hidden = world.here, silent(world.here)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    for role in set(Role) - KEEPERS - {Role.COORDINATOR}:
        client = signed_in(here.people[role])
        assert client.get(on(here, "closure-show", closure=hidden)).status_code == 404
        told = says(client.get(on(here, "closure-show", closure=here.asked)))
        everything = says(client.get(address("boroughs:closure-list", here.borough)))
        assert "Second appendix of Thurrock" in told
        assert "No public line" not in everything
        for words in (*WHY, "asking words of thurrock"):
            assert (words in told) == (role == Role.OBSERVER and words.startswith("asking")), role
    theirs = address("boroughs:closure-show", here.borough, world.there.closure.pk)
    assert status(here.lead, theirs) == 404
