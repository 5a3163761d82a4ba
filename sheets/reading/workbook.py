"""An XLSX workbook: one of its sheets, cell by cell. Nothing is calculated: a formula is told by its address."""

import datetime as dt
from posixpath import normpath
from typing import Any, BinaryIO

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook

from papers.inspection.archive import Archive
from papers.inspection.markup import walk
from papers.inspection.verdict import DAMAGED, Unacceptable

from .table import (
    LONGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    NOTHING,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    Cell,
    Table,
)

NO_SHEET = "The workbook has no sheet “{}”. It has {}. Enter one of these names, or leave the answer empty."
LAST_ROW = MOST_ROWS + 100  # rows above the headings, and gaps


class Outline:
    """What a sheet says of itself and a stream of cells does not: merged ranges, and where its last value stands."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self.rows_with_values = self.row = self.last = self.column = self.widest = 0
        self._counted = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.row = _number(attributes.get("r")) or self.row + 1
            self.column = 0
        elif tag == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self.column = _column(letters) or self.column + 1
        elif tag in {"v", "is", "f"}:
            self._value()
        elif tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def _value(self) -> None:
        self.last = max(self.last, self.row)
        self.widest = max(self.widest, self.column)
        self.rows_with_values += self.row != self._counted
        self._counted = self.row

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


def read(file: BinaryIO, wanted: list[str]) -> Table:
    """The first sheet of a wanted name, else the first with anything in it. Raises Unacceptable."""
    archive = Archive(file)
    file.seek(0)
    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    named, preferred = wanted[:1], wanted[1:]
    sheet = _chosen(book, named[0] if named else "", preferred)
    outline = Outline()
    walk(archive.read(normpath(sheet._worksheet_path.lstrip("/"))), outline)
    if not outline.last:
        raise Unacceptable(NOTHING)
    if outline.rows_with_values > MOST_ROWS + 1 or outline.last > LAST_ROW:
        raise Unacceptable(TOO_MANY_ROWS)
    if outline.widest > MOST_COLUMNS:
        raise Unacceptable(TOO_MANY_COLUMNS)
    table = Table(sheet.title, list(book.sheetnames))
    _fill(table, sheet, outline)
    return table


def _chosen(book: Workbook, named: str, preferred: list[str]) -> Any:
    by_name = {name.strip().casefold(): book[name] for name in book.sheetnames}
    if named:
        if named.strip().casefold() not in by_name:
            others = ", ".join(f"“{name}”" for name in book.sheetnames[:8])
            raise Unacceptable(NO_SHEET.format(named, others))
        return by_name[named.strip().casefold()]
    for name in preferred:
        if name.casefold() in by_name:
            return by_name[name.casefold()]
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
    if not sheets:
        raise Unacceptable(DAMAGED)
    return next((sheet for sheet in sheets if _has_something(sheet)), sheets[0])


def _has_something(sheet: Any) -> bool:
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=LAST_ROW, values_only=True)
    return any(value is not None for row in rows for value in row)


def _fill(table: Table, sheet: Any, outline: Outline) -> None:
    merged = _merged(outline)
    sheet.reset_dimensions()
    rows = sheet.iter_rows(min_row=1, max_row=outline.last, max_col=outline.widest)
    for number, row in enumerate(rows, 1):
        cells = [
            merged.get((number, column)) or _plain(cell, number, column)
            for column, cell in enumerate(row, 1)
        ]
        if any(cell is not None for cell in cells):
            table.rows.append((number, cells))


def _merged(outline: Outline) -> dict[tuple[int, int], dict[str, str]]:
    """Every cell of a merged range that is read, with the range."""
    found: dict[tuple[int, int], dict[str, str]] = {}
    for ref in outline.merged:
        try:
            left, top, right, bottom = range_boundaries(ref)
        except (ValueError, TypeError):
            raise Unacceptable(DAMAGED) from None
        for row in range(top, min(bottom, outline.last) + 1):
            for column in range(left, min(right, outline.widest) + 1):
                found[row, column] = {"merged": ref}
    return found


def _plain(cell: Any, row: int, column: int) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return None
    if kind == "f":
        return {"formula": f"{get_column_letter(column)}{row}"}
    if kind == "e" or isinstance(value, dt.time | dt.timedelta):
        return {"error": str(value)}
    if isinstance(value, dt.date):  # a moment too
        return {"day": value.isoformat()[:10]}
    if isinstance(value, bool | int | float):
        return value
    return str(value).strip()[:LONGEST] or None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _column(letters: str) -> int:
    found = 0
    for letter in letters[:4].upper():
        if not "A" <= letter <= "Z":
            return 0
        found = found * 26 + ord(letter) - 64
    return found
