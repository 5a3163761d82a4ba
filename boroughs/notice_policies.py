"""Which notices a meeting of an executive needs, and which are missing or too late: plain sentences with their source.

Days of notice under the 2012 Regulations are counted as the law has them, 28 in calendar days and five by the council's rule.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .clear_days import in_words, last_day_before
from .models import Borough, Committee, Meeting, Notice

Kind = Notice.Kind
REGULATIONS = "2012 Regulations"
WALES = (
    "This body meets under the Welsh Regulations of 2001. Their rules on notices were not read for the portal: "
    "check them before you issue."
)


@dataclass(frozen=True)
class Days:
    """The last days of notice before a meeting."""

    of_28: dt.date
    of_five: dt.date


def days_before(meeting: dt.date, *, nation: str, rule: str) -> Days:
    working = rule == Borough.ClearDays.WORKING
    return Days(
        last_day_before(meeting, 28, working=False, nation=nation),
        last_day_before(meeting, 5, working=working, nation=nation),
    )


def missing_notices(
    meeting: Meeting, *, key_decision: bool, private: bool, on: dt.date
) -> list[str]:
    """What stands in the way of this meeting on a day, or nothing. Only notices of this very meeting count."""
    committee = meeting.committee
    if committee.regime == Committee.Regime.WALES_2001 and (key_decision or private):
        return [WALES]
    if committee.regime != Committee.Regime.REGULATIONS_2012:
        return []
    borough = committee.borough
    days = days_before(meeting.date, nation=borough.nation, rule=borough.clear_days)
    given = [notice for notice in meeting.notices.all() if notice.published_on <= on]
    alone = committee.kind == Committee.Kind.ONE_PERSON  # who decides alone holds no meeting
    found: list[str] = []
    if key_decision:
        found += of_key_decision(given, days, on)
    if private and not alone:
        found += of_private_meeting(given, days, on)
    return found


def of_key_decision(given: Iterable[Notice], days: Days, on: dt.date) -> list[str]:
    """28 clear days; or the general exception with five; or the agreement that it is specially urgent."""
    published = _first_days(given)
    full, short = published.get(Kind.KEY_DECISION), published.get(Kind.GENERAL_EXCEPTION)
    if _in_time(full, days.of_28) or _in_time(short, days.of_five):
        return []
    if Kind.SPECIAL_URGENCY in published:
        return []
    said = "A key decision needs 28 clear days’ notice"
    return [_sentence(said, "reg 9", full, days.of_28, on) + _way_out_of_key(days, on)]


def of_private_meeting(given: Iterable[Notice], days: Days, on: dt.date) -> list[str]:
    """Two notices; or the agreement that the meeting is urgent."""
    published = _first_days(given)
    if Kind.PRIVATE_URGENT in published:
        return []
    return list(_of_two_notices(published, days, on))


def _of_two_notices(published: dict[str, dt.date], days: Days, on: dt.date) -> Iterator[str]:
    first, second = published.get(Kind.PRIVATE), published.get(Kind.PRIVATE_SECOND)
    if not _in_time(first, days.of_28):
        said = "A private meeting needs 28 clear days’ notice with reasons"
        yield _sentence(said, "reg 5(2)", first, days.of_28, on) + _way_out(days.of_28, on)
    if not _in_time(second, days.of_five):
        said = "A private meeting needs a second notice five clear days before, with the representations and the response"
        yield _sentence(said, "reg 5(4)", second, days.of_five, on) + _way_out(days.of_five, on)


def _first_days(given: Iterable[Notice]) -> dict[str, dt.date]:
    found: dict[str, dt.date] = {}
    for notice in given:
        found[notice.kind] = min(notice.published_on, found.get(notice.kind, notice.published_on))
    return found


def _in_time(published: dt.date | None, last: dt.date) -> bool:
    return published is not None and published <= last


def _sentence(said: str, regulation: str, late: dt.date | None, last: dt.date, on: dt.date) -> str:
    source = f"({REGULATIONS}, {regulation})"
    if late:
        return f"{said} {source}. It was published on {in_words(late)}; the last day was {in_words(last)}."
    if on <= last:
        return f"{said} {source}. Publish it by {in_words(last)}."
    return f"{said} {source}. None was published by {in_words(last)}, the last day."


def _way_out_of_key(days: Days, on: dt.date) -> str:
    if on <= days.of_28:
        return ""
    if on <= days.of_five:
        return (
            f" Where that was impracticable, give notice under reg 10 by {in_words(days.of_five)}."
        )
    return " Where that was impracticable, the chair of scrutiny must agree that it is urgent (reg 11)."


def _way_out(last: dt.date, on: dt.date) -> str:
    if on <= last:
        return ""
    return " Where that was impracticable, the chair of scrutiny must agree that the meeting is urgent (reg 5(6))."


# -- Rules for keeping them ------------------------------------------------------------------------
def why_not_notice(committee: Committee) -> str | None:
    """Notices of this law are for executives in England."""
    if committee.regime != Committee.Regime.REGULATIONS_2012:
        return "Only bodies under the Access to Information Regulations 2012 give these notices."
    return None


def why_not_its_meeting(committee: Committee, meeting: Meeting | None) -> str | None:
    """A notice is of a meeting of its own committee."""
    if meeting and meeting.committee_id != committee.pk:
        return "This is another body’s meeting."
    return None


def why_not_agreed(kind: str, agreed_by: str, agreed_on: dt.date | None) -> str | None:
    """Urgency is agreed by somebody on a day; nothing else is."""
    if kind in Notice.AGREED and not (agreed_by and agreed_on):
        return "Say which post agreed that it is urgent, and when."
    if kind not in Notice.AGREED and (agreed_by or agreed_on):
        return "Only urgency is agreed. Leave this empty, or choose a notice of urgency."
    return None


def why_not_response(representations: str, response: str) -> str | None:
    """A response answers something."""
    if response and not representations:
        return "Say which representations this responds to."
    return None


def why_not_published(meeting: Meeting | None, published_on: dt.date) -> str | None:
    if meeting and published_on > meeting.date:
        return "A notice is published before the meeting, or on its day."
    return None


def why_not_second(kind: str, representations: str) -> str | None:
    """The second notice says what was made of the first."""
    if kind == Kind.PRIVATE_SECOND and not representations:
        return "The second notice says which representations were received. Enter “None” where there were none."
    return None
