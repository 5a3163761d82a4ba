"""Keeping priorities, areas of focus and delivery plans, and the organisations that own actions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.closed_words import forget, remember
from boroughs.actions.saving import REMOVED, refuse, save_over
from boroughs.carrying import carry_along
from boroughs.models import (
    Action,
    Area,
    Borough,
    Committee,
    DeliveryPlan,
    Membership,
    Organisation,
    Priority,
    Strategy,
)
from boroughs.plan_policies import (
    why_not_organisation,
    why_not_plan_adopted,
    why_not_plan_period,
    why_not_refresh,
    why_not_remove_level,
)
from boroughs.policies import Refused
from boroughs.register_policies import why_not_yet
from boroughs.roles import Role
from boroughs.strategy_policies import why_not_keep

CARRIED = (
    "priority_id",
    "area_id",
    "position",
    "title",
    "owner_post",
    "organisation_id",
    "partners",
    "due_on",
    "timing",
    "resources",
    "success_measure",
    "state",
    "illustrative",
)
UP, DOWN = "up", "down"
Row = TypeVar("Row", Priority, Area, Action)


def hold(strategy: Strategy) -> Strategy:
    """What stands under a strategy is written by one person at a time. Raises Refused when the strategy is over."""
    held = Strategy.objects.select_for_update(of=("self",)).get(pk=strategy.pk)
    if why := why_not_keep(held):
        raise Refused(why)
    return held


def _done(deed: str, strategy: Strategy, *, by: User, **facts: Any) -> None:
    record(deed, by=by, borough_id=strategy.borough_id, subject=strategy, **facts)


# -- Levels ------------------------------------------------------------------------------------------
@transaction.atomic
def add_priority(
    *, strategy: Strategy, title: str, about: str = "", areas: Iterable[str] = (), by: User
) -> Priority:
    """At the end of the strategy's priorities, with the areas that stand under it."""
    hold(strategy)
    position = strategy.priorities.count() + 1
    priority = Priority.objects.create(
        strategy=strategy, position=position, title=title, about=about
    )
    remember(strategy.closure, priority)
    _done("priority.added", strategy, by=by, number=position)
    add_areas(priority=priority, titles=areas, by=by)
    return priority


@transaction.atomic
def change_priority(*, priority: Priority, title: str, about: str, seen: int, by: User) -> None:
    """Raises ChangedMeanwhile when somebody else saved since `seen`."""
    hold(priority.strategy)
    save_over(priority, seen=seen, by=by, title=title, about=about)
    remember(priority.strategy.closure, priority)
    _done("priority.changed", priority.strategy, by=by, number=priority.position)


@transaction.atomic
def add_area(*, priority: Priority, title: str, by: User) -> Area:
    """At the end of the priority's areas. Raises Refused when the priority was removed just now."""
    if not hold(priority.strategy).priorities.filter(pk=priority.pk).exists():
        raise Refused(REMOVED)
    area = Area.objects.create(priority=priority, position=priority.areas.count() + 1, title=title)
    remember(priority.strategy.closure, area)
    _done("area.added", priority.strategy, by=by, number=area.position)
    return area


@transaction.atomic
def add_areas(*, priority: Priority, titles: Iterable[str], by: User) -> None:
    """All of them or none, in their order."""
    for title in titles:
        add_area(priority=priority, title=title, by=by)


@transaction.atomic
def change_area(*, area: Area, title: str, seen: int, by: User) -> None:
    """Raises ChangedMeanwhile when somebody else saved since `seen`."""
    hold(area.priority.strategy)
    save_over(area, seen=seen, by=by, title=title)
    remember(area.priority.strategy.closure, area)
    _done("area.changed", area.priority.strategy, by=by, number=area.position)


@transaction.atomic
def move_priority(*, priority: Priority, to: str, by: User) -> None:
    """One place up or down; the others are renumbered."""
    hold(priority.strategy)
    if _move(list(priority.strategy.priorities.all()), priority, to):
        _done("priority.moved", priority.strategy, by=by)


@transaction.atomic
def move_area(*, area: Area, to: str, by: User) -> None:
    """One place up or down among its priority's areas."""
    hold(area.priority.strategy)
    if _move(list(area.priority.areas.all()), area, to):
        _done("area.moved", area.priority.strategy, by=by)


@transaction.atomic
def move_action(*, action: Action, to: str, by: User) -> None:
    """One place up or down among the actions under the same priority and area."""
    hold(action.plan.strategy)
    beside = action.plan.actions.filter(priority=action.priority_id, area=action.area_id)
    if _move(list(beside.order_by("position", "pk")), action, to):
        _done("action.moved", action.plan.strategy, by=by)


def _move(rows: list[Row], row: Row, to: str) -> bool:
    here = rows.index(row)
    there = here + {UP: -1, DOWN: 1}.get(to, 0)
    if there == here or not 0 <= there < len(rows):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    return True


def _number(rows: Sequence[Priority | Area | Action]) -> None:
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def remove_priority(*, priority: Priority, by: User) -> None:
    """Raises Refused while anything stands under it."""
    strategy = priority.strategy
    hold(strategy)
    _remove(priority, strategy)
    _number(list(strategy.priorities.all()))
    _done("priority.removed", strategy, by=by)


