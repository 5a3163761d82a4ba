"""A committee report while it is written: where it goes, and the words people type."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse

from boroughs.models import Borough, Meeting
from toolkit.models import Assessment

from .style import HouseStyle


class ReportQuerySet(models.QuerySet["Report"]):
    def readable(self) -> "ReportQuerySet":
        """Each with when its newest PDF was ready (`made_at`), the latest meeting first."""
        ready = Max("renderings__finished_at", filter=Q(renderings__state="ready"))
        return self.annotate(made_at=ready).order_by(
            F("meeting__date").desc(nulls_last=True), "-started_at", "pk"
        )

    def made(self) -> "ReportQuerySet":
        """Those with a PDF to read; after `readable`."""
        return self.filter(renderings__state="ready").distinct()


class Report(models.Model):
    """One report to one meeting about one assessment: the judgement of the assessor who was chosen when it was begun."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="reports")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="reports")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    item_number = models.CharField(max_length=10, blank=True)
    style = models.ForeignKey(HouseStyle, models.PROTECT, related_name="reports")
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300, blank=True)
    beside = ArrayField(
        models.CharField(max_length=12, choices=Assessment.Assessor.choices),
        default=list,
        blank=True,
        verbose_name="assessors whose ratings stand beside",
    )
    version = models.PositiveIntegerField(default=1)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports_started"
    )
    started_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment"], name="one_report_an_assessment"),
            models.UniqueConstraint(
                fields=["meeting", "item_number"],
                condition=~Q(item_number=""),
                name="one_report_an_agenda_item",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.borough.slug, self.pk])


class ReportText(models.Model):
    """What was typed for one field of the front sheet or one section."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    key = models.SlugField()
    body = models.TextField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_texts_changed"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "key", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_text_a_place")]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"
