"""Live blocks: what flows from the record into a report where a line of its text asks for it, such as [[risks]].

They are frozen with the snapshot. Each asks only for what is open to everybody, whoever makes the report: what is closed
never reaches the data of a paper that the public reads.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reports.models import Report
from reports.narrative import LIVE_LINE, key_of, tidy

from . import context, figures, plans, ratings, record, reviews
from .piece import Live, Piece

LIVE: dict[str, Live] = {
    each.key: each
    for each in (
        *ratings.BLOCKS,
        *plans.BLOCKS,
        *figures.BLOCKS,
        *reviews.BLOCKS,
        *record.BLOCKS,
        *context.BLOCKS,
    )
}

FIGURES = frozenset(each.key for each in figures.BLOCKS)

__all__ = ["LIVE", "Live", "Piece", "asked_for", "frozen", "publishes_figures", "unknown_in"]


def named(text: str) -> Iterator[str]:
    """What stands between double brackets on a line of its own."""
    for found in LIVE_LINE.finditer(tidy(text)):
        yield key_of(found[1])


def asked_for(texts: Iterable[str]) -> list[str]:
    """The keys of the blocks that the texts ask for, each once."""
    wanted = {name for text in texts for name in named(text)}
    return [key for key in LIVE if key in wanted]


def unknown_in(text: str) -> list[str]:
    """What stands on a line in double brackets and is no block."""
    return [name for name in dict.fromkeys(named(text)) if name not in LIVE]


def frozen(report: Report, texts: Iterable[str]) -> dict[str, Any]:
    """Each block that the texts ask for as it stands now, as JSON values."""
    return {key: LIVE[key].of(report).as_json() for key in asked_for(texts)}


def publishes_figures(live: Mapping[str, Any]) -> bool:
    """Whether figures are among what flows in: making the report publishes them."""
    return not FIGURES.isdisjoint(live)
