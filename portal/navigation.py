"""The ways through a borough: a short row of entries, and one page behind the last of them for people, access and settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from boroughs.access import BoroughRequest, borough_view
from boroughs.models import Borough
from boroughs.roles import Perm


@dataclass(frozen=True)
class Place:
    """A way that holders of `perm` may take. `pages` begin the names of the pages that belong to it, besides its own."""

    text: str
    route: str
    perm: Perm
    pages: tuple[str, ...] = ()
    about: str = ""


# A page belongs to the entry with the longest of its beginnings: what a borough keeps is the record unless said otherwise
ENTRIES = (
    Place(
        "Overview",
        "portal:borough",
        Perm.ENTER,
        ("portal:waiting", "portal:shown-", "portal:reminder-"),
    ),
    Place("Record", "boroughs:record", Perm.READ_PLAN, ("boroughs:", "sheets:", "toolkit:action-")),
    Place("Your actions", "boroughs:action-own", Perm.UPDATE_OWN_ACTIONS),
    Place("Assessments", "toolkit:assessment-list", Perm.READ_RECORD, ("toolkit:",)),
    Place("Comparison", "portal:peers", Perm.COMPARE, ("portal:peers-",)),
    Place("Reports", "reports:report-list", Perm.READ_REPORTS, ("reports:",)),
    Place("Reports to clear", "reports:clear-list", Perm.CLEAR, ("reports:clear-",)),
    Place("Papers", "papers:paper-list", Perm.READ_PAPERS, ("papers:",)),
    Place(
        "Committees",
        "boroughs:committee-list",
        Perm.ENTER,
        ("boroughs:committee-", "boroughs:meeting-", "boroughs:seat-", "reports:meeting-"),
    ),
)
PEOPLE = (
    Place(
        "People",
        "boroughs:person-list",
        Perm.SEE_PEOPLE,
        ("boroughs:person-", "boroughs:invitation-"),
        "Who holds which role; inviting people, changing and ending roles.",
    ),
    Place(
        "Closed records",
        "boroughs:closure-list",
        Perm.READ_PAPERS,
        ("boroughs:closure-", "boroughs:list-", "boroughs:request-", "boroughs:emergency-"),
        "What is closed and why, who is on its access list, and who asks to read it.",
    ),
    Place(
        "Trail",
        "boroughs:trail-list",
        Perm.READ_TRAIL,
        ("boroughs:trail-",),
        "Who did what, what was refused, and who signed in.",
    ),
    Place(
        "Erasures",
        "boroughs:purge-list",
        Perm.SEE_ERASURES,
        ("boroughs:purge-",),
        "What was entered by mistake and is erased by two people together.",
    ),
    Place(
        "How long records are kept",
        "boroughs:retention-list",
        Perm.ERASE,
        ("boroughs:retention-",),
        "Records older than their period, and the periods.",
    ),
)
SETTINGS = (
    Place(
        "Settings",
        "boroughs:settings-show",
        Perm.MANAGE_SETTINGS,
        ("boroughs:settings-", "boroughs:governance-", "boroughs:funding-"),
        "Name and colour, clear days, protective marking, how decisions are taken, funding by the Home Office.",
    ),
    Place(
        "Toolkit in use",
        "toolkit:version-adopt",
        Perm.MANAGE_SETTINGS,
        about="Which version of the Prevent duty toolkit new assessments use.",
    ),
    Place(
        "How rounds are kept",
        "toolkit:round-rule",
        Perm.MANAGE_SETTINGS,
        about="Who records the board’s sign-off of ratings, and when evidence is old.",
    ),
    Place(
        "What the ratings mean",
        "toolkit:scale-list",
        Perm.READ_RECORD,
        ("toolkit:scale-",),
        "The council’s own words for green, amber, red and the levels of other scales.",
    ),
    Place(
        "House style of reports",
        "reports:style-choose",
        Perm.MANAGE_SETTINGS,
        ("reports:style-",),
        "How committee reports are laid out and printed.",
    ),
    Place(
        "Public pages",
        "reports:register-settings",
        Perm.MANAGE_SETTINGS,
        about="Whether everybody may read the reports that were published, without signing in.",
    ),
    Place(
        "Risk matrix",
        "boroughs:risk-matrix",
        Perm.MANAGE_SETTINGS,
        about="The words for likelihood and impact, and from which score a risk is medium or high.",
    ),
    Place(
        "Checklist",
        "portal:checklist",
        Perm.MANAGE_SETTINGS,
        about="What is still to set before the record is complete.",
    ),
)
COUNCIL = Place("Council", "portal:council", Perm.SEE_PEOPLE)


def entries(granted: frozenset[str], *, listed: bool) -> list[Place]:
    """The row. Whoever has one page alone of those behind "Council", such as a member, finds it in the row itself.

    Whoever stands on a list finds the closed records, also without a role that reads the open ones.
    """
    if listed:
        granted |= {Perm.READ_PAPERS}
    row = [place for place in ENTRIES if place.perm in granted]
    if COUNCIL.perm in granted:
        return [*row, COUNCIL]
    return [*row, *(place for place in (*PEOPLE, *SETTINGS) if place.perm in granted)]


def home_of(here: str) -> Place | None:
    """The place a page belongs to."""
    best, length = None, 0
    for place in (*ENTRIES, *PEOPLE, *SETTINGS, COUNCIL):
        if here == place.route:
            return place
        for start in place.pages:
            if here.startswith(start) and len(start) > length:
                best, length = place, len(start)
    return best


def row(
    borough: Borough, here: str, granted: frozenset[str], *, listed: bool
) -> Iterator[dict[str, Any]]:
    """What the navigation shows. On a page behind "Council", that entry is the current one."""
    shown = entries(granted, listed=listed)
    current = home_of(here)
    if current not in shown and current in (*PEOPLE, *SETTINGS):
        current = COUNCIL
    for place in shown:
        href = reverse(place.route, args=[borough.slug])
        yield {"text": place.text, "href": href, "current": place == current}


@borough_view(Perm.SEE_PEOPLE)
def council(request: BoroughRequest) -> HttpResponse:
    """People and access, and what the borough is set to, as far as the visitor's roles go."""
    context = {"people": _cards(request, PEOPLE), "settings": _cards(request, SETTINGS)}
    return render(request, "portal/council.html", context)


def _cards(request: BoroughRequest, places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [
        {
            "title": place.text,
            "href": reverse(place.route, args=[request.borough.slug]),
            "lines": [place.about],
        }
        for place in places
        if place.perm in request.granted
    ]
