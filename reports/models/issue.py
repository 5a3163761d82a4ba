"""A report as it was issued: frozen, numbered, and what became of it in public."""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from boroughs.models import Borough, ClosableQuerySet, Closure
from boroughs.models.closure import seats_today
from boroughs.roles import Perm
from papers.models import PaperVersion
from reports.numbering import appendix

from .report import Report


class IssueQuerySet(models.QuerySet["Issue"]):
    def readable_by(self, user: User, granted: Collection[str]) -> "IssueQuerySet":
        """Of the reports a person may read, the versions.

        Democratic services sees what was taken down, too, as a notice. Members see every version issued for a committee
        they sit on today, and of others what is public.
        """
        if Perm.ISSUE in granted:
            return self
        if Perm.READ_DRAFTS in granted:
            return self.standing()
        theirs = Q(report__meeting__committee__in=seats_today(user).values("committee"))
        return self.standing().filter(theirs | Q(published_at__isnull=False, withdrawn_at=None))

    def standing(self) -> "IssueQuerySet":
        """All that may still be read: also superseded and withdrawn ones, never what was taken down."""
        return self.filter(taken_down_at=None)

    def public(self) -> "IssueQuerySet":
        """What strangers may read on the register, newest first; a withdrawn one has a notice and no words."""
        return self.standing().filter(published_at__isnull=False).order_by("-published_at", "pk")


class Issue(models.Model):
    """The public paper of one issue of a report. Its snapshot never held anything closed."""

    class Kind(models.TextChoices):
        FIRST = "first", "First version"
        LATE = "late", "Late report"
        SUPPLEMENTARY = "supplementary", "Supplementary version"
        CORRECTED = "corrected", "Corrected version"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="issues")
    report = models.ForeignKey(Report, models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=Kind)
    note = models.TextField("what is different", blank=True)
    urgency = models.TextField("why it cannot wait, as the chair agreed", blank=True)
    snapshot = models.JSONField()
    digest = models.CharField("SHA-256 of the snapshot", max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_because = models.TextField(blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_issue_a_number"),
            models.CheckConstraint(
                condition=Q(number=1, kind__in=["first", "late"])
                | (Q(number__gt=1, kind__in=["supplementary", "corrected"]) & ~Q(note="")),
                name="a_later_issue_says_what_is_different",
            ),
            models.CheckConstraint(
                condition=~Q(kind="late") | ~Q(urgency=""), name="a_late_report_says_why"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(
                    published_at__isnull=False,
                    published_at__gte=F("issued_at"),
                    published_by__isnull=False,
                ),
                name="an_issue_is_published_after_it_was_issued",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | (
                    Q(published_at__isnull=False, withdrawn_at__isnull=False)
                    & Q(withdrawn_at__gte=F("published_at"), withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
                name="what_was_published_is_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None, taken_down_by=None, taken_down_because="")
                | (
                    Q(taken_down_at__isnull=False, taken_down_by__isnull=False, snapshot={})
                    & ~Q(taken_down_because="")
                ),
                name="what_was_taken_down_is_gone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("reports:issue", args=[self.borough.slug, self.report_id, self.number])

    def label_of(self, place: int) -> str:
        """What an appendix of this version is called; nothing is left of it after a take-down."""
        return appendix(self.snapshot.get("style", {}).get("numbering", {}), place)

    @property
    def is_public(self) -> bool:
        return bool(self.published_at and not self.withdrawn_at and not self.taken_down_at)


class IssuedText(models.Model):
    """A closed section as it was when the report was issued, for those on the closure's list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="closed_texts")
    key = models.SlugField()
    body = models.TextField()
    closure = models.ForeignKey(Closure, models.PROTECT, related_name="issued_texts")

    objects = ClosableQuerySet["IssuedText"].as_manager()

    class Meta:
        ordering = ["issue", "key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "key"], name="one_closed_text_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.issue}: {self.key}"


class IssuedAppendix(models.Model):
    """Which version of a paper went out as an appendix. It says nothing itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="appendices")
    place = models.PositiveSmallIntegerField()
    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="issued_in")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="issued_appendices"
    )

    class Meta:
        ordering = ["issue", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "place"], name="one_issued_appendix_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.issue}: appendix {self.place}"

    @property
    def label(self) -> str:
        return self.issue.label_of(self.place)


class PublicRegister(models.Model):
    """That a borough shows its published reports to everybody, without sign-in."""

    borough = models.OneToOneField(
        Borough, models.PROTECT, primary_key=True, related_name="public_register"
    )
    turned_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    turned_on_at = models.DateTimeField()

    class Meta:
        ordering = ["borough"]

    def __str__(self) -> str:
        return f"Public register of {self.borough}"
