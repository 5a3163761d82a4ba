"""The figures councillors ask for: a value for an indicator and a period, and what of them the borough publishes."""

import uuid
from decimal import Decimal
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boroughs.disclosure import Count, Rule, Said, Unsaid
from boroughs.indicators import DIRECTIONS, FRACTIONAL, PART, RELATIONS, UNITS, Indicator, topics
from boroughs.periods import KINDS, Period

from .borough import Borough
from .closure import ClosableQuerySet, Closure

WITHOUT_DECIMALS = models.Func(
    F("number"),
    function="TRUNC",
    output_field=models.DecimalField(max_digits=12, decimal_places=1),
)


class OwnIndicator(models.Model):
    """An indicator that a borough adds to those that ship. Its key begins with `own-`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="own_indicators")
    key = models.SlugField(max_length=80)
    topic = models.CharField(max_length=20, choices=[(t.key, t.title) for t in topics()])
    name = models.CharField(max_length=100)
    definition = models.TextField()
    unit = models.CharField(max_length=20, choices=[(unit, unit) for unit in UNITS])
    direction = models.CharField(max_length=10, choices=list(DIRECTIONS.items()))
    people_referred = models.BooleanField("counts people who were referred", default=False)
    whole = models.CharField("key of what it stands under", max_length=80, blank=True)
    relation = models.CharField(max_length=10, choices=list(RELATIONS.items()), blank=True)
    breakdown = models.CharField(max_length=60, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="indicators_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["borough", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "key"], name="one_indicator_a_key"),
            models.CheckConstraint(
                condition=Q(key__startswith="own-"), name="an_indicator_of_ones_own_says_so"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(definition=""), name="an_indicator_is_defined"
            ),
            models.CheckConstraint(
                condition=Q(whole="", relation="", breakdown="")
                | (Q(relation="of_which", breakdown="") & ~Q(whole=""))
                | (Q(relation=PART) & ~Q(whole="") & ~Q(breakdown="")),
                name="an_indicator_hangs_together",
            ),
            models.CheckConstraint(
                condition=Q(people_referred=False) | ~Q(unit__in=FRACTIONAL),
                name="people_who_were_referred_are_counted_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_indicator(self) -> Indicator:
        return Indicator(
            key=self.key,
            topic=self.topic,
            name=self.name,
            definition=self.definition,
            unit=self.unit,
            direction=self.direction,
            people_referred=self.people_referred,
            whole=self.whole,
            relation=self.relation,
            breakdown=self.breakdown,
            own=True,
        )


class FigureQuerySet(ClosableQuerySet["FigureValue"]):
    def about(self, period: Period) -> Self:
        return self.filter(starts_on=period.starts_on, ends_on=period.ends_on)

    def latest_first(self) -> Self:
        return self.order_by("-ends_on", "-starts_on", "indicator", "pk")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), append_only=True)
class FigureValue(models.Model):
    """What is known of one indicator in one period. Withheld and unknown are values, and neither is nought."""

    class Qualifier(models.TextChoices):
        EXACTLY = "exactly", "Exactly"
        OVER = "over", "Over"
        ABOUT = "about", "About"
        WITHHELD = "withheld", "Withheld"
        UNKNOWN = "unknown", "Not known"

    NUMBERS = (Qualifier.EXACTLY.value, Qualifier.OVER.value, Qualifier.ABOUT.value)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="figures")
    indicator = models.CharField("key of the indicator", max_length=80)
    period_kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    starts_on = models.DateField()
    ends_on = models.DateField()
    qualifier = models.CharField(max_length=10, choices=Qualifier, default=Qualifier.EXACTLY)
    number = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    fractional = models.BooleanField("may have decimals", default=False)
    target = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    baseline = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    note = models.TextField(blank=True)
    difference = models.TextField("why its parts do not add up", blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=200, blank=True)
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="figures"
    )
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="figures_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-starts_on", "indicator", "pk"]
        constraints = [
            # A closed value does not stand in the way of an open one: a refusal would tell that it exists
            models.UniqueConstraint(
                fields=["borough", "indicator", "starts_on", "ends_on"],
                condition=Q(closure=None),
                name="one_open_figure_a_period",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_figure_is_about_a_period"
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=["exactly", "over", "about"], number__isnull=False)
                | Q(qualifier__in=["withheld", "unknown"], number=None),
                name="a_figure_has_a_number_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(qualifier="withheld") | ~Q(note=""), name="withholding_has_a_reason"
            ),
            models.CheckConstraint(
                condition=(Q(number=None) | Q(number__gte=0))
                & (Q(target=None) | Q(target__gte=0))
                & (Q(baseline=None) | Q(baseline__gte=0)),
                name="nothing_is_counted_below_nought",
            ),
            models.CheckConstraint(
                condition=Q(fractional=True) | Q(number=None) | Q(number=WITHOUT_DECIMALS),
                name="people_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.period}: {self.word}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on, self.period_kind)

    @property
    def is_closed(self) -> bool:
        """Closed and not released since."""
        return self.closure is not None and self.closure.released_at is None

    @property
    def word(self) -> str:
        """The value in words: 1,263, over 65, withheld."""
        label = self.Qualifier(self.qualifier).label
        if self.number is None:
            return label
        number = plain_number(self.number)
        return number if self.qualifier == self.Qualifier.EXACTLY else f"{label} {number}"

    @property
    def said(self) -> Said:
        """As disclosure control reads it."""
        if self.qualifier == self.Qualifier.WITHHELD:
            return Unsaid.WITHHELD
        if self.number is None:
            return Unsaid.UNKNOWN
        return Count(int(self.number), exact=self.qualifier == self.Qualifier.EXACTLY)


def plain_number(number: Decimal | int) -> str:
    """1,263 or 82.5: no decimals where there are none."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


