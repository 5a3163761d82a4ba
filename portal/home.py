"""Where a person arrives, and a borough's front page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boroughs.access import BoroughRequest, SignedInRequest, borough_view, boroughs_of
from boroughs.closure_access import reminders
from boroughs.roles import Perm
from toolkit.comparison import compare, counts
from toolkit.policies import why_not_rate

from .checklist import checklist_of

RECENT = 5


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


@borough_view(Perm.ENTER)
def borough(request: BoroughRequest) -> HttpResponse:
    """What the visitor's roles let them see, on one page."""
    context: dict[str, Any] = {"roles": _roles(request).get(request.borough.pk, [])}
    if Perm.READ_RECORD in request.granted:
        context |= _ratings(request)
    if Perm.READ_REPORTS in request.granted:
        context["reports"] = (
            request.borough.reports.select_related("meeting__committee").readable().made()[:RECENT]
        )
    if Perm.MANAGE_SETTINGS in request.granted:
        context["checklist"] = [step for step in checklist_of(request.borough) if not step["done"]]
    context["reminders"] = reminders(request)
    return render(request, "portal/borough.html", context)


def _ratings(request: BoroughRequest) -> dict[str, Any]:
    assessment = request.borough.assessments.select_related("version__scale").latest_first().first()
    if assessment is None:
        return {"assessment": None, "may_rate": Perm.RATE in request.granted}
    previous = assessment.previous()
    rows = compare(assessment, previous)
    return {
        "assessment": assessment,
        "previous": previous,
        "rows": rows,
        "counts": counts(rows),
        "may_rate": Perm.RATE in request.granted and why_not_rate(assessment) is None,
    }


@borough_view(Perm.MANAGE_SETTINGS)
def checklist(request: BoroughRequest) -> HttpResponse:
    """What is still to set before the borough's first report."""
    items = checklist_of(request.borough)
    context = {"items": items, "left": sum(not item["done"] for item in items)}
    return render(request, "portal/checklist.html", context)


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
