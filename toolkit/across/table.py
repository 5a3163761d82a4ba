"""Boroughs by benchmarks: what each cell says, which lines are asked for and in which order, and how often each word stands."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from boroughs.models import Borough
from toolkit.comparison import direction_of
from toolkit.models import Benchmark, Level, Rating

from .reading import Signed, Toolkit, signed_off

OVERDUE_AFTER = dt.timedelta(days=366)  # since the last day of the newest period signed off
UNKNOWN, OVERDUE, NOTHING = "Unknown", "Overdue", "Nothing signed off yet"
NOT_APPLICABLE, PARTNER = "Not applicable", "Through a partner"
NO_TONE = str(Level.Tone.GREY)
DIRECTIONS = {"better": "better", "worse": "worse", "same": "the same"}


@dataclass(frozen=True)
class Cell:
    """One benchmark of one borough: the word it is counted under, what else is to be said, and the direction."""

    word: str
    tone: str = NO_TONE
    besides: str = ""
    direction: str = ""
    pattern: str = ""

    @property
    def text(self) -> str:
        """All of it in words."""
        said = f"{self.word}, {self.besides}" if self.besides else self.word
        moved = DIRECTIONS.get(self.direction)
        return f"{said} ({moved})" if moved else said


@dataclass(frozen=True)
class Line:
    """One borough. Only what is current counts as red, better or worse."""

    borough: Borough
    signed: Signed | None
    is_overdue: bool
    cells: tuple[Cell, ...]

    @property
    def is_current(self) -> bool:
        return self.signed is not None and not self.is_overdue

    @cached_property
    def red(self) -> int:
        return sum(cell.tone == Level.Tone.RED for cell in self.cells)

    @cached_property
    def better(self) -> int:
        return sum(cell.direction == "better" for cell in self.cells)

    @cached_property
    def worse(self) -> int:
        return sum(cell.direction == "worse" for cell in self.cells)


Sort = Callable[[Line], tuple[int, ...]]
SORTS: dict[str, tuple[str, Sort]] = {
    "": ("Borough", lambda line: ()),
    "red": ("Most red first", lambda line: (not line.is_current, -line.red)),
    "worse": (
        "Most gone down first",
        lambda line: (not line.is_current, line.better - line.worse, -line.worse),
    ),
    "better": (
        "Most gone up first",
        lambda line: (not line.is_current, line.worse - line.better, -line.better),
    ),
}


@dataclass(frozen=True)
class Choice:
    """What somebody asks to see; what is empty leaves nothing out."""

    version: str = ""
    assessor: str = ""
    area: str = ""
    kind: str = ""
    funded: str = ""
    sort: str = ""

    def takes(self, borough: Borough) -> bool:
        funded = getattr(borough, "funded", None) or "unknown"
        said = ((self.area, borough.area), (self.kind, borough.kind), (self.funded, funded))
        return all(wanted in {"", value} for wanted, value in said)

    def toolkit(self, offered: Sequence[Toolkit]) -> Toolkit:
        """The version asked for, or the one by which the newest period was signed off."""
        newest = max(offered, key=lambda each: each.latest or dt.date.min)
        return next((each for each in offered if each.key == self.version), newest)


@dataclass(frozen=True)
class Counted:
    """How many of the boroughs shown have a word for each benchmark."""

    word: str
    tone: str
    pattern: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """The lines asked for; with `own`, that borough's stands by itself, whatever is asked for."""

    toolkit: Toolkit
    lines: list[Line]
    own: Line | None = None
    counted: list[Counted] = field(default_factory=list)

    @property
    def benchmarks(self) -> tuple[Benchmark, ...]:
        return self.toolkit.benchmarks

    @property
    def every(self) -> list[Line]:
        return [self.own, *self.lines] if self.own else self.lines

    @property
    def illustrative(self) -> list[str]:
        """What has to be said of invented ratings, once each."""
        return sorted({line.signed.illustrative for line in self.every if line.signed} - {""})


def table_of(
    boroughs: Sequence[Borough],
    offered: Sequence[Toolkit],
    choice: Choice,
    today: dt.date,
    *,
    own: Borough | None = None,
) -> Table:
    """The table of these boroughs, by one statement."""
    toolkit = choice.toolkit(offered)
    asked = [each for each in boroughs if each == own or choice.takes(each)]
    signed = signed_off(asked, toolkit, choice.assessor)
    of = {each.pk: _line(each, signed.get(each.pk), toolkit, today) for each in asked}
    mine = of.pop(own.pk, None) if own else None
    lines = sorted(of.values(), key=SORTS.get(choice.sort, SORTS[""])[1])
    counted = _counted([mine, *lines] if mine else lines, toolkit)
    return Table(toolkit, lines, mine, counted)


def _line(borough: Borough, signed: list[Signed] | None, toolkit: Toolkit, today: dt.date) -> Line:
    if not signed:
        return Line(borough, None, False, (Cell(NOTHING),) * len(toolkit.benchmarks))
    newest, before = signed[0], signed[1] if len(signed) > 1 else None
    levels = {level.pk: level for level in toolkit.levels}
    overdue = newest.ends_on < today - OVERDUE_AFTER
    cells = (_cell(each.pk, newest, before, levels) for each in toolkit.benchmarks)
    return Line(borough, newest, overdue, tuple(map(_too_old, cells) if overdue else cells))


def _cell(
    benchmark: int, newest: Signed, before: Signed | None, levels: Mapping[int, Level]
) -> Cell:
    key, standing = newest.words.get(benchmark, (None, ""))
    level = levels.get(key or 0)
    if standing == Rating.Standing.NOT_APPLICABLE:
        return Cell(NOT_APPLICABLE)
    if standing == Rating.Standing.THROUGH_PARTNER:
        return Cell(PARTNER, besides=level.label.lower() if level else "")
    if level is None:
        return Cell(UNKNOWN)
    then, was = before.words.get(benchmark, (None, "")) if before else (None, "")
    other = levels.get(then or 0) if not was else None
    moved = direction_of(level.rank, other.rank if other else None)
    return Cell(level.label, level.tone, direction=moved, pattern=level.pattern)


def _too_old(cell: Cell) -> Cell:
    """What was said last, which nobody may take for what holds today."""
    last = f"{cell.word}, {cell.besides}" if cell.besides else cell.word
    return Cell(OVERDUE, besides=f"was {last.lower()}")


def _counted(lines: Sequence[Line], toolkit: Toolkit) -> list[Counted]:
    """For each word a row; those of a column add up to the number of boroughs."""
    columns = [
        Counter(line.cells[place].word for line in lines)
        for place in range(len(toolkit.benchmarks))
    ]
    rows = [
        *((level.label, str(level.tone), level.pattern) for level in toolkit.levels),
        *((word, NO_TONE, "") for word in (UNKNOWN, NOT_APPLICABLE, PARTNER, OVERDUE, NOTHING)),
    ]
    always = len(toolkit.levels) + 1
    counted = [
        Counted(word, tone, pattern, tuple(column[word] for column in columns))
        for word, tone, pattern in rows
    ]
    return [row for place, row in enumerate(counted) if place < always or any(row.numbers)]
