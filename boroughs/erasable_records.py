"""What of strategies, plans, reviews, risks, boards, figures and duties can be erased; the functions that do it are in
migration 0032_purge_records."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User

from .figures import catalogue_of
from .models import (
    Borough,
    Priority,
    Recommendation,
    Strategy,
    actions_of,
    plans_of,
)
from .purging import Erasable, Kind, offer
from .roles import Perm

FUNCTION = "boroughs_purge_record"
ALL = {"": "All its words"}


def _strategies(borough: Borough, user: User) -> QuerySet[Strategy]:
    return Strategy.objects.filter(borough=borough).visible_to(user).select_related("closure")


def _about(
    row: object, route: str, keys: list[object], parts: Mapping[str, str], closure: object = None
) -> Erasable:
    return Erasable(str(row), reverse(route, args=keys), parts, closure)  # type: ignore[arg-type]  # a Closure or None


def strategy(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = _strategies(borough, user).filter(pk=record).first()
    if found is None or Perm.READ_PLAN not in granted:
        return None
    parts = {
        "words": "Its own words, and those about linked strategies",
        "consultation": "The consultation log",
        "amendments": "The amendments: reasons, and what was changed",
        "": "All three",
    }
    keys = [borough.slug, found.pk]
    return _about(found, "boroughs:strategy-show", keys, parts, found.closure)


def priority(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    rows = Priority.objects.filter(strategy__in=_strategies(borough, user))
    found = rows.select_related("strategy__closure").filter(pk=record).first()
    if found is None or Perm.READ_PLAN not in granted:
        return None
    keys = [borough.slug, found.strategy_id]
    parts = {"": "Its words, and the titles of what stands under it"}
    return _about(found, "boroughs:strategy-show", keys, parts, found.strategy.closure)


def plan(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    found = plans_of(_strategies(borough, user)).filter(pk=record).first()
    if found is None or Perm.READ_PLAN not in granted:
        return None
    keys = [borough.slug, found.pk]
    parts = {"": "Its title; each action has its own page"}
    return _about(found, "boroughs:plan-show", keys, parts, found.strategy.closure)


def action(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    rows = actions_of(borough, user).select_related("plan__strategy__closure")
    found = rows.filter(pk=record).first()
    if found is None or Perm.READ_PLAN not in granted:
        return None
    parts = {
        "words": "What is to be done, who helps, its measure and why it was stopped",
        "notes": "The progress notes",
        "": "All of it, in every plan it was carried through",
    }
    keys = [borough.slug, found.plan_id, found.pk]
    return _about(found, "boroughs:action-show", keys, parts, found.plan.strategy.closure)


def review(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    rows = borough.reviews.visible_to(user).select_related("closure")
    found = rows.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    parts = {
        "words": "Title, reviewers, judgement, findings and source",
        "asked": "All that it asks for, with answers and actions",
        "": "All of it",
    }
    return _about(found, "boroughs:review-show", [borough.slug, found.pk], parts, found.closure)


def recommendation(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    rows = Recommendation.objects.filter(review__borough=borough).visible_to(user)
    found = rows.select_related("review__closure").filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    keys = [borough.slug, found.review_id]
    parts = {"": "What is asked for, the answer, and its actions"}
    return _about(found, "boroughs:review-show", keys, parts, found.review.closure)


def risk(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    rows = borough.risks.visible_to(user).select_related("closure")
    found = rows.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    parts = {"": "All its words, and those of its history"}
    return _about(found, "boroughs:risk-show", [borough.slug, found.pk], parts, found.closure)


def board(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    found = borough.committees.boards().filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    parts = {
        "words": "Chair’s post, terms of reference, organisations and posts",
        "meetings": "Why meetings were not held",
        "": "All of it",
    }
    return _about(found, "boroughs:board-show", [borough.slug, found.pk], parts)


def figure(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    found = borough.figures.visible_to(user).select_related("closure").filter(pk=record).first()
    known = catalogue_of(borough).get(found.indicator) if found else None
    if found is None or known is None or Perm.READ_RECORD not in granted:
        return None
    parts = {"": "Note, source and reasons, now and before; the numbers stay"}
    title = f"{known.name}, {found.period}"
    return _about(title, "boroughs:figure-show", [borough.slug, known.key], parts, found.closure)


def indicator(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    found = borough.own_indicators.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    return _about(found.name, "boroughs:figure-show", [borough.slug, found.key], ALL)


def duty(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    found = borough.duties.filter(pk=record).first()
    if found is None or Perm.READ_RECORD not in granted:
        return None
    parts = {"words": "Title, who is told, and the post", "notes": "The notes", "": "All of it"}
    return _about(found, "boroughs:duty-show", [borough.slug, found.pk], parts)


offer(Kind("strategy", "The words of a strategy", strategy, [FUNCTION]))
offer(Kind("priority", "The words of a priority", priority, [FUNCTION]))
offer(Kind("plan", "The title of a delivery plan", plan, [FUNCTION]))
offer(Kind("action", "The words of an action, and its progress notes", action, [FUNCTION]))
offer(Kind("review", "The words of a review", review, [FUNCTION]))
offer(Kind("recommendation", "A recommendation with its answer", recommendation, [FUNCTION]))
offer(Kind("risk", "The words of a risk, and its history", risk, [FUNCTION]))
offer(Kind("board", "The words of a board", board, [FUNCTION]))
offer(Kind("figure", "What is noted beside a figure", figure, [FUNCTION]))
offer(Kind("indicator", "The words of an indicator", indicator, [FUNCTION]))
offer(Kind("duty", "The words of a duty in the calendar", duty, [FUNCTION]))
