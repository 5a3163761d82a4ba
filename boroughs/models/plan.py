"""Priorities and areas of focus of a strategy, the delivery plans under it, and their actions."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User

from .borough import Borough
from .committee import Committee
from .strategy import Strategy


class Organisation(models.Model):
    """A partner whose people report on its own actions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    borough = models.ForeignKey(Borough, models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["borough", "name"], name="one_organisation_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Priority(models.Model):
    """The first level of a strategy, whatever the strategy calls it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="priorities")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    about = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "priorities"
        ordering = ["strategy", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Area(models.Model):
    """An area of focus under a priority."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="areas")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["priority", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class DeliveryPlan(models.Model):
    """What is to be done in a part of a strategy's years; often a plan a year, with an adopter of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=200)
    starts_on = models.DateField("begins")
    ends_on = models.DateField("ends")
    adopted_by = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="plans_adopted"
    )
    adopted_on = models.DateField(null=True, blank=True)
    refreshed_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="refreshed_by"
    )
    illustrative = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["strategy", "-starts_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(adopted_on=None) | Q(adopted_by__isnull=False),
                name="an_adopted_plan_says_who_adopted_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> str:
        return f"{self.starts_on.day} {self.starts_on:%B %Y} to {self.ends_on.day} {self.ends_on:%B %Y}"

    def later_of(self) -> "DeliveryPlan | None":
        """The plan that carried this one forward, if there is one."""
        return DeliveryPlan.objects.filter(refreshed_from=self).first()


class ActionQuerySet(models.QuerySet["Action"]):
    def in_order(self) -> Self:
        """By priority and area as the strategy numbers them, with the last news and whether it was carried forward."""
        notes = ProgressNote.objects.filter(action=OuterRef("pk")).order_by("-on", "-at")
        carried = Action.objects.filter(carried_from=OuterRef("pk"))
        return (
            self.select_related("priority", "area", "organisation", "changed_by")
            .annotate(
                last_on=Subquery(notes.values("on")[:1]),
                last_text=Subquery(notes.values("text")[:1]),
                was_carried=Exists(carried),
            )
            .order_by(
                F("priority__position").asc(nulls_last=True),
                F("area__position").asc(nulls_first=True),
                "position",
                "pk",
            )
        )

    def with_news(self) -> Self:
        """`news_on`: the day of the last note, or of its beginning. One join, where sub-selects would be planned for every
        mention of the day."""
        return self.annotate(news_on=Coalesce(Max("notes__on"), F("added_on")))

    def unfinished(self) -> Self:
        return self.filter(state__in=Action.UNFINISHED)

    def overdue(self, today: dt.date) -> Self:
        """Unfinished ones past their day that nobody carried into a later plan."""
        return self.unfinished().filter(due_on__lt=today, carried_to=None)


class Action(models.Model):
    """A line of a plan: who does what by when. Overdue and without news are worked out, never kept."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", "Not started"
        IN_PROGRESS = "in_progress", "In progress"
        COMPLETE = "complete", "Complete"
        STOPPED = "stopped", "Stopped"

    UNFINISHED = (State.NOT_STARTED, State.IN_PROGRESS)
    QUIET_AFTER = 90  # days without a progress note
    TONES = {"in_progress": "blue", "complete": "green", "stopped": "grey"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(DeliveryPlan, models.PROTECT, related_name="actions")
    priority = models.ForeignKey(
        Priority, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="actions")
    position = models.PositiveSmallIntegerField()
    title = models.TextField()
    owner_post = models.CharField("owner", max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    partners = models.CharField("together with", max_length=300, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    timing = models.CharField("when, in the plan’s words", max_length=100, blank=True)
    resources = models.CharField(max_length=300, blank=True)
    success_measure = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.NOT_STARTED)
    stopped_reason = models.TextField(blank=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    illustrative = models.BooleanField(default=False)
    added_on = models.DateField(default=timezone.localdate)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="actions_changed"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(stopped_reason=""),
                name="a_stopped_action_says_why",
            ),
            models.CheckConstraint(
                condition=Q(area=None) | Q(priority__isnull=False),
                name="an_area_stands_under_its_priority",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED

    @property
    def tone(self) -> str:
        return self.TONES.get(self.state, "")

    def is_overdue(self, today: dt.date) -> bool:
        carried = getattr(self, "was_carried", False)
        return self.is_unfinished and not carried and bool(self.due_on and self.due_on < today)

    def days_without_news(self, today: dt.date) -> int:
        """Days since the last progress note, or since it was added."""
        last: dt.date = getattr(self, "last_on", None) or self.added_on
        return max(0, (today - last).days)

    def is_quiet(self, today: dt.date) -> bool:
        carried = getattr(self, "was_carried", False)
        quiet = self.days_without_news(today) > self.QUIET_AFTER
        return self.is_unfinished and not carried and quiet


class ProgressNote(models.Model):
    """What was reported on an action on a day. Rows are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, models.PROTECT, related_name="notes")
    on = models.DateField("date")
    state = models.CharField("state since", max_length=12, choices=Action.State, blank=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="progress_notes")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["action", "-on", "-at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="") | ~Q(text=""), name="a_progress_note_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.text or self.get_state_display()}"


def plans_of(strategies: models.QuerySet[Strategy]) -> models.QuerySet[DeliveryPlan]:
    """The plans under strategies that somebody may see."""
    return DeliveryPlan.objects.filter(strategy__in=strategies).select_related(
        "strategy__closure", "adopted_by", "refreshed_from"
    )


def areas_of(strategy: Strategy) -> models.QuerySet[Area]:
    """Every area of the strategy, in its order."""
    areas = Area.objects.filter(priority__strategy=strategy).select_related("priority")
    return areas.order_by("priority__position", "position", "pk")


def actions_of(borough: Borough, user: User) -> ActionQuerySet:
    """The actions of those plans."""
    visible = Strategy.objects.filter(borough=borough).visible_to(user)
    return Action.objects.filter(plan__strategy__in=visible)


def history_of(action: Action) -> list[Action]:
    """The action and what it was carried from, newest first, each with its notes."""
    found, step = [action], action
    while step.carried_from_id and step.carried_from is not None and len(found) < 50:
        step = step.carried_from
        found.append(step)
    models.prefetch_related_objects(found, "notes__by", "plan")
    return found
