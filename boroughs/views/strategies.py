"""Strategies: what a council set out to do."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import (
    BoroughRequest,
    borough_view,
    nothing_there,
    readable,
    reader_view,
    reads_as_member,
    reads_listed_alone,
)
from boroughs.actions.strategies import (
    change_strategy,
    govern_strategy,
    note_reading,
    start_strategy,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import lines_naming
from boroughs.editing import Edit, warn
from boroughs.forms import GovernForm, StrategyForm, TextsForm, done, filled
from boroughs.models import Strategy
from boroughs.models.strategy import StrategyQuerySet
from boroughs.roles import Perm
from boroughs.strategy_policies import (
    family_of,
    next_states,
    why_not_adopt,
    why_not_amend,
    why_not_change,
    why_not_keep,
)


def strategies_of(request: BoroughRequest) -> StrategyQuerySet:
    """The borough's strategies that the visitor may see."""
    return readable(request, request.borough.strategies.all())


def strategy_or_404(request: BoroughRequest, pk: UUID) -> Strategy:
    strategies = strategies_of(request).with_bodies()
    strategy = strategies.filter(pk=pk).first() or nothing_there(request)
    strategy.borough = request.borough
    return strategy


def note_if_closed(request: BoroughRequest, strategy: Strategy) -> None:
    """Each page of a closed strategy, its plans and its actions stands in the trail as read."""
    if strategy.is_closed:
        note_reading(strategy=strategy, by=request.user, as_member=reads_as_member(request))


def to_strategy(strategy: Strategy) -> HttpResponse:
    return redirect("boroughs:strategy-show", strategy.borough.slug, strategy.pk)


@reader_view(Perm.READ_PLAN, "GET", "HEAD")
def strategy_list(request: BoroughRequest) -> HttpResponse:
    """What the visitor may read, and what is said in public of closed ones."""
    strategies = list(strategies_of(request).with_bodies().newest_first())
    if not strategies and reads_listed_alone(request):
        nothing_there(request)
    over = [strategy for strategy in strategies if strategy.is_over]
    context = {
        "current": [strategy for strategy in strategies if not strategy.is_over],
        "over": over,
        "lines": lines_naming(request, "strategy"),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/strategy_list.html", context)


@reader_view(Perm.READ_PLAN, "GET", "HEAD")
def strategy_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The strategy with what stands under it."""
    strategy = strategy_or_404(request, pk)
    note_if_closed(request, strategy)
    visible = strategies_of(request)
    linked = strategy.links.filter(Q(linked=None) | Q(linked__in=visible)).select_related("linked")
    family = family_of(strategy, visible)
    context = {
        "strategy": strategy,
        "family": family if len(family) > 1 else [],
        "linked": linked,
        "priorities": strategy.priorities.prefetch_related("areas"),
        "plans": strategy.plans.select_related("adopted_by"),
        "consultations": strategy.consultations.all(),
        "amendments": strategy.amendments.all(),
        **_deeds(request, strategy),
    }
    return render(request, "boroughs/strategy_show.html", context)


def _deeds(request: BoroughRequest, strategy: Strategy) -> dict[str, Any]:
    """What may be done with it now, and why not."""
    if Perm.KEEP_RECORD not in request.granted:
        return {"may_keep": False}
    return {
        "may_keep": not why_not_keep(strategy),
        "keeps": True,
        "why_not_change": why_not_change(strategy),
        "why_not_adopt": why_not_adopt(strategy),
        "why_not_amend": why_not_amend(strategy),
        "may_move": bool(next_states(strategy)),
    }


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_add(request: BoroughRequest) -> HttpResponse:
    form = filled(StrategyForm, request, strategies=strategies_of(request))
    look_for_closed_passages(form, request.borough, request.user)
    added: list[Strategy] = []

    def add() -> None:
        added.append(start_strategy(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{added[0]} was added as a draft.")
        warn(request, form, request.path)
        return to_strategy(added[0])
    return render(request, "boroughs/strategy_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    closed = strategy.is_closed
    edit = Edit(request, TextsForm, strategy)
    if edit.saved(lambda **said: change_strategy(strategy=strategy, **said)):
        messages.success(request, f"{strategy} was changed.")
        warn(request, edit.form, request.path, closed=closed)
        return to_strategy(strategy)
    context = {"strategy": strategy, "why_not": why_not_change(strategy)}
    return edit.page("boroughs/strategy_change.html", closed=closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_govern(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    closed, others = strategy.is_closed, strategies_of(request).exclude(pk=strategy.pk)
    rest: dict[str, Any] = {"borough": request.borough, "strategies": others}
    edit = Edit(request, GovernForm, strategy, strategy=strategy, **rest)
    if edit.saved(lambda **said: govern_strategy(strategy=strategy, **said)):
        messages.success(request, f"How {strategy} is kept was changed.")
        return to_strategy(strategy)
    context = {"strategy": strategy, "why_not": why_not_keep(strategy)}
    return edit.page("boroughs/strategy_govern.html", closed=closed, **context)
