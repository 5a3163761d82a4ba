"""The public figures, with disclosure control as everywhere they leave the portal."""

from boroughs.figures import SUPPRESSED, WITHHELD, Family, public_figures
from reports.models import Report

from .piece import Live, Piece, invented, table

NOTES = {
    SUPPRESSED: "A figure that could point to a person is suppressed.",
    WITHHELD: "A figure that the council does not publish is withheld.",
}


def figures(report: Report) -> Piece:
    """The newest period of each. Whoever makes the report publishes them by that: reports/actions/reports.py."""
    newest: dict[str, Family] = {}
    for family in public_figures(report.borough):
        newest.setdefault(family.root.key, family)
    if not newest:
        return Piece("No figure may be published yet.")
    families = list(newest.values())
    rows = [[*_line(family, at)] for family in families for at in range(len(family.lines))]
    said = {row[-1] for row in rows}
    values = [line.value for family in families for line in family.lines]
    return table(
        "The newest figures that the council publishes.",
        "Figures",
        ["Figure", "Period", "Number"],
        rows,
        note=" ".join(note for word, note in NOTES.items() if word in said),
        illustrative=invented(values),
    )


def _line(family: Family, at: int) -> tuple[str, str, str]:
    """An “of which” is named with what it is a part of."""
    line = family.lines[at]
    share = family.shares.get(line.indicator.key)
    number = line.public if share is None else f"{line.public} ({share}%)"
    return line.indicator.name, str(family.period), number


BLOCKS = (Live("figures", "Figures as the public sees them", figures),)
