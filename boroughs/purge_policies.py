"""May something be erased: each rule returns the reason why not, or None."""

from accounts.models import User

from .models import PurgeRequest
from .purging import Piece


def why_not_decide(request: PurgeRequest, *, by: User) -> str | None:
    """A request is decided once, by somebody else than who asked."""
    if request.state != PurgeRequest.State.ASKED:
        return f"This request was decided already: {request.get_state_display().lower()}."
    if request.asked_by_id == by.pk:
        return "Two people erase together, and you asked for this. Ask another lead or the monitoring officer to decide."
    return None


def why_not_withdraw(request: PurgeRequest, *, by: User) -> str | None:
    """Who asked may take it back until it is decided."""
    if request.state != PurgeRequest.State.ASKED:
        return f"This request was decided already: {request.get_state_display().lower()}."
    return None if request.asked_by_id == by.pk else "Only the person who asked can withdraw it."


def why_not_empty(pieces: list[Piece]) -> str | None:
    """There is something to erase."""
    return None if pieces else "There is nothing of this to erase: it is empty already."
