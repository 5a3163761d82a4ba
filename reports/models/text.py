"""What was typed for each place of a report, its history, and the papers behind it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from boroughs.models import ClosableQuerySet, Closure
from papers.models import Paper

from .report import Report


class ReportTextQuerySet(ClosableQuerySet["ReportText"]):
    def with_people(self) -> "ReportTextQuerySet":
        return self.select_related("changed_by", "closure")


class ReportText(models.Model):
    """One field of the front sheet or one section. A closed section's words are for those on the closure's list alone."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    key = models.SlugField()
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    carried = models.BooleanField("as in the report before", default=False)
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="report_texts"
    )
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_texts_changed"
    )
    changed_at = models.DateTimeField()

    objects = ReportTextQuerySet.as_manager()

    class Meta:
        ordering = ["report", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="one_text_a_place"),
            models.CheckConstraint(
                condition=~Q(state="not_needed") | Q(body=""),
                name="a_section_that_is_not_needed_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class ReportTextVersion(models.Model):
    """A section as somebody saved it; only ever added to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(ReportText, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ReportText.State)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["text", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="one_text_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.text}, {self.number}"


class ReportAppendix(models.Model):
    """A paper of the borough behind the report, or the title of one that is kept elsewhere.

    A paper says its title itself: where it is closed, nothing here repeats it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="appendices")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="appendix_of"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["report", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place"],
                name="one_appendix_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["report", "paper"],
                condition=Q(paper__isnull=False),
                name="a_paper_is_one_appendix_of_a_report",
            ),
            models.CheckConstraint(
                condition=Q(paper=None, title__gt="") | Q(paper__isnull=False, title=""),
                name="an_appendix_is_a_paper_or_a_title",
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="appendices_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"Appendix {self.place}"
