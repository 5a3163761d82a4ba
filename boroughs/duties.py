"""Duties as they are suggested, and the reporting calendar as a calendar's file: titles and days, nothing else."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from accounts.models import User

from .duty_policies import last_day
from .models import Borough, CalendarFeed, Duty, Meeting
from .models.membership import digest_of

DATA = Path(__file__).parent / "data" / "duties.json"
SOON = dt.timedelta(days=30)
LONGEST_LINE = 73  # bytes of a line before it is folded


@dataclass(frozen=True)
class Suggestion:
    """A duty that councils have, in our own words."""

    key: str
    title: str
    told: str
    every_months: int
    month: int | None
    source: str

    def first_due(self, today: dt.date) -> dt.date:
        """The end of its month, or of the running quarter, half or year from April."""
        if self.month:
            due = last_day(today.year, self.month)
            return due if due >= today else last_day(today.year + 1, self.month)
        step = min(self.every_months, 12)
        since_april = (today.month - 4) % 12
        ahead = step - 1 - since_april % step
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        return last_day(year, month + 1)


@cache
def suggestions() -> tuple[Suggestion, ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["duties"]
    return tuple(Suggestion(**row) for row in rows)


def suggestions_left(borough: Borough) -> list[Suggestion]:
    """Those that the borough's calendar has not taken."""
    taken = set(borough.duties.filter(ended_on=None).values_list("suggestion", "title"))
    keys, titles = {key for key, _ in taken}, {title.lower() for _, title in taken}
    return [s for s in suggestions() if s.key not in keys and s.title.lower() not in titles]


def standing(duty: Duty, today: dt.date) -> tuple[str, str]:
    """How its next time stands: the word, and the tone that repeats it."""
    if duty.next_due < today:
        return "Overdue", "red"
    return ("Due soon", "amber") if duty.next_due <= today + SOON else ("To come", "grey")


# -- The feed -------------------------------------------------------------------------------------------
def feed_for(token: str) -> CalendarFeed | None:
    """The live address a token belongs to."""
    live = CalendarFeed.objects.filter(digest=digest_of(token), revoked_at=None)
    return live.select_related("borough", "user").first()


def live_feed(borough: Borough, user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(borough=borough, user=user, revoked_at=None).first()


def calendar_file(
    borough: Borough, duties: Iterable[Duty], meetings: Iterable[Meeting], now: dt.datetime
) -> str:
    """RFC 5545: a whole-day event for each duty's next day and each meeting to come."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Prevent duty portal//Reporting calendar//EN",
        f"X-WR-CALNAME:{_escaped(f'Prevent duty, {borough}')}",
    ]
    for duty in duties:
        lines += _event(duty.pk, duty.next_due, duty.title, now)
    for meeting in meetings:
        lines += _event(meeting.pk, meeting.date, f"{meeting.committee} meets", now)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(key: UUID, day: dt.date, title: str, now: dt.datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{key}",
        f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for special in ("\\", ";", ","):
        text = text.replace(special, f"\\{special}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Lines of at most 75 bytes, none of them cut within a letter."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"
