"""Where a person arrives: one borough, or the list of theirs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boroughs.access import SignedInRequest, boroughs_of


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """One borough: straight to it. Several: a list. An administrator: their own page."""
    boroughs = list(boroughs_of(request.user))
    if len(boroughs) == 1 and not request.user.is_administrator:
        return redirect(boroughs[0])
    if not boroughs and request.user.is_administrator:
        return redirect("administration:borough-list")
    roles = _roles(request)
    items = [
        {"title": b.full_name, "href": b.get_absolute_url(), "lines": roles.get(b.pk, [])}
        for b in boroughs
    ]
    return render(request, "portal/home.html", {"items": items})


def _roles(request: SignedInRequest) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for membership in request.user.memberships.live():
        found.setdefault(membership.borough_id, []).append(membership.get_role_display())
    return found
