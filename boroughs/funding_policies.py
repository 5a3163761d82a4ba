"""May a funding line be kept like this: each rule returns the reason why not, or None."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import User

from .models import Closure, FundingAmount, FundingLine
from .policies import day

State = FundingLine.State
TRANSITIONS: dict[str, frozenset[State]] = {
    State.SOUGHT: frozenset({State.OFFERED, State.CONFIRMED, State.ENDED}),
    State.OFFERED: frozenset({State.CONFIRMED, State.ENDED}),
    State.CONFIRMED: frozenset({State.ENDED}),
    State.ENDED: frozenset({State.OFFERED, State.CONFIRMED}),
}


def next_states(line: FundingLine) -> list[State]:
    """Where it may go from here."""
    return [state for state in State if state in TRANSITIONS[line.state]]


def why_not_move(line: FundingLine, to: str) -> str | None:
    """From applied for through offered to confirmed, and out; what ended may be taken up again."""
    if to not in TRANSITIONS[line.state]:
        now, then = line.get_state_display().lower(), State(to).label.lower()
        return f"This funding is {now}. It cannot become {then}."
    return None


def why_not_say_why(was: str, state: str, reason: str) -> str | None:
    """Funding that ended, or was taken up again after that, says why."""
    if not reason and state == State.ENDED:
        return "Say why it ended, or was not given after all."
    if not reason and was == State.ENDED:
        return "Say why it is no longer ended."
    return None


def why_not_on(on: dt.date | None) -> str | None:
    """What is recorded has happened."""
    if on and on > timezone.localdate():
        return f"That day is still to come. Enter {day(timezone.localdate())} or an earlier day, or leave it empty."
    return None


def why_not_close(line: FundingLine) -> str | None:
    """What is closed is closed once."""
    return "This funding line is closed already." if line.is_closed else None


def why_not_close_amount(line: FundingLine, amount: FundingAmount | None) -> str | None:
    """An amount is closed by itself while its line is open."""
    if why := why_not_close(line):
        return why
    return "The amount is closed already." if amount and amount.is_closed else None


def why_not_without_amount(amount: FundingAmount | None, pounds: Decimal | None) -> str | None:
    """There is an amount to close."""
    if amount is None and pounds is None:
        return "No amount is recorded. Enter it here, so that it is closed from the start, or close the whole line."
    return None


def why_not_together(line: FundingLine, closure: Closure, by: User) -> str | None:
    """What is closed together is of one council and in force, and whoever closes is on its list."""
    mine = Closure.objects.in_force().listing(by).filter(borough=line.borough_id)
    if not mine.filter(pk=closure.pk).exists():
        return "You are not on the access list of that closed record. Choose another, or close it by itself."
    return None
