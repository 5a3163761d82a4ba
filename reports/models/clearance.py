"""Who was asked to clear a section, and what became of it; and what colleagues say to each other beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from boroughs.models import ClosableQuerySet, Closure

from .report import Report

PERSON = settings.AUTH_USER_MODEL


class ReportCommentQuerySet(ClosableQuerySet["ReportComment"]):
    def threads(self) -> "ReportCommentQuerySet":
        """Those that answer no other, each with its answers, the first first."""
        rows = self.filter(reply_to=None).select_related("said_by", "resolved_by")
        return rows.prefetch_related("replies__said_by").order_by("said_at", "pk")

    def unresolved(self) -> "ReportCommentQuerySet":
        return self.filter(reply_to=None, resolved_at=None)


class ReportComment(models.Model):
    """Of a section, or of the whole report where no key is named. Never printed.

    That of a closed section is closed with it. What answers another is resolved with that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="comments")
    key = models.SlugField(blank=True)
    body = models.TextField()
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="report_comments"
    )
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    said_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    resolved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ReportCommentQuerySet.as_manager()

    class Meta:
        ordering = ["report", "said_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="a_comment_says_something"),
            models.CheckConstraint(
                condition=Q(reply_to=None) | Q(resolved_at=None),
                name="an_answer_is_resolved_with_its_comment",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(
                    resolved_at__isnull=False,
                    resolved_at__gte=F("said_at"),
                    resolved_by__isnull=False,
                ),
                name="a_comment_is_resolved_by_somebody_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: a comment"


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def of_officer(self, user: User) -> "ClearanceQuerySet":
        """What was sent to the person and not taken back, of reports that are still written."""
        theirs = self.filter(asked_of=user, report__in=Report.objects.asked_of(user))
        return theirs.exclude(state="taken-back")

    def with_people(self) -> "ClearanceQuerySet":
        return self.select_related("asked_of", "asked_by")


class Clearance(models.Model):
    """One section sent to one person. Whether what was verified still stands is derived: `reports.clearing`."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        VERIFIED = "verified", "Verified"
        RETURNED = "returned", "Returned"
        TAKEN_BACK = "taken-back", "Taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="clearances")
    key = models.SlugField()
    post = models.CharField("what they clear it for", max_length=60)
    asked_of = models.ForeignKey(PERSON, models.PROTECT, related_name="clearances")
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    ended_at = models.DateTimeField("verified, returned or taken back", null=True, blank=True)
    printed_name = models.CharField(max_length=100, blank=True)
    printed_post = models.CharField(max_length=100, blank=True)
    digest = models.CharField("SHA-256 of the text that was verified", max_length=64, blank=True)
    comment = models.OneToOneField(
        ReportComment, models.PROTECT, null=True, blank=True, related_name="returns"
    )

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key", "asked_of"],
                condition=Q(state="asked"),
                name="a_section_waits_once_for_a_person",
            ),
            models.CheckConstraint(condition=~Q(post=""), name="a_clearance_is_for_a_post"),
            models.CheckConstraint(
                condition=Q(state="asked", ended_at=None)
                | (~Q(state="asked") & Q(ended_at__isnull=False, ended_at__gte=F("asked_at"))),
                name="a_clearance_ends_after_it_was_asked_for",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") & Q(printed_name="", printed_post="", digest="")
                | Q(state="verified", digest__regex=r"^[0-9a-f]{64}$")
                & ~Q(printed_name="")
                & ~Q(printed_post=""),
                name="what_is_verified_says_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=Q(state="returned", comment__isnull=False)
                | ~Q(state="returned") & Q(comment=None),
                name="what_is_returned_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}, {self.post}"

    def get_absolute_url(self) -> str:
        """The officer's page."""
        return reverse("reports:clear-section", args=[self.report.borough.slug, self.pk])
