"""How long records are kept, and what is looked at when that time is over. Nothing is erased by itself."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .borough import Borough
from .closure import Closure
from .purge import PurgeRequest


class RetentionPeriod(models.Model):
    """A borough's own number of years for a kind of record; without one the shipped data counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="retention_periods")
    kind = models.CharField(max_length=20)
    years = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["borough", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "kind"], name="one_period_a_kind"),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=100), name="a_period_is_some_years"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.years} years"


class ReviewQuerySet(models.QuerySet["RetentionReview"]):
    def waiting(self) -> "ReviewQuerySet":
        return self.filter(state=RetentionReview.State.WAITING)


class RetentionReview(models.Model):
    """A record whose time is over, found by the daily job, and what was decided about it."""

    class State(models.TextChoices):
        WAITING = "waiting", "To be looked at"
        KEPT = "kept", "Kept for longer"
        ASKED = "asked", "Its erasure was asked for"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="retention_reviews")
    kind = models.CharField(max_length=20)
    record = models.UUIDField()
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="retention_reviews"
    )
    counted_from = models.DateField()
    due_on = models.DateField()
    found_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    reason = models.CharField("why it is kept", max_length=300, blank=True)
    purge = models.ForeignKey(
        PurgeRequest, models.PROTECT, null=True, blank=True, related_name="retention_reviews"
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record"],
                condition=Q(state="waiting"),
                name="a_record_waits_for_review_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="waiting", decided_by=None, keep_until=None, reason="", purge=None
                )
                | Q(state="kept", decided_by__isnull=False, keep_until__gt=F("due_on"), purge=None)
                & ~Q(reason="")
                | Q(state="asked", decided_by__isnull=False, keep_until=None, purge__isnull=False),
                name="a_review_tells_the_truth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