class FigureRule(models.Model):
    """A borough's settings of disclosure control (docs/disclosure.md)."""

    class Rounding(models.IntegerChoices):
        NONE = 1, "Not rounded"
        FIVE = 5, "To the nearest 5"
        TEN = 10, "To the nearest 10"

    class Threshold(models.IntegerChoices):
        TEN = 10, "10: numbers from 1 to 9 are suppressed"
        FIVE = 5, "5: numbers from 1 to 4 are suppressed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.OneToOneField(Borough, models.PROTECT, related_name="figure_rule")
    threshold = models.PositiveSmallIntegerField(choices=Threshold, default=Threshold.TEN)
    rounding = models.PositiveSmallIntegerField(choices=Rounding, default=Rounding.NONE)
    zeros = models.BooleanField("noughts are printed", default=False)
    period_kind = models.CharField(
        max_length=10, choices=[k for k in KINDS.items() if k[0] != "other"], default="year"
    )
    published = ArrayField(models.CharField(max_length=80), default=list)  # keys of indicators

    class Meta:
        ordering = ["borough", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__in=[5, 10], rounding__in=[1, 5, 10]),
                name="a_rule_of_figures_is_one_of_ours",
            )
        ]

    def __str__(self) -> str:
        return f"{self.borough}: {self.threshold}"

    @property
    def rule(self) -> Rule:
        return Rule(self.threshold, self.rounding, self.zeros)


class FigurePublication(models.Model):
    """What was published of one family of figures for one period; the newest counts. A frozen snapshot: exact numbers of the
    printed cells, and no suppressed one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="figure_publications")
    family = models.CharField("key of the indicator at its root", max_length=80)
    period_kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    starts_on = models.DateField()
    ends_on = models.DateField()
    cells = models.JSONField("state and printed number by key")
    exact = models.JSONField("exact number by key, of printed cells only")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="figure_publications"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-published_at", "family", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_publication_is_about_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.family}, {self.period}"

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on, self.period_kind)
