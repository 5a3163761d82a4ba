"""Which benchmark of a round's version a row speaks of: by its title, and its number where there is one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sheets.cells import Wrong, as_text
from sheets.reading import Cell
from toolkit.models import Benchmark, Crossing, ToolkitVersion

NUMBER = re.compile(r"(?:benchmark|section|number|no\.?)?\s*(\d{1,5})\s*[.:)]?", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:(?:benchmark|section)\s*)?(\d{1,5})(?:\s*[.:)\-–—]\s*|\s+)(?=\S)(?!\d)(.*)",
    re.IGNORECASE | re.DOTALL,
)
NAMED = 3  # in a sentence


def as_number_of(cell: Cell) -> int | None:
    """Raises Wrong."""
    text = as_text(cell)
    if not text:
        return None
    if not (found := NUMBER.fullmatch(text)):
        raise Wrong(f"“{text[:30]}” is not the number of a benchmark. Write it like 1, or empty the cell")  # fmt: skip
    return int(found[1])


def key(text: str) -> str:
    """Letters and digits: councils write the same title with other capitals, dashes and spaces."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def short(version: ToolkitVersion) -> str:
    return f"the toolkit of {version.year}" if version.kind == version.Kind.TOOLKIT else str(version)  # fmt: skip


@dataclass
class Tally:
    """What the rows together say of the version that the sheet was made by."""

    own: int = 0
    others: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


class BenchmarkNames:
    """The benchmarks of all versions by their titles and statements; those of one version are looked for."""

    def __init__(self, version: ToolkitVersion) -> None:
        self.version, self.tally = version, Tally()
        self.by_name: dict[str, list[Benchmark]] = {}
        rows = list(Benchmark.objects.select_related("version").order_by("version", "number"))
        for row in rows:
            for name in {key(row.title), key(row.statement)} - {""}:
                self.by_name.setdefault(name, []).append(row)
        self.first = [str(row) for row in rows if row.version_id == version.pk][:NAMED]
        self.beside = _beside(rows)

    def find(self, row: int, title: str, number: int | None) -> Benchmark:
        """Raises Wrong; `tally` keeps what tells of another version."""
        found, within = self._named(title)
        if within is not None and number is not None and within != number:
            raise Wrong(f"The title says number {within}, and the cell of the number {number}. Correct one of them")  # fmt: skip
        number = within if number is None else number
        own = [one for one in found if one.version_id == self.version.pk]
        if own:
            return self._fitting(row, own, [one for one in found if one not in own], number)
        if found:
            self.tally.others.append(f"row {row}, “{found[0].title}”")
            raise Wrong(f"“{found[0]}” is a benchmark of {short(found[0].version)}, and this round is by {short(self.version)}")  # fmt: skip
        named = "; ".join(self.first)
        raise Wrong(f"There is no benchmark “{title[:120]}” in {short(self.version)}, but {named} and so on. Write the title as the toolkit has it")  # fmt: skip

    def _named(self, title: str) -> tuple[Sequence[Benchmark], int | None]:
        """What has this name, and the number written before it."""
        if found := self.by_name.get(key(title)):
            return found, None
        if match := NUMBERED.fullmatch(title.strip()):
            return self.by_name.get(key(match[2]), []), int(match[1])
        return [], None

    def _fitting(
        self, row: int, own: list[Benchmark], others: list[Benchmark], number: int | None
    ) -> Benchmark:
        fits = [one for one in own if number in {None, one.number}]
        if len(fits) == 1:
            alike = any(number in {None, other.number} for other in others)
            self.tally.own += not alike
            return fits[0]
        if fits:
            raise Wrong(f"“{own[0].title}” is the title of {len(fits)} benchmarks. Add the number")
        for other in self.beside.get(own[0].pk, []):
            if other.number == number:
                self.tally.numbers.append(f"row {row} says {number} for “{own[0].title}”, which is number {own[0].number} in {short(self.version)} and {number} in {short(other.version)}")  # fmt: skip
        raise Wrong(f"“{own[0].title}” is number {own[0].number} in {short(self.version)}, and this row says {number}. Correct the number or the title")  # fmt: skip

    def why_not_at_all(self) -> str | None:
        """Why the sheet as a whole is by another version, if it is."""
        tally = self.tally
        if tally.numbers:
            return f"The titles of this workbook are those of {short(self.version)} and its numbers are not: {tally.numbers[0]}. Nothing was read. Correct the numbers, or say that they are not in the sheet and let the titles count."  # fmt: skip
        if tally.others and len(tally.others) >= tally.own:
            named = "; ".join(tally.others[:NAMED])
            return f"This workbook is by another version of the toolkit: {named}. This round is by {short(self.version)}. Nothing was read. Open a round by the workbook’s version and bring it in there."  # fmt: skip
        return None


def _beside(rows: Iterable[Benchmark]) -> dict[int, list[Benchmark]]:
    """What became of a benchmark in other versions, and what it came from."""
    by_pk = {row.pk: row for row in rows}
    found: dict[int, list[Benchmark]] = {}
    for before, after in Crossing.objects.values_list("before", "after"):
        found.setdefault(before, []).append(by_pk[after])
        found.setdefault(after, []).append(by_pk[before])
    return found
