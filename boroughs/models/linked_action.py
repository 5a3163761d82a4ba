"""Which actions of delivery plans are done for what a review asks for."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User

from .plan import Action
from .review import Recommendation, Review
from .strategy import Strategy


class LinkedActionQuerySet(models.QuerySet["LinkedAction"]):
    def to_actions_under(self, strategies: models.QuerySet[Strategy]) -> Self:
        """With the action and its plan; what was carried forward stands in the later plan alone."""
        rows = self.filter(action__plan__strategy__in=strategies, action__carried_to=None)
        related = "action__plan__strategy__closure", "action__organisation", "recommendation"
        return rows.select_related(*related).order_by(
            "action__due_on", "action__position", "action"
        )

    def from_reviews(self, reviews: models.QuerySet[Review]) -> Self:
        """With the recommendation and its review, newest review first."""
        rows = self.filter(recommendation__review__in=reviews)
        related = "recommendation__review__closure", "recommendation__review__meeting__committee"
        return rows.select_related(*related).order_by(
            "-recommendation__review__starts_on", "recommendation__position", "pk"
        )

    def visible_to(self, user: User) -> Self:
        """Those of which the person may see both ends."""
        return self.filter(
            recommendation__review__in=Review.objects.visible_to(user),
            action__plan__strategy__in=Strategy.objects.visible_to(user),
        )

    def of_open_strategies(self) -> Self:
        """Nothing closed, whoever asks."""
        released = Q(closure=None) | Q(closure__released_at__isnull=False)
        return self.to_actions_under(Strategy.objects.filter(released))


class LinkedAction(models.Model):
    """An action of a delivery plan that answers a recommendation, of the same borough. Rows are added and removed, never
    changed; PostgreSQL removes one with either end, also where nobody who removes that end may see the other, and copies
    it to the action that carries its own forward (migration boroughs/0040)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, models.DO_NOTHING, related_name="linked", db_constraint=False
    )
    action = models.ForeignKey(
        Action, models.DO_NOTHING, related_name="asked_for", db_constraint=False
    )
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now)

    objects = LinkedActionQuerySet.as_manager()

    class Meta:
        ordering = ["recommendation", "linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "action"], name="an_action_answers_a_recommendation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.action_id}"

    @property
    def is_overdue(self) -> bool:
        return self.action.is_overdue(timezone.localdate())


def progress_of(links: Iterable[LinkedAction], today: dt.date) -> str:
    """How far the linked actions are, in words; empty when there are none."""
    actions = [link.action for link in links]
    if not actions:
        return ""
    of_all = len(actions)
    complete = sum(action.state == Action.State.COMPLETE for action in actions)
    stopped = sum(action.state == Action.State.STOPPED for action in actions)
    overdue = sum(action.is_overdue(today) for action in actions)
    said = [f"{complete} of {of_all} action{'s' * (of_all > 1)} in the delivery plan complete"]
    said += [f"{stopped} stopped"] * bool(stopped) + [f"{overdue} overdue"] * bool(overdue)
    return ", ".join(said) + "."
