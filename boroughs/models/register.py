"""Registers: profiles and risk assessments that were received, policies, and assessments of equality and data protection.

Of a profile or risk assessment the record holds that it came, from whom and who was briefed, and never what it says.
"""

import datetime as dt
import uuid
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from .borough import Borough
from .closure import ClosureCase
from .committee import Committee
from .strategy import Strategy

AnyModel = TypeVar("AnyModel", bound=models.Model)


class ReviewedQuerySet(models.QuerySet[AnyModel]):
    """Rows with a day of review, which may end."""

    def in_use(self) -> Self:
        return self.filter(ended_on=None)

    def overdue(self, today: dt.date) -> Self:
        return self.in_use().filter(next_review__lt=today)

    def by_review(self) -> Self:
        """In use first, and of those the one whose review is due first."""
        return self.order_by(
            F("ended_on").asc(nulls_first=True),
            F("next_review").asc(nulls_last=True),
            "title",
            "pk",
        )


def is_overdue(row: "Received | Policy | ImpactAssessment") -> bool:
    """Whether the day of its review has passed; derived, never stored."""
    return bool(row.ended_on is None and row.next_review and row.next_review < timezone.localdate())


class Received(models.Model):
    """A profile or risk assessment that came to the council: its name, never its content."""

    class Kind(models.TextChoices):
        PROFILE = "profile", "Counter-terrorism local profile"
        RISK = "risk", "Risk assessment"
        OTHER = "other", "Another profile or assessment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="received")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    sender = models.CharField("from whom", max_length=150)
    received_on = models.DateField(null=True, blank=True)
    marking = models.CharField(
        "protective marking", max_length=20, choices=ClosureCase.Marking, blank=True
    )
    owner_post = models.CharField("who keeps it", max_length=150, blank=True)
    next_review = models.DateField(null=True, blank=True)
    ended_on = models.DateField("no longer used since", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="received_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewedQuerySet["Received"].as_manager()

    class Meta:
        verbose_name_plural = "received"
        ordering = [F("received_on").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(sender=""), name="what_was_received_says_from_whom"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("received_on")),
                name="what_was_received_is_put_aside_afterwards",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:received-show", args=[self.borough.slug, self.pk])

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self)


class Briefing(models.Model):
    """Who was told of what was received, and when. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received = models.ForeignKey(Received, models.PROTECT, related_name="briefings")
    whom = models.CharField("who was briefed", max_length=150)
    on = models.DateField("date")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["received", "-on", "-at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(whom=""), name="a_briefing_says_of_whom")
        ]

    def __str__(self) -> str:
        return self.whom


class Policy(models.Model):
    """A policy that the duty asks for, such as one on the hire of venues: where it is, who owns and who approved it."""

    class Subject(models.TextChoices):
        VENUES = "venues", "Venue hire"
        FILTERING = "filtering", "Internet filtering and use of IT"
        SHARING = "sharing", "Information sharing"
        REFERRAL = "referral", "How a concern is referred"
        TRAINING = "training", "Training programme: who needs what"
        COMMS = "comms", "Communications"
        WHISTLE = "whistle", "Whistle-blowing and confidential reporting"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        SPEAKERS = "speakers", "Speakers and events"
        CONTRACTS = "contracts", "Contracts, grants and commissioned services"
        SETTINGS = "settings", "Out-of-school settings"
        TENSIONS = "tensions", "Community tensions and incidents"
        SAFETY = "safety", "Safety of staff and of data"
        OTHER = "other", "Another subject"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="policies")
    subject = models.CharField(max_length=12, choices=Subject)
    title = models.CharField(max_length=200)
    about = models.TextField("what it covers", blank=True)
    owner_post = models.CharField(max_length=150, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField("post that approved it", max_length=150, blank=True)
    approving_body = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="policies_approved"
    )
    next_review = models.DateField(null=True, blank=True)
    link = models.URLField("where it can be read", max_length=300, blank=True)
    ended_on = models.DateField("no longer in force since", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="policies_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewedQuerySet["Policy"].as_manager()

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["subject", "title", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_policy_has_a_title"),
            models.CheckConstraint(
                condition=Q(approved_on=None)
                | ~Q(approved_by="")
                | Q(approving_body__isnull=False),
                name="an_approved_policy_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(approved_on=None)
                | Q(ended_on__gte=F("approved_on")),
                name="a_policy_ends_after_it_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:policy-show", args=[self.borough.slug, self.pk])

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self)

    @property
    def approved(self) -> str:
        """By whom, as far as it is known."""
        bodies = [str(self.approving_body) if self.approving_body else "", self.approved_by]
        return ", ".join(body for body in bodies if body)


class ImpactAssessment(models.Model):
    """What a strategy, a policy or something else means for equality (Equality Act 2010, section 149), for personal data
    (UK GDPR, Article 35) or otherwise: when it was assessed, or screened, and what was found."""

    class Kind(models.TextChoices):
        EQUALITY = "equality", "Equality impact assessment"
        DATA = "data", "Data protection impact assessment"
        INTEGRATED = "integrated", "Integrated impact assessment: several duties in one"
        WELSH = "welsh", "Welsh language impact assessment"
        CHILDREN = "children", "Children’s rights impact assessment"
        OTHER = "other", "Another impact assessment"

    class State(models.TextChoices):
        NEEDED = "needed", "To be done"
        DONE = "done", "Done"
        SCREENED = "screened", "Screened: a full one is not needed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="impact_assessments")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=200)
    strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="impact_assessments"
    )
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, blank=True, related_name="impact_assessments"
    )
    of_what = models.CharField("of something else", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DONE)
    done_on = models.DateField("date", null=True, blank=True)
    findings = models.TextField(blank=True)
    owner_post = models.CharField(max_length=150, blank=True)
    next_review = models.DateField(null=True, blank=True)
    ended_on = models.DateField("no longer needed since", null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="impact_assessments_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReviewedQuerySet["ImpactAssessment"].as_manager()

    class Meta:
        ordering = ["kind", F("done_on").desc(nulls_last=True), "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(strategy__isnull=False, policy=None, of_what="")
                | Q(strategy=None, policy__isnull=False, of_what="")
                | (Q(strategy=None, policy=None) & ~Q(of_what="")),
                name="an_assessment_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "screened"])
                | Q(state="needed", done_on=None, findings=""),
                name="an_assessment_to_be_done_found_nothing_yet",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:impact-show", args=[self.borough.slug, self.pk])

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self)
