"""A live block as data: a sentence, then a table or a list, either of which may be empty."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from reports.models import Report

NONE = "–"


@dataclass(frozen=True)
class Piece:
    lead: str
    caption: str = ""
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[tuple[str, list[str]]] = field(default_factory=list)  # each with those beneath it
    note: str = ""
    illustrative: list[str] = field(default_factory=list)  # what is said of invented records in it

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
    said = [[str(cell) if cell not in ("", None) else NONE for cell in row] for row in rows]
    return Piece(lead, caption, list(head), said, **more)


def invented(rows: Iterable[Any]) -> list[str]:
    """What invented records say of themselves, each once."""
    return list(dict.fromkeys(row.illustrative for row in rows if row.illustrative))
