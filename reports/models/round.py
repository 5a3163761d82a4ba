"""The report by which a reporting duty was done."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from boroughs.models import DutyRound

from .report import Report


class ReportedRound(models.Model):
    """One time a duty fell due, and the report that was given. One report may do several duties."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(DutyRound, models.PROTECT, related_name="reported")
    report = models.ForeignKey(Report, models.PROTECT, related_name="rounds")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} for {self.round_id}"
