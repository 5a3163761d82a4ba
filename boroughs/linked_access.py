"""Which links between recommendations and actions a person behind the door may read: those of which both ends are theirs to
read, each by the permission of its own page or by the list of a closed one."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from .access import BoroughRequest, readable
from .models import Action, DeliveryPlan, LinkedAction, Recommendation, Review, Strategy, plans_of
from .models.linked_action import LinkedActionQuerySet
from .roles import Perm

OVER = [Strategy.State.SUPERSEDED, Strategy.State.WITHDRAWN]


def strategies_read(request: BoroughRequest) -> QuerySet[Strategy]:
    """Whatever page asks: by Perm.READ_PLAN, or by the list alone."""
    return readable(request, request.borough.strategies.all(), Perm.READ_PLAN)


def reviews_read(request: BoroughRequest) -> QuerySet[Review]:
    """Whatever page asks: by Perm.READ_RECORD, or by the list alone."""
    return readable(request, request.borough.reviews.all(), Perm.READ_RECORD)


def links_of(request: BoroughRequest, recommendation: Recommendation) -> LinkedActionQuerySet:
    """To the actions of plans that the visitor reads."""
    links = LinkedAction.objects.filter(recommendation=recommendation)
    return links.to_actions_under(strategies_read(request))


def with_links(request: BoroughRequest) -> "Prefetch[str, LinkedActionQuerySet, str]":
    """The same for many recommendations: `shown_links`."""
    links = LinkedAction.objects.to_actions_under(strategies_read(request))
    return Prefetch("linked", queryset=links, to_attr="shown_links")


def asking_for(request: BoroughRequest, action: Action) -> LinkedActionQuerySet:
    """From the reviews that the visitor reads."""
    return LinkedAction.objects.filter(action=action).from_reviews(reviews_read(request))


def open_plans(request: BoroughRequest) -> list[DeliveryPlan]:
    """Those in which work goes on: of strategies that are not over, and not carried forward themselves."""
    plans = plans_of(strategies_read(request).exclude(state__in=OVER)).filter(refreshed_by=None)
    return list(plans.order_by("-starts_on", "title", "pk"))


def offered(
    plans: list[DeliveryPlan], links: list[LinkedAction]
) -> list[tuple[DeliveryPlan, list[Action]]]:
    """Their actions that are not linked yet; a plan without any is left out."""
    actions: dict[UUID, list[Action]] = {plan.pk: [] for plan in plans}
    rows = Action.objects.filter(plan__in=actions).exclude(pk__in=[row.action_id for row in links])
    for action in rows.in_order():
        actions[action.plan_id].append(action)
    offered = [(plan, actions[plan.pk]) for plan in plans if actions[plan.pk]]
    for plan, its in offered:
        for action in its:
            action.plan = plan
    return offered
