"""What the tests of closures need: their addresses, and who stands on a list."""

from typing import Any

from accounts.models import User
from boroughs.models import Closure, ClosureUserPermission
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, make_closure

KEEPERS = {Role.LEAD, Role.MONITORING}
LISTED = {Role.COORDINATOR, Role.MEMBER}
LINE = "Appendix of Thurrock, not for publication"
WHY = ("closing words of thurrock", "paragraph words of thurrock", "interest words of thurrock")
CHANGE = {
    "classification": "exempt",
    "paragraphs": ["england-1"],
    "reason_england-1": "It names people",
    "public_interest": "withhold",
    "interest_reason": "Nobody gains by it",
    "review_on": "2031-01-01",
    "public_line": "Appendix B, not for publication",
    "reason": "Better advice",
    "seen": "1",
}


def on(place: Place, name: str, *more: object, closure: Closure | None = None) -> str:
    """A page of the place's closure."""
    found = closure or place.closure
    return address(f"boroughs:{name}", place.borough, found.pk, *more)


def closure_of(place: Place, by: User | None = None) -> Closure:
    with acting_as((by or place.coordinator).pk):
        return Closure.objects.select_related("case").get(pk=place.closure.pk)


def silent(place: Place, **said: Any) -> Closure:
    with acting_as(place.coordinator.pk):
        return make_closure(place.borough, by=place.coordinator, public_line="", **said)


def status(user: User, page: str) -> int:
    return int(signed_in(user).get(page).status_code)


def on_the_list(place: Place, closure: Closure | None = None) -> set[str]:
    with acting_as(place.lead.pk):
        rows = ClosureUserPermission.objects.live().filter(content_object=closure or place.closure)
        return {row.user.name for row in rows.select_related("user")}
