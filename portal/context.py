"""What every page is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from .home import places

KEPT_UNDER = {  # a noun whose pages stand under another's entry of the navigation
    "activity": "record",
    "amendment": "record",
    "board": "record",
    "asked": "record",
    "area": "record",
    "context": "record",
    "duty": "record",
    "consultation": "record",
    "emergency": "closure",
    "figure": "record",
    "funding": "settings",
    "governance": "settings",
    "indicator": "record",
    "invitation": "person",
    "link": "record",
    "list": "closure",
    "meeting": "committee",
    "request": "closure",
    "retention": "purge",
    "recommendation": "record",
    "review": "record",
    "organisation": "record",
    "plan": "record",
    "priority": "record",
    "risk": "record",
    "reminder": "borough",
    "seat": "committee",
    "shown": "borough",
    "step": "record",
    "strategy": "record",
    "waiting": "borough",
}


def portal(request: HttpRequest) -> dict[str, Any]:
    """The service's name, the borough behind the door, and the ways from here that the visitor may take."""
    borough = getattr(request, "borough", None)
    granted: frozenset[str] = getattr(request, "granted", frozenset())
    here = request.resolver_match.view_name if request.resolver_match else ""
    context: dict[str, Any] = {
        "service_name": settings.SERVICE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "granted": granted,
    }
    if borough:
        context["borough"] = borough
        context["borough_home"] = borough.get_absolute_url()
        context["navigation"] = [
            {
                "text": place.text,
                "href": reverse(place.route, args=[borough.slug]),
                "current": _within(here, place.route),
            }
            for place in places(granted, listed=getattr(request, "listed", False))
        ]
    return context


def _within(here: str, route: str) -> bool:
    """Whether a page belongs to an entry: `toolkit:rating` to `toolkit:assessment-list`."""
    if ":" not in here or here == "portal:checklist":
        return False
    app, _, noun = here.partition(":")
    its_app, _, its_noun = route.partition(":")
    first = noun.split("-")[0]
    same_noun = KEPT_UNDER.get(first, first) == its_noun.split("-")[0]
    return app == its_app and (same_noun or app in {"papers", "toolkit", "reports"})
