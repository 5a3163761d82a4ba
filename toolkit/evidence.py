"""Evidence as a page says it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from .models import Assessment, Evidence


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


def rest_on_closed(assessment: Assessment) -> set[UUID]:
    """The ratings that rest on something closed, also on what the person may not read: that it is so, and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM toolkit_rests_on_closed(%s)", [assessment.pk])
        return {row[0] for row in cursor.fetchall()}
