"""Strategies with all that stands under them."""

from uuid import UUID

from django.db.models import Value

from boroughs.access import BoroughRequest
from boroughs.linked_access import strategies_read
from boroughs.models import (
    Action,
    Amendment,
    Area,
    Consultation,
    DeliveryPlan,
    Priority,
    ProgressNote,
    Strategy,
)
from boroughs.roles import Perm
from boroughs.searching import Kind, Source, offer, once

from .words import day_of, said, under

STRATEGIES = Kind("strategies", "Strategies")
PRIORITIES = Kind("priorities", "Priorities and areas of focus")
PLANS = Kind("plans", "Delivery plans")
ACTIONS = Kind("actions", "Actions and progress notes")
CONSULTATIONS = Kind("consultations", "Consultations")


@once
def strategies(request: BoroughRequest) -> list[UUID]:
    """The keys of those the visitor may read, as on their pages; so are those of reviews and risks."""
    return list(strategies_read(request).values_list("pk", flat=True))


offer(
    Source(
        STRATEGIES,
        Perm.READ_PLAN,
        under(strategies, "pk", Strategy.objects.all()),
        "boroughs:strategy-show",
        title="title",
        texts=(
            "aims",
            "summary",
            "corporate_priorities",
            "consultation_none",
            "state_reason",
            "owner_post",
        ),
        where=said(day_of("starts_on"), Value(" to "), day_of("ends_on")),
        closure="closure",
        listed_too=True,
    ),
    Source(
        STRATEGIES,
        Perm.READ_PLAN,
        under(strategies, "strategy", Amendment.objects.all()),
        "boroughs:amendment-show",
        title=said(Value("Amendment of "), "strategy__title"),
        texts=("reason", "decided_by", "consulted", "decision_record"),
        where=day_of("decided_on"),
        parts=("strategy", "pk"),
        closure="strategy__closure",
        listed_too=True,
        by_title=False,
    ),
    Source(
        PRIORITIES,
        Perm.READ_PLAN,
        under(strategies, "strategy", Priority.objects.all()),
        "boroughs:strategy-show",
        title="title",
        texts=("about",),
        where="strategy__title",
        parts=("strategy",),
        anchor="priorities",
        closure="strategy__closure",
        listed_too=True,
    ),
    Source(
        PRIORITIES,
        Perm.READ_PLAN,
        under(strategies, "priority__strategy", Area.objects.all()),
        "boroughs:strategy-show",
        title="title",
        where=said("priority__title", Value(", "), "priority__strategy__title"),
        parts=("priority__strategy",),
        anchor="priorities",
        closure="priority__strategy__closure",
        listed_too=True,
    ),
    Source(
        PLANS,
        Perm.READ_PLAN,
        under(strategies, "strategy", DeliveryPlan.objects.all()),
        "boroughs:plan-show",
        title="title",
        where=said(
            "strategy__title", Value(", "), day_of("starts_on"), Value(" to "), day_of("ends_on")
        ),
        closure="strategy__closure",
        listed_too=True,
    ),
    Source(
        ACTIONS,
        Perm.READ_PLAN,
        under(strategies, "plan__strategy", Action.objects.all()),
        "boroughs:action-show",
        title="title",
        texts=(
            "success_measure",
            "owner_post",
            "organisation__name",
            "partners",
            "timing",
            "resources",
            "stopped_reason",
        ),
        where="plan__title",
        parts=("plan", "pk"),
        closure="plan__strategy__closure",
        listed_too=True,
    ),
    Source(
        ACTIONS,
        Perm.READ_PLAN,
        under(strategies, "action__plan__strategy", ProgressNote.objects.all()),
        "boroughs:action-show",
        title="action__title",
        texts=("text",),
        where=said(Value("Progress on "), day_of("on")),
        parts=("action__plan", "action"),
        closure="action__plan__strategy__closure",
        listed_too=True,
        by_title=False,
    ),
    Source(
        CONSULTATIONS,
        Perm.READ_PLAN,
        under(strategies, "strategy", Consultation.objects.all()),
        "boroughs:strategy-show",
        title="who",
        texts=("how", "outcome"),
        where="strategy__title",
        parts=("strategy",),
        anchor="consultation",
        closure="strategy__closure",
        listed_too=True,
    ),
)
