"""What a borough sets out to do over years, who adopted it, and what became of it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from .borough import Borough
from .closure import ClosableQuerySet, Closure, ClosureCase
from .committee import Committee, Meeting


class StrategyQuerySet(ClosableQuerySet["Strategy"]):
    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-ends_on", "title", "pk")

    def with_bodies(self) -> Self:
        """Each with the committees and the closure its pages name."""
        return self.select_related("adopted_by", "meeting", "owning_board", "closure", "changed_by")


class Strategy(models.Model):
    """A closed strategy closes everything under it: its plans, priorities and actions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        CONSULTATION = "consultation", "Out for consultation"
        ADOPTED = "adopted", "Adopted"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    # What only an amendment changes once the strategy is adopted, and its name on a page
    TEXTS = {
        "title": "Title",
        "starts_on": "Begins",
        "ends_on": "Ends",
        "aims": "Aims",
        "summary": "Summary",
        "corporate_priorities": "Corporate priorities it serves",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="strategies")
    closure = models.ForeignKey(
        Closure, models.PROTECT, null=True, blank=True, related_name="strategies"
    )
    title = models.CharField(max_length=200)
    starts_on = models.DateField("begins")
    ends_on = models.DateField("ends")
    aims = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    marking = models.CharField(
        "protective marking", max_length=20, choices=ClosureCase.Marking, blank=True
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(default=timezone.now)
    state_reason = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    adopted_by = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="strategies_adopted"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="strategies_adopted"
    )
    adopted_on = models.DateField(null=True, blank=True)
    recommendation = models.CharField("under which recommendation", max_length=200, blank=True)
    priority_name = models.CharField("a priority is called", max_length=40, blank=True)
    area_name = models.CharField("an area of focus is called", max_length=40, blank=True)
    action_name = models.CharField("an action is called", max_length=40, blank=True)
    owner_post = models.CharField("who is responsible for it", max_length=200, blank=True)
    owning_board = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="strategies_owned"
    )
    reports_to = models.CharField("reports to", max_length=200, blank=True)
    cadence = models.CharField("how often", max_length=200, blank=True)
    corporate_priorities = models.TextField("corporate priorities it serves", blank=True)
    delegated_to = models.CharField("who may amend it", max_length=200, blank=True)
    delegated_with = models.CharField("in consultation with", max_length=200, blank=True)
    consultation_none = models.TextField("nobody was consulted, because", blank=True)
    source = models.CharField(max_length=300, blank=True)
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="strategies_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "strategies"
        ordering = ["borough", "-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_strategy_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["superseded", "withdrawn"])
                | Q(state="adopted", adopted_by__isnull=False, adopted_on__isnull=False)
                | Q(
                    state__in=["draft", "consultation"],
                    adopted_by=None,
                    adopted_on=None,
                    meeting=None,
                ),
                name="an_adopted_strategy_says_who_adopted_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(state_reason=""),
                name="a_withdrawn_strategy_says_why",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("pk")),
                name="no_strategy_replaces_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        """The years it covers: 2017/19 as its council writes them is in the title."""
        return f"{self.starts_on.day} {self.starts_on:%B %Y} to {self.ends_on.day} {self.ends_on:%B %Y}"

    @property
    def is_closed(self) -> bool:
        return self.closure is not None and self.closure.released_at is None

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.SUPERSEDED, self.State.WITHDRAWN}

    def succeeds(self, former: "Strategy") -> bool:
        """Whether this one replaces the other, directly or through others, also such as the visitor may not see."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT app_succeeds(%s, %s)", [self.pk, former.pk])
            return bool(cursor.fetchone()[0])

    def level(self, which: str, otherwise: str) -> str:
        """What the strategy calls a priority, an area or an action, in the middle of a sentence."""
        return str(getattr(self, f"{which}_name")).lower() or otherwise

    @property
    def priority_word(self) -> str:
        return self.priority_name or "Priority"

    @property
    def area_word(self) -> str:
        return self.area_name or "Area of focus"

    @property
    def action_word(self) -> str:
        return self.action_name or "Action"


class LinkedStrategy(models.Model):
    """Another strategy this one depends on: one in the portal, or any by its title."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="links")
    linked = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="linked_from"
    )
    title = models.CharField(max_length=200, blank=True)
    about = models.CharField("how they belong together", max_length=300, blank=True)

    class Meta:
        ordering = ["strategy", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(linked=None) & ~Q(title="")) | Q(linked__isnull=False, title=""),
                name="a_linked_strategy_is_named_once",
            ),
            models.UniqueConstraint(
                fields=["strategy", "linked"],
                condition=Q(linked__isnull=False),
                name="a_strategy_is_linked_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"A link of {self.strategy_id}"


class Consultation(models.Model):
    """One row of the log: who was asked, when, how, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="consultations")
    who = models.CharField(max_length=200)
    since = models.DateField("from", null=True, blank=True)
    until = models.DateField("to", null=True, blank=True)
    how = models.CharField(max_length=300, blank=True)
    outcome = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["strategy", F("since").asc(nulls_last=True), "who", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                name="a_consultation_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return self.who


class Amendment(models.Model):
    """A change of an adopted strategy under delegated authority. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    decided_on = models.DateField()
    decided_by = models.CharField("who decided", max_length=200)
    consulted = models.CharField("in consultation with", max_length=200, blank=True)
    reason = models.TextField()
    decision_record = models.CharField("record of the officer decision", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["strategy", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"], name="amendments_are_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"Amendment {self.number}"


class AmendedText(models.Model):
    """What one of the strategy's texts said before an amendment and after it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="texts")
    key = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["amendment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "key"], name="a_text_is_amended_once_an_amendment"
            )
        ]

    def __str__(self) -> str:
        return Strategy.TEXTS.get(self.key, self.key)
