"""The making of a PDF, as a row: the row is the truth, the queue only a doorbell."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from reports.public_data import has_figures, has_ratings

from .issue import Issue
from .report import Report


class Digest(models.Func):
    """Of a snapshot without the trail’s head, which is another one each time the report is asked for."""

    template = "app_digest((%(expressions)s::jsonb - 'trail')::text)"
    output_field = models.CharField(max_length=64)


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def ready(self) -> "RenderingQuerySet":
        return self.filter(state=Rendering.State.READY)

    def unfinished(self) -> "RenderingQuerySet":
        return self.filter(state__in=[Rendering.State.QUEUED, Rendering.State.RENDERING])

    def of_draft(self) -> "RenderingQuerySet":
        return self.filter(issue=None)

    def saying(self, snapshot: dict[str, Any]) -> "RenderingQuerySet":
        """Those with this content, whatever they were asked for."""
        return self.filter(digest=Digest(models.Value(snapshot, models.JSONField())))

    def due(self) -> "RenderingQuerySet":
        """Waiting, or begun by a worker that has not been heard of since."""
        lapsed = Q(state=Rendering.State.RENDERING, lease_until__lt=timezone.now())
        return self.filter(Q(state=Rendering.State.QUEUED) | lapsed)


class Rendering(models.Model):
    """One request for a report's PDF, made from a snapshot frozen when it was asked for."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RENDERING = "rendering", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Not made"

    class Stage(models.TextChoices):
        """What the printer is at, in order; pages may be set twice, when contents are due."""

        READING = "reading", "Reading the text"
        PAGES = "pages", "Setting the pages"
        AGAIN = "again", "Setting the pages again, for the contents"
        WRITING = "writing", "Writing the file"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="renderings")
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="renderings"
    )  # none: of the draft
    snapshot = models.JSONField()
    digest = models.GeneratedField(
        expression=Digest("snapshot"), output_field=models.CharField(max_length=64), db_persist=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="renderings"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    page = models.PositiveSmallIntegerField("page it is at", null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(
        blank=True, help_text="Why there is no PDF, for the person who asked."
    )
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField("size in bytes", null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    made_with = models.JSONField(
        default=dict,
        blank=True,
        help_text="Programs and their versions; another may print other bytes.",
    )

    objects = RenderingQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="queued",
                    finished_at=None,
                    token=None,
                    lease_until=None,
                    sha256="",
                    reason="",
                )
                | Q(
                    state="rendering",
                    finished_at=None,
                    token__isnull=False,
                    lease_until__isnull=False,
                    attempts__gt=0,
                    sha256="",
                    reason="",
                )
                | (
                    Q(state="ready", finished_at__isnull=False, reason="")
                    & Q(pages__isnull=False, pages__gt=0, size__isnull=False, size__gt=0)
                    & ~Q(sha256="")
                )
                | (Q(state="failed", finished_at__isnull=False, sha256="") & ~Q(reason="")),
                name="rendering_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=Q(page=None) | (Q(page__isnull=False, page__gt=0) & ~Q(stage="")),
                name="rendering_page_of_a_stage",
            ),
            models.UniqueConstraint(
                fields=["report", "issue", "digest"],
                condition=Q(state__in=["queued", "rendering"]),
                nulls_distinct=False,
                name="one_rendering_at_work_a_content",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="rendering_by_file"),
            models.Index(
                fields=["requested_at"],
                condition=Q(state__in=["queued", "rendering"]),
                name="rendering_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_state_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse(
            "reports:rendering", args=[self.report.borough.slug, self.report_id, self.pk]
        )

    @property
    def finished(self) -> bool:
        return self.state in {self.State.READY, self.State.FAILED}

    @property
    def progress(self) -> str:
        """What the printer is at while the report is made: “Setting the pages: page 4”."""
        if self.state != self.State.RENDERING or not self.stage:
            return ""
        return f"{self.get_stage_display()}{f': page {self.page}' if self.page else ''}"

    @property
    def has_figures(self) -> bool:
        return has_figures(self.snapshot)

    @property
    def has_ratings(self) -> bool:
        return has_ratings(self.snapshot)

    @property
    def waits_long(self) -> bool:
        """Whether to tell the reader that nothing is lost, though it takes longer than usual."""
        return not self.finished and timezone.now() - self.requested_at > dt.timedelta(seconds=30)


class RenderedFile(models.Model):
    """The bytes of a ready rendering, beside it so that lists do not carry them."""

    rendering = models.OneToOneField(
        Rendering, models.PROTECT, primary_key=True, related_name="file"
    )
    pdf = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.rendering_id}.pdf"
