"""The national context as dated reference data: threat level, law and guidance, events. Shipped, the same for all."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "context.json"
KINDS = {
    "threat": "National threat level",
    "law": "Law and guidance",
    "event": "Events",
}


@dataclass(frozen=True)
class Fact:
    on: str  # a day, a month or a year
    kind: str
    title: str
    about: str
    source: str
    verified: bool

    @property
    def when(self) -> str:
        """As exactly as it is known: 8 February 2023, August 2014, 2017."""
        year, month, day = ([*self.on.split("-"), "", ""])[:3]
        first = dt.date(int(year), int(month or 1), int(day or 1))
        named = f"{first:%B} {year}" if month else year
        return f"{first.day} {named}" if day else named


@cache
def facts() -> tuple[Fact, ...]:
    """Newest first."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["rows"]
    return tuple(sorted((Fact(**row) for row in rows), key=lambda fact: fact.on, reverse=True))


def by_kind() -> list[tuple[str, list[Fact]]]:
    return [(label, [f for f in facts() if f.kind == kind]) for kind, label in KINDS.items()]
