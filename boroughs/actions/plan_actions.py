"""Keeping the actions of a plan, and reporting progress on them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Action, DeliveryPlan, ProgressNote
from boroughs.plan_policies import (
    why_not_add_action,
    why_not_area,
    why_not_due,
    why_not_note,
    why_not_remove_action,
    why_not_report,
    why_not_state,
    why_not_write_action,
)
from boroughs.policies import Refused

from .closed_words import forget, remember
from .plans import hold
from .saving import save_over


def _refuse(why: str | None, field: str = "") -> None:
    if why:
        raise Refused(why, field=field)


def _done(deed: str, action: Action, *, by: User, **facts: Any) -> None:
    borough_id = action.plan.strategy.borough_id
    record(deed, by=by, borough_id=borough_id, subject=action, **facts)


@transaction.atomic
def add_action(*, plan: DeliveryPlan, by: User, **said: Any) -> Action:
    """At the end of those under its priority and area. Raises Refused for one of a strategy that is over."""
    hold(plan.strategy)
    _refuse(why_not_add_action(plan))
    _refuse(why_not_due(plan, said.get("due_on")), "due_on")
    priority, area = said.get("priority"), said.get("area")
    _refuse(why_not_area(priority, area), "area")
    beside = plan.actions.filter(priority=priority, area=area)
    action = Action.objects.create(plan=plan, position=beside.count() + 1, changed_by=by, **said)
    remember(plan.strategy.closure, action)
    _done("action.added", action, by=by)
    return action


@transaction.atomic
def change_action(*, action: Action, seen: int, by: User, **said: Any) -> None:
    """Other words, owner or day. Raises Refused and ChangedMeanwhile."""
    hold(action.plan.strategy)
    _refuse(why_not_write_action(action))
    _refuse(why_not_due(action.plan, said["due_on"], before=action.due_on), "due_on")
    _refuse(why_not_area(said["priority"], said["area"]), "area")
    if (action.priority, action.area) != (said["priority"], said["area"]):
        beside = action.plan.actions.filter(priority=said["priority"], area=said["area"])
        said["position"] = beside.count() + 1
    save_over(action, **said, seen=seen, by=by)
    remember(action.plan.strategy.closure, action)
    _done("action.changed", action, by=by)


@transaction.atomic
def report_action(
    *,
    action: Action,
    state: str,
    stopped_reason: str = "",
    note: str = "",
    on: dt.date | None = None,
    seen: int,
    by: User,
) -> bool:
    """The state it is in and what there is to say; False when it says the same already.

    Raises Refused for another organisation's action, and ChangedMeanwhile.
    """
    today = timezone.localdate()
    on = on or today
    _refuse(why_not_report(action, action.plan.strategy.borough, by))
    _refuse(why_not_state(state, stopped_reason), "stopped_reason")
    _refuse(why_not_note(on, today), "on")
    if state != Action.State.STOPPED:
        stopped_reason = ""
    said = {"state": state, "stopped_reason": stopped_reason}
    changed = state if state != action.state else ""
    same = all(getattr(action, name) == value for name, value in said.items())
    if same and not note and action.version == seen:
        return False
    save_over(action, **said, seen=seen, by=by)
    remember(action.plan.strategy.closure, action)
    if changed or note:
        news = ProgressNote.objects.create(action=action, on=on, state=changed, text=note, by=by)
        remember(action.plan.strategy.closure, news)
    _done("action.reported", action, by=by, state=state)
    return True


@transaction.atomic
def remove_action(*, action: Action, by: User) -> None:
    """One that was entered by mistake. Raises Refused once progress was reported on it."""
    hold(action.plan.strategy)
    _refuse(why_not_remove_action(action))
    forget(action.plan.strategy.closure, action)
    _done("action.removed", action, by=by)
    action.delete()
