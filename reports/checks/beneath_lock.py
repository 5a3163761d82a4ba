"""What the checks ask of rows that whoever checks may not read: how far they are, never what they say."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from boroughs.closed_passages import digest_in
from boroughs.passages import digests_of
from reports.models import Report


@dataclass(frozen=True)
class TextStands:
    key: str
    state: str
    carried: bool
    empty: bool
    version: int


@dataclass(frozen=True)
class Case:
    """Of one closure: the paragraphs without a reason, and whether the public interest was weighed."""

    unreasoned: list[str]
    weighed: bool


@dataclass(frozen=True)
class Standing:
    texts: dict[str, TextStands] = field(default_factory=dict)
    cases: dict[UUID, Case] = field(default_factory=dict)
    unmergeable: list[int] = field(default_factory=list)  # places of appendices that are no PDF


@dataclass(frozen=True)
class Overlap:
    """A place where words, or a line where the title, of a closed record stand. The line is the closure's public one."""

    how: str
    where: str
    public_line: str


def standing_of(report: Report) -> Standing:
    """For those who compose, approve or issue in the borough: the database refuses anybody else (ProgrammingError)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_standing(%s::uuid)::text", [str(report.pk)])
        said = json.loads(cursor.fetchone()[0])
    return Standing(
        {row["key"]: TextStands(**row) for row in said["texts"]},
        {UUID(row.pop("closure")): Case(**row) for row in said["cases"]},
        said["unmergeable"],
    )


def overlaps_of(
    report: Report, texts: Mapping[str, str], titles: Mapping[str, str]
) -> list[Overlap]:
    """Which of `texts` repeats a passage, and which of `titles` names a paper, that is closed in the borough."""
    digest = digest_in(report.borough_id)
    given = {place: sorted(digests_of(text, digest)) for place, text in texts.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT how, place, public_line FROM reports_overlaps(%s, %s::jsonb, %s::jsonb)",
            [str(report.pk), json.dumps(given), json.dumps(_storable(titles))],
        )
        return [Overlap(*row) for row in cursor.fetchall()]


def _storable(titles: Mapping[str, str]) -> dict[str, str]:
    """Without the character that PostgreSQL cannot hold."""
    return {key: title.replace("\0", " ") for key, title in titles.items()}
