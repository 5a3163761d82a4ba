"""A live block as data: a sentence, then charts, a table or a list, any of which may be empty."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from reports.models import Report

NONE = "–"

Cell = str | dict[str, str]  # words, or a rating: text, tone, pattern, and a note beneath it


@dataclass(frozen=True)
class Chart:
    """What is drawn, as it is said: bars, each with its number (None: nothing to draw), or a tree by depth.

    A table or list beside it says the same.
    """

    kind: str  # bars or tree
    title: str
    rows: list[dict[str, Any]]  # label and said, and number or depth


@dataclass(frozen=True)
class Piece:
    lead: str
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    lines: list[tuple[str, list[str]]] = field(default_factory=list)  # each with those beneath it
    note: str = ""
    illustrative: list[str] = field(default_factory=list)  # what is said of invented records in it
    charts: list[Chart] = field(default_factory=list)
    is_wide: bool = False  # its table takes the whole width of the page, and is cards on a phone

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Live:
    """One block: its line in a text is `[[key]]`."""

    key: str
    name: str
    of: Callable[[Report], Piece]


def table(
    lead: str, caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], **more: Any
) -> Piece:
    """Cells in words; one that has nothing to say has a dash."""
    return Piece(lead, caption, list(head), [[_cell(cell) for cell in row] for row in rows], **more)


def _cell(cell: object) -> Cell:
    if isinstance(cell, dict):
        return cell
    return str(cell) if cell not in ("", None) else NONE


def invented(rows: Iterable[Any]) -> list[str]:
    """What invented records say of themselves, each once."""
    return list(dict.fromkeys(row.illustrative for row in rows if row.illustrative))


def day_of(report: Report) -> dt.date:
    """The day that the report is of: the meeting's, or else the end of the assessment's period, or when it was begun."""
    if report.meeting:
        return report.meeting.date
    return report.assessment.ends_on if report.assessment else timezone.localdate(report.started_at)
