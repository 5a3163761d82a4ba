"""The law's grounds for closing a record, read from `boroughs/data/closure_grounds.json`; nothing here asks the database.

Exempt information: Schedule 12A of the Local Government Act 1972, by nation. Confidential information: s100A(3).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "closure_grounds.json"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of Schedule 12A that describes exempt information, in our words."""

    key: str
    number: str
    about: str
    schedule: str

    def __str__(self) -> str:
        return f"Paragraph {self.number}: {self.about}"


@dataclass(frozen=True)
class Ground:
    """A reason in s100A(3) for which information is confidential, in our words."""

    key: str
    about: str
    source: str

    def __str__(self) -> str:
        return self.about


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


@cache
def paragraphs(nation: str) -> Sequence[Paragraph]:
    """The paragraphs a council of this nation may cite, in the Schedule's order."""
    part = _data()["exempt"][nation]
    return tuple(Paragraph(schedule=part["schedule"], **row) for row in part["paragraphs"])


@cache
def paragraph(key: str) -> Paragraph:
    """Raises KeyError for a key of no nation."""
    every = (p for nation in _data()["exempt"] for p in paragraphs(nation))
    return {p.key: p for p in every}[key]


@cache
def grounds() -> Sequence[Ground]:
    """The grounds on which information is confidential, the same in England and Wales."""
    return tuple(Ground(**row) for row in _data()["confidential"])


@cache
def ground(key: str) -> Ground:
    """Raises KeyError for an unknown key."""
    return {g.key: g for g in grounds()}[key]


def in_order(keys: Sequence[str]) -> list[Paragraph]:
    """These paragraphs in the Schedule's order."""
    return sorted((paragraph(key) for key in keys), key=lambda p: int(p.number))


def cited(keys: Sequence[str]) -> str:
    """How a public line cites them: "paragraphs 1, 2 and 7"; empty when there are none."""
    numbers = [p.number for p in in_order(keys)]
    if len(numbers) < 2:
        return f"paragraph {numbers[0]}" if numbers else ""
    return f"paragraphs {', '.join(numbers[:-1])} and {numbers[-1]}"
