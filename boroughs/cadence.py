"""Whether a board meets as often as it means to, and who comes: worked out from its meetings, never typed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .models import BoardMember, Meeting

HELD, NOT_HELD, PLANNED = Meeting.Outcome.HELD, Meeting.Outcome.NOT_HELD, Meeting.Outcome.PLANNED
OFTEN = {1: "Once a year", 2: "Twice a year", 4: "Quarterly", 6: "Every two months", 12: "Monthly"}


def in_words(a_year: int | None) -> str:
    if not a_year:
        return "Not recorded"
    return OFTEN.get(a_year, f"{a_year} times a year")


@dataclass(frozen=True)
class Rhythm:
    """What was held in a stretch of time against what was due in it."""

    since: dt.date
    until: dt.date
    due: int | None  # None: no cadence is recorded, or the stretch is too short to say
    held: int
    not_held: int
    waiting: int  # past, and nothing recorded

    @property
    def word(self) -> str:
        if self.due is None:
            return ""
        if not (self.held or self.not_held or self.waiting):
            return "Nothing recorded"
        if self.held >= self.due:
            return "Kept"
        return "Not known" if self.held + self.waiting >= self.due else "Missed"

    @property
    def tone(self) -> str:
        return {"Kept": "green", "Missed": "red"}.get(self.word, "grey")

    @property
    def said(self) -> str:
        of = f" of {self.due} due" if self.due is not None else ""
        return f"{self.held}{of} held"


def a_year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def last_twelve_months(a_year: int | None, meetings: Sequence[Meeting], today: dt.date) -> Rhythm:
    """Up to today. A board whose first meeting is younger than a year owes only its share of the year."""
    first = min((meeting.date for meeting in meetings), default=today)
    start = a_year_before(today) + dt.timedelta(days=1)
    due = None
    if a_year and first <= start:
        due = a_year
    elif a_year:
        due = a_year * (today - first).days // 365 or None
    return _rhythm(meetings, max(start, min(first, today)), today, due, today)


def financial_years(
    a_year: int | None, meetings: Sequence[Meeting], today: dt.date
) -> list[tuple[str, Rhythm]]:
    """Newest first, each year that has a meeting; what is due only for years that are over.

    Of the first year that is recorded so much is due as falls between its first meeting and its end.
    """
    years = sorted({_year_of(m.date) for m in meetings if m.date <= today}, reverse=True)
    found = []
    for year in years:
        since, until = dt.date(year, 4, 1), dt.date(year + 1, 3, 31)
        due = a_year if until < today else None
        if due and year == years[-1]:
            first = min(m.date for m in meetings)
            due = max(1, round(due * ((until - first).days + 1) / 365))
        name = f"{year}/{(year + 1) % 100:02}"
        found.append((name, _rhythm(meetings, since, until, due, today)))
    return found


def _year_of(day: dt.date) -> int:
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def _rhythm(
    meetings: Iterable[Meeting], since: dt.date, until: dt.date, due: int | None, today: dt.date
) -> Rhythm:
    within = [m for m in meetings if since <= m.date <= until]
    return Rhythm(
        since,
        until,
        due,
        sum(m.outcome == HELD for m in within),
        sum(m.outcome == NOT_HELD for m in within),
        sum(m.outcome == PLANNED and m.date < today for m in within),
    )


@dataclass(frozen=True)
class Presence:
    """How often a member came to the meetings it was expected at."""

    member: BoardMember
    came: int
    expected: int

    @property
    def percent(self) -> int | None:
        """Of three meetings or more: a share of one or two says nothing."""
        return round(100 * self.came / self.expected) if self.expected > 2 else None


def last_year_of_meetings(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those held in the twelve months up to the last one that was held, newest first."""
    held = sorted((m for m in meetings if m.outcome == HELD), key=lambda m: m.date, reverse=True)
    return [m for m in held if m.date > a_year_before(held[0].date)]


def presence(members: Iterable[BoardMember], held: Iterable[Meeting]) -> list[Presence]:
    """Of meetings with their attendance."""
    came: dict[object, list[bool]] = defaultdict(list)
    for meeting in held:
        for row in meeting.attendance.all():
            came[row.member_id].append(row.came)
    return [Presence(m, sum(came[m.pk]), len(came[m.pk])) for m in members]
