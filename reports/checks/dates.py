"""Sentences that tell of a day as past though it comes after the report: “on 21 July … confirmed” in a report of 11 July.

A hint, and a false alarm makes people deaf to the next one: a sentence that looks forward anywhere is left alone, and so
is a day without a year that may as well be last year's.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
SOON = timedelta(days=92)  # without a year, a day further ahead may be one of the year before
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|sept"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
DAY = re.compile(
    rf"\b(?:on|of)\s+(?:the\s+)?{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>\d{{4}})\b)?",
    re.IGNORECASE,
)
PRESENT = re.compile(r"\b(?:is|are|be|being)\s+(?:\w+ly\s+)?\w+ed\b", re.IGNORECASE)
PAST = re.compile(
    r"\b(?:was|were|had|(?:has|have)\s+been|met|held|took|gave|began|came|went|said|told|saw|made|sent|wrote"
    r"|(?!(?:need|indeed|exceed|proceed|succeed|speed|feed|seed|embed|hundred|red|shed)\b)\w{2,}ed)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"['’]ll\b|\b(?:will|shall|would|should|might|could|must|can|(?-i:may)|due|expected|planned|scheduled|intended|intends?|proposed|proposes?"
    r"|to\s+be|next|until|deadline|if|unless|when|once|(?:aims?|plans?|hopes?)\s+to|ahead|forthcoming|upcoming|future|later"
    r"|(?:is|are|was|were)\s+to|going\s+to|subject\s+to"
    r"|(?:agreed|asked|decided|invited|required|requested|resolved|wants?|wishes)\s+(?:\w+\s+){0,4}?to)\b",
    re.IGNORECASE,
)


def past_after(sentence: str, day: date) -> Iterator[date]:
    """The days after `day` that the sentence tells of as past."""
    if AHEAD.search(sentence) or not PAST.search(PRESENT.sub(" ", sentence)):
        return
    for match in DAY.finditer(sentence):
        said = _day_of(match, day)
        if said and said > day:
            yield said


def _day_of(match: re.Match[str], day: date) -> date | None:
    month = [name[:3] for name in MONTHS].index(match["month"][:3].lower()) + 1
    if match["year"]:
        return _date(int(match["year"]), month, int(match["day"]))
    years = [_date(year, month, int(match["day"])) for year in (day.year, day.year + 1)]
    return next((each for each in years if each and day < each <= day + SOON), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
