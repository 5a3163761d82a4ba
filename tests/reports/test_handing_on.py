"""From hand to hand: written, approved, issued, and written again; what may be done in which state."""

from collections.abc import Callable
from typing import Any

import pytest

from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report, reopen_report
from reports.actions.sections import add_appendix, close_section
from reports.checks.standing import Checked
from reports.models import Report
from reports.policies import (
    Refused,
    why_not_approve,
    why_not_issue,
    why_not_reopen,
    why_not_write,
)
from tests.boroughs.pages import deeds, says, signed_in
from tests.factories import Place, World, clear, leave_as_it_is

from .test_sections import CASE
from .writing import approve, now, page, paper_of, save_front, save_section

State = Report.State
DEEDS = ("write", "approve", "reopen", "issue")
NOTHING_FOUND = Checked([], [], [])
ASKED: dict[str, Callable[[Report], str | None]] = {
    "write": why_not_write,
    "approve": lambda report: why_not_approve(report, NOTHING_FOUND),
    "reopen": why_not_reopen,
    "issue": lambda report: why_not_issue(report, NOTHING_FOUND),
}
# What may be done where; everything else is refused with a sentence
ALLOWED = {
    State.DRAFTING: {"write", "approve"},
    State.CLEARANCE: {"write", "approve"},
    State.CLEARED: {"write", "reopen", "issue"},
    State.ISSUED: {"reopen"},
}


def ready(place: Place) -> Report:
    """The report that is being written, put to a meeting, cleared, and with a reason for what may stay as it is."""
    save_front(place, place.drafting, meeting=place.meeting)
    report = now(place, place.drafting)
    clear(report, writer=place.coordinator, officer=place.clearing)
    with acting_as(place.lead.pk):
        leave_as_it_is(report, place.lead)
    return now(place, report)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("deed", DEEDS)
def test_the_table_of_states_and_deeds(world: World, state: State, deed: str) -> None:
    report = ready(world.here)
    report.state = state
    with acting_as(world.here.lead.pk):
        why = ASKED[deed](report)
    assert (why is None) == (deed in ALLOWED[state])
    assert why is None or why.endswith(".")


def test_a_report_goes_from_the_lead_to_democratic_services(world: World) -> None:
    place = world.here
    report = ready(place)
    democratic = signed_in(place.democratic)
    assert democratic.get(page("report", report)).status_code == 404
    assert "Issue the report" not in says(signed_in(place.lead).get(page("report", report)))
    shown = signed_in(place.lead).post(page("report-approve", report), follow=True)
    assert "Approved. Democratic services can issue it now." in says(shown)
    assert "Issue the report" in says(democratic.get(page("report", report)))
    democratic.post(page("report-issue", report), {"kind": "first"})
    assert now(place, report).state == State.ISSUED
    done = deeds(place)
    assert [deed for deed in done if deed in ("report.approved", "report.issued")][-2:] == [
        "report.approved",
        "report.issued",
    ]


def test_it_goes_nowhere_without_a_meeting(world: World) -> None:
    place = world.here
    with acting_as(place.lead.pk), pytest.raises(Refused, match="Choose the meeting first"):
        approve_report(report=place.drafting, by=place.lead)
    shown = signed_in(place.lead).post(page("report-approve", place.drafting), follow=True)
    assert "Choose the meeting first" in says(shown)
    assert now(place, place.drafting).state == State.CLEARANCE


CHANGES: dict[str, Callable[[Place, Report], Any]] = {
    "a section": lambda p, r: save_section(p, r, "issues", "Changed."),
    "the front sheet": lambda p, r: save_front(p, r, title="Changed"),
    "an appendix": lambda p, r: add_appendix(report=r, title="Late", by=p.coordinator),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_after_approval_has_to_be_approved_again(world: World, what: str) -> None:
    place = world.here
    approve(place, ready(place))
    with acting_as(place.coordinator.pk):
        CHANGES[what](place, now(place, place.drafting))
    changed = now(place, place.drafting)
    assert changed.state == State.CLEARANCE
    with acting_as(place.democratic.pk), pytest.raises(Refused, match="not been approved yet"):
        issue_report(report=changed, kind="first", by=place.democratic)
    approve(place, changed)
    assert now(place, changed).state == State.CLEARED


def test_closing_a_section_after_approval_has_to_be_approved_too(world: World) -> None:
    place = world.here
    save_section(place, place.drafting, "issues", "To be closed.")
    approve(place, ready(place))
    with acting_as(place.coordinator.pk):
        close_section(report=place.drafting, key="issues", by=place.coordinator, **CASE)
    assert now(place, place.drafting).state == State.CLEARANCE


def test_what_is_approved_can_be_taken_back_to_write(world: World) -> None:
    place = world.here
    report = approve(place, ready(place))
    client = signed_in(place.coordinator)
    assert "Take it back to write" in says(client.get(page("report", report)))
    shown = client.post(page("report-reopen", report), follow=True)
    assert "It has to be approved again." in says(shown)
    assert now(place, report).state == State.DRAFTING
    assert deeds(place)[-1] == "report.reopened"
    assert signed_in(place.democratic).get(page("report", report)).status_code == 404


def test_a_report_that_is_opened_again_keeps_what_was_issued_readable(world: World) -> None:
    place = world.here
    member = signed_in(place.member)
    before = paper_of(member.get(page("report", place.report), follow=True))
    with acting_as(place.coordinator.pk):
        reopen_report(report=place.report, by=place.coordinator)
    save_section(place, place.report, "executive-summary", "Not out yet.")
    for state in (State.DRAFTING, State.CLEARED):
        assert now(place).state == state
        assert paper_of(member.get(page("report", place.report), follow=True)) == before
        led = member.get(page("report-draft", place.report), follow=True)
        assert paper_of(led) == before
        if state == State.DRAFTING:
            approve(place)


@pytest.mark.parametrize("name", ["report-approve", "report-reopen", "report-make", "report-issue"])
def test_looking_at_a_buttons_address_does_nothing(world: World, name: str) -> None:
    place = world.here
    people = {"report-approve": place.lead, "report-issue": place.democratic}
    report = place.report if name == "report-issue" else place.drafting
    before = now(place, report).state
    assert signed_in(people.get(name, place.coordinator)).get(page(name, report)).status_code in (200, 302)  # fmt: skip
    assert now(place, report).state == before


def test_who_may_not_hand_it_on_cannot(world: World) -> None:
    place = world.here
    report = approve(place, ready(place))
    for person, names in (
        (place.coordinator, ("report-approve", "report-issue")),
        (place.lead, ("report-issue", "report-reopen", "report-make")),
        (place.democratic, ("report-approve", "report-reopen", "report-make")),
        (place.member, ("report-approve", "report-issue", "report-reopen", "report-make")),
    ):
        for name in names:
            assert signed_in(person).post(page(name, report)).status_code == 403, (person, name)
    assert now(place, report).state == State.CLEARED
