"""May an entry of a register be kept like this: each rule returns the reason why not, or None."""

import datetime as dt
from typing import Any

from django.utils import timezone

from .models import ImpactAssessment
from .policies import day


def why_not_yet(on: dt.date | None) -> str | None:
    """What is recorded has happened."""
    if on and on > timezone.localdate():
        return f"That day is still to come. Enter {day(timezone.localdate())} or an earlier day."
    return None


def why_not_review(next_review: dt.date | None, since: dt.date | None) -> str | None:
    """A review follows what is reviewed; one that is overdue may be recorded."""
    if next_review and since and next_review <= since:
        return f"The next review comes after {day(since)}. Enter a later day."
    return None


def why_not_end(ended_on: dt.date | None, since: dt.date | None) -> str | None:
    if ended_on and since and ended_on < since:
        return f"It began on {day(since)}. Enter that day or a later one."
    return why_not_yet(ended_on)


def why_not_briefed(on: dt.date, received_on: dt.date | None) -> str | None:
    """Nobody is briefed on what has not come."""
    if received_on and on < received_on:
        return f"It was received on {day(received_on)}. Enter that day or a later one."
    return why_not_yet(on)


def why_not_approved(approved_on: dt.date | None, by: str, body: object) -> str | None:
    """A day of approval has who approved."""
    if approved_on and not by and body is None:
        return "Say who approved it on this day: choose the committee, or enter the post."
    return why_not_yet(approved_on)


def why_not_of(strategy: Any, policy: Any, of_what: str) -> str | None:
    """An assessment is of one thing."""
    given = sum(bool(one) for one in (strategy, policy, of_what))
    if given == 0:
        return "Say what was assessed: choose a strategy or a policy, or name something else."
    if given > 1:
        return "An assessment is of one thing. Keep one of the three answers, and add another assessment for the other."
    return None


def why_not_found(state: str, done_on: dt.date | None, findings: str) -> str | None:
    """What is still to be done has neither day nor findings."""
    if state == ImpactAssessment.State.NEEDED and (done_on or findings):
        return "It is still to be done, so it has no date and no findings. Empty them, or choose “Done”."
    return None
