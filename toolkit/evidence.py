"""Evidence as a page says it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .models import Evidence


@dataclass(frozen=True)
class Line:
    """One thing that a rating rests on."""

    pk: UUID
    rating: UUID
    title: str
    kind: str
    href: str
    dated: dt.date
    note: str
    stale: bool


def lines_of(rows: Iterable[Evidence], slug: str, on: dt.date, months: int) -> list[Line]:
    """In the rows' order; stale where older on the day `on` than the borough's limit."""
    return [
        Line(
            row.pk,
            row.rating_id,
            row.title,
            row.kind,
            row.href(slug),
            row.dated,
            row.note,
            row.is_stale(on, months),
        )
        for row in rows
    ]
