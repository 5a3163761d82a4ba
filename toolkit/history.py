"""What was said of a benchmark, when and by whom, from the events the database keeps."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from accounts.models import User

from .models import Rating

FIELDS = {
    "word": "Rating",
    "reason": "Reason",
    "comment": "Comment",
    "actions": "Actions",
}


@dataclass(frozen=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One save of one benchmark."""

    when: dt.datetime
    who: User
    changes: list[Change]
    note: str = ""


def history_of(rating: Rating) -> list[Entry]:
    """Every save, newest first; the oldest is the opening of the period."""
    events = list(
        rating.events.select_related("level", "changed_by").order_by("pgh_id")  # type: ignore[attr-defined]  # made by pghistory
    )
    entries = [Entry(b.changed_at, b.changed_by, _changes(a, b)) for a, b in pairwise(events)]
    opened = [
        Entry(e.changed_at, e.changed_by, [], "Period opened, not rated yet") for e in events[:1]
    ]
    return [*reversed(entries), *opened]


def _changes(before: Any, after: Any) -> list[Change]:
    said = [(title, _said(before, name), _said(after, name)) for name, title in FIELDS.items()]
    return [Change(title, was, now) for title, was, now in said if was != now]


def _said(event: Any, name: str) -> str:
    if name != "word":
        return str(getattr(event, name))
    return Rating(level=event.level, standing=event.standing).word
