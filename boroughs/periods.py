"""The periods that figures are about: months, quarters, half-years and years of the financial year from 1 April, and other
days, of which calendar years, school years and single days go by their own names."""

import datetime as dt
import re
from dataclasses import dataclass

from .disclosure import Span

APRIL, SEPTEMBER = 4, 9
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
OTHER = "other"
KINDS = {
    "year": "Financial year",
    "half": "Half-year",
    "quarter": "Quarter",
    "month": "Month",
    OTHER: "Other dates",
}
FIRST, LAST = 2000, 2100
_CODE = re.compile(r"(year|half|quarter|month)-(\d{4})(?:-(\d{1,2}))?")
_OTHER = re.compile(r"other-(\d{8})-(\d{8})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    starts_on: dt.date
    ends_on: dt.date
    kind: str = "year"

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.ends_on)

    @property
    def code(self) -> str:
        """As it stands in an address; `read` takes it back."""
        if self.kind == OTHER:
            return f"other-{self.starts_on:%Y%m%d}-{self.ends_on:%Y%m%d}"
        year, number = self._place()
        return f"{self.kind}-{year}" if self.kind == "year" else f"{self.kind}-{year}-{number}"

    @property
    def year(self) -> str:
        """The financial year in which it begins: 2021/22."""
        first = self._place()[0]
        return f"{first}/{(first + 1) % 100:02d}"

    def __str__(self) -> str:
        first, last = self.starts_on, self.ends_on
        if self.kind == "year":
            return self.year
        if self.kind == "month":
            return f"{first:%B %Y}"
        if self.kind == OTHER:
            return self._other()
        if first.year == last.year:
            return f"{first:%B} to {last:%B %Y}"
        return f"{first:%B %Y} to {last:%B %Y}"

    @property
    def short(self) -> str:
        """For the axis of a chart."""
        if self.kind == "year":
            return self.year
        if self.kind == OTHER:
            return f"{self.ends_on:%b %Y}"
        place = self._place()[1]
        names = {"half": f"H{place}", "quarter": f"Q{place}", "month": f"{self.starts_on:%b %Y}"}
        return names[self.kind] if self.kind == "month" else f"{names[self.kind]} {self.year}"

    def _other(self) -> str:
        first, last = self.starts_on, self.ends_on
        if first == last:
            return f"{first.day} {first:%B %Y}"
        if self == calendar_year(first.year):
            return f"{first.year} (calendar year)"
        if self == school_year(first.year):
            return f"{first.year}/{last.year % 100:02d} (school year)"
        return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"

    def _place(self) -> tuple[int, int]:
        since_april = (self.starts_on.month - APRIL) % 12
        return year_of(self.starts_on), since_april // MONTHS.get(self.kind, 12) + 1


def financial(kind: str, year: int, number: int = 1) -> Period:
    """The period of a kind in the financial year that begins on 1 April of `year`; they are counted from 1.

    Raises ValueError when the year has no such period.
    """
    length = MONTHS[kind]
    if not (1 <= number <= 12 // length and FIRST <= year <= LAST):
        raise ValueError(f"{year} has no {kind} {number}")
    first = _month(year, APRIL + (number - 1) * length)
    after = _month(year, APRIL + number * length)
    return Period(first, after - dt.timedelta(days=1), kind)


def calendar_year(year: int) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), OTHER)


def school_year(year: int) -> Period:
    """From September of `year` to August."""
    return Period(_month(year, SEPTEMBER), dt.date(year + 1, 8, 31), OTHER)


def year_of(on: dt.date) -> int:
    """The year in which the financial year of a day began."""
    return on.year - (on.month < APRIL)


def between(first: dt.date, last: dt.date) -> Period:
    """The days from `first` to `last`; a month, quarter, half-year or year by its own name."""
    for kind in MONTHS:
        year, number = Period(first, last, kind)._place()
        try:
            found = financial(kind, year, number)
        except ValueError:
            continue
        if (found.starts_on, found.ends_on) == (first, last):
            return found
    return Period(first, last, OTHER)


def read(code: str) -> Period | None:
    """The period of an address, or None when there is none."""
    try:
        if found := _CODE.fullmatch(code):
            kind, year, number = found.groups()
            return financial(kind, int(year), int(number or 1))
        if found := _OTHER.fullmatch(code):
            first, last = (dt.datetime.strptime(day, "%Y%m%d").date() for day in found.groups())  # noqa: DTZ007 - a day has no time zone
            return between(first, last) if first <= last else None
    except ValueError:
        return None
    return None


def _month(year: int, month: int) -> dt.date:
    """The first of a month counted from January of `year`, past twelve too."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
