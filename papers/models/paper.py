"""Documents and appendices of a borough. A closed paper points at its closure, and is content: title, files, all of it."""

import uuid

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from boroughs.models import Borough, ClosableQuerySet, Closure, Meeting
from papers.inspection import Finding, said

from .key import FileKey

DIGEST = r"^[0-9a-f]{64}$"


class PaperQuerySet(ClosableQuerySet["Paper"]):
    def with_latest(self) -> "PaperQuerySet":
        """Each with its closure, meeting and versions, newest first."""
        versions = PaperVersion.objects.select_related("uploaded_by").order_by("-number")
        return self.select_related("closure", "meeting__committee").prefetch_related(
            Prefetch("versions", versions)
        )


class Paper(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="papers"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")
    added_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)  # of title and meeting, for two editors

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_paper_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("papers:paper", args=[self.borough.slug, self.pk])

    @property
    def is_closed(self) -> bool:
        """Closed and not released since."""
        return self.closure is not None and self.closure.released_at is None

    @property
    def is_unsealed(self) -> bool:
        """Closed, and the worker still tries to seal a file of it."""
        return self.is_closed and any(version.key_id is None for version in self.versions.all())

    def latest(self) -> "PaperVersion":
        return self.versions.all()[0]


class PaperVersion(models.Model):
    """A file as it was added. With a key it is sealed under that key, without one it lies open in the store."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField("size in bytes")
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True, blank=True)
    storage = models.CharField("its name in the store", max_length=64)
    key = models.ForeignKey(FileKey, models.PROTECT, null=True, blank=True, related_name="versions")
    note = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="paper_versions"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    copies_made = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="versions_of_a_paper_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, size__gt=0)
                & Q(sha256__regex=DIGEST, storage__regex=DIGEST)
                & (Q(pages=None) | Q(pages__gt=0))
                & ~Q(file_name="")
                & ~Q(media_type=""),
                name="a_version_has_a_file",
            ),
        ]
        indexes = [models.Index(fields=["storage"], name="versions_by_storage")]

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"

    @property
    def is_pdf(self) -> bool:
        return self.media_type == "application/pdf"

    def uncleared(self) -> list["PaperFinding"]:
        """What is hidden in the file and nobody has cleared."""
        return [finding for finding in self.findings.all() if not finding.cleared_at]


class PaperFinding(models.Model):
    """Something in a file that its reader would not see; it stands in the way of publication until it is cleared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=40)
    where = models.TextField(blank=True)
    count = models.PositiveIntegerField()
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_cleared",
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField("why it may stay", blank=True)

    class Meta:
        ordering = ["version", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="a_kind_is_found_once"),
            models.CheckConstraint(
                condition=Q(cleared_at=None, cleared_by=None, reason="")
                | (Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(reason="")),
                name="a_cleared_finding_says_who_and_why",
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="a_finding_found_something"),
        ]

    def __str__(self) -> str:
        return said(Finding(self.kind, self.where, self.count))


class PaperCopy(models.Model):
    """A copy of a closed paper that was handed to a reader, by its number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="paper_copies"
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"], name="copies_of_a_version_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"Copy {self.number}"
