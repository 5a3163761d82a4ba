"""Workbooks that go out: typed cells, headings that stay in sight, and no word that becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from boroughs.harmless import harmless

Value = str | int | Decimal | dt.date | None
BOLD, HEAD = Font(bold=True), PatternFill("solid", fgColor="E8EDF2")
TOP = Alignment(vertical="top", wrap_text=True)
DAY, WHOLE, DECIMAL = "dd/mm/yyyy", "#,##0", "#,##0.0"
LONGEST = 32_767  # characters a cell of a workbook holds
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Page:
    """One sheet: its name, headings with their widths in characters, and rows of values."""

    title: str
    headings: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Value]]


def workbook(pages: Sequence[Page], *, title: str, about: Sequence[tuple[str, Value]]) -> bytes:
    """The pages, and last a page that says what the workbook is."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, "Prevent duty portal"
    said = Page("About", (("What", 24), ("", 90)), list(about))
    for page in (*pages, said):
        _write(book, page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Workbook, page: Page) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(page.title)
    sheet.freeze_panes = "A2"
    for index, (_, width) in enumerate(page.headings, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_heading(sheet, text) for text, _ in page.headings])
    for row in page.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _heading(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    cell = _cell(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, HEAD, TOP
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    cell.alignment = Alignment(vertical="top")
    if isinstance(value, dt.date):
        cell.number_format = DAY
    elif value is not None:
        cell.number_format = WHOLE if value == int(value) else DECIMAL
    return cell


def _text(sheet: WriteOnlyWorksheet, value: str) -> WriteOnlyCell:
    """Text for good: said to be text, and marked so that it stays text when somebody edits the cell."""
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(" ", value)[:LONGEST])
    cell.data_type = "s"
    cell.alignment = TOP
    cell.quotePrefix = harmless(value) != value
    return cell


def as_csv(page: Page) -> bytes:
    """The page as CSV in UTF-8, for programs that read no workbooks."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([text for text, _ in page.headings])
    writer.writerows([harmless(_plain(value)) for value in row] for row in page.rows)
    return ("\ufeff" + file.getvalue()).encode()  # the mark by which a spreadsheet knows UTF-8


def _plain(value: Value) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else "" if value is None else str(value)
