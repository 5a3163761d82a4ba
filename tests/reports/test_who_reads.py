"""Who reads which report in which state, and which of its versions."""

import datetime as dt

import pytest
from django.urls import reverse

from boroughs.actions.committees import add_committee, add_meeting
from boroughs.models import Meeting
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports.actions.issues import (
    issue_report,
    publish_issue,
    take_down_issue,
    withdraw_issue,
)
from reports.actions.reports import reopen_report
from reports.models import Issue, Report
from tests.boroughs.pages import says, signed_in
from tests.factories import Place, World

from .writing import approve, now, page, save_front, save_section

WRITERS = {Role.COORDINATOR, Role.LEAD}
WITH_SERVICES = WRITERS | {Role.DEMOCRATIC}
READERS = WITH_SERVICES | {Role.MEMBER}
# Members read of a committee they sit on what was issued, of others what is published
STAGES = {
    "drafting": (WRITERS, WRITERS),
    "clearance": (WRITERS, WRITERS),
    "cleared": (WITH_SERVICES, WITH_SERVICES),
    "issued": (READERS, WITH_SERVICES),
    "reopened": (READERS, WITH_SERVICES),
    "published": (READERS, READERS),
    "withdrawn": (READERS, WITH_SERVICES),
    "taken down": (WITH_SERVICES, WITH_SERVICES),
}


def elsewhere(place: Place) -> Meeting:
    """A meeting of a committee on which the member does not sit."""
    with acting_as(place.lead.pk):
        cabinet = add_committee(
            borough=place.borough, name="Cabinet", kind="cabinet", regime="regs_2012", by=place.lead
        )  # fmt: skip
        return add_meeting(committee=cabinet, date=dt.date(2027, 1, 11), by=place.lead)


def bring_to(place: Place, stage: str, meeting: Meeting) -> Report:
    """The report that is being written, put to this meeting and taken this far."""
    save_front(place, place.drafting, meeting=meeting)
    report = now(place, place.drafting)
    if stage == "drafting":
        return report
    approve(place, report)
    if stage == "clearance":
        save_section(place, report, "issues", "Changed after it was approved.")
    if stage in ("clearance", "cleared"):
        return report
    follow_up(place, issued_first(place, report), stage)
    return report


def issued_first(place: Place, report: Report) -> Issue:
    with acting_as(place.democratic.pk):
        return issue_report(report=report, kind="first", by=place.democratic)


def follow_up(place: Place, issue: Issue, stage: str) -> None:
    if stage == "reopened":
        save_section_of_issued(place, issue.report)
    with acting_as(place.democratic.pk):
        if stage in ("published", "withdrawn"):
            publish_issue(issue=issue, by=place.democratic)
        if stage == "withdrawn":
            withdraw_issue(issue=issue, because="A figure", by=place.democratic)
        if stage == "taken down":
            take_down_issue(issue=issue, because="A name", by=place.democratic)


def save_section_of_issued(place: Place, report: Report) -> None:
    with acting_as(place.coordinator.pk):
        reopen_report(report=report, by=place.coordinator)
    save_section(place, report, "issues", "Not out yet.")


def readers(place: Place, report: Report) -> set[Role]:
    """Those to whom the list names it, and to whom its page opens: the same people."""
    listed, opened = set(), set()
    for role, person in place.people.items():
        client = signed_in(person)
        answer = client.get(page("report", report), follow=True)
        if answer.status_code == 200:
            opened.add(role)
        if report.title in says(client.get(reverse("reports:report-list", args=["thurrock"]))):
            listed.add(role)
    assert listed == opened
    return listed


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("own", [True, False], ids=["their committee", "another committee"])
def test_each_role_reads_in_each_state_what_it_may(world: World, stage: str, own: bool) -> None:
    place = world.here
    meeting = place.meeting if own else elsewhere(place)
    report = bring_to(place, stage, meeting)
    theirs, others = STAGES[stage]
    assert readers(place, report) == (theirs if own else others)


