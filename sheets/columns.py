"""The columns a kind of workbook has, and guessing which column of somebody's own sheet is meant."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets.reading import Cell

LOOKED_AT = 20  # rows from the top among which the headings are looked for
LETTERS = 26
NOT_READ = "(not read back)"


@dataclass(frozen=True)
class Column:
    """One thing that is said in a row. `also` are headings by which councils' own sheets know it."""

    key: str
    heading: str
    also: tuple[str, ...] = ()
    needed: bool = False
    read: bool = True  # False: written into a download and not read back
    width: int = 18  # characters in a download
    about: str = ""

    def called(self, *names: str) -> "Column":
        return replace(self, also=(*self.also, *(name for name in names if name)))


def letter(index: int) -> str:
    """The name of a column from 0: A, Z, AA."""
    before, last = divmod(index, LETTERS)
    return (letter(before - 1) if before else "") + chr(65 + last)


def bare(text: str) -> str:
    """A heading without what makes two of them differ: case, punctuation, line ends, what stands in brackets."""
    without = re.sub(r"\([^)]*\)", " ", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", without.replace("’", "").replace("'", "")).split())


def in_words(cell: Cell) -> str:
    """A cell as its reader sees it."""
    if isinstance(cell, dict):
        said = next(iter(cell.values()))
        return "/".join(reversed(said.split("-"))) if "day" in cell else said
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def guess(headings: Sequence[Cell], columns: Iterable[Column]) -> dict[str, int]:
    """The column of each key: by its very heading, by another name for it, or by a name within the heading."""
    names = [_name(cell) for cell in headings]
    found: dict[str, int] = {}
    wanted = [column for column in columns if column.read]
    for near in (_is_called, _is_known_as, _speaks_of):
        for column in wanted:
            free = [i for i, name in enumerate(names) if name and i not in found.values()]
            if column.key not in found:
                match = next((i for i in free if near(names[i], column)), None)
                if match is not None:
                    found[column.key] = match
    return found


def _name(cell: Cell) -> str:
    """Nothing for what is no text, and for what a download says for its reader alone."""
    return bare(cell) if isinstance(cell, str) and NOT_READ not in cell else ""


def _is_called(name: str, column: Column) -> bool:
    return name == bare(column.heading)


def _is_known_as(name: str, column: Column) -> bool:
    return name in {bare(other) for other in column.also}


def _speaks_of(name: str, column: Column) -> bool:
    words = {bare(other) for other in (column.heading, *column.also)}
    return any(len(word) > 4 and f" {word} " in f" {name} " for word in words)


def heading_row(rows: Sequence[tuple[int, list[Cell]]], columns: Sequence[Column]) -> int:
    """The number of the row that looks most like headings, among the first of the sheet."""
    best, most = rows[0][0], 1
    for number, cells in rows[:LOOKED_AT]:
        many = len(guess(cells, columns))
        if many > most:
            best, most = number, many
    return best


def choices(headings: Sequence[Cell], below: Mapping[int, str]) -> list[tuple[str, str]]:
    """Each column of the sheet for a select: its letter, its heading, and what stands first under it."""
    offered = []
    for index, cell in enumerate(headings):
        name, example = in_words(cell), below.get(index, "")
        if name or example:
            said = f"{letter(index)}: {name or 'no heading'}"
            offered.append((str(index), f"{said} (“{_short(example)}”)" if example else said))
    return offered


def _short(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
