"""Linking what a review asks for with the actions of delivery plans that are done for it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.plans import hold
from boroughs.actions.saving import refuse
from boroughs.models import Action, LinkedAction, Recommendation
from boroughs.review_policies import why_not_link_action


@transaction.atomic
def link_plan_action(*, recommendation: Recommendation, action: Action, by: User) -> LinkedAction:
    """Raises Refused for another borough's action, one of a strategy that is over, and one that was carried forward. What
    is linked already stays linked as it was."""
    hold(action.plan.strategy)
    refuse(("actions", why_not_link_action(recommendation, action)))
    link, added = LinkedAction.objects.get_or_create(
        recommendation=recommendation, action=action, defaults={"linked_by": by}
    )
    if added:
        _done("recommendation.action-linked", recommendation, by)
    return link


@transaction.atomic
def link_plan_actions(
    *, recommendation: Recommendation, actions: Iterable[Action], by: User
) -> None:
    """All of them or none. Raises Refused as `link_plan_action` does."""
    for action in actions:
        link_plan_action(recommendation=recommendation, action=action, by=by)


@transaction.atomic
def unlink_plan_action(*, link: LinkedAction, by: User) -> None:
    """The action and the recommendation stay."""
    if LinkedAction.objects.filter(pk=link.pk).delete()[0]:
        _done("recommendation.action-unlinked", link.recommendation, by)


def _done(deed: str, recommendation: Recommendation, by: User) -> None:
    review = recommendation.review
    record(deed, by=by, borough_id=review.borough_id, subject=review)