@transaction.atomic
def remove_area(*, area: Area, by: User) -> None:
    """Raises Refused while actions stand under it."""
    priority = area.priority
    hold(priority.strategy)
    _remove(area, priority.strategy)
    _number(list(priority.areas.all()))
    _done("area.removed", priority.strategy, by=by)


def _remove(level: Priority | Area, strategy: Strategy) -> None:
    if why := why_not_remove_level(level):
        raise Refused(why)
    forget(strategy.closure, level)
    level.delete()


# -- Plans -------------------------------------------------------------------------------------------
@transaction.atomic
def add_plan(
    *,
    strategy: Strategy,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    adopted_by: Committee | None = None,
    adopted_on: dt.date | None = None,
    illustrative: str = "",
    by: User,
) -> DeliveryPlan:
    """Raises Refused when its period is outside the strategy's."""
    _refuse_plan(hold(strategy), starts_on, ends_on, adopted_by, adopted_on)
    plan = DeliveryPlan.objects.create(
        strategy=strategy,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        adopted_by=adopted_by,
        adopted_on=adopted_on,
        illustrative=illustrative,
    )
    remember(strategy.closure, plan)
    facts: dict[str, Any] = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record("plan.added", by=by, borough_id=strategy.borough_id, subject=plan, **facts)
    return plan


@transaction.atomic
def change_plan(
    *,
    plan: DeliveryPlan,
    title: str,
    starts_on: dt.date,
    ends_on: dt.date,
    adopted_by: Committee | None,
    adopted_on: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Raises Refused when its period is outside the strategy's, ChangedMeanwhile when somebody else saved since `seen`."""
    _refuse_plan(hold(plan.strategy), starts_on, ends_on, adopted_by, adopted_on)
    adopted = {"adopted_by": adopted_by, "adopted_on": adopted_on}
    period = {"starts_on": starts_on, "ends_on": ends_on}
    save_over(plan, seen=seen, by=by, title=title, **period, **adopted)
    remember(plan.strategy.closure, plan)
    record("plan.changed", by=by, borough_id=plan.strategy.borough_id, subject=plan)


def _refuse_plan(
    strategy: Strategy,
    starts_on: dt.date,
    ends_on: dt.date,
    adopted_by: Committee | None,
    adopted_on: dt.date | None,
) -> None:
    if wrong := why_not_plan_period(strategy, starts_on, ends_on):
        raise Refused(wrong[1], field=wrong[0])
    adopted = ("adopted_by", why_not_plan_adopted(adopted_by, adopted_on))
    refuse(adopted, ("adopted_on", why_not_yet(adopted_on)))


@transaction.atomic
def refresh_plan(
    *, plan: DeliveryPlan, title: str, starts_on: dt.date, ends_on: dt.date, by: User
) -> DeliveryPlan:
    """A new plan with the unfinished actions of this one, each with what higher floors link to it and leading back to what
    was reported on it before.

    Raises Refused when this one was carried forward already, or the new one's period begins before this one's or is
    outside the strategy's.
    """
    strategy = hold(plan.strategy)
    if why := why_not_refresh(plan):
        raise Refused(why)
    if starts_on <= plan.starts_on:
        raise Refused("The new plan begins after the one it carries forward.", field="starts_on")
    _refuse_plan(strategy, starts_on, ends_on, None, None)
    later = DeliveryPlan.objects.create(
        strategy=strategy,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        refreshed_from=plan,
        illustrative=plan.illustrative,
    )
    carried = [_carried(action, later, by) for action in plan.actions.unfinished()]
    Action.objects.bulk_create(carried)
    remember(strategy.closure, later, *carried)
    carry_along({row.carried_from_id: row.pk for row in carried if row.carried_from_id})
    record(
        "plan.refreshed", by=by, borough_id=strategy.borough_id, subject=later, actions=len(carried)
    )
    return later


def _carried(action: Action, to: DeliveryPlan, by: User) -> Action:
    words = {name: getattr(action, name) for name in CARRIED}
    return Action(plan=to, carried_from=action, changed_by=by, changed_at=timezone.now(), **words)


# -- Organisations -------------------------------------------------------------------------------------
@transaction.atomic
def add_organisation(*, borough: Borough, name: str, by: User) -> Organisation:
    """Raises Refused when one of this name is recorded."""
    Borough.objects.select_for_update().get(pk=borough.pk)
    if why := why_not_organisation(borough, name):
        raise Refused(why, field="name")
    organisation = Organisation.objects.create(borough=borough, name=name)
    record("organisation.added", by=by, borough_id=borough.pk, subject=organisation)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, name: str, seen: int, by: User) -> None:
    """Raises Refused when another has this name, ChangedMeanwhile when somebody else saved since `seen`."""
    if why := why_not_organisation(organisation.borough, name, of=organisation):
        raise Refused(why, field="name")
    save_over(organisation, seen=seen, by=by, name=name)
    record("organisation.changed", by=by, borough_id=organisation.borough_id, subject=organisation)


@transaction.atomic
def set_organisation(
    *, person: User, borough: Borough, organisation: Organisation | None, by: User
) -> None:
    """Say on whose actions a contributor reports. Raises Refused when they are no contributor."""
    live = Membership.objects.live().filter(user=person, borough=borough, role=Role.CONTRIBUTOR)
    if not live.update(organisation=organisation):
        raise Refused(f"{person} is not a contributor. Give them that role first.")
    record("organisation.given", by=by, borough_id=borough.pk, subject=person)
