"""What becomes of a strategy: adopted, amended, withdrawn, closed."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.access import BoroughRequest, borough_view, reader_view
from boroughs.actions.closures import close
from boroughs.actions.strategies import (
    adopt_strategy,
    amend_strategy,
    close_strategy,
    move_strategy,
)
from boroughs.differences import readable
from boroughs.editing import Edit, warn
from boroughs.forms import AdoptForm, AmendForm, ClosureForm, MoveForm, done, filled
from boroughs.models import Strategy
from boroughs.roles import Perm
from boroughs.strategy_policies import next_states, why_not_adopt, why_not_amend

from .strategies import note_if_closed, strategy_or_404, to_strategy


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_move(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    form = filled(MoveForm, request, strategy=strategy)
    if request.method == "POST" and done(
        form, lambda: move_strategy(strategy=strategy, by=request.user, **form.cleaned_data)
    ):
        state = Strategy.State(form.cleaned_data["to"])
        messages.success(request, f"{strategy}: {state.label.lower()}.")
        return to_strategy(strategy)
    why_not = None if next_states(strategy) else "Nothing more becomes of this strategy."
    context = {"form": form, "strategy": strategy, "why_not": why_not}
    return render(request, "boroughs/strategy_move.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_adopt(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    form = filled(AdoptForm, request, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: adopt_strategy(strategy=strategy, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{strategy} was adopted.")
        return to_strategy(strategy)
    context = {"form": form, "strategy": strategy, "why_not": why_not_adopt(strategy)}
    return render(request, "boroughs/strategy_adopt.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_amend(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    closed = strategy.is_closed
    holder = {"decided_by": strategy.delegated_to, "consulted": strategy.delegated_with}
    edit = Edit(request, AmendForm, strategy, more=holder)
    if edit.saved(
        lambda seen, by, **_: amend_strategy(
            strategy=strategy, texts=edit.form.texts, **edit.form.decision, seen=seen, by=by
        )
    ):
        messages.success(request, f"{strategy} was amended.")
        warn(request, edit.form, request.path, closed=closed)
        return to_strategy(strategy)
    context = {"strategy": strategy, "why_not": why_not_amend(strategy)}
    return edit.page("boroughs/strategy_amend.html", closed=closed, **context)


@reader_view(Perm.READ_PLAN, "GET", "HEAD")
def amendment_show(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    """Who decided what and why, with what it said before and says since."""
    amended = strategy_or_404(request, strategy)
    note_if_closed(request, amended)
    amendment = get_object_or_404(amended.amendments.prefetch_related("texts"), pk=pk)
    texts = [(text, readable(text.before, text.after)) for text in amendment.texts.all()]
    context = {"strategy": amended, "amendment": amendment, "texts": texts}
    return render(request, "boroughs/amendment_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    form = filled(ClosureForm, request, borough=request.borough)

    @transaction.atomic
    def close_it() -> None:
        closure = close(borough=request.borough, by=request.user, **form.said)
        close_strategy(strategy=strategy, closure=closure, by=request.user)

    if request.method == "POST" and done(form, close_it):
        messages.success(request, f"{strategy} is closed, with everything under it.")
        return to_strategy(strategy)
    why_not = "This strategy is closed already." if strategy.is_closed else None
    context = {"form": form, "strategy": strategy, "why_not": why_not}
    return render(request, "boroughs/strategy_close.html", context)
