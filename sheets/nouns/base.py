"""What every kind of workbook has in common: rows are read, found in the record, judged, written, undone."""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from accounts.models import User
from boroughs.models import Borough, DeliveryPlan
from boroughs.policies import ChangedMeanwhile, Refused, day
from boroughs.prose import identifiers
from sheets.cells import Wrong
from sheets.columns import Column, letter
from sheets.models import SheetImport, SheetRow
from sheets.reading import Cell

Reader = Callable[[Cell], Any]
TITLE = 200
SHORTEST = 5  # characters of a text that may identify a person
UNTOLD = {
    "title",
    "text",
    "number",
    "reference",
}  # said by the title, or of use to the portal alone
MEANWHILE = "somebody else changed this just now. Nothing was written. Try again."


@dataclass(frozen=True)
class Line:
    """A row of the sheet by our own keys."""

    number: int
    cells: Mapping[str, Cell]
    places: Mapping[str, int]

    def address(self, key: str) -> str:
        return f"{letter(self.places[key])}{self.number}"

    @property
    def is_empty(self) -> bool:
        return all(cell is None for cell in self.cells.values())


@dataclass
class Judged:
    """What a row would do. `said` are its values as they would be written; it is worked out anew before writing."""

    verdict: str = ""
    title: str = ""
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    changes: list[list[str]] = field(default_factory=list)
    target: uuid.UUID | None = None
    said: dict[str, Any] = field(default_factory=dict)

    def refuse(self, *reasons: str | None) -> "Judged":
        """Refused for these reasons, where there are any."""
        found = [finished(reason) for reason in reasons if reason]
        if found:
            self.reasons += [reason for reason in found if reason not in self.reasons]
            self.verdict, self.changes, self.target = SheetRow.Verdict.REFUSE, [], None
        return self

    @property
    def is_refused(self) -> bool:
        return bool(self.reasons)

    def same_as(self, row: SheetRow) -> bool:
        """Whether it would do what was shown to the person."""
        then = row.verdict, row.target, row.changes
        return then == (self.verdict, self.target, self.changes)


@dataclass(frozen=True)
class Written:
    """What was written for a row, and what undoing it needs (JSON)."""

    target: uuid.UUID
    before: dict[str, Any]


class Noun(ABC):
    """A kind of workbook as it stands to the record now, for one person. Loaded once, asked row by row."""

    columns: ClassVar[tuple[Column, ...]]
    sheet_names: ClassVar[tuple[str, ...]]
    labels: ClassVar[Mapping[str, Mapping[str, Any]]] = {}  # the words for a choice, by its key

    def __init__(self, borough: Borough, by: User, plan: DeliveryPlan | None = None) -> None:
        self.borough, self.by, self.plan = borough, by, plan
        self.seen: dict[Any, int] = {}  # what a row is about, by the row that said it first

    @classmethod
    def of_sheet(cls, sheet: SheetImport, by: User) -> Self:
        """The kind of an import, with what it goes into."""
        return cls(sheet.borough, by, sheet.plan)

    # -- What each kind says for itself ----------------------------------------------------------------
    @abstractmethod
    def readers(self) -> Mapping[str, Reader]:
        """How the cell under each key is read."""

    def why_not(self) -> str | None:
        """Why nothing at all can be written now."""
        return None

    @abstractmethod
    def judge_said(self, line: Line, said: dict[str, Any], judged: Judged) -> None:
        """Fill in the verdict of a row whose cells could all be read."""

    def judge_together(self, judged: Sequence[tuple[int, Judged]]) -> None:
        """What can be told of rows only when all of them are known."""
        return

    @abstractmethod
    def write_all(self, rows: Sequence[tuple[int, Judged]]) -> list[Written]:
        """Add or change the record by its own actions, in the rows' order. Raises Refused."""

    @abstractmethod
    def why_not_undo(self, rows: Sequence[SheetRow]) -> str | None:
        """What depends on the rows written, if anything does."""

    @abstractmethod
    def undo(self, rows: Sequence[SheetRow]) -> None:
        """Take back what was written, in the opposite order."""

    # -- What is common ----------------------------------------------------------------------------------
    def judge(self, line: Line) -> Judged:
        judged = Judged()
        said = self._read(line, judged)
        judged.said = said
        judged.title = self.title_of(said)[:TITLE]
        for column in self.columns:
            missing = column.needed and not said.get(column.key)
            if missing and not judged.is_refused:
                judged.refuse(f"{column.heading}: nothing is said. {column.about}")
        if not judged.is_refused:
            self.judge_said(line, said, judged)
        if judged.verdict == SheetRow.Verdict.ADD:
            judged.changes = self.details(judged.said)
        return judged

    def details(self, said: Mapping[str, Any]) -> list[list[str]]:
        """What a new row says beside its title, in the order of the columns."""
        found = []
        for column in self.columns:
            value = said.get(column.key)
            word = in_sentence(
                self.labels.get(column.key, {}).get(value, value)
                if isinstance(value, str)
                else value
            )
            if word and column.key not in UNTOLD:
                found.append([column.heading, "", word])
        return found

    def title_of(self, said: Mapping[str, Any]) -> str:
        return " ".join(str(said.get("title") or "").split())

    def _read(self, line: Line, judged: Judged) -> dict[str, Any]:
        said: dict[str, Any] = {}
        readers = self.readers()
        for column in self.columns:
            if column.key not in line.cells or column.key not in readers:
                continue
            try:
                said[column.key] = readers[column.key](line.cells[column.key])
            except Wrong as why:
                judged.refuse(f"{column.heading} ({line.address(column.key)}): {why}")
                continue
            judged.warnings += _warnings(column.heading, said[column.key])
        return said

    def once(self, key: Any, line: Line) -> str | None:
        """Why the row is one too many: another row is about the same."""
        first = self.seen.setdefault(key, line.number)
        if first != line.number:
            return f"Row {first} is about the same. Leave one of the two out"
        return None


def in_sentence(value: Any) -> str:
    """A value as it is shown: days in words, nothing for nothing."""
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return "" if value is None else str(value)


def finished(reason: str) -> str:
    return reason if reason.endswith((".", "?", "!")) else f"{reason}."


def _warnings(heading: str, value: Any) -> Iterable[str]:
    if not isinstance(value, str) or len(value) < SHORTEST:
        return []
    kinds = dict.fromkeys(hint.kind.value for hint in identifiers(value))
    return [f"{heading}: this may be {kind}" for kind in kinds]


class RowByRow(Noun):
    """A kind whose rows are written one after the other, each by its own action."""

    @abstractmethod
    def write(self, judged: Judged) -> Written:
        """Add or change the record by its own action. Raises Refused and ChangedMeanwhile."""

    def write_all(self, rows: Sequence[tuple[int, Judged]]) -> list[Written]:
        """Each by itself, in their order. Raises Refused."""
        written = []
        for number, judged in rows:
            try:
                written.append(self.write(judged))
            except Refused as why:
                raise Refused(f"Row {number}: {finished(str(why))} Nothing was written.") from None
            except ChangedMeanwhile:
                raise Refused(f"Row {number}: {MEANWHILE}") from None
        return written
