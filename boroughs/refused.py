"""Refused attempts stand in the trail: who, which page, which row, and nothing of what else was sent."""

from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from accounts.models import User
from audit.models import Outcome
from audit.trail import LONGEST, is_fact, record

from .access import reads_as_member
from .models import Borough

REFUSED = (403, 404)
MOST = 20  # of one person in a minute; one event more says that there were more
MINUTE = 60  # seconds


class RecordRefused:
    """Directly inside ActAsVisitor: the view's savepoint is undone by now, and the visitor's transaction commits.

    Says nothing to the visitor: the answer is the same whether the borough exists, and whether it was noted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in REFUSED and _guarded(request) and not connection.needs_rollback:
            _note(request, response.status_code)
        return response


def _guarded(request: HttpRequest) -> bool:
    """Somebody signed in asked for a page behind the door of a borough or of administration."""
    match = request.resolver_match
    return match is not None and hasattr(match.func, "access") and request.user.is_authenticated


def _note(request: HttpRequest, status: int) -> None:
    match, by = request.resolver_match, request.user
    assert match is not None  # noqa: S101  # nosec B101  # _guarded
    assert isinstance(by, User)  # noqa: S101  # nosec B101  # _guarded
    slug = match.kwargs.get("borough")
    borough_id = Borough.objects.filter(slug=slug).values_list("pk", flat=True).first()
    if _counted(by) <= MOST:
        record(
            "access.refused",
            by=by,
            borough_id=borough_id,
            outcome=Outcome.REFUSED,
            route=match.view_name,
            method=request.method if is_fact(request.method) else "",
            status=status,
            members_reading=reads_as_member(request),
            at=[_word(name, value) for name, value in match.kwargs.items()],
        )
    elif _first_beyond(by, borough_id):
        record(
            "access.refused-more",
            by=by,
            borough_id=borough_id,
            outcome=Outcome.REFUSED,
            members_reading=reads_as_member(request),
        )


def _word(name: str, value: object) -> str:
    """An id of the address as a fact; what is no id is left out."""
    word = f"{name}:{value}"
    return word if len(word) <= LONGEST and is_fact(word) else f"{name}:"


def _counted(by: User) -> int:
    """How many attempts of this person were refused within a minute, with this one."""
    key = f"refused:{by.pk}"
    try:
        cache.add(key, 0, MINUTE)
        return cache.incr(key)
    except (RedisError, ValueError):  # away, or the minute ended in between
        return 1


def _first_beyond(by: User, borough_id: int | None) -> bool:
    return cache.add(f"refused-more:{by.pk}:{borough_id}", 1, MINUTE)
