"""That something a check finds in a report is left as it is, and why."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .report import Report


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def standing(self) -> "WaiverQuerySet":
        return self.filter(taken_back_at=None)


class Waiver(models.Model):
    """For one finding about one thing: `subject` is its digest, so that it ends when that changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="waivers")
    check_key = models.SlugField("check")
    place = models.CharField(max_length=60)
    subject = models.CharField(max_length=16)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["report", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "check_key", "subject"],
                condition=Q(taken_back_at=None),
                name="one_waiver_a_finding",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_waiver_has_a_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(
                    taken_back_at__isnull=False,
                    taken_back_at__gte=F("at"),
                    taken_back_by__isnull=False,
                ),
                name="a_waiver_is_taken_back_by_somebody_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.check_key}"
