"""What every page is given."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The service's name, the borough behind the door and what the visitor may do there."""
    return {
        "service_name": settings.SERVICE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "borough": getattr(request, "borough", None),
        "granted": getattr(request, "granted", frozenset()),
    }
