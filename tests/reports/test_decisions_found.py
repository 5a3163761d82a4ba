"""Decisions where people look: in search, among what waits, in the reading room and on the meeting's page."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from boroughs.access import granted
from boroughs.actions.committees import add_committee, add_meeting
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal.waiting import reader_of, waiting_for
from reports.actions.issues import take_down_issue
from reports.actions.reports import reopen_report
from reports.models import Decision, DecisionStep, Issue, Report
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World

from .writing import save_front

DAY = dt.timedelta(days=1)
READERS = {Role.COORDINATOR, Role.LEAD, Role.DEMOCRATIC, Role.MEMBER}
ROOM = reverse("reports:reading-room", args=["thurrock"])


def changed(place: Place, **said: Any) -> Decision:
    """The place's decision, with other facts."""
    with acting_as(place.democratic.pk):
        assert Decision.objects.filter(pk=place.decision.pk).update(**said) == 1
        rows = Decision.objects.select_related("rule", "report__borough")
        return rows.get(pk=place.decision.pk)


def unpublished(place: Place) -> None:
    with acting_as(place.democratic.pk):
        Issue.objects.filter(pk=place.issue.pk).update(published_at=None, published_by=None)


def elsewhere(place: Place) -> None:
    """The report goes to a committee on which the member does not sit, and is not published."""
    unpublished(place)
    said: dict[str, Any] = {"kind": "committee", "regime": "act_1972", "remit": ""}
    with acting_as(place.lead.pk):
        other = add_committee(
            borough=place.borough, name="Another committee", by=place.lead, **said
        )
        meeting = add_meeting(committee=other, date=place.meeting.date, by=place.lead)
        Report.objects.filter(pk=place.report.pk).update(meeting=meeting)


# -- Search ---------------------------------------------------------------------------------------------
def finds(place: Place, role: Role, words: str) -> bool:
    search = reverse("portal:search", args=["thurrock"])
    shown = signed_in(place.people[role]).get(search, {"q": f'"{words}"'})
    return place.decision.get_absolute_url() in shown.content.decode()


@pytest.mark.parametrize(
    "words", ["decided words of thurrock", "reason words of thurrock", "step words of thurrock"]
)
def test_whoever_reads_the_report_finds_its_decision_and_what_is_to_be_done(
    world: World, words: str
) -> None:
    here = world.here
    assert {role for role in Role if finds(here, role, words)} == READERS
    elsewhere(here)
    assert {role for role in Role if finds(here, role, words)} == READERS - {Role.MEMBER}


@pytest.mark.parametrize("lock", ["the door", "the rows"])
def test_either_lock_alone_keeps_decisions_from_who_is_no_reader(world: World, lock: str) -> None:
    """A neighbour's officer: their borough's querysets have none of it, and the database shows none."""
    here, stranger = world.here, world.there.democratic
    if lock == "the door":
        search = reverse("portal:search", args=["barnet"])
        shown = signed_in(stranger).get(search, {"q": '"decided words of thurrock"'})
        assert str(here.decision.pk) not in shown.content.decode()
    else:
        with acting_as(stranger.pk):
            assert not Decision.objects.filter(pk=here.decision.pk).exists()
            assert not DecisionStep.objects.filter(pk=here.decision_step.pk).exists()


def test_what_is_found_shows_the_words_of_each_recommendation(world: World) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        here.decision.items.create(position=2, text="Ask the halls.", outcome="noted")
    search = reverse("portal:search", args=["thurrock"])
    shown = says(signed_in(here.member).get(search, {"q": "halls ratings reason"}))
    assert "Note the ratings . decided words of thurrock Ask the halls" in shown.replace(
        "ratings.", "ratings ."
    )


