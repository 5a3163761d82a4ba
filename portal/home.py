"""Where a person arrives, and the ways from page to page of a borough."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boroughs.access import SignedInRequest, boroughs_of
from boroughs.roles import Perm


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


@dataclass(frozen=True)
class Place:
    """An entry of the borough's navigation."""

    text: str
    route: str
    perm: Perm


PLACES = (
    Place("Overview", "portal:borough", Perm.ENTER),
    Place("Record", "boroughs:record", Perm.READ_RECORD),
    Place("Your actions", "boroughs:action-own", Perm.UPDATE_OWN_ACTIONS),
    Place("Assessments", "toolkit:assessment-list", Perm.READ_RECORD),
    Place("Reports", "reports:report-list", Perm.READ_REPORTS),
    Place("Papers", "papers:paper-list", Perm.READ_PAPERS),
    Place("Committees", "boroughs:committee-list", Perm.ENTER),
    Place("People", "boroughs:person-list", Perm.SEE_PEOPLE),
    Place("Closed records", "boroughs:closure-list", Perm.READ_PAPERS),
    Place("Trail", "boroughs:trail-list", Perm.READ_TRAIL),
    Place("Erasures", "boroughs:purge-list", Perm.SEE_ERASURES),
    Place("Settings", "boroughs:settings-show", Perm.MANAGE_SETTINGS),
)


def places(granted: frozenset[str], *, listed: bool) -> list[Place]:
    """Whoever stands on a list finds the closed records, also without a role that reads the open ones."""
    if listed:
        granted |= {Perm.READ_PAPERS}
    return [place for place in PLACES if place.perm in granted]
