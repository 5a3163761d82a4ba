"""May a risk be kept like this: each rule returns the reason why not, or None."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from .models import Risk


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
