"""What stands beside a row of this floor and belongs to a higher one: a strategy's paper, the report that did a duty.

The higher floor owns the link and says here what a visitor may see of it; this floor's pages only show it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from .access import BoroughRequest


@dataclass(frozen=True)
class Beside:
    """A line beside a row, and the page it leads to."""

    label: str
    href: str
    closed: bool = False


Show = Callable[[BoroughRequest, str, Sequence[UUID]], Mapping[UUID, list[Beside]]]
SHOWS: list[Show] = []


def offer_beside(show: Show) -> None:
    """A higher floor's way of finding its lines; asked with a kind of row and the rows' keys."""
    if show not in SHOWS:
        SHOWS.append(show)


def shown_beside(
    request: BoroughRequest, kind: str, keys: Sequence[UUID]
) -> dict[UUID, list[Beside]]:
    """By the row's key, what the visitor may see beside it."""
    found: dict[UUID, list[Beside]] = {key: [] for key in keys}
    for show in SHOWS:
        for key, lines in show(request, kind, keys).items():
            found[key] += lines
    return found
