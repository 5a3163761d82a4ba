"""May an activity be kept like this: each rule returns the reason why not, or None."""

import datetime as dt
import re
from collections.abc import Iterable

from django.utils import timezone

from .indicators import Indicator
from .models import Activity
from .policies import day

State = Activity.State
# People who were referred are counted as figures, where disclosure control guards them (docs/disclosure.md)
REFERRED = re.compile(
    r"^(referrals?|cases?|enquir(y|ies))\b(?! (training|briefing|workshop))|\b(were|was|people|persons?|individuals?) "
    r"(referred|adopted|discussed)|\bchannel cases?\b",
    re.IGNORECASE,
)


def why_not_period(starts_on: dt.date, ends_on: dt.date | None) -> str | None:
    if ends_on and ends_on < starts_on:
        return f"An activity ends after it begins. Enter {day(starts_on)} or a later day."
    return None


def why_not_state(state: str, starts_on: dt.date) -> str | None:
    """What was delivered has begun."""
    if state == State.DELIVERED and starts_on > timezone.localdate():
        return f"It begins on {day(starts_on)}, so it was not delivered yet. Choose “Planned”, or correct the day."
    return None


def why_not_cancelled(state: str, because: str) -> str | None:
    """A cancelled activity says why, and no other does."""
    if state == State.CANCELLED and not because:
        return "Say why it was cancelled."
    if because and state != State.CANCELLED:
        return "This says why it was cancelled, and it is not. Empty it, or choose “Cancelled”."
    return None


def why_not_result(state: str, result: str) -> str | None:
    """A result is of what was delivered."""
    if result and state != State.DELIVERED:
        return "Only what was delivered has a result. Empty it, or choose “Delivered”."
    return None


def why_not_count(what: str) -> str | None:
    """People who were referred are no count of an activity's."""
    if REFERRED.search(what):
        return "This counts people who were referred. Record it under Figures, where small numbers are guarded."
    return None


def why_not_link(indicators: Iterable[Indicator | None]) -> str | None:
    """An activity's figures may be quoted as they are, so those about referred people stay out."""
    if any(found is None or found.people_referred for found in indicators):
        return "Figures about people who were referred are not linked to an activity."
    return None
