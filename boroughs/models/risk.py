"""What may keep the programme or the council from doing its duty: never a person, and never a threat that a person poses."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from .borough import Borough
from .closure import ClosableQuerySet, Closure

HIGHEST = 5
LIKELIHOODS = ("Rare", "Unlikely", "Possible", "Likely", "Almost certain")
IMPACTS = ("Negligible", "Minor", "Moderate", "Major", "Severe")
BANDS = ((15, "High", "red"), (8, "Medium", "amber"), (0, "Low", "green"))


def band(likelihood: int, impact: int) -> tuple[str, str]:
    """The score in a word, and the tone that repeats it."""
    score = likelihood * impact
    return next((word, tone) for least, word, tone in BANDS if score >= least)


class RiskQuerySet(ClosableQuerySet["Risk"]):
    def going_on(self) -> Self:
        return self.filter(ended_on=None)

    def to_review(self) -> Self:
        """Those whose day of review has come, longest ago first; one without a day comes first of all."""
        due = self.going_on().filter(Q(next_review=None) | Q(next_review__lte=timezone.localdate()))
        return due.order_by(F("next_review").asc(nulls_first=True), "title", "pk")


class Risk(models.Model):
    class Scope(models.TextChoices):
        PROGRAMME = "programme", "To the Prevent programme"
        CORPORATE = "corporate", "To the council as a whole"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="risks")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="risks"
    )
    scope = models.CharField(max_length=10, choices=Scope)
    title = models.CharField(max_length=150)
    cause = models.TextField()
    effect = models.TextField()
    controls = models.TextField(blank=True)
    likelihood_before = models.PositiveSmallIntegerField()
    impact_before = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    owner_post = models.CharField(max_length=150)
    next_review = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    illustrative = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="risks_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RiskQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    likelihood_before__range=(1, HIGHEST),
                    impact_before__range=(1, HIGHEST),
                    likelihood__range=(1, HIGHEST),
                    impact__range=(1, HIGHEST),
                ),
                name="a_risk_stands_on_the_matrix",
            ),
            models.CheckConstraint(
                condition=Q(likelihood__lte=F("likelihood_before"), impact__lte=F("impact_before")),
                name="controls_do_not_raise_a_risk",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("boroughs:risk-show", args=[self.borough.slug, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.released_at is None

    @property
    def is_late(self) -> bool:
        """Whether its review is overdue."""
        today = timezone.localdate()
        return self.ended_on is None and (self.next_review is None or self.next_review < today)

    @property
    def before(self) -> str:
        return in_words(self.likelihood_before, self.impact_before)

    @property
    def after(self) -> str:
        return in_words(self.likelihood, self.impact)

    @property
    def tag(self) -> tuple[str, str]:
        return band(self.likelihood, self.impact)


def in_words(likelihood: int, impact: int) -> str:
    word = band(likelihood, impact)[0]
    return f"{word}: {LIKELIHOODS[likelihood - 1].lower()}, {IMPACTS[impact - 1].lower()} impact ({likelihood} × {impact})"


class RiskReview(models.Model):
    """One look at a risk in a sitting: what it was rated, and whether that was a change. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="looks")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unchanged = models.BooleanField(default=False)
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    controls = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, HIGHEST), impact__range=(1, HIGHEST)),
                name="a_look_stands_on_the_matrix",
            )
        ]

    def __str__(self) -> str:
        return in_words(self.likelihood, self.impact)
