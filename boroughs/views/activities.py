"""Activities and projects: planned and delivered side by side, each with its result, and the figures it led to."""

from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.activities import add_activity, change_activity, link_figures
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, others_of, warn
from boroughs.figures import catalogue_of
from boroughs.forms import done, filled
from boroughs.forms.activities import (
    ActivityChangeForm,
    ActivityFiguresForm,
    ActivityFilterForm,
    ActivityForm,
)
from boroughs.models import Activity, FigureValue, Strategy
from boroughs.models.activity import ActivityQuerySet
from boroughs.periods import year_of
from boroughs.roles import Perm

PER_COLUMN = 20
State = Activity.State


def activity_or_404(request: BoroughRequest, pk: UUID) -> Activity:
    rows = request.borough.activities.with_numbers().select_related(
        "changed_by", "priority", "area"
    )
    found: Activity = get_object_or_404(rows, pk=pk)
    found.borough = request.borough
    return found


def strategies_seen(request: BoroughRequest) -> Any:
    """What an activity may serve, as far as the visitor may see it, newest first."""
    return request.borough.strategies.visible_to(request.user).newest_first()


def lines_seen(request: BoroughRequest) -> Any:
    """What may pay for it, as far as the visitor may see it."""
    return request.borough.funding_lines.visible_to(request.user)


def served_by(request: BoroughRequest, activity: Activity) -> Strategy | None:
    """The strategy it serves, if the visitor may see it."""
    found: Strategy | None = (
        strategies_seen(request).filter(priorities=activity.priority_id).first()
    )
    return found if activity.priority_id else None


# -- Reading -------------------------------------------------------------------------------------------
@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def activity_list(request: BoroughRequest) -> HttpResponse:
    """Delivered and planned stand in two columns, what was cancelled below."""
    form = ActivityFilterForm(request.GET, years=_years(request))
    chosen = form.cleaned_data if form.is_valid() else {}
    shown = list(_chosen(request, form, chosen).newest_first().with_numbers())
    by_state = {state: [a for a in shown if a.state == state] for state in State}
    planned = by_state[State.PLANNED][::-1]  # what comes next comes first
    rows = list(zip_longest(by_state[State.DELIVERED], planned))
    page = Paginator(rows, PER_COLUMN).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "delivered": [done for done, _ in page.object_list if done],
        "planned": [to_do for _, to_do in page.object_list if to_do],
        "cancelled": by_state[State.CANCELLED],
        "counts": {state.value: len(rows) for state, rows in by_state.items()},
        "overdue": sum(activity.is_overdue for activity in shown),
        "form": form,
        "filtered": any(chosen.values()),
        "query": others_of(request),
        "any": bool(form.years),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/activity_list.html", context)


def _years(request: BoroughRequest) -> list[int]:
    """The financial years in which any of them falls, newest first."""
    days = request.borough.activities.values_list("starts_on", "ends_on")
    found: set[int] = set()
    for first, last in days:
        found |= set(range(year_of(first), year_of(last or first) + 1))
    return sorted(found, reverse=True)


def _chosen(
    request: BoroughRequest, form: ActivityFilterForm, chosen: dict[str, Any]
) -> ActivityQuerySet:
    rows: ActivityQuerySet = request.borough.activities.all()
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("audience"):
        rows = rows.filter(audiences__contains=[chosen["audience"]])
    period = form.period if chosen else None
    return rows.within(period) if period else rows


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def activity_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    activity = activity_or_404(request, pk)
    strategy = served_by(request, activity)
    funding = lines_seen(request).filter(activities=activity).first()
    linked = request.borough.figures.visible_to(request.user).filter(
        activity_links__activity=activity
    )
    catalogue = catalogue_of(request.borough)
    figures = [(catalogue.get(f.indicator), f) for f in linked.select_related("closure")]
    context = {
        "activity": activity,
        "strategy": strategy,
        "funding": funding,
        "counts": list(activity.counts.all()),
        "serves": _served(activity) if strategy else None,
        "figures": [(indicator, figure) for indicator, figure in figures if indicator],
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/activity_show.html", context)


def _served(activity: Activity) -> str:
    priority, area = activity.priority, activity.area
    return f"{priority}" + (
        f", {priority.position}.{area.position} {area}" if priority and area else ""
    )


# -- Keeping ---------------------------------------------------------------------------------------------
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def activity_add(request: BoroughRequest) -> HttpResponse:
    form = filled(
        ActivityForm,
        request,
        borough=request.borough,
        strategies=strategies_seen(request),
        lines=lines_seen(request),
    )
    added: list[Activity] = []

    def add() -> None:
        added.append(add_activity(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, "The activity was added.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/activity_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def activity_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    activity = activity_or_404(request, pk)
    edit = Edit(
        request,
        ActivityChangeForm,
        activity,
        borough=request.borough,
        strategies=strategies_seen(request),
        lines=lines_seen(request),
        now=activity,
    )
    if edit.saved(lambda **said: change_activity(activity=activity, **said)):
        messages.success(request, "The activity was changed.")
        warn(request, edit.form, request.path)
        return redirect(activity)
    return edit.page("boroughs/activity_change.html", activity=activity)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def activity_figures(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Figures of the same time, but none about referred people."""
    activity = activity_or_404(request, pk)
    offered = _offered(request, activity)
    linked = activity.figure_links.values_list("figure", flat=True)
    form = filled(
        ActivityFiguresForm, request, {"figures": [str(pk) for pk in linked]}, offered=offered
    )
    if request.method == "POST" and done(
        form, lambda: link_figures(activity=activity, figures=form.chosen, by=request.user)
    ):
        messages.success(request, "The figures were linked.")
        return redirect(activity)
    context = {"form": form, "activity": activity, "offered": offered}
    return render(request, "boroughs/activity_figures.html", context)


def _offered(request: BoroughRequest, activity: Activity) -> list[tuple[FigureValue, str]]:
    catalogue, period = catalogue_of(request.borough), activity.period
    figures = request.borough.figures.visible_to(request.user)
    at_the_time = figures.filter(starts_on__lte=period.ends_on, ends_on__gte=period.starts_on)
    found = []
    for figure in at_the_time.latest_first():
        indicator = catalogue.get(figure.indicator)
        if indicator and not indicator.people_referred:
            found.append((figure, f"{indicator.name}, {figure.period}: {figure.word}"))
    return found
