"""The trail: what was done, by whom, when. Append-only and chained; it knows no other app."""

import datetime as dt
import uuid

from django.db import models


class Outcome(models.TextChoices):
    DONE = "done", "Done"
    REFUSED = "refused", "Refused"
    FAILED = "failed", "Failed"


class EventQuerySet(models.QuerySet["Event"]):
    def newest_first(self) -> "EventQuerySet":
        return self.select_related("link").order_by("-at", "-id")

    def before(self, at: dt.datetime, pk: uuid.UUID) -> "EventQuerySet":
        """What stands after this moment and key in the order of `newest_first`."""
        return self.filter(models.Q(at__lt=at) | models.Q(at=at, id__lt=pk))


class Event(models.Model):
    """One deed. `borough_id` and `actor_id` are plain numbers: the cellar points at no floor above it.

    `origin` is the visitor's address, filled in by the database from the transaction (empty for background work);
    `members_reading` marks a committee member's reading of a closed paper, which leads do not see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    borough_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    deed = models.CharField(max_length=60)
    subject = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.DONE)
    origin = models.CharField(max_length=45, blank=True, editable=False)
    members_reading = models.BooleanField(default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["borough_id", "at", "id"], name="audit_event_by_borough")]

    def __str__(self) -> str:
        return f"{self.deed} {self.subject}".strip()


class Link(models.Model):
    """An event's place in its chain, written by the database at commit and by nobody else."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="link")
    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_link_a_place_in_a_chain")
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Head(models.Model):
    """The newest link of each chain; the application may not touch it."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"


class Checked(models.Model):
    """How far each chain was found whole the last time somebody checked; written by the owner alone."""

    chain = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    breaks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["chain"]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq}"
