"""The context as dated reference data: threat level, law and guidance, events. What ships is the same for all; a borough
adds what its own reports say."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .models import Borough, ContextFact

DATA = Path(__file__).parent / "data" / "context.json"
KINDS = {
    "threat": "National threat level",
    "law": "Law and guidance",
    "event": "Events",
    "area": "In the area",
}
FORMS = (
    ("%d %B %Y", "%Y-%m-%d"),
    ("%d %b %Y", "%Y-%m-%d"),
    ("%d/%m/%Y", "%Y-%m-%d"),
    ("%d %m %Y", "%Y-%m-%d"),
    ("%B %Y", "%Y-%m"),
    ("%b %Y", "%Y-%m"),
    ("%m/%Y", "%Y-%m"),
    ("%Y", "%Y"),
)


@dataclass(frozen=True)
class Fact:
    on: str  # a day, a month or a year
    kind: str
    title: str
    about: str
    source: str
    verified: bool
    own: ContextFact | None = None  # added by the borough

    @property
    def when(self) -> str:
        return when_in_words(self.on)


def when_in_words(on: str) -> str:
    """As exactly as it is known: 8 February 2023, August 2014, 2017."""
    year, month, day = ([*on.split("-"), "", ""])[:3]
    first = dt.date(int(year), int(month or 1), int(day or 1))
    named = f"{first:%B} {year}" if month else year
    return f"{first.day} {named}" if day else named


def read_when(text: str) -> str | None:
    """A day, a month or a year as people write it, as a fact keeps it; None when it is none."""
    for form, kept in FORMS:
        try:
            found = dt.datetime.strptime(" ".join(text.split()), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return found.strftime(kept) if 1900 <= found.year <= 2100 else None
    return None


@cache
def facts() -> tuple[Fact, ...]:
    """Newest first."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rows"]
    return tuple(sorted((Fact(**row) for row in rows), key=lambda fact: fact.on, reverse=True))


def by_kind(borough: Borough) -> list[tuple[str, list[Fact]]]:
    """What ships and what the borough added, newest first."""
    own = [
        Fact(row.on, row.kind, row.title, row.about, row.source, verified=True, own=row)
        for row in borough.context_facts.all()
    ]
    rows = sorted([*facts(), *own], key=lambda fact: fact.on, reverse=True)
    return [(label, [f for f in rows if f.kind == kind]) for kind, label in KINDS.items()]
