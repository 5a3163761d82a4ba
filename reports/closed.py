"""What of a report is closed, for whoever sees the report: which part, its public line and the law's description of it."""

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
    """Sections first. Asked of the database's own function: the rows themselves are hidden from who is not on the list."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part, key, closure::text, public_line, classification, ground, paragraphs FROM reports_closed(%s)",
            [str(report.pk)],
        )
        rows = cursor.fetchall()
    return [
        Closed(part, key, UUID(closure), line, kind or "", ground or "", tuple(paragraphs))
        for part, key, closure, line, kind, ground, paragraphs in rows
    ]
