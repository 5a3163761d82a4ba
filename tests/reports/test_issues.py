"""What was issued: frozen and numbered, what is closed kept apart, and what becomes of it in public."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from boroughs.actions.purges import erase
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.models import Paper
from reports import tasks
from reports.actions.issues import (
    digest_of,
    issue_report,
    publish_issue,
    take_down_issue,
    turn_register,
    withdraw_issue,
)
from reports.actions.reports import reopen_report, retry
from reports.actions.sections import add_appendix
from reports.models import Issue, IssuedAppendix, IssuedText, RenderedFile, Rendering, Report
from reports.policies import Refused
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import Place, World, make_purge, rate_as

from .writing import (
    approve,
    issue_again,
    issue_first,
    now,
    opened,
    page,
    paper_of,
    pdf_of,
    save_front,
    save_section,
    write,
)

CLOSED = "closed section of thurrock"


def standing(place: Place, issue: Issue | None = None) -> Issue:
    with acting_as(place.democratic.pk):
        return Issue.objects.get(pk=(issue or place.issue).pk)


def taken_down(place: Place, issue: Issue | None = None) -> Issue:
    with acting_as(place.democratic.pk):
        take_down_issue(issue=issue or place.issue, because="It names a person", by=place.democratic)  # fmt: skip
    return standing(place, issue)


# -- Frozen -------------------------------------------------------------------------------------------------
def test_nothing_that_changes_later_changes_what_was_issued(world: World) -> None:
    place = world.here
    before, member = standing(place), signed_in(place.member)
    shown = paper_of(member.get(before.get_absolute_url()))
    write(place, executive_summary="Later words.")
    with acting_as(place.coordinator.pk):
        rate_as(place.assessment, "training", "green", comment="later", by=place.coordinator)
        Paper.objects.filter(appendix_of=place.appendix).update(title="Later title")
    after = standing(place)
    assert (after.snapshot, after.digest) == (before.snapshot, before.digest)
    assert digest_of(after.snapshot) == after.digest
    assert paper_of(member.get(before.get_absolute_url())) == shown
    assert "Later" not in shown


def test_the_digest_is_of_the_snapshot_as_the_database_keeps_it(world: World) -> None:
    snapshot = standing(world.here).snapshot
    turned = dict(reversed(list(snapshot.items())))
    assert digest_of(json.loads(json.dumps(turned))) == standing(world.here).digest
    assert digest_of({**snapshot, "format": 0}) != standing(world.here).digest


def test_its_pdf_is_made_from_the_frozen_paper_also_when_tried_again(world: World) -> None:
    place = world.here
    issue = issue_again(place)
    with acting_as(place.democratic.pk):
        asked = issue.renderings.get()
        assert asked.snapshot == issue.snapshot
    write(place, executive_summary="Later words.")
    with acting_as(place.democratic.pk):
        failed = {"state": "failed", "reason": "x", "finished_at": issue.issued_at}
        Rendering.objects.filter(pk=asked.pk).update(**failed)
        retry(rendering=asked, by=place.democratic)
        asked.refresh_from_db()
    assert (asked.state, asked.snapshot) == ("queued", issue.snapshot)


# -- What is closed ---------------------------------------------------------------------------------------
def test_closed_texts_are_kept_apart_though_the_issuer_is_not_on_their_list(world: World) -> None:
    place = world.here
    issue = issue_first(place, place.drafting)
    with acting_as(place.democratic.pk):
        assert not place.drafting.texts.filter(key="financial").exists()
        assert not IssuedText.objects.exists()
    assert CLOSED not in json.dumps(issue.snapshot)
    with acting_as(place.coordinator.pk):
        [kept] = IssuedText.objects.filter(issue=issue)
        assert (kept.key, kept.body, kept.closure) == ("financial", CLOSED, place.closure)
        appendices = IssuedAppendix.objects.filter(issue=issue).order_by("place")
        assert [(row.version.paper.title, row.closure) for row in appendices] == [
            ("table words of thurrock", None),
            (place.closed_paper.title, place.closure),
        ]
    save_section(place, opened_again(place, place.drafting), "financial", "Later closed words.")
    with acting_as(place.coordinator.pk):
        assert IssuedText.objects.get(issue=issue).body == CLOSED


def opened_again(place: Place, report: Report) -> Report:
    with acting_as(place.coordinator.pk):
        reopen_report(report=now(place, report), by=place.coordinator)
    return report


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.MEMBER, Role.DEMOCRATIC])
def test_nobody_has_closed_texts_kept_a_second_time_or_of_anothers_issue(
    world: World, role: Role
) -> None:
    issue = issue_first(world.here, world.here.drafting)
    for person in (world.here.people[role], world.there.people[role]):
        with acting_as(person.pk), connection.cursor() as cursor:
            cursor.execute("SELECT reports_keep_closed(%s)", [str(issue.pk)])
            assert cursor.fetchone() == (0,)
    with acting_as(world.here.coordinator.pk):
        assert IssuedText.objects.filter(issue=issue).count() == 1


def test_the_database_tells_a_neighbour_nothing_of_what_is_closed(world: World) -> None:
    ask = "SELECT part, key FROM reports_closed(%s)"
    for person, told in (
        (world.here.member, [("section", "financial"), ("appendix", "2")]),
        (world.there.coordinator, []),
        (world.stranger, []),
    ):
        with acting_as(person.pk), connection.cursor() as cursor:
            cursor.execute(ask, [str(world.here.drafting.pk)])
            assert cursor.fetchall() == told


# -- Numbers --------------------------------------------------------------------------------------------------
def test_a_later_version_is_numbered_and_the_one_before_stays_readable(world: World) -> None:
    place = world.here
    write(place, executive_summary="Put right.")
    second = issue_again(place, note="A figure was wrong")
    assert (second.number, second.kind) == (2, "corrected")
    member = signed_in(place.member)
    newest = member.get(page("report", place.report), follow=True)
    assert "Put right." in paper_of(newest)
    first = member.get(place.issue.get_absolute_url())
    assert "summary words of thurrock" in paper_of(first)
    assert "Version 2 replaced it" in says(first)
    assert "A figure was wrong" in says(first)


def test_a_report_is_issued_once_and_by_the_numbers(world: World) -> None:
    place = world.here
    with acting_as(place.democratic.pk), pytest.raises(Refused, match="issued already"):
        issue_report(report=place.report, kind="corrected", note="x", by=place.democratic)
    answer = signed_in(place.democratic).get(page("report-issue", place.report))
    assert answer["Location"] == page("report", place.report)


def test_a_late_report_says_why_it_cannot_wait(world: World) -> None:
    place = world.here
    save_front(place, place.drafting, meeting=place.meeting)
    approve(place, place.drafting)
    client = signed_in(place.democratic)
    at = page("report-issue", place.drafting)
    assert problems(client.post(at, {})) == ["Select what this version is"]
    form = BeautifulSoup(client.get(at).content, "html5lib")
    assert [one["value"] for one in form.select("input[name=kind][checked]")] == ["first"]
    assert problems(client.post(at, {"kind": "late", "urgency": ""})) == [
        "Enter why the chair agreed that it cannot wait"
    ]
    client.post(at, {"kind": "late", "urgency": "A deadline of the Home Office"})
    with acting_as(place.democratic.pk):
        issue = place.drafting.issues.get()
    assert (issue.kind, issue.urgency) == ("late", "A deadline of the Home Office")
    shown = says(signed_in(place.member).get(issue.get_absolute_url()))
    assert "Late: A deadline of the Home Office" in shown


def test_a_later_version_says_what_is_different(world: World) -> None:
    place = world.here
    opened(place)
    approve(place)
    client, at = signed_in(place.democratic), page("report-issue", place.report)
    assert problems(client.post(at, {"kind": "corrected", "note": ""})) == [
        "Enter what is different from the version before"
    ]
    assert problems(client.post(at, {"kind": "first"}))  # it is not the first any more
    assert client.post(at, {"kind": "supplementary", "note": "An annex"}).status_code == 302


# -- In public ------------------------------------------------------------------------------------------------
def test_it_is_published_once_and_only_where_the_borough_has_public_pages(world: World) -> None:
    place = world.here
    issue = issue_again(place)
    with acting_as(place.lead.pk):
        turn_register(borough=place.borough, on=False, by=place.lead)
    with acting_as(place.democratic.pk), pytest.raises(Refused, match="public pages are off"):
        publish_issue(issue=issue, by=place.democratic)
    with acting_as(place.lead.pk):
        turn_register(borough=place.borough, on=True, by=place.lead)
    client = signed_in(place.democratic)
    shown = client.post(page("issue-publish", place.report, issue.number), follow=True)
    assert "Published. Everybody can read it" in says(shown)
    assert standing(place, issue).is_public
    with acting_as(place.democratic.pk), pytest.raises(Refused, match="published already"):
        publish_issue(issue=issue, by=place.democratic)
    assert deeds(place).count("report.published") == 2  # the world's own, and this one


def test_what_is_published_is_withdrawn_with_a_reason(world: World) -> None:
    place, client = world.here, signed_in(world.here.democratic)
    at = page("issue-withdraw", place.report, 1)
    assert problems(client.post(at, {"because": ""}))
    client.post(at, {"because": "A figure is wrong"})
    withdrawn = standing(place)
    assert (withdrawn.is_public, withdrawn.withdrawn_because) == (False, "A figure is wrong")
    shown = says(signed_in(place.member).get(withdrawn.get_absolute_url()))
    assert "A figure is wrong" in shown
    with acting_as(place.democratic.pk), pytest.raises(Refused, match="not on the public pages"):
        withdraw_issue(issue=withdrawn, because="Again", by=place.democratic)


def test_what_is_taken_down_is_gone_at_once(world: World) -> None:
    place, client = world.here, signed_in(world.here.democratic)
    download = page("rendering-download", place.report, place.rendering.pk)
    member = signed_in(place.member)
    assert member.get(download).status_code == 200
    at = page("issue-take-down", place.report, 1)
    client.post(at, {"because": "It names a person"})
    gone = standing(place)
    assert (gone.snapshot, gone.is_public) == ({}, False)
    with acting_as(place.democratic.pk):
        rendering = Rendering.objects.get(pk=place.rendering.pk)
        assert not RenderedFile.objects.filter(rendering=rendering).exists()
    assert (rendering.snapshot, rendering.state, rendering.sha256) == ({}, "failed", "")
    for person in (member, signed_in(place.coordinator)):
        assert person.get(download).status_code == 404
        assert person.get(gone.get_absolute_url()).status_code == 404
    assert member.get(page("report", place.report)).status_code == 404
    shown = says(client.get(gone.get_absolute_url()))
    assert "This version was taken down" in shown
    assert "It names a person" in shown
    assert "report.taken-down" in deeds(place)


def test_nobody_makes_the_pdf_of_a_version_that_was_taken_down(world: World) -> None:
    place = world.here
    issue = issue_again(place)
    asked = pdf_of(place, issue)
    taken_down(place, issue)
    tasks.render(str(asked.pk))  # the bell that rang before
    for person in (place.coordinator, place.democratic):
        with acting_as(person.pk), pytest.raises(Refused, match="taken down"):
            retry(rendering=asked, by=person)
    with acting_as(place.coordinator.pk):
        asked.refresh_from_db()
    assert (asked.state, asked.snapshot) == ("failed", {})


def test_a_coordinator_is_led_to_no_version_that_was_taken_down(world: World) -> None:
    place = world.here
    gone = taken_down(place)
    for person, led in ((place.coordinator, False), (place.lead, False), (place.democratic, True)):
        shown = signed_in(person).get(page("report", place.report)).content.decode()
        assert (gone.get_absolute_url() in shown) == led


def test_what_was_taken_down_is_neither_published_nor_taken_down_again(world: World) -> None:
    place = world.here
    gone = taken_down(place)
    with acting_as(place.democratic.pk):
        with pytest.raises(Refused, match="taken down"):
            publish_issue(issue=gone, by=place.democratic)
        with pytest.raises(Refused, match="not on the public pages"):
            withdraw_issue(issue=gone, because="x", by=place.democratic)
        with pytest.raises(Refused, match="taken down already"):
            take_down_issue(issue=gone, because="x", by=place.democratic)


# -- Erased ---------------------------------------------------------------------------------------------------
def erase_as_two(place: Place, thing: Any, kind: str, **said: Any) -> None:
    with acting_as(place.coordinator.pk):
        request = make_purge(place, thing, kind=kind, **said)
    with acting_as(place.monitoring.pk):
        erase(request=request, by=place.monitoring)


def test_a_text_that_is_erased_goes_with_its_history_and_from_what_was_issued(world: World) -> None:
    place = world.here
    save_section(place, place.drafting, "issues", "About Quillfeather.")
    save_section(place, place.drafting, "issues", "About somebody.")
    issue = issue_first(place, place.drafting)
    erase_as_two(place, place.drafting, "report", part="issues")
    with acting_as(place.coordinator.pk):
        assert not place.drafting.texts.filter(key="issues").exists()
        assert place.drafting.texts.filter(key="executive-summary").exists()
        for rendering in Rendering.objects.filter(report=place.drafting):
            assert rendering.snapshot == {}
    gone = standing(place, issue)
    assert (gone.snapshot, gone.taken_down_because) == ({}, "Erased by two people.")
    assert standing(place).snapshot != {}  # the report before never said it


def test_what_only_an_earlier_version_said_is_erased_from_what_was_issued_of_it(
    world: World,
) -> None:
    """The text says something else by now; its history and the first issue still say it."""
    place = world.here
    save_section(place, place.drafting, "issues", "About Quillfeather.")
    issue = issue_first(place, place.drafting)
    assert "Quillfeather" in json.dumps(issue.snapshot)
    save_section(place, opened_again(place, place.drafting), "issues", "About nobody.")
    erase_as_two(place, place.drafting, "report", part="issues")
    assert standing(place, issue).snapshot == {}


def test_a_closed_text_that_is_erased_goes_from_what_was_kept_apart(world: World) -> None:
    place = world.here
    issue = issue_first(place, place.drafting)
    erase_as_two(place, place.drafting, "report", part="financial")
    with acting_as(place.coordinator.pk):
        assert not IssuedText.objects.filter(issue=issue).exists()
        assert not place.drafting.texts.filter(key="financial").exists()


def test_titles_of_appendices_are_erased(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        add_appendix(report=place.drafting, title="About Quillfeather", by=place.coordinator)
    erase_as_two(place, place.drafting, "report", part="appendices")
    with acting_as(place.coordinator.pk):
        assert not place.drafting.appendices.exclude(title="").exists()
