"""The rows of an import under its headings, by our own keys."""

from collections.abc import Iterator

from .columns import Column, choices, guess, in_words
from .meanings import Word, words_in
from .models import SheetImport, SheetRow
from .nouns import KINDS, Line


def columns_of(sheet: SheetImport) -> list[Column]:
    """Those that are read, with the names that the plan's strategy gives its levels."""
    columns = [column for column in KINDS[sheet.kind].columns if column.read]
    if not sheet.plan:
        return columns
    strategy = sheet.plan.strategy
    own = {"priority": strategy.priority_word, "area": strategy.area_word, "title": strategy.action_word}  # fmt: skip
    return [column.called(own.get(column.key, "")) for column in columns]


def headings_of(sheet: SheetImport, number: int) -> list[object]:
    row = sheet.rows.filter(number=number).first()
    return list(row.cells) if row else []


def guessed(sheet: SheetImport, number: int) -> dict[str, int]:
    return guess(headings_of(sheet, number), columns_of(sheet))  # type: ignore[arg-type]  # JSON from our own reader


def offered(sheet: SheetImport, number: int) -> list[tuple[str, str]]:
    """The sheet's columns for a select, each with the first thing that stands under its heading."""
    below: dict[int, str] = {}
    for row in sheet.rows.filter(number__gt=number)[:20]:
        for index, cell in enumerate(row.cells):
            if cell is not None and index not in below:
                below[index] = in_words(cell)
    headings = headings_of(sheet, number)
    widest = max([len(headings), *(index + 1 for index in below)], default=0)
    padded = [*headings, *[None] * (widest - len(headings))]
    return choices(padded, below)  # type: ignore[arg-type]


def words_asked(sheet: SheetImport) -> dict[str, Word]:
    """The words in the column of ratings that somebody has to explain, in the order in which they stand."""
    place = sheet.mapping.get("level")
    if sheet.assessment is None or place is None:
        return {}
    rows = sheet.rows.filter(number__gt=sheet.heading_row).order_by("number")
    cells = (row.cells[place] for row in rows if place < len(row.cells))
    return words_in(cells, sheet.assessment.version.scale.levels.all())


def line_of(sheet: SheetImport, row: SheetRow) -> Line:
    places = {key: int(index) for key, index in sheet.mapping.items()}
    cells = {key: row.cells[i] if i < len(row.cells) else None for key, i in places.items()}
    return Line(row.number, cells, places)


def lines_of(sheet: SheetImport, rows: list[SheetRow]) -> Iterator[tuple[SheetRow, Line]]:
    """Rows with something in a column that is read."""
    for row in rows:
        line = line_of(sheet, row)
        if not line.is_empty:
            yield row, line
