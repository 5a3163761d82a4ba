"""What is kept of closed texts so that a copied passage is noticed: keyed digests of runs of words, and no word."""

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value
from django.utils import timezone

from accounts.models import User

from .borough import Borough
from .closure import Closure

BIGINTS: Any = ArrayField(models.BigIntegerField())


class InBoth(Func):
    """The elements two arrays have in common. `&&` compares each with each, which takes seconds for long papers."""

    template = "ARRAY(SELECT unnest(%(expressions)s))"
    arg_joiner = ") INTERSECT SELECT unnest("
    output_field = BIGINTS


class ClosedPassagesQuerySet(models.QuerySet["ClosedPassages"]):
    def visible_to(self, user: User) -> Self:
        """Of closures on whose access list the person stands today: released ones hold nothing back."""
        if not user.is_active:
            return self.none()
        return self.filter(closure__in=Closure.objects.listing(user))

    def of(self, borough: Borough) -> Self:
        return self.filter(closure__borough=borough, closure__released_at=None)

    def sharing(self, digests: Collection[int]) -> Self:
        """Those that have some of the digests; `shared` says which."""
        given = Value(list(digests), output_field=BIGINTS)
        found = self.annotate(shared=InBoth(F("digests"), given)).exclude(shared=[])
        return found.select_related("closure")


class ClosedPassages(models.Model):
    """The digests of one closed text; `source` is the key of what it was taken from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="passages")
    source = models.CharField(max_length=100)
    digests = ArrayField(models.BigIntegerField())
    kept_at = models.DateTimeField(default=timezone.now)

    objects = ClosedPassagesQuerySet.as_manager()

    class Meta:
        ordering = ["closure", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["closure", "source"], name="a_closed_text_is_kept_once_a_closure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.closure_id})"
