"""Who reports to whom, as a tree for a list and as places of boxes and lines for a drawing."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from .models import Committee

WIDTH, HEIGHT, GAP, DROP = 230, 92, 20, 46
LETTERS, LINES, LEADING = 25, 3, 20


@dataclass
class Node:
    """A body with those that report to it."""

    body: Committee
    below: list["Node"] = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    title: str
    lines: list[tuple[float, str]]  # how far down each stands
    is_board: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Chart:
    width: float
    height: float
    boxes: list[Box]
    lines: list[str]  # as points of a polyline


def tree(bodies: Iterable[Committee]) -> list[Node]:
    """The bodies that report to nobody here, each with what is under it, by name."""
    nodes = {body.pk: Node(body) for body in sorted(bodies, key=lambda body: body.name)}
    tops: list[Node] = []
    for node in nodes.values():
        reports_to = node.body.reports_to_id
        above = nodes.get(reports_to) if reports_to else None
        (above.below if above else tops).append(node)
    return tops


def chart(tops: list[Node]) -> Chart:
    boxes: list[Box] = []
    lines: list[str] = []
    right = 0.0
    for top in tops:
        _, right = _place(top, right, 0, boxes, lines)
    height = max((box.y + HEIGHT for box in boxes), default=0)
    return Chart(max(right - GAP, 0) + 4, height + 4, boxes, lines)


def _place(
    node: Node, left: float, depth: int, boxes: list[Box], lines: list[str]
) -> tuple[Box, float]:
    """Put the node over the middle of what is under it; its box, and where the next may begin."""
    right, below = left, []
    for child in node.below:
        box, right = _place(child, right, depth + 1, boxes, lines)
        below.append(box)
    x = (below[0].x + below[-1].x) / 2 if below else left + 2
    box = _box(node.body, x, 2 + depth * (HEIGHT + DROP))
    boxes.append(box)
    foot = box.y + HEIGHT
    for child_box in below:
        bend = foot + DROP / 2
        points = [(child_box.middle, child_box.y), (child_box.middle, bend)]
        points += [(box.middle, bend), (box.middle, foot)]
        lines.append(" ".join(f"{x:g},{y:g}" for x, y in points))
    return box, max(right, left + WIDTH + GAP)


def _box(body: Committee, x: float, y: float) -> Box:
    words = textwrap.wrap(body.name, LETTERS)
    if len(words) > LINES:
        words = [*words[: LINES - 1], words[LINES - 1][: LETTERS - 1] + "…"]
    first = y + HEIGHT / 2 - (len(words) - 1) * LEADING / 2 + 5
    lines = [(first + LEADING * number, line) for number, line in enumerate(words)]
    return Box(x, y, body.name, lines, body.kind == Committee.Kind.BOARD)
