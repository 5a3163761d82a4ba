"""A borough's assessment against a toolkit: one rating a benchmark."""

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.urls import reverse
from django.utils.functional import cached_property

from boroughs.models import Borough

from .version import ToolkitVersion

# The days of a period, its first and its last among them
DAYS = Func(
    "starts_on",
    "ends_on",
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)


class Adoption(models.Model):
    """From which day a borough assesses itself by a version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="adoptions")
    version = models.ForeignKey(ToolkitVersion, models.PROTECT, related_name="adoptions")
    since = models.DateField()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "since"], name="one_version_adopted_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.borough}: {self.version}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def in_lines(self) -> "AssessmentQuerySet":
        """Without those that were moved: the round they became stands in the other version's line."""
        return self.exclude(state=Assessment.State.MOVED)

    def of_councils(self) -> "AssessmentQuerySet":
        """The council's own and its board's, by a toolkit: the rounds that follow one another."""
        own = Assessment.Assessor.SELF, Assessment.Assessor.BOARD
        return self.filter(assessor__in=own, version__kind=ToolkitVersion.Kind.TOOLKIT)

    def latest_first(self) -> "AssessmentQuerySet":
        return self.order_by("-ends_on", "-starts_on", "pk")

    def last_of_line(self) -> "AssessmentQuerySet":
        """Those after which the same assessor opened no later period by the same version: what was rated by then is closed.

        A period of the past that was opened after them, to bring in what is on paper, is one of these.
        """
        same = {name: OuterRef(name) for name in ("borough", "version", "assessor")}
        later = Assessment.objects.in_lines().filter(
            **same, ends_on__gt=OuterRef("ends_on"), opened_at__gt=OuterRef("opened_at")
        )
        return self.filter(~Exists(later))


class Assessment(models.Model):
    """A borough, a version, a period and an assessor. What the board signed off stands in its `sign_offs`."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SUBMITTED = "submitted", "Submitted for sign-off"
        SIGNED_OFF = "signed_off", "Signed off"
        MOVED = "moved", "Moved to another version"

    class Assessor(models.TextChoices):
        SELF = "self", "The council's own officers"
        BOARD = "board", "The Prevent board or strategy group"
        PEER = "peer", "Peer reviewers"
        HOME_OFFICE = "home_office", "The Home Office"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="assessments")
    version = models.ForeignKey(ToolkitVersion, models.PROTECT, related_name="assessments")
    starts_on = models.DateField("first day of the period")
    ends_on = models.DateField("last day of the period")
    assessor = models.CharField(max_length=12, choices=Assessor)
    assessor_name = models.CharField("name of the group", max_length=100, blank=True)
    illustrative = models.CharField(
        max_length=200,
        blank=True,
        help_text="Printed wherever the ratings show, when they are invented.",
    )
    source = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessments_opened"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)

    moved_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="moved_from"
    )
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-starts_on", "pk"]
        constraints = [
            ExclusionConstraint(
                name="periods_of_an_assessor_do_not_overlap",
                expressions=[
                    ("borough", RangeOperators.EQUAL),
                    ("version", RangeOperators.EQUAL),
                    ("assessor", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="moved"),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_period_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "moved"), submitted_by=None, submitted_at=None)
                | (
                    Q(state__in=("submitted", "signed_off"))
                    & ~Q(submitted_by=None)
                    & ~Q(submitted_at=None)
                ),
                name="assessment_state_tells_the_truth",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="moved") & ~Q(moved_to=None) & ~Q(moved_by=None) & ~Q(moved_at=None)
                )
                | (~Q(state="moved") & Q(moved_to=None, moved_by=None, moved_at=None)),
                name="a_moved_round_says_where_it_went",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("toolkit:assessment", args=[self.borough.slug, self.pk])

    @property
    def period(self) -> str:
        """The period in words: `July 2019`, `April to June 2019`, `October 2018 to March 2019`."""
        first, last = self.starts_on, self.ends_on
        if (first.year, first.month) == (last.year, last.month):
            return f"{last:%B %Y}"
        if first.year == last.year:
            return f"{first:%B} to {last:%B %Y}"
        return f"{first:%B %Y} to {last:%B %Y}"

    @property
    def assessed_by(self) -> str:
        """Who made it, by name where the group has one."""
        return self.assessor_name or self.get_assessor_display()

    @property
    def next_period(self) -> tuple[dt.date, dt.date]:
        """The first and last day of one as long as this, right after it."""
        first = self.ends_on + dt.timedelta(days=1)
        if self.starts_on.day != 1 or first.day != 1:  # no whole months
            return first, self.ends_on + (first - self.starts_on)
        months = (first.year - self.starts_on.year) * 12 + first.month - self.starts_on.month
        after = first.year * 12 + first.month - 1 + months
        return first, dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)

    def same_line(self) -> AssessmentQuerySet:
        """The borough's assessments by the same version and assessor, this one included while it was not moved."""
        line = Assessment.objects.in_lines().filter(
            borough=self.borough_id, version=self.version_id, assessor=self.assessor
        )
        return line.latest_first()

    @cached_property
    def line(self) -> "list[Assessment]":
        """`same_line` as it stood when it was first asked for, latest first."""
        return list(self.same_line())

    def previous(self) -> "Assessment | None":
        """The one before it."""
        return next((other for other in self.line if other.ends_on < self.ends_on), None)

    def following(self) -> "Assessment | None":
        """The newest later one that was opened after it, and so closed it."""
        later = (other for other in self.line if other.ends_on > self.ends_on)
        return next((other for other in later if other.opened_at > self.opened_at), None)
