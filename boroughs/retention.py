"""How long each kind of record is kept: the shipped periods, a borough's own, and the daily look for what is due."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

from .models import Borough

DATA = Path(__file__).parent / "data" / "retention.json"
REVIEWS: dict[str, str] = {}  # which function of the database looks for records of a kind


@dataclass(frozen=True)
class Period:
    """A kind of record, the years it is kept, and on whose word."""

    kind: str
    label: str
    years: int
    counted_from: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Kept:
    """A period as it counts in one borough."""

    period: Period
    years: int
    own: bool


@cache
def periods() -> tuple[Period, ...]:
    return tuple(Period(**row) for row in json.loads(DATA.read_text()))


def periods_of(borough: Borough) -> list[Kept]:
    own = dict(borough.retention_periods.values_list("kind", "years"))
    return [Kept(p, own.get(p.kind, p.years), p.kind in own) for p in periods()]


def review(kind: str, function: str) -> None:
    """A floor says which function of the owner finds its records whose time is over."""
    REVIEWS[kind] = function


def look_for_what_is_due() -> int:
    """Note every record whose time is over and that does not wait already; how many were found. Erases nothing."""
    found = 0
    with connection.cursor() as cursor:
        for period in periods():
            if function := REVIEWS.get(period.kind):
                cursor.execute(f"SELECT {function}(%s)", [period.years])
                found += cursor.fetchone()[0]
    return found
