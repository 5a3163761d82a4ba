"""What every response gets, and what a visitor sees while the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

logger = logging.getLogger(__name__)
RETRY_AFTER = "10"  # seconds
GetResponse = Callable[[HttpRequest], HttpResponse]


class Unavailable:
    """Answers 503 instead of 500 while PostgreSQL is away; the visitor's browser may try again."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return unavailable()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable() if isinstance(exception, OperationalError | InterfaceError) else None


def unavailable() -> HttpResponse:
    logger.error("The database did not answer")
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER}
    )


class NoStore:
    """Nothing the portal answers is kept by a browser or a proxy (ASVS 5.0, 14.3.2)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response
