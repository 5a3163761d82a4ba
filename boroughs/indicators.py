"""The catalogue of indicators: those that ship, read from `boroughs/data/indicators.json`, and a borough's own beside them.

The file is reviewed like code. Nothing here touches the database. An indicator may stand under another: as a `part` of a
breakdown that adds up to it, or as something it is made of (`of_which`).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .disclosure import Group

Row = Mapping[str, Any]
FILE = Path(__file__).parent / "data" / "indicators.json"
PART, OF_WHICH = "part", "of_which"
RELATIONS = {PART: "A part; the parts add up to it", OF_WHICH: "Of which: some of it"}
DIRECTIONS = {"more": "More is better", "fewer": "Fewer is better", "neither": "Neither"}
PEOPLE, PER_CENT = "people", "per cent"
UNITS = (
    PEOPLE,
    "sessions",
    "meetings",
    "contacts",
    "groups",
    "organisations",
    "schools",
    "venues",
    "events",
    "incidents",
    "policies",
    "requests",
    "views",
    "projects",
    "actions",
    "days",
    "hours",
    "points",
    "pounds",
    PER_CENT,
)
FRACTIONAL = (PER_CENT, "days", "hours", "points", "pounds")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = ("key", "topic", "name", "definition", "unit", "direction")
_FIELDS = {*_TEXTS, "people_referred", "whole", "relation", "breakdown"}


class IndicatorsError(ValueError):
    """The shipped file breaks its own rules; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is counted. `whole` is the key of what it is a part of, empty where it stands by itself."""

    key: str
    topic: str
    name: str
    definition: str
    unit: str
    direction: str
    people_referred: bool
    whole: str = ""
    relation: str = ""  # a key of RELATIONS
    breakdown: str = ""  # what tells the parts of one breakdown from another's, for reading
    own: bool = False  # added by the borough

    def __str__(self) -> str:
        return self.name

    @property
    def fractional(self) -> bool:
        """Whether it may have decimals: people and meetings are whole."""
        return self.unit in FRACTIONAL

    @property
    def publishable(self) -> bool:
        """Whether a borough may choose to publish it: a share or an average of few referred people would tell their number."""
        return self.people_referred and not self.fractional


class Catalogue:
    """Indicators by key, each after what it stands under."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self.by_key = {indicator.key: indicator for indicator in indicators}

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.ordered)

    def get(self, key: str) -> Indicator | None:
        return self.by_key.get(key)

    @cached_property
    def ordered(self) -> list[Indicator]:
        return [found for root in self.roots for found in self.family(root.key)]

    @property
    def roots(self) -> list[Indicator]:
        return [found for found in self.by_key.values() if not found.whole]

    def under(self, key: str) -> list[Indicator]:
        return [found for found in self.by_key.values() if found.whole == key]

    def family(self, key: str) -> list[Indicator]:
        """The indicator and all that stands under it, each whole before its parts."""
        below = [found for child in self.under(key) for found in self.family(child.key)]
        return [self.by_key[key], *below]

    def root_of(self, key: str) -> Indicator:
        found = self.by_key[key]
        while found.whole:
            found = self.by_key[found.whole]
        return found

    def depth(self, key: str) -> int:
        whole = self.by_key[key].whole
        return self.depth(whole) + 1 if whole else 0

    def of_topic(self, topic: str) -> list[Indicator]:
        return [found for found in self.ordered if found.topic == topic]

    def groups(self, key: str) -> list[Group]:
        """The breakdowns in the indicator's family. One lone part cannot add up to anything: it is some of its whole."""
        return [group for found in self.family(key) for group in self._of(found.key)]

    def _of(self, whole: str) -> Iterator[Group]:
        breakdowns: dict[str, list[str]] = {}
        for child in self.under(whole):
            if child.relation == OF_WHICH:
                yield Group(whole, (child.key,), exhaustive=False)
            else:
                breakdowns.setdefault(child.breakdown, []).append(child.key)
        for parts in breakdowns.values():
            yield Group(whole, tuple(parts), exhaustive=len(parts) > 1)


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(Topic(**row) for row in _read()["topics"])


@cache
def shipped() -> tuple[Indicator, ...]:
    """The indicators that ship, in the order of the file."""
    data = _read()
    if reasons := why_not_indicators(data):
        raise IndicatorsError("\n".join(reasons))
    return tuple(Indicator(**row) for row in data["indicators"])


def name_of(key: str, own: str | None) -> str:
    """By the borough's own name for it, or the shipped one."""
    return own or next((found.name for found in shipped() if found.key == key), key)


def topic(key: str) -> Topic | None:
    return next((found for found in topics() if found.key == key), None)


def why_not_indicators(data: Row) -> list[str]:
    """What is wrong with a catalogue file, in plain sentences; empty if nothing is."""
    rows: Sequence[Row] = data.get("indicators", ())
    counts = Counter(row.get("key") for row in rows)
    reasons = [f"Two indicators have the key “{key}”." for key, n in counts.items() if n > 1]
    before: dict[str, Row] = {}
    for row in rows:
        reasons += _why_not(row, {t.get("key") for t in data.get("topics", ())}, before)
        before[str(row.get("key"))] = row
    return reasons


def _why_not(row: Row, known_topics: set[Any], before: Mapping[str, Row]) -> Iterator[str]:
    name = f"Indicator “{row.get('key', '')}”"
    if empty := [field for field in _TEXTS if not row.get(field)]:
        yield f"{name} does not say its {', '.join(empty)}."
        return
    if strange := sorted(set(row) - _FIELDS):
        yield f"{name} has fields that no one reads: {', '.join(strange)}."
    if not _KEY.fullmatch(row["key"]):
        yield f"{name}: a key is small letters, digits and single hyphens."
    choices = {"topic": known_topics, "unit": set(UNITS), "direction": set(DIRECTIONS)}
    for field, known in choices.items():
        if row[field] not in known:
            yield f"{name}: “{row[field]}” is not a {field}."
    if not isinstance(row.get("people_referred"), bool):
        yield f"{name} does not say whether it counts referred people."
    elif row["people_referred"] and row["unit"] in FRACTIONAL:
        yield f"{name} counts referred people in {row['unit']}, from which their number can be worked out."
    yield from _why_not_under(name, row, before)


def _why_not_under(name: str, row: Row, before: Mapping[str, Row]) -> Iterator[str]:
    whole, relation = row.get("whole", ""), row.get("relation", "")
    if not whole:
        if relation or row.get("breakdown"):
            yield f"{name} stands under nothing, and has a relation or breakdown."
        return
    if whole not in before:
        yield f"{name} stands under “{whole}”, which does not come before it."
        return
    if relation not in RELATIONS:
        yield f"{name}: “{relation}” is not a relation."
    if (relation == PART) != bool(row.get("breakdown")):
        yield f"{name}: parts, and only they, name their breakdown."
    for field in ("topic", "unit", "people_referred"):
        if row.get(field) != before[whole].get(field):
            yield f"{name} and what it stands under differ in {field}."


def _read() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data
