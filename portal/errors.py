"""Pages for when something is refused, missing or broken."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from accounts.typed import keep
from boroughs.access import NotYourRole

AWAY = (
    OperationalError,
    InterfaceError,
    RedisError,
)  # PostgreSQL; or, at sign-in, the counter of tries
TOO_LONG = (RequestDataTooBig, TooManyFieldsSent)
RETRY_AFTER = "10"  # seconds


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: too much was sent, or what nobody sends who uses the pages; asks neither the database nor the request."""
    page = render_to_string("400.html", {"too_long": isinstance(exception, TOO_LONG)})
    return HttpResponse(page, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says what the role does not allow, and whom to ask."""
    refused = exception if isinstance(exception, NotYourRole) else None
    context = {
        "borough": refused.borough if refused else None,
        "reason": refused.reason if refused else "",
        "ask": refused.ask if refused else "",
    }
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same whether the thing does not exist or is another borough's."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while a server that the portal needs is away; asks neither for anything."""
    if isinstance(sys.exception(), AWAY):
        page = render_to_string("503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open over a sign-in: what was typed is kept and shown again on the page itself."""
    if back := keep(request):
        return HttpResponseRedirect(back)
    return render(request, "403_csrf.html", status=403)
