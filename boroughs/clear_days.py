"""Clear days before a meeting and days after a decision: pure, and the one place where days of the law are counted.

Neither the day of publication nor the day of the meeting is a clear day. Bank holidays come from the library `holidays`,
which knows those of England and Wales, proclaimed ones too.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import holidays

from .models import Borough, Committee, Meeting
from .models.borough import Nation

DAY = dt.timedelta(days=1)
SATURDAY = 5
SUBDIVISION = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS"}
NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
NO_LAW = "No law says when its papers are out: publication is the body’s own choice."
REGIME = Committee.Regime


@lru_cache(maxsize=256)
def bank_holidays(nation: str, year: int) -> frozenset[dt.date]:
    subdivision = SUBDIVISION[Nation(nation)]
    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=year))


def is_working(day: dt.date, nation: str) -> bool:
    return day.weekday() < SATURDAY and day not in bank_holidays(nation, day.year)


def counts(day: dt.date, *, working: bool, nation: str) -> bool:
    return not working or is_working(day, nation)


def last_day_before(meeting: dt.date, days: int, *, working: bool, nation: str) -> dt.date:
    """The last day to publish so that so many clear days lie between; of working days it is one itself."""
    day = meeting - DAY
    while days or not counts(day, working=working, nation=nation):
        days -= counts(day, working=working, nation=nation)
        day -= DAY
    return day


def day_after(start: dt.date, days: int, *, working: bool, nation: str) -> dt.date:
    """The last of so many days after a day, which does not count itself."""
    day = start
    while days:
        day += DAY
        days -= counts(day, working=working, nation=nation)
    return day


@dataclass(frozen=True)
class Deadline:
    """When the papers of a meeting must be out; `last_day` is None where no law says."""

    last_day: dt.date | None
    sentence: str
    source: str = ""
    verified: bool = True  # whether the source was read for this portal

    def is_met(self, published_on: dt.date | None) -> bool | None:
        """None where there is nothing to meet, or no day of publication is known."""
        if self.last_day is None or published_on is None:
            return None
        return published_on <= self.last_day


@dataclass(frozen=True)
class Law:
    days: int
    source: str
    verified: bool = True


def law_of(nation: str, regime: str) -> Law | None:
    """How many clear days, by which law."""
    if regime == REGIME.NONE:
        return None
    if regime == REGIME.REGULATIONS_2012:
        return Law(5, "Access to Information Regulations 2012 (SI 2012/2089), reg 7")
    if regime == REGIME.WALES_2001:
        source = (
            "Executive Arrangements (Decisions, Documents and Meetings) (Wales) Regulations 2001"
        )
        return Law(3, source, verified=False)
    if nation == Nation.WALES:
        return Law(3, "Local Government Act 1972, section 100B(3), as it stands in Wales")
    return Law(5, "Local Government Act 1972, section 100B(3)")


def papers_due(meeting: dt.date, *, nation: str, regime: str, rule: str) -> Deadline:
    """The last day on which the agenda and reports of a meeting may be published. `rule` is Borough.clear_days."""
    law = law_of(nation, regime)
    if law is None:
        return Deadline(None, NO_LAW)
    working = rule == Borough.ClearDays.WORKING
    last = last_day_before(meeting, law.days, working=working, nation=nation)
    sentence = f"The papers must be out by {in_words(last)}: {clear(law.days, working=working)}."
    if not rule:
        sentence += " The council has not said in its settings whether it counts working days; these are calendar days."
    if not law.verified:
        sentence += " This law was not read for the portal: check the number of days."
    return Deadline(last, sentence, law.source, law.verified)


def papers_due_for(meeting: Meeting) -> Deadline:
    """By the meeting's committee and its council."""
    committee = meeting.committee
    return papers_due_of(committee, meeting.date)


def papers_due_of(committee: Committee, date: dt.date) -> Deadline:
    borough = committee.borough
    return papers_due(date, nation=borough.nation, regime=committee.regime, rule=borough.clear_days)


def in_general(committee: Committee) -> str:
    """When its papers must be out, whichever day it meets."""
    borough = committee.borough
    law = law_of(borough.nation, committee.regime)
    if law is None:
        return NO_LAW
    working = borough.clear_days == Borough.ClearDays.WORKING
    said = clear(law.days, working=working)
    return f"The papers must be out {said} before the meeting ({law.source})."


def clear(days: int, *, working: bool) -> str:
    """Five clear working days."""
    return f"{NUMBERS.get(days, str(days))} clear {'working ' if working else ''}days"


def in_words(day: dt.date) -> str:
    """With its weekday: Tuesday 25 June 2019."""
    return f"{day:%A} {day.day} {day:%B %Y}"
