"""Finding a priority, area, organisation or benchmark by what people write of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from boroughs.models import Area, Borough, Organisation, Priority
from sheets.cells import Wrong
from toolkit.models import Benchmark

Row = TypeVar("Row")
NAMED = 4  # in a sentence


def plain(text: str) -> str:
    return " ".join(text.casefold().replace(":", " ").replace(".", " ").replace(")", " ").split())


class Names(Generic[Row]):
    """Rows by every way of writing them; a name that two share is nobody's."""

    def __init__(self, what: str, rows: Iterable[tuple[Row, Iterable[str]]], advice: str) -> None:
        self.what, self.advice = what, advice
        self.by_name: dict[str, list[Row]] = {}
        self.first: list[str] = []
        for row, names in rows:
            self.first.append(str(row))
            for name in {plain(name) for name in names if name}:
                self.by_name.setdefault(name, []).append(row)

    def find(self, text: str, among: Iterable[Row] | None = None) -> Row | None:
        """None for an empty text. Raises Wrong."""
        if not text:
            return None
        rows = self.by_name.get(plain(text), [])
        if among is not None and len(rows) > 1:
            rows = [row for row in rows if row in list(among)]
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise Wrong(f"“{text}” is the name of {len(rows)}. Write it with its number")
        raise Wrong(f"There is no {self.what} “{text}”{self._those()}. {self.advice}")

    def _those(self) -> str:
        if not self.first:
            return ""
        named = "; ".join(self.first[:NAMED])
        more = len(self.first) - NAMED
        return f", but {named}{f' and {more} more' if more > 0 else ''}"


def levels(what: str, rows: Iterable[Any], advice: str) -> Names[Any]:
    """Priorities or areas: by title, by number, by both, and with the word for them before."""
    named = [(row, list(_ways(row, what))) for row in rows]
    return Names(what.lower(), named, advice)


def _ways(row: Priority | Area, what: str) -> Iterable[str]:
    number, title = str(row.position), row.title
    yield title
    if isinstance(row, Area):
        number = f"{row.priority.position} {row.position}"  # the dot of 2.1 is read as a space
    else:
        yield f"{what} {number}"
    yield from (number, f"{number} {title}", f"{what} {number} {title}")


COUNCIL = ("the council", "council", "the council itself", "none")


def organisations(borough: Borough) -> Names[Organisation | str]:
    """By name; the council itself, by whatever name, is "council"."""
    own = ("council", [*COUNCIL, borough.name, borough.full_name])
    rows: list[tuple[Organisation | str, Iterable[str]]] = [
        (row, [row.name]) for row in borough.organisations.all()
    ]
    names = Names("organisation", rows, "Add it under “Organisations” first, or correct the cell")
    for name in own[1]:
        names.by_name.setdefault(plain(name), [own[0]])
    return names


def benchmarks(rows: Iterable[Benchmark]) -> Mapping[str, list[Benchmark]]:
    """By title with the year of the version, by title alone where one version has it, and by keys."""
    found: dict[str, list[Benchmark]] = {}
    for row in rows:
        names = [row.title, benchmark_name(row), f"{row.version.key}/{row.key}"]
        for name in names:
            found.setdefault(plain(name), []).append(row)
    return found


def benchmark_name(row: Benchmark) -> str:
    return f"{row.title} ({row.version.year})"
