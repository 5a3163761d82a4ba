"""May this be done under a strategy now: the reason why not, or None."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User

from .models import (
    Action,
    Area,
    Borough,
    DeliveryPlan,
    Membership,
    Organisation,
    Priority,
    Strategy,
)
from .policies import day
from .roles import Perm, Role, permissions_of
from .strategy_policies import why_not_keep


# -- Plans -------------------------------------------------------------------------------------------
def why_not_plan_period(
    strategy: Strategy, starts_on: dt.date, ends_on: dt.date
) -> tuple[str, str] | None:
    """Inside the strategy's years, and forwards; the field it belongs to and the reason."""
    if ends_on < starts_on:
        return "ends_on", f"A plan ends after it begins. Enter {day(starts_on)} or a later day."
    if starts_on < strategy.starts_on:
        return (
            "starts_on",
            f"The strategy begins on {day(strategy.starts_on)}. A plan under it begins on that day or later.",
        )
    if ends_on > strategy.ends_on:
        return (
            "ends_on",
            f"The strategy ends on {day(strategy.ends_on)}. A plan under it ends on that day or earlier.",
        )
    return None


def why_not_plan_outside(strategy: Strategy, starts_on: dt.date, ends_on: dt.date) -> str | None:
    """A strategy's own period still holds its plans."""
    outside = strategy.plans.exclude(starts_on__gte=starts_on, ends_on__lte=ends_on).first()
    if outside:
        return f"The plan “{outside}” runs from {outside.period}. The strategy's period has to hold it."
    return None


def why_not_plan_adopted(adopted_by: object, adopted_on: dt.date | None) -> str | None:
    """A day of adoption has its body."""
    if adopted_on and not adopted_by:
        return "Choose the committee that adopted the plan on this day."
    return None


def why_not_refresh(plan: DeliveryPlan) -> str | None:
    """A plan is carried forward once."""
    if why := why_not_keep(plan.strategy):
        return why
    if DeliveryPlan.objects.filter(refreshed_from=plan).exists():
        return "This plan was carried forward already."
    return None


# -- Levels ------------------------------------------------------------------------------------------
def why_not_remove_level(level: Priority | Area) -> str | None:
    """What actions or areas stand under stays."""
    if level.actions.exists():
        return "Actions stand under it. Move them first."
    if isinstance(level, Priority) and level.areas.exists():
        return "Areas stand under it. Remove them first."
    return None


# -- Actions -----------------------------------------------------------------------------------------
def why_not_write_action(action: Action) -> str | None:
    """An action of a strategy that is over stays as it is; so does one that was carried forward."""
    if why := why_not_keep(action.plan.strategy):
        return why
    if Action.objects.filter(carried_from=action).exists():
        return "This action was carried forward into a later plan. Update it there."
    return None


def why_not_add_action(plan: DeliveryPlan) -> str | None:
    """Nothing is added to what is over or was carried forward."""
    return why_not_refresh(plan)


def why_not_due(
    plan: DeliveryPlan, due_on: dt.date | None, *, before: dt.date | None = None
) -> str | None:
    """An action is due after its plan begins; what was carried forward keeps its day."""
    if due_on and due_on != before and due_on < plan.starts_on:
        return f"The plan begins on {day(plan.starts_on)}. Enter that day or a later one, or leave it empty."
    return None


def why_look_again_at_due(
    plan: DeliveryPlan, due_on: dt.date | None, *, before: dt.date | None = None
) -> str | None:
    """What to look at again, and no refusal: councils adopt plans of a year with work that lasts longer, and the record says
    what was adopted; but such a day is as often a slip of the year."""
    if due_on and due_on != before and due_on > plan.ends_on:
        return f"The plan ends on {day(plan.ends_on)}, before {day(due_on)}. It may stay so if that is meant"
    return None


def why_not_area(priority: Priority | None, area: Area | None) -> str | None:
    """An area is one of the priority's."""
    if area and (priority is None or area.priority_id != priority.pk):
        return "This area stands under another priority. Choose both again."
    return None


def why_not_state(state: str, stopped_reason: str) -> str | None:
    """Whoever stops an action says why."""
    if state == Action.State.STOPPED and not stopped_reason:
        return "Say why the action was stopped."
    return None


def why_not_note(on: dt.date, today: dt.date) -> str | None:
    """News is of today or before."""
    if on > today:
        return f"Progress is noted once it is made. Enter {day(today)} or an earlier day."
    return None


def why_not_remove_action(action: Action) -> str | None:
    """What was reported on is stopped, with the reason, and stays."""
    if action.notes.exists() or action.carried_from_id:
        return "Progress was reported on this action. Stop it and say why instead."
    if action.asked_for.exists():
        return "A review’s recommendation is linked to this action. Unlink it there first, or stop the action."
    return why_not_write_action(action)


def own_organisations(user: User, borough: Borough) -> QuerySet[Organisation]:
    """The organisations on whose actions the person reports."""
    live = Membership.objects.live().filter(user=user, borough=borough, role=Role.CONTRIBUTOR)
    return Organisation.objects.filter(memberships__in=live)


def organisations_of(user: User, borough: Borough) -> set[UUID]:
    """Their keys."""
    return set(own_organisations(user, borough).values_list("pk", flat=True))


def why_not_report(action: Action, borough: Borough, by: User) -> str | None:
    """Keepers report on every action, a contributor on those of their own organisation."""
    live = Membership.objects.live().filter(user=by, borough=borough)
    roles = {Role(role) for role in live.values_list("role", flat=True)}
    if Perm.KEEP_RECORD in permissions_of(roles):
        return why_not_write_action(action)
    own = organisations_of(by, borough)
    if not own:
        return "The lead has not said yet which organisation you report for. Ask the lead."
    if action.organisation_id not in own:
        return "This is another organisation's action. You report on your own organisation's."
    return why_not_write_action(action)


def why_not_organisation(
    borough: Borough, name: str, *, of: Organisation | None = None
) -> str | None:
    """Two organisations have two names."""
    others = borough.organisations.exclude(pk=of.pk) if of else borough.organisations.all()
    if others.filter(name__iexact=name).exists():
        return "An organisation of this name is recorded. Use that one."
    return None
