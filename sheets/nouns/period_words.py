"""The period a figure is about, as people write it: 2021/22, Q1 2021/22, June 2021, April to June 2021,
2021 (calendar year), 2021/22 (school year), 31 March 2021."""

import datetime as dt
import re

from boroughs import periods
from boroughs.periods import Period
from sheets.cells import DAYS, Wrong

YEAR = r"(\d{4})\s*[/–-]\s*(\d{2}|\d{4})"
_YEAR = re.compile(rf"(?:fy\s*)?{YEAR}")
_SCHOOL = re.compile(rf"(?:(?:school|academic) year )?{YEAR}(?: \(?(?:school|academic) year\)?)?")
_CALENDAR = re.compile(r"calendar year (\d{4})|(\d{4}) \(?calendar year\)?")
_PART = re.compile(rf"(q|quarter|h|half)[ -]*(\d)(?: of)?,?\s+{YEAR}")
MONTHS = ("%B %Y", "%b %Y", "%m/%Y")
KINDS = {"q": "quarter", "quarter": "quarter", "h": "half", "half": "half"}
ADVICE = "Write it like 2021/22, Q1 2021/22 or June 2021, or give its first and last day"


def read(text: str) -> Period:
    """Raises Wrong."""
    plain = " ".join(text.casefold().split())
    found = periods.read(plain) or _of_year(plain) or _from_to(plain)
    if found is None:
        raise Wrong(f"“{text[:60]}” is not a period. {ADVICE}")
    return found


def _of_year(text: str) -> Period | None:
    if whole := _YEAR.fullmatch(text):
        return _financial("year", whole[1], whole[2])
    if (school := _SCHOOL.fullmatch(text)) and _follow(school[1], school[2]):
        return periods.school_year(int(school[1]))
    if calendar := _CALENDAR.fullmatch(text):
        found = periods.calendar_year(int(calendar[1] or calendar[2]))
        return between(found.starts_on, found.ends_on)
    if part := _PART.fullmatch(text):
        return _financial(KINDS[part[1]], part[3], part[4], int(part[2]))
    return None


def _financial(kind: str, first: str, second: str, number: int = 1) -> Period | None:
    if not _follow(first, second):
        raise Wrong(f"{first} and {second} are not one financial year. {ADVICE}")
    try:
        return periods.financial(kind, int(first), number)
    except ValueError:
        return None


def _follow(first: str, second: str) -> bool:
    return int(second) % 100 == (int(first) + 1) % 100


def _from_to(text: str) -> Period | None:
    first, to, last = text.partition(" to ")
    if not to:
        month, on = _month(text), _day(text)
        if on:
            return between(on, on)
        return between(month, _end(month)) if month else None
    of_month = _month(last)
    ends = _day(last) or (_end(of_month) if of_month else None)
    begins = _day(first) or _month(first) or (_month(f"{first} {ends.year}") if ends else None)
    if not begins or not ends:
        return None
    return between(begins, ends)


def between(first: dt.date, last: dt.date) -> Period:
    """Raises Wrong when the days are out of order, or years that nothing is counted in."""
    if last < first:
        raise Wrong(f"The period ends on {last:%d/%m/%Y}, before it begins on {first:%d/%m/%Y}. Correct one of the days")  # fmt: skip
    if not periods.FIRST <= first.year <= last.year <= periods.LAST:
        raise Wrong(f"Figures are about the years {periods.FIRST} to {periods.LAST}")
    return periods.between(first, last)


def _day(text: str) -> dt.date | None:
    return _by(text, DAYS)


def _month(text: str) -> dt.date | None:
    return _by(text, MONTHS)


def _by(text: str, forms: tuple[str, ...]) -> dt.date | None:
    for form in forms:
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 -- a day has no time zone
        except ValueError:
            continue
    return None


def _end(month: dt.date) -> dt.date:
    after = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return after - dt.timedelta(days=1)