def test_a_decision_is_called_as_its_report_was_when_it_was_put(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        reopen_report(report=here.report, by=here.coordinator)
    save_front(here, here.report, title="Not out yet")
    member = signed_in(here.member)
    shown = member.get(here.decision.get_absolute_url())
    assert "Record of decision: Prevent in Thurrock" in says(shown)
    assert "Not out yet" not in shown.content.decode()
    search = reverse("portal:search", args=["thurrock"])
    assert "Not out yet" not in says(member.get(search, {"q": '"decided words of thurrock"'}))


# -- What waits -------------------------------------------------------------------------------------------
def waits(place: Place, role: Role = Role.DEMOCRATIC) -> dict[str, list[Any]]:
    person = place.people[role]
    with acting_as(person.pk):
        reader = reader_of(person, place.borough, granted(person, place.borough))
        return {group.sort.key: list(group.items) for group in waiting_for(reader, most=9)}


def to_the_cabinet(place: Place, **meeting: Any) -> None:
    """The report is put to another meeting, which has decided nothing yet."""
    with acting_as(place.lead.pk):
        found = place.cabinet.meetings.get()
        type(found).objects.filter(pk=found.pk).update(**meeting) if meeting else None
        Report.objects.filter(pk=place.report.pk).update(meeting=found)


def test_a_meeting_that_was_held_waits_for_its_decision(world: World) -> None:
    here = world.here
    assert "decision-unrecorded" not in waits(here)
    to_the_cabinet(here)
    [line] = waits(here)["decision-unrecorded"]
    assert line.href == address("reports:decision-record", here.borough, here.report.pk)
    [line] = waits(here, Role.COORDINATOR)["decision-awaited"]
    with acting_as(here.lead.pk):
        meeting = here.cabinet.meetings.get()
    assert line.href == address("reports:meeting-show", here.borough, meeting.pk)


@pytest.mark.parametrize("why", ["to come", "not held", "taken down"])
def test_nothing_is_to_be_recorded_of_what_no_meeting_decided(world: World, why: str) -> None:
    here = world.here
    said: dict[str, dict[str, Any]] = {
        "to come": {"date": timezone.localdate() + DAY},
        "not held": {"outcome": "not_held", "not_held_because": "Snow"},
    }
    to_the_cabinet(here, **said.get(why, {}))
    if why == "taken down":
        with acting_as(here.democratic.pk):
            take_down_issue(issue=here.issue, because="A name", by=here.democratic)
    assert "decision-unrecorded" not in waits(here)
    assert "decision-awaited" not in waits(here, Role.COORDINATOR)


def test_an_action_waits_until_it_is_done(world: World) -> None:
    here = world.here
    for role in (Role.DEMOCRATIC, Role.COORDINATOR):
        [line] = waits(here, role)["decision-step-overdue"]
        assert (line.words, line.href) == (
            "step words of thurrock",
            here.decision.get_absolute_url(),
        )
    with acting_as(here.coordinator.pk):
        rows = DecisionStep.objects.filter(pk=here.decision_step.pk)
        assert rows.update(done_on=dt.date(2019, 9, 1)) == 1
    assert "decision-step-overdue" not in waits(here)


def test_call_in_is_ahead_until_its_last_day(world: World) -> None:
    here, today = world.here, timezone.localdate()
    assert "decision-call-in" not in waits(here)
    with acting_as(here.lead.pk):
        rule = here.borough.call_in_rules.get()
    decision = changed(here, rule=rule, decided_on=today)
    [line] = waits(here)["decision-call-in"]
    assert decision.window
    assert line.due == decision.window.last_day
    assert line.told.startswith("Ends on ")
    changed(here, called_in_on=today)
    assert "decision-call-in" not in waits(here)
    changed(here, called_in_on=None, decided_on=today - 30 * DAY)
    assert "decision-call-in" not in waits(here)


# -- The reading room and the meeting ---------------------------------------------------------------------
def test_the_reading_room_says_what_was_decided_and_when_it_takes_effect(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        rule = here.borough.call_in_rules.get()
    changed(here, rule=rule, decided_on=dt.date(2019, 7, 10))
    member = signed_in(here.member)
    room = member.get(ROOM)
    assert (
        "Decided on 10 July 2019 : Prevent in Thurrock : agreed as amended "
        "Subject to call-in until Wednesday 17 July 2019. "
        "It takes effect on Thursday 18 July 2019 if it is not called in."
    ) in says(room)
    meeting = address("reports:meeting-show", here.borough, here.meeting.pk)
    assert meeting in room.content.decode()
    assert ROOM in member.get(meeting).content.decode()
    assert ROOM not in signed_in(here.democratic).get(meeting).content.decode()


def test_what_was_called_in_has_not_taken_effect_until_it_stands(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        rule = here.borough.call_in_rules.get()
    changed(here, rule=rule, called_in_on=dt.date(2019, 7, 9))
    client = signed_in(here.member)
    assert "Called in on 9 July 2019. It has not taken effect." in says(client.get(ROOM))
    changed(here, result="stands", result_on=dt.date(2019, 7, 20))
    assert "It stands, and took effect on 20 July 2019." in says(client.get(ROOM))


def test_outcomes_are_counted_where_they_differ(world: World) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        assert here.decision.outcome == "Agreed as amended"
        here.decision.items.create(position=2, text="Ask.", outcome="deferred")
        assert here.decision.outcome == "1 agreed as amended, 1 deferred"
