"""What every page is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .navigation import row


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
        listed = getattr(request, "listed", False)
        context["navigation"] = list(row(borough, here, granted, listed=listed))
    return context
