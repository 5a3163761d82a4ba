"""Delivery plans: what is done in a part of a strategy's years."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view, nothing_there, reader_view
from boroughs.actions.plans import add_plan, change_plan, refresh_plan
from boroughs.editing import Edit, warn
from boroughs.forms import (
    PlanChangeForm,
    PlanFilterForm,
    PlanForm,
    PlanPeriodForm,
    ReportForm,
    done,
    filled,
)
from boroughs.models import Action, DeliveryPlan, plans_of
from boroughs.plan_page import chosen, counts, grouped, mark
from boroughs.plan_policies import organisations_of, why_not_add_action, why_not_refresh
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from boroughs.strategy_policies import why_not_keep

from .strategies import note_if_closed, strategies_of, strategy_or_404


def plan_or_404(request: BoroughRequest, pk: UUID) -> DeliveryPlan:
    plans = plans_of(strategies_of(request))
    plan = plans.filter(pk=pk).first() or nothing_there(request)
    plan.strategy.borough = request.borough
    return plan


def to_plan(plan: DeliveryPlan, query: str = "", at: str = "") -> HttpResponse:
    response = redirect("boroughs:plan-show", plan.strategy.borough.slug, plan.pk)
    response["Location"] += f"?{query}" * bool(query) + f"#{at}" * bool(at)
    return response


@reader_view(Perm.READ_PLAN, "GET", "HEAD")
def plan_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """What a steering group works from: filtered, counted, printed; one action at a time is reported on in its place."""
    plan, today = plan_or_404(request, pk), timezone.localdate()
    note_if_closed(request, plan.strategy)
    actions = list(plan.actions.in_order())
    asked = PlanFilterForm(request.GET, actions=actions, priority_word=plan.strategy.priority_word)
    shown = chosen(actions, asked.chosen, today)
    mark(actions, today)
    query = request.GET.copy()
    query.pop("edit", None)
    context = {
        "plan": plan,
        "strategy": plan.strategy,
        "groups": grouped(shown),
        "shown": len(shown),
        "total": len(actions),
        "asked": asked,
        "counts": counts(actions, today, plan.strategy.level("priority", "priority")),
        "states": [state.label for state in Action.State],
        "query": query.urlencode(),
        **_may(request, plan, shown),
    }
    return render(request, "boroughs/plan_show.html", context)


def _may(request: BoroughRequest, plan: DeliveryPlan, shown: list[Action]) -> dict[str, Any]:
    """What the visitor may do here; the one action that is edited in its place, with its form."""
    keeps = Perm.KEEP_RECORD in request.granted
    live = not why_not_add_action(plan)
    own = organisations_of(request.user, request.borough) if live and not keeps else set()
    may = {action.pk for action in shown if live and (keeps or action.organisation_id in own)}
    edited = next((a for a in shown if str(a.pk) == request.GET.get("edit") and a.pk in may), None)
    return {
        "keeps": keeps,
        "may_add": keeps and live,
        "may_report": may,
        "edited": edited,
        "form": ReportForm(initial=ReportForm.said_in(edited)) if edited else None,
        "later": plan.later_of(),
    }


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def plan_add(request: BoroughRequest, strategy: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    initial = {"starts_on": found.starts_on, "ends_on": found.ends_on}
    form = filled(PlanForm, request, initial, borough=request.borough)
    added: list[DeliveryPlan] = []

    def add() -> None:
        added.append(add_plan(strategy=found, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{added[0]} was added.")
        warn_after_saving(request, form, request.path)
        return to_plan(added[0])
    context = {"form": form, "strategy": found, "why_not": why_not_keep(found)}
    return render(request, "boroughs/plan_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def plan_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    plan = plan_or_404(request, pk)
    strategy = plan.strategy
    edit = Edit(request, PlanChangeForm, plan, borough=request.borough)
    if edit.saved(lambda **said: change_plan(plan=plan, **said)):
        messages.success(request, f"{plan} was changed.")
        warn(request, edit.form, request.path, closed=strategy.is_closed)
        plan.strategy = strategy
        return to_plan(plan)
    context = {"plan": plan, "why_not": why_not_keep(strategy)}
    return edit.page("boroughs/plan_change.html", closed=strategy.is_closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def plan_refresh(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A later plan begins with what is unfinished in this one."""
    plan = plan_or_404(request, pk)
    form = filled(PlanPeriodForm, request)
    made: list[DeliveryPlan] = []

    def refresh() -> None:
        made.append(refresh_plan(plan=plan, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, refresh):
        messages.success(request, f"{made[0]} begins with what was unfinished.")
        return to_plan(made[0])
    context = {
        "form": form,
        "plan": plan,
        "unfinished": plan.actions.unfinished().order_by("priority__position", "position"),
        "why_not": why_not_refresh(plan),
    }
    return render(request, "boroughs/plan_refresh.html", context)
