"""Clear days: never the day of publication, never the day of the meeting; weekends and bank holidays only where they count."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boroughs.clear_days import day_after, is_working, last_day_before, papers_due
from boroughs.models import Committee
from boroughs.models.borough import Nation

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2005, 1, 1), dt.date(2035, 12, 31))
NUMBERS = st.integers(1, 28)
NATIONS = st.sampled_from(["england", "wales"])
ACT, EXECUTIVE, WALES, NONE = Committee.Regime


def clear_between(published: dt.date, meeting: dt.date, *, working: bool, nation: str) -> int:
    """Counted the plain way: each day after the one and before the other."""
    between = [published + DAY * n for n in range(1, (meeting - published).days)]
    return sum(not working or is_working(day, nation) for day in between)


@given(meeting=DAYS, days=NUMBERS, working=st.booleans(), nation=NATIONS)
def test_so_many_clear_days_lie_between_and_a_day_later_there_are_fewer(
    meeting: dt.date, days: int, working: bool, nation: str
) -> None:
    last = last_day_before(meeting, days, working=working, nation=nation)
    assert clear_between(last, meeting, working=working, nation=nation) == days
    later = last + DAY
    too_few = clear_between(later, meeting, working=working, nation=nation) < days
    assert too_few or (working and not is_working(later, nation))
    assert last < meeting - DAY * days + DAY
    if working:
        assert is_working(last, nation)


@given(meeting=DAYS, other=DAYS, days=NUMBERS, working=st.booleans(), nation=NATIONS)
def test_a_later_meeting_never_has_an_earlier_deadline(
    meeting: dt.date, other: dt.date, days: int, working: bool, nation: str
) -> None:
    first, second = (
        last_day_before(day, days, working=working, nation=nation)
        for day in sorted((meeting, other))
    )
    assert first <= second
    more = last_day_before(meeting, days + 1, working=working, nation=nation)
    assert more < last_day_before(meeting, days, working=working, nation=nation)


@given(start=DAYS, days=NUMBERS, nation=NATIONS)
def test_the_day_on_which_days_start_does_not_count(start: dt.date, days: int, nation: str) -> None:
    last = day_after(start, days, working=True, nation=nation)
    assert clear_between(start, last + DAY, working=True, nation=nation) == days
    assert is_working(last, nation)
    assert day_after(start, days, working=False, nation=nation) == start + DAY * days


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2019-04-19", "Good Friday"),
        ("2019-05-06", "early May"),
        ("2020-05-08", "early May, moved for VE day"),
        ("2022-09-19", "a state funeral"),
        ("2023-05-08", "a coronation"),
        ("2021-12-27", "Christmas on a Saturday"),
        ("2024-02-24", "a Saturday"),
    ],
)
def test_bank_holidays_and_weekends_are_no_working_days(day: str, why: str) -> None:
    for nation in Nation:
        assert not is_working(dt.date.fromisoformat(day), nation), why


def test_a_holiday_of_scotland_alone_is_a_working_day() -> None:
    assert is_working(dt.date(2024, 1, 2), Nation.ENGLAND)
    assert is_working(dt.date(2024, 12, 2), Nation.WALES)  # 30 November was a Saturday


@pytest.mark.parametrize(
    ("nation", "regime", "rule", "meeting", "last", "said"),
    [
        ("england", ACT, "calendar", "2019-07-04", "2019-06-28", "five clear days"),
        ("england", ACT, "working", "2019-07-04", "2019-06-26", "five clear working days"),
        ("england", EXECUTIVE, "working", "2019-07-10", "2019-07-02", "five clear working days"),
        # Easter Monday and Good Friday lie between
        ("england", ACT, "working", "2019-04-25", "2019-04-15", "five clear working days"),
        # After Christmas: two bank holidays and New Year’s Day
        ("england", ACT, "working", "2020-01-06", "2019-12-24", "five clear working days"),
        ("wales", ACT, "calendar", "2019-07-04", "2019-06-30", "three clear days"),
        ("wales", ACT, "working", "2019-07-04", "2019-06-28", "three clear working days"),
        ("wales", WALES, "calendar", "2019-07-04", "2019-06-30", "three clear days"),
    ],
)
def test_the_last_day_by_law(
    nation: str, regime: str, rule: str, meeting: str, last: str, said: str
) -> None:
    due = papers_due(dt.date.fromisoformat(meeting), nation=nation, regime=regime, rule=rule)
    assert str(due.last_day) == last
    assert said in due.sentence
    assert due.source
    assert due.is_met(due.last_day)
    assert due.last_day
    assert due.is_met(due.last_day + DAY) is False
    assert due.is_met(None) is None


def test_a_body_without_a_law_has_no_deadline() -> None:
    due = papers_due(dt.date(2019, 7, 4), nation="england", regime=NONE, rule="working")
    assert due.last_day is None
    assert due.is_met(dt.date(2019, 7, 3)) is None
    assert "the body’s own choice" in due.sentence


def test_what_is_undecided_or_was_not_read_says_so() -> None:
    undecided = papers_due(dt.date(2019, 7, 4), nation="england", regime=ACT, rule="")
    assert "has not said" in undecided.sentence
    welsh = papers_due(dt.date(2019, 7, 4), nation="wales", regime=WALES, rule="calendar")
    assert not welsh.verified
    assert "was not read for the portal" in welsh.sentence
