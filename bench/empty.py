"""Views with nothing in them: what a request costs before the portal has done anything."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.module_loading import import_string

FLOOR = "/bench/floor/"
BEHIND_MIDDLEWARE = "/bench/empty/"
# What `django-admin startproject` puts before a view
STOCK = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
Answer = Callable[[HttpRequest], HttpResponse]


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _routed(request: HttpRequest) -> HttpResponse:
    found = resolve(request.path)
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer


class Floor:
    """Stands first and answers FLOOR as a new Django project would: were the portal's own middleware in it, which
    asks the database, every ratio to the empty view would look better than it is."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.stock: Answer = _routed
        for path in reversed(STOCK):
            self.stock = import_string(path)(self.stock)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.stock(request) if request.path == FLOOR else self.get_response(request)
