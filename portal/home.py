"""Where a person arrives: one borough, or the list of theirs."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boroughs.access import SignedInRequest, boroughs_of
from boroughs.models import Membership
from boroughs.roles import Perm, roles_with


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """One borough: straight to it. Several: a list. An administrator: their own page."""
    boroughs = list(boroughs_of(request.user))
    if len(boroughs) == 1 and not request.user.is_administrator:
        return redirect(boroughs[0])
    if not boroughs and request.user.is_administrator:
        return redirect("administration:borough-list")
    memberships = list(request.user.memberships.live())
    roles = _roles(memberships)
    compares = {m.borough_id for m in memberships if m.role in roles_with(Perm.COMPARE)}
    items = [
        {"title": b.full_name, "href": b.get_absolute_url(), "lines": roles.get(b.pk, [])}
        for b in boroughs
    ]
    context = {"items": items, "compares": len(compares) > 1}
    return render(request, "portal/home.html", context)


def _roles(memberships: Iterable[Membership]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for membership in memberships:
        found.setdefault(membership.borough_id, []).append(membership.get_role_display())
    return found