def test_democratic_services_read_what_was_handed_over_to_them_on_the_screen(world: World) -> None:
    """With its closed section in its public line, since they are on no list; never before it is handed over, nor after it is taken back."""
    place = world.here
    client = signed_in(place.democratic)
    report = bring_to(place, "cleared", place.meeting)
    draft = page("report-draft", report)
    assert draft in client.get(page("report", report)).content.decode()
    shown = says(client.get(draft))
    assert "The duty." in shown
    assert "closed section of thurrock" not in shown
    with acting_as(place.coordinator.pk):
        reopen_report(report=report, by=place.coordinator)
    assert client.get(draft).status_code == 404
    assert signed_in(place.coordinator).get(draft).status_code == 200


def test_a_draft_of_what_was_issued_before_leads_democratic_services_to_its_versions(
    world: World,
) -> None:
    place = world.here
    client = signed_in(place.democratic)
    report = bring_to(place, "reopened", place.meeting)
    answer = client.get(page("report-draft", report))
    assert (answer.status_code, answer["Location"]) == (302, page("report", report))
    shown = client.get(answer["Location"])
    assert "Not out yet." not in says(shown)
    assert page("report-draft", report) not in shown.content.decode()


def test_a_seat_that_ended_reads_no_more(world: World) -> None:
    place = world.here
    report = bring_to(place, "issued", place.meeting)
    with acting_as(place.lead.pk):
        type(place.seat).objects.filter(pk=place.seat.pk).update(until=dt.date(2019, 12, 31))
    assert Role.MEMBER not in readers(place, report)


def test_members_of_other_committees_read_the_published_version_and_no_other(world: World) -> None:
    place = world.here
    report = bring_to(place, "published", elsewhere(place))
    save_section_of_issued(place, report)
    approve(place, report)
    with acting_as(place.democratic.pk):
        second = issue_report(report=report, kind="corrected", note="Right", by=place.democratic)
    member = signed_in(place.member)
    shown = member.get(page("report", report), follow=True)
    assert shown.request["PATH_INFO"] == page("issue", report, 1)
    assert "Not out yet." not in says(shown)
    assert "Version 2" not in says(shown)
    assert member.get(page("issue", report, 2)).status_code == 404
    with acting_as(place.democratic.pk):
        asked = second.renderings.get()
    for name in ("rendering", "rendering-status", "rendering-download"):
        assert member.get(page(name, report, asked.pk)).status_code == 404
    assert "Not out yet." not in says(
        member.get(reverse("portal:search", args=["thurrock"]), {"q": "not out yet"})
    )
    assert signed_in(place.coordinator).get(page("issue", report, 2)).status_code == 200


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CLEARING, Role.MONITORING, Role.OBSERVER])
def test_who_reads_no_reports_reads_not_even_a_published_one_inside(
    world: World, role: Role
) -> None:
    place = world.here
    client = signed_in(place.people[role])
    for at in (
        page("report", place.report),
        page("issue", place.report, 1),
        page("rendering-download", place.report, place.rendering.pk),
        page("report-draft", place.drafting),
        page("section-history", place.drafting, "executive-summary"),
    ):
        assert client.get(at).status_code == 403, at


def test_the_neighbours_rows_are_not_found(world: World) -> None:
    """Their own borough's pages, with the keys of Thurrock's rows."""
    here, there = world.here, world.there
    rows = {
        "report": (here.report.pk,),
        "report-draft": (here.report.pk,),
        "issue": (here.report.pk, 1),
        "section-history": (here.drafting.pk, "executive-summary"),
        "rendering": (here.report.pk, here.rendering.pk),
    }
    for name, keys in rows.items():
        for borough in ("barnet", "thurrock"):
            at = reverse(f"reports:{name}", args=[borough, *keys])
            assert signed_in(there.coordinator).get(at).status_code == 404, at


def test_a_title_that_changes_in_a_draft_is_read_by_its_writers_alone(world: World) -> None:
    place = world.here
    report = bring_to(place, "reopened", place.meeting)
    with acting_as(place.coordinator.pk):
        Report.objects.filter(pk=report.pk).update(title="What we would rather call it")
    meeting = reverse("reports:meeting-show", args=["thurrock", place.meeting.pk])
    for path in (reverse("reports:report-list", args=["thurrock"]), meeting):
        assert "rather call it" in says(signed_in(place.coordinator).get(path))
        shown = says(signed_in(place.member).get(path))
        assert "rather call it" not in shown
        assert report.title in shown
