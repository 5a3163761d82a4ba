"""The door to the reader: a process of its own, with the same walls as the inspection of papers."""

import json
from collections.abc import Sequence
from pathlib import Path

from papers.inspection.names import clean_name, extension_of
from papers.inspection.process import Limits, ask
from papers.inspection.verdict import Unacceptable

from .table import NOTHING, Table

WORKER = "sheets.reading.worker"
LIMITS = Limits(seconds=20, wall_seconds=40, answer=32 * 1024**2)
NO_WORKBOOK = (
    "Choose an Excel workbook (XLSX) or a CSV file. Other files cannot be read row by row."
)


def kind_refused(name: str) -> str | None:
    """Why a file of this name is no spreadsheet that is read here."""
    try:
        return None if extension_of(clean_name(name)) in {"xlsx", "csv"} else NO_WORKBOOK
    except Unacceptable as why:
        return str(why)


def read(path: Path, *, name: str, sheet: str = "", preferred: Sequence[str] = ()) -> Table:
    """The sheet of that name, else the first of a preferred name, else the first; raises Unacceptable."""
    extension = extension_of(clean_name(name))
    with path.open("rb") as file:
        wanted = json.dumps([sheet, *preferred])
        answer = ask(file.fileno(), LIMITS, WORKER, extension, wanted)
    if "refused" in answer:
        raise Unacceptable(answer["refused"])
    table = Table.from_json(dict(answer))
    if not table.rows:
        raise Unacceptable(NOTHING)
    return table
