"""Notices of an executive: what the law asks for before a key decision and a private meeting, and keeping them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from boroughs.actions.notices import add_notice
from boroughs.models import Notice
from boroughs.notice_policies import days_before, missing_notices
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.boroughs.test_committees import date
from tests.factories import World

MEETING = dt.date(2020, 9, 22)  # a Tuesday
FULL, FIVE = dt.date(2020, 8, 24), dt.date(2020, 9, 16)  # 28 clear days; five calendar ones
DAY = dt.timedelta(days=1)
KINDS = Notice.Kind


def meeting(*notices: tuple[str, dt.date], regime: str = "regs_2012", kind: str = "cabinet") -> Any:
    """A meeting as the policy looks at it, without a database."""
    given = [SimpleNamespace(kind=kind, published_on=on) for kind, on in notices]
    borough = SimpleNamespace(nation="england", clear_days="calendar")
    return SimpleNamespace(
        date=MEETING,
        committee=SimpleNamespace(regime=regime, kind=kind, borough=borough),
        notices=SimpleNamespace(all=lambda: given),
    )


def missing(found: Any, *, key: bool = False, private: bool = False, on: dt.date = MEETING) -> Any:
    return missing_notices(found, key_decision=key, private=private, on=on)


def test_28_days_are_calendar_days_and_five_are_the_councils() -> None:
    assert days_before(MEETING, nation="england", rule="calendar") == (
        days_before(MEETING, nation="england", rule="")
    )
    calendar = days_before(MEETING, nation="england", rule="calendar")
    assert (calendar.of_28, calendar.of_five) == (FULL, FIVE)
    working = days_before(MEETING, nation="england", rule="working")
    assert (working.of_28, working.of_five) == (FULL, dt.date(2020, 9, 14))


@pytest.mark.parametrize(
    ("notices", "wanted"),
    [
        ([(KINDS.KEY_DECISION, FULL)], []),
        ([(KINDS.KEY_DECISION, FULL + DAY)], ["The last day was Monday 24 August 2020"]),
        ([(KINDS.KEY_DECISION, FULL + DAY), (KINDS.GENERAL_EXCEPTION, FIVE)], []),
        ([(KINDS.GENERAL_EXCEPTION, FIVE + DAY)], ["None was published by Monday 24 August 2020"]),
        ([(KINDS.SPECIAL_URGENCY, MEETING)], []),
        ([(KINDS.PRIVATE, FULL)], ["reg 9"]),
        ([], ["reg 11"]),
    ],
)
def test_a_key_decision_needs_its_notice(
    notices: list[tuple[str, dt.date]], wanted: list[str]
) -> None:
    found = missing(meeting(*notices), key=True)
    assert len(found) == len(wanted)
    for sentence, part in zip(found, wanted, strict=True):
        assert part.lower() in sentence.lower()


@pytest.mark.parametrize(
    ("notices", "wanted"),
    [
        ([(KINDS.PRIVATE, FULL), (KINDS.PRIVATE_SECOND, FIVE)], []),
        ([(KINDS.PRIVATE, FULL)], ["reg 5(4)"]),
        ([(KINDS.PRIVATE_SECOND, FIVE)], ["reg 5(2)"]),
        ([(KINDS.PRIVATE, FULL + DAY), (KINDS.PRIVATE_SECOND, FIVE)], ["25 August 2020"]),
        ([(KINDS.PRIVATE, FULL), (KINDS.PRIVATE_SECOND, FIVE + DAY)], ["17 September 2020"]),
        ([(KINDS.PRIVATE_URGENT, MEETING)], []),
        ([], ["reg 5(2)", "reg 5(4)"]),
    ],
)
def test_a_private_meeting_needs_two(notices: list[tuple[str, dt.date]], wanted: list[str]) -> None:
    found = missing(meeting(*notices), private=True)
    assert len(found) == len(wanted)
    for sentence, part in zip(found, wanted, strict=True):
        assert part in sentence


@pytest.mark.parametrize(
    ("on", "way"),
    [
        (FULL, "Publish it by Monday 24 August 2020."),
        (FULL + DAY, "give notice under reg 10 by Wednesday 16 September 2020"),
        (FIVE + DAY, "must agree that it is urgent (reg 11)"),
    ],
)
def test_what_can_still_be_done_depends_on_the_day(on: dt.date, way: str) -> None:
    (sentence,) = missing(meeting(), key=True, on=on)
    assert sentence.endswith(way) or way in sentence
    assert "(2012 Regulations, reg 9)" in sentence


def test_a_notice_of_tomorrow_does_not_count_today() -> None:
    assert missing(meeting((KINDS.KEY_DECISION, FULL)), key=True, on=FULL - DAY)


@pytest.mark.parametrize("regime", ["act_1972", "none"])
def test_other_bodies_need_none(regime: str) -> None:
    assert missing(meeting(regime=regime), key=True, private=True) == []


def test_of_wales_it_says_that_it_does_not_know() -> None:
    assert "not read for the portal" in missing(meeting(regime="wales_2001"), key=True)[0]
    assert missing(meeting(regime="wales_2001")) == []


def test_who_decides_alone_holds_no_private_meeting() -> None:
    assert missing(meeting(kind="one_person"), private=True) == []
    assert missing(meeting(kind="one_person"), key=True)


# -- Keeping them ----------------------------------------------------------------------------------
def typed(world: World, **said: str) -> dict[str, str]:
    with acting_as(world.here.lead.pk):
        of = str(world.here.cabinet.meetings.get().pk)
    text = {"kind": "private_second", "meeting": of, "matter": "Prevent grant"}
    text |= {"representations": "None", "response": "", "agreed_by": "", "reasons": "Figures"}
    return text | date("published_on", "2019-07-03") | date("agreed_on", "") | said


def test_democratic_services_keep_notices_and_everybody_reads_them(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    add = address("boroughs:committee-notice-add", here.borough, here.cabinet.pk)
    assert client.post(add, typed(world)).status_code == 302
    listed = address("boroughs:committee-notices", here.borough, here.cabinet.pk)
    page = says(signed_in(here.observer).get(listed))
    assert "Private meeting: second notice (reg 5(4))" in page
    assert "Prevent grant" in page
    assert deeds(here)[-1] == "notice.added"
    with acting_as(here.lead.pk):
        notice = Notice.objects.get(matter="Prevent grant")
    change = address("boroughs:committee-notice-change", here.borough, here.cabinet.pk, notice.pk)
    said = typed(world, matter="Prevent grant 2019/20") | seen(client, change)
    assert client.post(change, said).status_code == 302
    assert client.post(change, said | {"matter": "Another"}).status_code == 409
    assert "Prevent grant 2019/20" in says(client.get(listed))
    with acting_as(here.lead.pk):
        meeting = here.cabinet.meetings.get()
    its_page = address("reports:meeting-show", here.borough, meeting.pk)
    assert "Prevent grant 2019/20" in says(client.get(its_page))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"kind": "private_urgent", "representations": ""}, "Say which post agreed"),
        ({"agreed_by": "Chair"}, "Only urgency is agreed"),
        ({"representations": ""}, "The second notice says which representations"),
        ({"kind": "private", "representations": "", "response": "No"}, "Say which representations"),
        (date("published_on", "2019-07-11"), "A notice is published before the meeting"),
    ],
)
def test_an_incomplete_notice_is_refused(world: World, said: dict[str, str], problem: str) -> None:
    here = world.here
    add = address("boroughs:committee-notice-add", here.borough, here.cabinet.pk)
    found = problems(signed_in(here.democratic).post(add, typed(world, **said)))
    assert any(problem in each for each in found), found


def test_a_committee_of_the_1972_act_gives_none(world: World) -> None:
    here = world.here
    said: dict[str, Any] = {"kind": "private", "matter": "x", "meeting": None, "agreed_on": None}
    said |= dict.fromkeys(("reasons", "representations", "response", "agreed_by"), "")
    said |= {"published_on": dt.date(2019, 6, 1)}
    with acting_as(here.lead.pk):
        with pytest.raises(Refused, match="Only bodies under the Access to Information"):
            add_notice(committee=here.committee, by=here.lead, **said)
        with pytest.raises(Refused, match="another body’s meeting"):
            add_notice(committee=here.cabinet, by=here.lead, **said | {"meeting": here.meeting})
    page = signed_in(here.lead).get(
        address("boroughs:committee-notices", here.borough, here.committee.pk)
    )
    assert "Only bodies under the Access to Information" in says(page)


def test_a_coordinator_reads_notices_and_the_rows_refuse_their_writing(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        assert Notice.objects.filter(pk=here.notice.pk).update(matter="x") == 0
        assert Notice.objects.get(pk=here.notice.pk).matter != "x"
    add = address("boroughs:committee-notice-add", here.borough, here.cabinet.pk)
    assert signed_in(here.coordinator).get(add).status_code == 403


def test_the_deadline_stands_on_the_meetings_page_and_its_forms(world: World) -> None:
    here, client = world.here, signed_in(world.here.democratic)
    due = "The papers must be out by Friday 28 June 2019: five clear days."
    page = says(client.get(address("reports:meeting-show", here.borough, here.meeting.pk)))
    assert due in page
    assert "Local Government Act 1972, section 100B(3)" in page
    change = address("boroughs:meeting-change", here.borough, here.committee.pk, here.meeting.pk)
    assert due in says(client.get(change))
    said = date("date", "2019-07-04") | date("agenda_published_on", "2019-06-29")
    assert client.post(change, said | seen(client, change)).status_code == 302
    page = says(client.get(address("reports:meeting-show", here.borough, here.meeting.pk)))
    assert "29 June 2019 Late" in page
    add = address("boroughs:meeting-add", here.borough, here.committee.pk)
    assert "The papers must be out five clear days before the meeting" in says(client.get(add))
