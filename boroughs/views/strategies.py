"""Strategies: what a council set out to do."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.strategies import (
    change_strategy,
    govern_strategy,
    note_reading,
    start_strategy,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.forms import GovernForm, StrategyForm, TextsForm, filled
from boroughs.models import Strategy, listed_for
from boroughs.models.strategy import StrategyQuerySet
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from boroughs.strategy_policies import (
    family_of,
    next_states,
    why_not_adopt,
    why_not_amend,
    why_not_change,
    why_not_keep,
)

from .editing import said_by, saved


def strategies_of(request: BoroughRequest) -> StrategyQuerySet:
    """The borough's strategies that the visitor may see."""
    return request.borough.strategies.visible_to(request.user)


def strategy_or_404(request: BoroughRequest, pk: UUID) -> Strategy:
    strategy = get_object_or_404(strategies_of(request).with_bodies(), pk=pk)
    strategy.borough = request.borough
    return strategy


def to_strategy(strategy: Strategy) -> HttpResponse:
    return redirect("boroughs:strategy-show", strategy.borough.slug, strategy.pk)


@borough_view(Perm.READ_PLAN, "GET", "HEAD")
def strategy_list(request: BoroughRequest) -> HttpResponse:
    """What the visitor may read, and what is said in public of closed ones."""
    strategies = list(strategies_of(request).with_bodies().newest_first())
    over = [strategy for strategy in strategies if strategy.is_over]
    told = request.borough.closures.in_force().said_in_public()
    context = {
        "current": [strategy for strategy in strategies if not strategy.is_over],
        "over": over,
        "lines": told.exclude(listed_for(request.user)),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/strategy_list.html", context)


@borough_view(Perm.READ_PLAN, "GET", "HEAD")
def strategy_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The strategy with what stands under it; a closed one's page stands in the trail as read."""
    strategy = strategy_or_404(request, pk)
    if strategy.is_closed:
        note_reading(strategy=strategy, by=request.user)
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

    if request.method == "POST" and saved(form, add)[0]:
        messages.success(request, f"{added[0]} was added as a draft.")
        warn_after_saving(request, form, request.path)
        return to_strategy(added[0])
    return render(request, "boroughs/strategy_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    form, theirs = filled(TextsForm, request, TextsForm.said_in(strategy)), None
    look_for_closed_passages(form, request.borough, request.user)
    if request.method == "POST":
        ok, theirs = saved(
            form,
            lambda: change_strategy(strategy=strategy, by=request.user, **form.cleaned_data),
        )
        if ok:
            messages.success(request, f"{strategy} was changed.")
            warn_after_saving(request, form, request.path)
            return to_strategy(strategy)
    context = {"form": form, "strategy": strategy, "why_not": why_not_change(strategy)}
    return conflict(request, "boroughs/strategy_change.html", context, theirs)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_govern(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy, theirs = strategy_or_404(request, pk), None
    others = strategies_of(request).exclude(pk=strategy.pk)
    initial = GovernForm.said_in(strategy)
    form = filled(
        GovernForm, request, initial, borough=request.borough, strategies=others, strategy=strategy
    )
    if request.method == "POST":
        ok, theirs = saved(
            form,
            lambda: govern_strategy(strategy=strategy, by=request.user, **form.cleaned_data),
        )
        if ok:
            messages.success(request, f"How {strategy} is kept was changed.")
            return to_strategy(strategy)
    context = {"form": form, "strategy": strategy, "why_not": why_not_keep(strategy)}
    return conflict(request, "boroughs/strategy_govern.html", context, theirs)


def conflict(
    request: BoroughRequest, template: str, context: dict[str, Any], theirs: Any
) -> HttpResponse:
    """The form again; with what somebody else saved meanwhile above it, when that is so."""
    context |= {"theirs": theirs, "their_words": said_by(context["form"], theirs)}
    return render(request, template, context, status=409 if theirs else 200)
