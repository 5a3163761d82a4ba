"""Bars over periods, as the numbers an inline SVG is drawn from. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 360, 200
TOP, BOTTOM = 26, 26  # room for a bar's number and its period
MOST = 8  # periods; the table beside has them all


@dataclass(frozen=True)
class Point:
    """One period: its name, the number (None where there is none), how it is said, and the target."""

    label: str
    number: Decimal | None
    said: str
    target: Decimal | None = None


@dataclass(frozen=True)
class Bar:
    x: int
    width: int
    middle: int
    y: int
    height: int
    label: str
    said: str
    said_y: int
    target_y: int | None


@dataclass(frozen=True)
class Chart:
    title: str
    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM

    @property
    def label_y(self) -> int:
        return HEIGHT - 8

    @property
    def has_target(self) -> bool:
        return any(bar.target_y is not None for bar in self.bars)


def bars_of(title: str, points: Sequence[Point]) -> Chart:
    """The latest periods from left to right, heights in proportion from nought."""
    shown = points[-MOST:]
    numbers = [n for point in shown for n in (point.number, point.target) if n is not None]
    highest = max([*numbers, Decimal(1)])
    room = HEIGHT - TOP - BOTTOM
    step = WIDTH // max(len(shown), 1)
    width = min(step * 2 // 3, 72)

    def y_of(number: Decimal) -> int:
        return TOP + room - int(number * room / highest)

    bars = []
    for place, point in enumerate(shown):
        y = TOP + room if point.number is None else y_of(point.number)
        middle = place * step + step // 2
        bars.append(
            Bar(
                x=middle - width // 2,
                width=width,
                middle=middle,
                y=y,
                height=TOP + room - y,
                label=point.label,
                said=point.said,
                said_y=y - 6,
                target_y=None if point.target is None else y_of(point.target),
            )
        )
    return Chart(title, bars)
