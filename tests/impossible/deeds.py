"""What the rows that no constraint lets in are made with: a copy with something changed, or a change in place."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils import timezone

from boroughs.models import (
    Membership,
)
from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import World

Case = tuple[str, Callable[[World], Any]]
NOW = timezone.now()
LATER = NOW + dt.timedelta(days=9)
LONG_AGO = NOW - dt.timedelta(days=9)
YESTERDAY = NOW - dt.timedelta(days=1)


def again(row: models.Model, **changed: Any) -> None:
    """Write the row a second time under another key."""
    has_uuid = isinstance(row._meta.pk, models.UUIDField)
    row.pk = uuid.uuid4() if has_uuid else None
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def change(row: models.Model, **changed: Any) -> None:
    assert type(row)._default_manager.filter(pk=row.pk).update(**changed) == 1


def as_democratic(impossible: Callable[[World], None]) -> Callable[[World], None]:
    """Tried by somebody whom row security lets write it."""

    def tried(world: World) -> None:
        with acting_as(world.here.democratic.pk):
            impossible(world)

    return tried


def as_lead(world: World, row: Callable[[World], models.Model], **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        change(row(world), **changed)


def membership(world: World) -> Membership:
    return Membership.objects.get(user=world.here.member)


def as_keeper(deed: Callable[[World], Any]) -> Callable[[World], None]:
    """Past the policies of rows, which would refuse before the constraint is asked."""

    def done(world: World) -> None:
        with second_lock_off():
            deed(world)

    return done


TOKEN = uuid.uuid4()


HELD = {"token": TOKEN, "lease_until": NOW, "attempts": 1}
