"""Reports whose PDFs were asked for together: a row each, taken up one after the other."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .rendering import Rendering
from .report import Report


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    def waiting(self) -> "BatchItemQuerySet":
        return self.filter(rendering=None, reason="")


class BatchItem(models.Model):
    """One report of a batch: waiting, then with the rendering that was asked for it, or with the reason why there is none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField()
    report = models.ForeignKey(Report, models.PROTECT, related_name="batch_items")
    rendering = models.ForeignKey(
        Rendering, models.PROTECT, null=True, blank=True, related_name="batch_items"
    )
    reason = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="batch_items"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        ordering = ["report__borough__name", "report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "report"], name="a_report_is_once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(rendering=None) | Q(reason=""),
                name="a_batch_item_has_a_rendering_or_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(rendering=None, reason=""),
                name="batch_item_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} in a batch"

    @property
    def state(self) -> str:
        """As its rendering's, waiting before there is one, failed where there will be none."""
        if self.rendering:
            return str(self.rendering.state)
        return str(Rendering.State.FAILED if self.reason else Rendering.State.QUEUED)

    @property
    def is_finished(self) -> bool:
        return self.state in {Rendering.State.READY, Rendering.State.FAILED}

    @property
    def word(self) -> str:
        return str(Rendering.State(self.state).label)

    @property
    def said(self) -> str:
        """Why there is no PDF."""
        return self.reason or (self.rendering.reason if self.rendering else "")
