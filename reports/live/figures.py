"""The public figures, with disclosure control as everywhere they leave the portal.

Whoever makes a report with one of these blocks publishes them by that: reports/actions/reports.py.
"""

from typing import Any

from boroughs.disclosure import State
from boroughs.figures import SUPPRESSED, WITHHELD, Family, Line, public_figures
from reports.models import Report

from .piece import Chart, Live, Piece, invented, table

NOTES = {
    SUPPRESSED: "A figure that could point to a person is suppressed.",
    WITHHELD: "A figure that the council does not publish is withheld.",
}
NO_FIGURE = "No figure may be published yet."
PERIODS = 6  # of each figure, the latest


def figures(report: Report) -> Piece:
    """The newest period of each."""
    families = _latest(public_figures(report.borough), 1)
    if not families:
        return Piece(NO_FIGURE)
    return _listed("The newest figures that the council publishes.", families)


def over_time(report: Report) -> Piece:
    """The latest periods of each that has more than one, drawn and as a table."""
    families = _latest(public_figures(report.borough), PERIODS)
    by_root: dict[str, list[Family]] = {}
    for family in families:
        by_root.setdefault(family.root.key, []).append(family)
    several = {key: own for key, own in by_root.items() if len(own) > 1}
    if not several:
        return Piece("No figure that may be published has more than one period.")
    charts = [chart for own in several.values() if (chart := _chart(own))]
    shown = [family for own in several.values() for family in own]
    return _listed("Figures that the council publishes, over time.", shown, charts)


def _latest(families: list[Family], number: int) -> list[Family]:
    """The newest periods of each figure; they come newest first."""
    found: dict[str, list[Family]] = {}
    for family in families:
        found.setdefault(family.root.key, []).append(family)
    return [family for own in found.values() for family in own[:number]]


def _listed(lead: str, families: list[Family], charts: list[Chart] | None = None) -> Piece:
    rows = [[*_line(family, line)] for family in families for line in family.lines]
    said = {row[-1] for row in rows}
    return table(
        lead,
        "Figures",
        ["Figure", "Period", "Number"],
        rows,
        note=" ".join(note for word, note in NOTES.items() if word in said),
        illustrative=invented(line.value for family in families for line in family.lines),
        charts=charts or [],
    )


def _line(family: Family, line: Line) -> tuple[str, str, str]:
    """An “of which” is named with what it is a part of."""
    share = family.shares.get(line.indicator.key)
    number = line.public if share is None else f"{line.public} ({share}%)"
    return line.indicator.name, str(family.period), number


def _chart(families: list[Family]) -> Chart | None:
    """Of the figure itself, the oldest period first; one of which nothing may be drawn is none."""
    lines = [(family, line) for family in families for line in family.lines]
    root = [(family, line) for family, line in lines if line.indicator == family.root]
    rows: list[dict[str, Any]] = [
        {"label": str(family.period), "said": line.public, "number": _drawn(line)}
        for family, line in root[::-1]
    ]
    if sum(row["number"] is not None for row in rows) < 2:
        return None
    return Chart("bars", families[0].root.name, rows)


def _drawn(line: Line) -> float | None:
    """The number that is printed, and no other: what is suppressed, withheld or unknown has no bar."""
    if line.cell.state is not State.SHOWN:
        return None
    number = line.cell.number if line.indicator.people_referred else line.value.number
    return None if number is None else float(number)


BLOCKS = (
    Live("figures", "Figures as the public sees them", figures),
    Live("figures over time", "Figures over their latest periods, with charts", over_time),
)
