"""The levels of a strategy: priorities and areas of focus, numbered by their order."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.plans import (
    add_areas,
    add_priority,
    change_area,
    change_priority,
    move_area,
    move_priority,
    remove_area,
    remove_priority,
)
from boroughs.editing import Edit, warn
from boroughs.forms import (
    AreaChangeForm,
    AreasForm,
    ConfirmForm,
    PriorityAddForm,
    PriorityChangeForm,
    done,
    filled,
)
from boroughs.models import Area, Priority, Strategy
from boroughs.plan_policies import why_not_remove_level
from boroughs.plurals import plural
from boroughs.policies import Refused
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from boroughs.strategy_policies import why_not_keep

from .strategies import strategy_or_404, to_strategy


def _priority(strategy: Strategy, pk: UUID) -> Priority:
    priority = get_object_or_404(strategy.priorities, pk=pk)
    priority.strategy = strategy
    return priority


def _area(strategy: Strategy, priority: UUID, pk: UUID) -> Area:
    above = _priority(strategy, priority)
    area = get_object_or_404(above.areas, pk=pk)
    area.priority = above
    return area


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def priority_add(request: BoroughRequest, strategy: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    form = filled(PriorityAddForm, request, noun=found.area_word)

    def add() -> None:
        said = form.cleaned_data | {"areas": form.titles}
        add_priority(strategy=found, by=request.user, **said)

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{found.priority_word} added.")
        warn_after_saving(request, form, request.path)
        return to_strategy(found)
    context = {"form": form, "strategy": found, "why_not": why_not_keep(found)}
    return render(request, "boroughs/priority_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def priority_change(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    priority = _priority(found, pk)
    edit = Edit(request, PriorityChangeForm, priority)
    if edit.saved(lambda **said: change_priority(priority=priority, **said)):
        messages.success(request, f"{found.priority_word} changed.")
        warn(request, edit.form, request.path, closed=found.is_closed)
        return to_strategy(found)
    context = {"strategy": found, "priority": priority, "why_not": why_not_keep(found)}
    return edit.page("boroughs/priority_change.html", closed=found.is_closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def priority_remove(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    priority = _priority(found, pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form, lambda: remove_priority(priority=priority, by=request.user)
    ):
        messages.success(request, f"{found.priority_word} removed.")
        return to_strategy(found)
    why_not = why_not_keep(found) or why_not_remove_level(priority)
    context = {"form": form, "strategy": found, "level": priority, "why_not": why_not}
    return render(request, "boroughs/priority_remove.html", context)


@borough_view(Perm.KEEP_RECORD, "POST")
def priority_move(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    """A button beside the priority: one place up or down."""
    found = strategy_or_404(request, strategy)
    priority = _priority(found, pk)
    try:
        move_priority(priority=priority, to=request.POST.get("to", ""), by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    return to_strategy(found)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def area_add(request: BoroughRequest, strategy: UUID, priority: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    above = _priority(found, priority)
    form = filled(AreasForm, request, noun=found.area_word)
    if request.method == "POST" and done(
        form, lambda: add_areas(priority=above, titles=form.titles, by=request.user)
    ):
        many = len(form.titles)
        messages.success(request, f"{plural(found.area_word, many)} added.")
        warn_after_saving(request, form, request.path)
        return to_strategy(found)
    context = {"form": form, "strategy": found, "priority": above, "why_not": why_not_keep(found)}
    return render(request, "boroughs/area_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def area_change(request: BoroughRequest, strategy: UUID, priority: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    area = _area(found, priority, pk)
    edit = Edit(request, AreaChangeForm, area)
    if edit.saved(lambda **said: change_area(area=area, **said)):
        messages.success(request, f"{found.area_word} changed.")
        warn(request, edit.form, request.path, closed=found.is_closed)
        return to_strategy(found)
    context = {"strategy": found, "area": area, "why_not": why_not_keep(found)}
    return edit.page("boroughs/area_change.html", closed=found.is_closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def area_remove(request: BoroughRequest, strategy: UUID, priority: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    area = _area(found, priority, pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(form, lambda: remove_area(area=area, by=request.user)):
        messages.success(request, f"{found.area_word} removed.")
        return to_strategy(found)
    why_not = why_not_keep(found) or why_not_remove_level(area)
    context = {"form": form, "strategy": found, "level": area, "why_not": why_not}
    return render(request, "boroughs/area_remove.html", context)


@borough_view(Perm.KEEP_RECORD, "POST")
def area_move(request: BoroughRequest, strategy: UUID, priority: UUID, pk: UUID) -> HttpResponse:
    """A button beside the area: one place up or down."""
    found = strategy_or_404(request, strategy)
    area = _area(found, priority, pk)
    try:
        move_area(area=area, to=request.POST.get("to", ""), by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    return to_strategy(found)
