"""Pages for when something is refused, missing or broken."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from accounts.typed import keep
from boroughs.access import NotYourRole


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
    """500: promises nothing that the database would have to answer."""
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open over a sign-in: what was typed is kept and shown again on the page itself."""
    if back := keep(request):
        return HttpResponseRedirect(back)
    return render(request, "403_csrf.html", status=403)
