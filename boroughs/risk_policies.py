"""May a risk be kept like this: each rule returns the reason why not, or None."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from .models import Risk
from .models.risk_matrix import Scale

SCORES = ("likelihood_before", "impact_before", "likelihood", "impact")


def why_not_on(scale: Scale, said: Mapping[str, Any], seen: str) -> str | None:
    """A risk is rated on the borough's matrix of today, and on the one its page showed."""
    if seen != scale.key or any(said[name] > scale.size for name in SCORES if name in said):
        return (
            "The borough’s matrix was changed while you were writing. Rate the risk on the new one."
        )
    return None


def why_not_matrix(
    size: int,
    likelihoods: Sequence[str],
    impacts: Sequence[str],
    bands: Sequence[tuple[int, str]],
) -> tuple[str, str] | None:
    """Every step has a word of its own, and the bands rise from 1; the field it belongs to and the reason."""
    for name, words in (("likelihoods", likelihoods), ("impacts", impacts)):
        if len(words) != size or len({word.casefold() for word in words}) != size:
            return name, f"Enter {size} different words, one a line, the lowest first."
    starts = [least for least, _ in bands]
    if not 2 <= len(bands) <= 4:
        return "bands", "Enter two, three or four bands, one a line."
    if starts[0] != 1 or starts != sorted(set(starts)) or starts[-1] > size * size:
        return (
            "bands",
            f"The first band begins at 1, and each later one higher, up to {size * size}.",
        )
    if len({word.casefold() for _, word in bands}) != len(bands):
        return "bands", "Give each band a word of its own."
    return None


def why_not_score(said: Mapping[str, Any]) -> str | None:
    """Controls lower a risk or leave it."""
    higher = (
        said["likelihood"] > said["likelihood_before"] or said["impact"] > said["impact_before"]
    )
    if higher:
        return "With its controls a risk is not higher than without them. Change one of the two."
    return None


def why_not_review_on(on: dt.date | None) -> str | None:
    """The next review lies ahead."""
    if on and on < timezone.localdate():
        return "That day has passed. Enter today or a later day for the next review."
    return None


def why_not_close(risk: Risk) -> str | None:
    """What is closed is closed once."""
    return "This risk is closed already." if risk.is_closed else None
