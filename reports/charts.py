"""What a live block draws, as rectangles, lines and text of an inline SVG. Pure.

The drawing is as narrow as a phone, so that its letters stay readable there; on paper and on wide screens it is not the page's width.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 360
LETTERS = 42  # of the lettering in a line over the whole width
LEADING, BAR, GAP = 20, 15, 12
SAID = 155  # room for what is said of a bar
INDENT, BOX = 26, 8  # of a tree: how far each level stands in, and the space inside a box
FEWEST_LETTERS = 16


@dataclass(frozen=True)
class Rect:
    x: int
    y: int
    width: int
    height: int
    is_box: bool = False


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    said: str
    is_bold: bool = False


@dataclass
class Drawing:
    """`title` says all that is drawn to who does not see it."""

    title: str
    caption: str
    height: int = 0
    rects: list[Rect] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # as points of a polyline
    texts: list[Text] = field(default_factory=list)
    width: int = WIDTH


def drawing_of(chart: Mapping[str, Any]) -> Drawing:
    rows = chart["rows"]
    said = "; ".join(f"{row['label']}: {row['said']}" if row["said"] else row["label"] for row in rows)  # fmt: skip
    drawing = Drawing(f"{chart['title']}. {said}.", chart["title"])
    if chart["kind"] == "tree":
        _tree(drawing, rows)
    else:
        _bars(drawing, rows)
    return drawing


def _bars(drawing: Drawing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Lying, each under its label; lengths in proportion from nought, or to what it is out of."""
    numbers = [row["number"] for row in rows if row["number"] is not None]
    highest = max([*numbers, *(row.get("of") or 0 for row in rows)], default=0) or 1
    down = 0
    for row in rows:
        for line in _wrapped(row["label"], LETTERS):
            down += LEADING
            drawing.texts.append(Text(0, down - 4, line))
        long = round((WIDTH - SAID) * (row["number"] or 0) / highest)
        if long:
            drawing.rects.append(Rect(0, down, long, BAR))
        drawing.texts.append(
            Text(long + 6 if long else 0, down + BAR - 2, row["said"], is_bold=True)
        )
        down += BAR + GAP
    drawing.height = down


def _tree(drawing: Drawing, rows: Sequence[Mapping[str, Any]]) -> None:
    """Boxes one beneath the other, each led to from the one it stands under."""
    down, above = 1, dict[int, int]()  # the foot of the latest box of each depth
    for row in rows:
        depth = row["depth"]
        left = min(depth * INDENT, WIDTH // 2) + 1
        fit = max(FEWEST_LETTERS, LETTERS * (WIDTH - left - 2 * BOX) // WIDTH - 2)
        name, about = _wrapped(row["label"], fit), _wrapped(row["said"], fit)
        high = LEADING * (len(name) + len(about)) + BOX
        if depth and depth - 1 in above:
            stem = left - INDENT // 2
            middle = down + high // 2
            drawing.lines.append(f"{stem},{above[depth - 1]} {stem},{middle} {left},{middle}")
        drawing.rects.append(Rect(left, down, WIDTH - left - 1, high, is_box=True))
        for number, line in enumerate([*name, *about], start=1):
            bold = number <= len(name)
            drawing.texts.append(Text(left + BOX, down + LEADING * number, line, is_bold=bold))
        above[depth] = down + high
        down += high + GAP
    drawing.height = down


def _wrapped(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters)
