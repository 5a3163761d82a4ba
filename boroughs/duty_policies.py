"""Rules of the reporting calendar, and when a duty falls due again."""

import calendar
import datetime as dt

from .models import Borough, Duty, Meeting
from .policies import day


def months_later(date: dt.date, months: int) -> dt.date:
    """The same day some months on, or the month's last."""
    count = date.year * 12 + date.month - 1 + months
    year, month = divmod(count, 12)
    last = last_day(year, month + 1)
    return last.replace(day=min(date.day, last.day))


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def why_not_title(borough: Borough, title: str, *, of: Duty | None = None) -> str | None:
    others = borough.duties.filter(ended_on=None, title__iexact=title)
    if (others.exclude(pk=of.pk) if of else others).exists():
        return "The calendar has a duty of this title. Change that one, or give this one its own."
    return None


def why_not_round(
    duty: Duty, done_on: dt.date | None, meeting: Meeting | None, today: dt.date
) -> str | None:
    """A duty is done once each time, not in the future, and missed only after it was due."""
    if duty.ended_on:
        return f"This duty ended on {day(duty.ended_on)}."
    if done_on and done_on > today:
        return "This day has not come yet. Record the duty when it is done."
    if done_on is None and duty.next_due >= today:
        return f"It is due on {day(duty.next_due)} and can still be done."
    if meeting and meeting.date > today:
        return f"That meeting is on {day(meeting.date)}. Record the duty when it is done."
    return None


def rounds_behind(duty: Duty, today: dt.date) -> int:
    """How many times it has fallen due without a word."""
    behind, due = 0, duty.next_due
    while due < today and behind < 100:
        behind += 1
        due = months_later(duty.next_due, behind * duty.every_months)
    return behind
