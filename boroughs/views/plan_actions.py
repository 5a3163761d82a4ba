"""One action of a plan: its words, its progress, its history; and the actions a visitor reports on."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view, nothing_there, reader_view
from boroughs.actions.plan_actions import add_action, change_action, remove_action, report_action
from boroughs.actions.plans import move_action
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import ActionForm, ConfirmForm, ReportForm, filled
from boroughs.forms import done as done_with
from boroughs.linked_access import asking_for
from boroughs.models import Action, actions_of, history_of
from boroughs.plan_policies import (
    organisations_of,
    why_look_again_at_due,
    why_not_add_action,
    why_not_remove_action,
    why_not_report,
    why_not_write_action,
)
from boroughs.policies import Refused
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm

from .plans import plan_or_404, to_plan
from .strategies import note_if_closed


def action_or_404(request: BoroughRequest, plan: UUID, pk: UUID) -> Action:
    found = plan_or_404(request, plan)
    action = found.actions.in_order().filter(pk=pk).first() or nothing_there(request)
    action.plan = found
    return action


def anchor(action: Action) -> str:
    return f"action-{action.pk}"


@reader_view(Perm.READ_PLAN, "GET", "HEAD")
def action_show(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    """Everything reported on the action, also under the plans it was carried from."""
    action, today = action_or_404(request, plan, pk), timezone.localdate()
    note_if_closed(request, action.plan.strategy)
    why_not = why_not_report(action, request.borough, request.user)
    context = {
        "action": action,
        "plan": action.plan,
        "strategy": action.plan.strategy,
        "overdue": action.is_overdue(today),
        "quiet_days": action.days_without_news(today) if action.is_quiet(today) else 0,
        "history": history_of(action),
        "asked_for": asking_for(request, action),
        "serves": action.serves.select_related("benchmark__version"),
        "keeps": Perm.KEEP_RECORD in request.granted and not why_not,
        "why_not_report": why_not,
    }
    return render(request, "boroughs/action_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def action_add(request: BoroughRequest, plan: UUID) -> HttpResponse:
    found = plan_or_404(request, plan)
    initial = {"priority": request.GET.get("priority"), "area": request.GET.get("area")}
    form = filled(ActionForm, request, initial, plan=found)
    look_for_closed_passages(form, request.borough, request.user)
    added: list[Action] = []

    def add() -> None:
        said = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        added.append(add_action(plan=found, by=request.user, **said))

    if request.method == "POST" and done_with(form, add):
        messages.success(request, f"{found.strategy.action_word} added.")
        _warn_of_day(request, added[0])
        warn_after_saving(request, form, request.path)
        return to_plan(found, at=anchor(added[0]))
    context = {"form": form, "plan": found, "why_not": why_not_add_action(found)}
    return render(request, "boroughs/action_add.html", context)


def _warn_of_day(request: BoroughRequest, action: Action, *, before: dt.date | None = None) -> None:
    if why := why_look_again_at_due(action.plan, action.due_on, before=before):
        messages.warning(request, f"Look at the day again. {why}.")


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def action_change(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    action = action_or_404(request, plan, pk)
    found, before = action.plan, action.due_on
    edit = Edit(request, ActionForm, action, plan=found)
    if edit.saved(lambda **said: change_action(action=action, **said)):
        messages.success(request, f"{found.strategy.action_word} changed.")
        _warn_of_day(request, action, before=before)
        warn(request, edit.form, request.path, closed=found.strategy.is_closed)
        return to_plan(found, at=anchor(action))
    context = {"plan": found, "action": action, "why_not": why_not_write_action(action)}
    return edit.page("boroughs/action_change.html", closed=found.strategy.is_closed, **context)


@borough_view(Perm.READ_PLAN, "GET", "HEAD", "POST")
def action_report(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    """Progress on one action, by who keeps the plan or by its own organisation; back to where it stood, in the plan or on
    the list of one's own."""
    action = action_or_404(request, plan, pk)
    found = action.plan
    edit = Edit(request, ReportForm, action)
    if edit.saved(lambda **said: report_action(action=action, **said)):
        messages.success(request, "Progress was reported.")
        warn(request, edit.form, request.path, closed=found.strategy.is_closed)
        if request.GET.get("from") == "own":
            return redirect("boroughs:action-own", request.borough.slug)
        return to_plan(found, request.GET.urlencode(), anchor(action))
    why_not = why_not_report(action, request.borough, request.user)
    context = {"plan": found, "action": action, "why_not": why_not}
    return edit.page("boroughs/action_report.html", closed=found.strategy.is_closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def action_remove(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    action = action_or_404(request, plan, pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done_with(
        form, lambda: remove_action(action=action, by=request.user)
    ):
        messages.success(request, f"{action.plan.strategy.action_word} removed.")
        return to_plan(action.plan)
    context = {"form": form, "plan": action.plan, "action": action}
    context |= {"why_not": why_not_remove_action(action)}
    return render(request, "boroughs/action_remove.html", context)


@borough_view(Perm.KEEP_RECORD, "POST")
def action_move(request: BoroughRequest, plan: UUID, pk: UUID) -> HttpResponse:
    """A button beside the action: one place up or down under its priority and area."""
    action = action_or_404(request, plan, pk)
    try:
        move_action(action=action, to=request.POST.get("to", ""), by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    return to_plan(action.plan, request.GET.urlencode(), anchor(action))


@borough_view(Perm.UPDATE_OWN_ACTIONS, "GET", "HEAD")
def action_own(request: BoroughRequest) -> HttpResponse:
    """A contributor's own list: the unfinished actions of their organisation, in whatever plan."""
    own = organisations_of(request.user, request.borough)
    actions = actions_of(request.borough, request.user).filter(organisation__in=own)
    todo = actions.unfinished().filter(carried_to=None).in_order().select_related("plan__strategy")
    live = todo.exclude(plan__strategy__state__in=["superseded", "withdrawn"])
    today = timezone.localdate()
    context = {
        "own": [o for o in request.borough.organisations.all() if o.pk in own],
        "rows": [(a, a.is_overdue(today)) for a in live.order_by("due_on", "pk")],
    }
    return render(request, "boroughs/action_own.html", context)
