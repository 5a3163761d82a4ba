"""What of a report is closed, for whoever sees the report: which part, its public line and the law's description of it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from .models import Report


@dataclass(frozen=True)
class Closed:
    """A closed section or appendix. `key` is the section's, or the number of the appendix."""

    part: str
    key: str
    closure: UUID
    public_line: str
    classification: str
    ground: str
    paragraphs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Without the part and its key, which lead to it."""
        said = asdict(self) | {"closure": str(self.closure), "paragraphs": list(self.paragraphs)}
        return {name: value for name, value in said.items() if name not in ("part", "key")}


def closed_in(report: Report) -> list[Closed]:
    """Sections first."""
    return closed_in_each([report])[report.pk]


def closed_in_each(reports: Iterable[Report]) -> dict[UUID, list[Closed]]:
    """By report, in one statement: asked of the database's own function, since the rows themselves are hidden from who is not on the list."""
    found: dict[UUID, list[Closed]] = {report.pk: [] for report in reports}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT report, part, key, closure, public_line, classification, ground, paragraphs
               FROM unnest(%s::uuid[]) report, LATERAL reports_closed(report) WITH ORDINALITY ORDER BY report, ordinality""",
            [[str(key) for key in found]],
        )
        for report, part, key, closure, line, kind, ground, paragraphs in cursor.fetchall():
            said = (closure, line, kind or "", ground or "", tuple(paragraphs))
            found[report].append(Closed(part, key, *said))
    return found
