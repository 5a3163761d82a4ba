"""What pays for the work: a line for each post or purpose in a financial year. Its amount stands apart, so that it can be closed alone."""

import uuid
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from boroughs.periods import financial

from .borough import Borough
from .closure import ClosableQuerySet, Closure

FIRST, LAST = 2000, 2099


class FundingLineQuerySet(ClosableQuerySet["FundingLine"]):
    def newest_first(self) -> Self:
        return self.order_by("-year", "programme", "purpose", "pk")

    def listed_to(self, user: User) -> Self:
        """Those on whose own list, or on whose amount's list, the person stands today."""
        listed = Closure.objects.listing(user).values("pk")
        amounts = FundingAmount.objects.filter(closure__in=listed)
        return self.filter(Q(closure__in=listed) | Q(pk__in=amounts.values("line")))

    def with_amounts_for(self, user: User) -> Self:
        """Each with the amounts the person may see: the closed one, if they are on its list, before an open one."""
        seen = FundingAmount.objects.visible_to(user).select_related("closure")
        return self.prefetch_related(models.Prefetch("amounts", seen, to_attr="amounts_seen"))


class FundingLine(models.Model):
    """A closed line is closed with its amount and its history."""

    class Kind(models.TextChoices):
        POST = "post", "A post"
        PROJECT = "project", "A project"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        SOUGHT = "sought", "Applied for"
        OFFERED = "offered", "Offered"
        CONFIRMED = "confirmed", "Confirmed"
        ENDED = "ended", "Ended"

    TONES = {"sought": "grey", "offered": "amber", "confirmed": "green", "ended": "grey"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="funding_lines")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="funding_lines"
    )
    year = models.PositiveSmallIntegerField("financial year beginning on 1 April")
    programme = models.CharField(max_length=150)
    kind = models.CharField("it pays for", max_length=10, choices=Kind)
    purpose = models.CharField("post or purpose", max_length=200)
    about = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State)
    since = models.DateField("in this state since", null=True, blank=True)
    reason = models.TextField("why it is in this state", blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="funding_lines_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = FundingLineQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "programme", "purpose", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__range=(FIRST, LAST)), name="a_funding_line_is_of_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(reason=""), name="funding_that_ended_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(programme="") & ~Q(purpose=""), name="a_funding_line_says_what_it_pays"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {self.year_word}"

    def get_absolute_url(self) -> str:
        return reverse("boroughs:line-show", args=[self.borough.slug, self.pk])

    @property
    def year_word(self) -> str:
        return str(financial("year", self.year))

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.released_at is None

    @property
    def amount(self) -> "FundingAmount | None":
        """As far as `with_amounts_for` found one; None is not known, or closed to whoever asks."""
        seen: list[FundingAmount] = getattr(self, "amounts_seen", [])
        return seen[0] if seen else None

    @property
    def tone(self) -> str:
        return self.TONES[self.state]


class FundingAmount(models.Model):
    """How much a line is, in pounds. Closed, it is there for its list alone, while the line stays open to all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="amounts")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="funding_amounts"
    )
    pounds = models.DecimalField(max_digits=12, decimal_places=2)

    objects = ClosableQuerySet["FundingAmount"].as_manager()

    class Meta:
        ordering = ["line", models.F("closure").asc(nulls_last=True), "pk"]
        constraints = [
            # A closed amount does not stand in the way of an open one: a refusal would tell that it exists
            models.UniqueConstraint(
                fields=["line"], condition=Q(closure=None), name="one_open_amount_a_line"
            ),
            models.CheckConstraint(
                condition=Q(pounds__gte=0), name="an_amount_is_not_below_nought"
            ),
        ]

    def __str__(self) -> str:
        return in_pounds(self.pounds)

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.released_at is None


class FundingStep(models.Model):
    """A state that a line came into, on a day if it is known, and why. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=FundingLine.State)
    on = models.DateField("date", null=True, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["line", "-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(reason=""), name="an_end_of_funding_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.get_state_display()


def in_pounds(amount: Decimal) -> str:
    """£48,500 or £48,500.50."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"
