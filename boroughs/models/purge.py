"""What two people together erase for good, and the tombstone that stays in its place."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

from .borough import Borough
from .closure import ClosableQuerySet, Closure


class PurgeQuerySet(ClosableQuerySet["PurgeRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=PurgeRequest.State.ASKED)

    def tombstones(self) -> Self:
        return self.filter(state=PurgeRequest.State.DONE)

    def shown_to(self, user: User, *, keeps: bool) -> Self:
        """Requests about records that the person may know of: a closed one is for its list, the asker and who decides."""
        if keeps:
            return self
        return self.filter(Q(asked_by=user) | Q(pk__in=self.visible_to(user)))


class PurgeRequest(models.Model):
    """A record, or a part of it, that one person asks to erase and another erases; then it is the tombstone.

    `record` is a key and nothing that points: what it names may be gone. `note` lasts until the decision.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Waiting for a second person"
        DONE = "done", "Erased"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Category(models.TextChoices):
        PERSONAL = "personal", "Personal data entered by mistake"
        CASEWORK = "casework", "Casework entered by mistake"
        CLOSED = "closed", "Exempt or confidential matter entered in an open record"
        RETENTION = "retention", "Its retention period is over"
        OTHER = "other", "Another reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="purges")
    kind = models.CharField(max_length=20)
    record = models.UUIDField()
    part = models.CharField(max_length=50, blank=True)
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="purges"
    )
    category = models.CharField(max_length=10, choices=Category)
    note = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="purges_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("why it was refused", max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    counts = models.JSONField(default=dict)
    files = models.JSONField("names in the store of what goes with it", default=list)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]
        indexes = [models.Index(fields=["record"], name="purges_by_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | Q(state="withdrawn", decided_by=F("asked_by"))
                | (Q(state__in=["done", "refused"]) & ~Q(decided_by=F("asked_by"))),
                name="two_people_erase",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None, answer="", digest="")
                | Q(state="done", note="", answer="", digest__regex=r"^[0-9a-f]{64}$")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="refused", note="", digest="")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(answer="")
                | Q(state="withdrawn", note="", answer="", digest="")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_request_to_erase_tells_the_truth",
            ),
            models.UniqueConstraint(
                fields=["borough", "kind", "record", "part"],
                condition=Q(state="asked"),
                name="one_waiting_request_to_erase",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"

    def get_absolute_url(self) -> str:
        return reverse("boroughs:purge-show", args=[self.borough.slug, self.pk])
