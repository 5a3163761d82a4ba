"""Whose requests a person behind the door may read: what committees asked for, and what came of it."""

from django.db.models import Prefetch, QuerySet

from .access import BoroughRequest
from .models import Committee, LinkedAction, Recommendation, RecommendationQuerySet
from .models.closure import seats_today
from .roles import Perm

EVERY_COMMITTEE = {Perm.READ_RECORD, Perm.MANAGE_MEETINGS}


def committees_heard(request: BoroughRequest) -> QuerySet[Committee]:
    """Every committee for officers; for members those on which they hold a seat today."""
    committees = request.borough.committees.all()
    if EVERY_COMMITTEE & request.granted:
        return committees
    return committees.filter(pk__in=seats_today(request.user).values("committee"))


def requests_heard(request: BoroughRequest) -> RecommendationQuerySet:
    """What those committees asked for, newest first; never anything closed, whoever asks."""
    asked = Recommendation.objects.filter(review__borough=request.borough).of_open_reviews()
    asked = asked.filter(review__meeting__committee__in=committees_heard(request))
    rows = asked.asked_by_committees().select_related(
        "review__meeting__committee", "report_to", "reported_at__committee"
    )
    links = LinkedAction.objects.of_open_strategies()
    return rows.prefetch_related("steps", Prefetch("linked", queryset=links, to_attr="shown_links"))
