"""A committee report while it is written: where it goes, whose judgement it shows, how far it has come."""

import uuid
from collections.abc import Collection

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from boroughs.models import Borough, Meeting
from boroughs.models.closure import seats_today
from boroughs.roles import Perm
from toolkit.models import Assessment

from .style import HouseStyle


class ReportQuerySet(models.QuerySet["Report"]):
    def readable_by(self, user: User, granted: Collection[str]) -> "ReportQuerySet":
        """What the person may read of one borough's reports, by what they may do there.

        Those who write and approve see all. Democratic services sees what is cleared or was issued. Members see what was
        issued for a committee they sit on today, and what was published. Who clears reports sees those sent to them.
        """
        if Perm.READ_DRAFTS in granted:
            return self
        wanted = Q(pk__in=[])
        if Perm.CLEAR in granted:
            wanted |= Q(pk__in=Report.objects.asked_of(user))
        if Perm.ISSUE in granted:
            wanted |= Q(state__in=Report.HANDED_OVER) | _issued()
        elif Perm.READ_REPORTS in granted:
            theirs = Q(meeting__committee__in=seats_today(user).values("committee"))
            published = _issued(issues__published_at__isnull=False, issues__withdrawn_at=None)
            wanted |= _issued() & theirs | published
        return self.filter(wanted)

    def asked_of(self, user: User) -> "ReportQuerySet":
        """Of which a section was sent to the person and not taken back, until the report is issued."""
        return self.exclude(state=Report.State.ISSUED).filter(
            clearances__asked_of=user, clearances__state__in=("asked", "verified", "returned")
        )

    def readable(self) -> "ReportQuerySet":
        """Each with when it was last issued (`issued_at`), the latest meeting first."""
        issued = Max("issues__issued_at", filter=Q(issues__taken_down_at=None))
        return self.annotate(issued_at=issued).order_by(
            F("meeting__date").desc(nulls_last=True), "-started_at", "pk"
        )

    def issued(self) -> "ReportQuerySet":
        return self.filter(_issued())


def _issued(**which: object) -> Q:
    """That something was issued of the report and not taken down."""
    rows = Report.objects.filter(pk=OuterRef("pk"), issues__isnull=False)
    return Q(Exists(rows.filter(issues__taken_down_at=None, **which)))


class Report(models.Model):
    """One report to one meeting. It may show an assessment: the judgement of the assessor chosen for it."""

    class State(models.TextChoices):
        DRAFTING = "drafting", "Being written"
        CLEARANCE = "clearance", "With those who clear it"
        CLEARED = "cleared", "Approved, with democratic services"
        ISSUED = "issued", "Issued"

    HANDED_OVER = (State.CLEARED, State.ISSUED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="reports")
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="reports"
    )
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
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTING)
    begun_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports_started"
    )
    started_at = models.DateTimeField(auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "item_number"],
                condition=~Q(item_number=""),
                name="one_report_an_agenda_item",
            ),
            models.CheckConstraint(
                condition=Q(begun_from=None) | ~Q(begun_from=F("id")),
                name="no_report_begins_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.borough.slug, self.pk])
