"""A CSV file: every cell is text."""

import csv
import io
from typing import BinaryIO

from papers.inspection.separated import decoded
from papers.inspection.verdict import Unacceptable

from .table import LONGEST, MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS, Cell, Table

SEPARATORS = ",;\t"
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def read(file: BinaryIO, wanted: list[str]) -> Table:
    """Raises Unacceptable when there is more than anybody looks through."""
    text = decoded(file.read())
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    table = Table("", [])
    csv.field_size_limit(LONGEST * 10)
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator), 1):
        cells: list[Cell] = [_typed(cell.strip())[:LONGEST] or None for cell in row]
        if not any(cells):
            continue
        if len(table.rows) > MOST_ROWS:
            raise Unacceptable(TOO_MANY_ROWS)
        if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
            raise Unacceptable(TOO_MANY_COLUMNS)
        table.rows.append((number, cells[:MOST_COLUMNS]))
    return table


def _typed(cell: str) -> str:
    """Without the apostrophe that the portal's own CSV files put before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULAS) else cell
