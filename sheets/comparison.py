"""The comparison of boroughs as a file: the table as the page shows it, and every word once more in a row of its own."""

from collections.abc import Iterator

from boroughs.models import FundingStatus
from toolkit.across import Line, Table
from toolkit.models import Assessment

from .writing import Page, Value

ABOUT = [("Borough", 28), ("Region", 22), ("Kind", 24), ("Funding", 24)]
SIGNED = [("Period", 28), ("Assessed by", 34), ("Signed off on", 14), ("To be noted", 40)]
SUMS = [("Red", 8), ("Better", 8), ("Worse", 8)]


def comparison_pages(table: Table) -> list[Page]:
    titles = [(str(benchmark), 18) for benchmark in table.benchmarks]
    lines, counts = map(_line, table.every), _counted(table)
    words = [*ABOUT[:1], *SIGNED[:2], ("Benchmark", 40), ("Word", 24), ("Besides", 18), ("Direction", 12)]  # fmt: skip
    return [
        Page("Comparison", [*ABOUT, *SIGNED, *titles, *SUMS], [*lines, *counts]),
        Page("Word by word", words, _words(table)),
    ]


def _line(line: Line) -> list[Value]:
    sums: list[Value] = [line.red, line.better, line.worse] if line.is_current else [None] * 3
    return [*_about(line), *_signed(line), *(cell.text for cell in line.cells), *sums]


def _about(line: Line) -> list[Value]:
    borough = line.borough
    funded = FundingStatus.Status(getattr(borough, "funded", None) or "unknown")
    return [borough.name, borough.area, borough.get_kind_display(), str(funded.label)]


def _signed(line: Line) -> list[Value]:
    signed = line.signed
    if signed is None:
        return ["", "", None, ""]
    who = str(Assessment.Assessor(signed.assessor).label)
    return [signed.period, who, signed.signed_on, signed.illustrative]


def _counted(table: Table) -> Iterator[list[Value]]:
    blank: list[Value] = [""] * (len(ABOUT) + len(SIGNED) - 1)
    for row in table.counted:
        yield [f"Boroughs with “{row.word}”", *blank, *row.numbers, None, None, None]


def _words(table: Table) -> Iterator[list[Value]]:
    for line in table.every:
        period, who, *_ = _signed(line)
        for benchmark, cell in zip(table.benchmarks, line.cells, strict=True):
            yield [line.borough.name, period, who, str(benchmark), cell.word, cell.besides, cell.direction]  # fmt: skip
