"""Who may read a closure, by both locks."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from boroughs.models import (
    Closure,
    ClosureUserPermission,
)
from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import World

SOON = dt.date(2030, 1, 1)


def may_read(user: User, closure: Closure) -> bool:
    """By both locks, which must agree: the list of the door, and the rows."""
    with acting_as(user.pk):
        by_rows = listed_by_rows(closure)
        by_door = Closure.objects.listing(user).filter(pk=closure.pk).exists()
        with second_lock_off():
            assert Closure.objects.listing(user).filter(pk=closure.pk).exists() == by_door
    assert by_rows == by_door
    return by_rows


def listed_by_rows(closure: Closure) -> bool:
    found = Closure.objects.raw(
        "SELECT id FROM boroughs_closure WHERE id = ANY (app_listed_closures()) AND id = %s",
        [closure.pk],
    )
    return len(list(found)) == 1


def run_out(world: World, closure: Closure, person: User) -> None:
    """Put the grant into the past, as time would."""
    began = timezone.now() - dt.timedelta(days=2)
    with second_lock_off():
        rows = ClosureUserPermission.objects.filter(content_object=closure, user=person)
        assert rows.update(granted_at=began, expires_at=began + dt.timedelta(days=1)) == 1
