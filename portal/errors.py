"""Pages for when something is refused, missing or broken."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
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
    """404: the same whether the thing does not exist or is another borough's. Who had a page of theirs open and posted it is
    told what may have happened, and sees again what they typed."""
    gone = request.method == "POST" and hasattr(request, "borough")
    context = {"gone": True, "above": _above(request)} if gone else {}
    return render(request, "404.html", context, status=404)


def _above(request: HttpRequest) -> str:
    """The nearest page above this one that is not of the row that the address names last."""
    match = request.resolver_match
    assert match is not None  # noqa: S101  # nosec B101  # a view was found, and raised Http404
    path = request.path.rpartition(f"/{list(match.kwargs.values())[-1]}/")[0]
    while path:
        try:
            resolve(f"{path}/")
        except Resolver404:
            path = path.rpartition("/")[0]
        else:
            return f"{path}/"
    return "/"


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
