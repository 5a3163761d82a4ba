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
from .risk_matrix import STANDARD, RiskMatrix, Scale

HIGHEST = 5  # on any matrix


class RiskQuerySet(ClosableQuerySet["Risk"]):
    def going_on(self) -> Self:
        return self.filter(ended_on=None)

    def with_scales(self) -> Self:
        """Each with its closure, who changed it, and the matrix on which it was rated."""
        rows = self.select_related("closure", "changed_by", "matrix")
        return rows.prefetch_related("matrix__bands")

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
    planned = models.TextField("further controls planned", blank=True)
    # None: the portal's own, on which it was rated before the borough set one
    matrix = models.ForeignKey(
        RiskMatrix, models.PROTECT, null=True, blank=True, related_name="risks"
    )
    likelihood_before = models.PositiveSmallIntegerField()
    impact_before = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    owner_post = models.CharField(max_length=150, blank=True)
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
    def scale(self) -> Scale:
        return self.matrix.scale if self.matrix else STANDARD

    @property
    def before(self) -> str:
        return self.scale.in_words(self.likelihood_before, self.impact_before)

    @property
    def after(self) -> str:
        return self.scale.in_words(self.likelihood, self.impact)

    @property
    def height(self) -> float:
        """Of the highest score of its matrix, so that risks on two matrices can be put in one order."""
        return self.likelihood * self.impact / self.scale.size**2


class RiskReview(models.Model):
    """One look at a risk in a sitting: what it was rated, and whether that was a change. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="looks")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unchanged = models.BooleanField(default=False)
    matrix = models.ForeignKey(
        RiskMatrix, models.PROTECT, null=True, blank=True, related_name="looks"
    )
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
        scale = self.matrix.scale if self.matrix else STANDARD
        return scale.in_words(self.likelihood, self.impact)
