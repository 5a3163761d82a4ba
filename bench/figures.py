"""Figures: what was measured round by round, the bar it is held to, and how both are shown."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

RESULTS = Path(__file__).parent / "results" / "latest.json"
DOCUMENT = Path(__file__).parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
HEADS = ("figure", "median", "spread", "bar", "verdict", "note")


@dataclass(frozen=True)
class Bar:
    """A limit of the design, by its number there (B1 … B15)."""

    number: str
    limit: float
    at_least: bool = False

    def broken_by(self, value: float) -> bool:
        return value < self.limit if self.at_least else value > self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g} ({self.number})"


@dataclass(frozen=True)
class Figure:
    """One figure with its value in every round; `unit` × means a ratio inside one round."""

    part: str
    name: str
    unit: str
    rounds: Sequence[float]
    bar: Bar | None = None
    note: str = ""

    @property
    def middle(self) -> float:
        return median(self.rounds)

    @property
    def breached(self) -> bool:
        """Over its bar in two rounds of three, at least."""
        over = sum(self.bar.broken_by(value) for value in self.rounds) if self.bar else 0
        return over * 3 >= len(self.rounds) * 2 and over > 0

    @property
    def verdict(self) -> str:
        if self.bar is None:
            return ""
        if self.breached:
            return "missed"
        return "unclear" if self.bar.broken_by(self.middle) else "met"

    def row(self) -> list[str]:
        alike = min(self.rounds) == max(self.rounds)
        spread = "" if alike else f"{shown(min(self.rounds))} to {shown(max(self.rounds))}"
        bar = str(self.bar) if self.bar else ""
        return [
            self.name,
            f"{shown(self.middle)} {self.unit}".strip(),
            spread,
            bar,
            self.verdict,
            self.note,
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "name": self.name,
            "unit": self.unit,
            "median": self.middle,
            "rounds": list(self.rounds),
            "bar": str(self.bar) if self.bar else None,
            "verdict": self.verdict or None,
            "note": self.note,
        }


def shown(value: float) -> str:
    """Three figures that count, and whole numbers whole."""
    if value == int(value) and value < 1e6:
        return str(int(value))
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Round by round."""
    return [one / other for one, other in zip(above, below, strict=True)]


def parts(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(figure.part, []).append(figure)
    return found


def table(figures: Iterable[Figure]) -> str:
    """For the terminal: a block a part, columns aligned."""
    blocks = []
    for part, its in parts(figures).items():
        rows = [list(HEADS), *(figure.row() for figure in its)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        blocks.append("\n".join([part.upper(), *lines]))
    return "\n\n".join(blocks)


def markdown(figures: Iterable[Figure]) -> str:
    blocks = []
    for part, its in parts(figures).items():
        rows = [list(HEADS), ["---"] * len(HEADS), *(figure.row() for figure in its)]
        blocks.append("\n".join([f"### {part}\n", *(f"| {' | '.join(row)} |" for row in rows)]))
    return "\n\n".join(blocks)


@dataclass
class Report:
    """One run: on what, and every figure."""

    machine: dict[str, Any]
    figures: list[Figure] = field(default_factory=list)

    def told(self) -> str:
        return "; ".join(f"{name} {value}" for name, value in self.machine.items())

    def keep(self, file: Path = RESULTS) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        said = {"machine": self.machine, "figures": [each.as_json() for each in self.figures]}
        file.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n")

    def write_into(self, document: Path = DOCUMENT) -> None:
        """Put the figures between the document's two marks."""
        before, _, rest = document.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        measured = f"{BEGIN}\n{self.told()}.\n\n{markdown(self.figures)}\n{END}"
        document.write_text(before + measured + after)

    @property
    def breached(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.breached]
