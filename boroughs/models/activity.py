"""What was done and what is planned, with its result in words and numbers: the source of a report's block of activities."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from boroughs.periods import Period, between

from .borough import Borough
from .figure import FigureValue, plain_number
from .funding import FundingLine
from .plan import Area, Organisation, Priority
from .review import Qualifier

LAST_DAY = Coalesce("ends_on", "starts_on")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def within(self, period: Period) -> Self:
        """Those of which at least a day falls into the period."""
        return self.alias(last_day=LAST_DAY).filter(
            starts_on__lte=period.ends_on, last_day__gte=period.starts_on
        )

    def newest_first(self) -> Self:
        return self.order_by(LAST_DAY.desc(), "-starts_on", "title", "pk")

    def with_numbers(self) -> Self:
        """Each with who delivered it and the numbers that are its own."""
        return self.select_related("organisation").prefetch_related("counts")


class Activity(models.Model):
    """Something done for an audience in a period: a training, a campaign, a project. It is open to all who read the record."""

    class Kind(models.TextChoices):
        TRAINING = "training", "Training or briefing"
        SESSION = "session", "Workshop or resilience session"
        ENGAGEMENT = "engagement", "Community engagement"
        CAMPAIGN = "campaign", "Campaign or communications"
        PROJECT = "project", "Project"
        RESOURCE = "resource", "Guidance, web page or other resource"
        PROCESS = "process", "Plan, process or assessment"
        RESPONSE = "response", "Response to an incident, a protest or tension"
        DISRUPTION = "disruption", "Problem solving: venues, speakers, leaflets, stickers"
        OTHER = "other", "Something else"

    class Audience(models.TextChoices):
        PROFESSIONALS = "professionals", "Staff and professionals"
        EDUCATION = "education", "Early years, schools, colleges, universities and their staff"
        YOUNG = "young", "Children and young people"
        PARENTS = "parents", "Parents and carers"
        COMMUNITY = "community", "Community and faith groups"
        RESIDENTS = "residents", "Residents"
        MEMBERS = "members", "Councillors"
        PARTNERS = "partners", "Partners and boards"
        BUSINESSES = "businesses", "Venues and businesses"

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DELIVERED = "delivered", "Delivered"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    audiences = ArrayField(models.CharField(max_length=15, choices=Audience))
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    cancelled_because = models.TextField(blank=True)
    result = models.TextField(blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="activities")
    funding = models.ForeignKey(
        FundingLine, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="an_activity_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(audiences__len__gt=0), name="an_activity_has_an_audience"
            ),
            models.CheckConstraint(
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (Q(state__in=["planned", "delivered"]) & Q(cancelled_because="")),
                name="a_cancelled_activity_alone_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="delivered") | Q(result=""),
                name="what_was_not_delivered_has_no_result",
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(priority__isnull=False),
                name="an_activity_serves_an_area_under_its_priority",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:activity-show", args=[self.borough.slug, self.pk])

    @property
    def period(self) -> Period:
        return between(self.starts_on, self.ends_on or self.starts_on)

    @property
    def when(self) -> str:
        """2018/19, June 2019, or its days."""
        if self.ends_on is None or self.ends_on == self.starts_on:
            return f"{self.starts_on.day} {self.starts_on:%B %Y}"
        return str(self.period)

    @property
    def for_whom(self) -> str:
        """Its audiences as a sentence lists them."""
        words = [self.Audience(one).label for one in self.audiences]
        return "; ".join(words)

    @property
    def is_overdue(self) -> bool:
        """Planned, and its last day has passed: what came of it is not recorded."""
        last = self.ends_on or self.starts_on
        return self.state == self.State.PLANNED and last < timezone.localdate()


class ActivityCount(models.Model):
    """A number that an activity alone knows: 120 professionals. What is counted year by year is a figure instead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="counts")
    position = models.PositiveSmallIntegerField()
    exactness = models.CharField(max_length=5, choices=Qualifier, blank=True)
    number = models.PositiveIntegerField()
    what = models.CharField("what is counted", max_length=100)

    class Meta:
        ordering = ["activity", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "position"], name="counts_of_an_activity_are_in_order"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="a_count_says_what_it_counts"),
        ]

    def __str__(self) -> str:
        number = f"{plain_number(self.number)} {self.what}"
        return f"{Qualifier(self.exactness).label.lower()} {number}" if self.exactness else number


class ActivityFigure(models.Model):
    """A figure of the catalogue that an activity led to. Figures about referred people are not linked: reports quote these."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="figure_links")
    figure = models.ForeignKey(FigureValue, models.PROTECT, related_name="activity_links")

    class Meta:
        ordering = ["activity", "figure__indicator", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "figure"], name="a_figure_is_linked_once_an_activity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.figure_id}"
