"""Who was consulted on a strategy, and which strategies belong to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.strategies import (
    change_consultation,
    link_strategy,
    log_consultation,
    remove_consultation,
    say_nobody_was_consulted,
    unlink_strategy,
)
from boroughs.editing import Edit, warn
from boroughs.forms import (
    ConfirmForm,
    ConsultationChangeForm,
    ConsultationForm,
    LinkForm,
    UnconsultedForm,
    done,
    filled,
)
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from boroughs.strategy_policies import why_not_keep, why_not_say_nobody

from .strategies import strategies_of, strategy_or_404, to_strategy


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def consultation_add(request: BoroughRequest, strategy: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    form = filled(ConsultationForm, request)
    if request.method == "POST" and done(
        form, lambda: log_consultation(strategy=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The line was added to the log.")
        warn_after_saving(request, form, request.path)
        return to_strategy(found)
    context = {"form": form, "strategy": found, "why_not": why_not_keep(found)}
    return render(request, "boroughs/consultation_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def consultation_change(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    line = get_object_or_404(found.consultations, pk=pk)
    edit = Edit(request, ConsultationChangeForm, line)
    if edit.saved(lambda **said: change_consultation(line=line, **said)):
        messages.success(request, "The line of the log was changed.")
        warn(request, edit.form, request.path, closed=found.is_closed)
        return to_strategy(found)
    context = {"strategy": found, "line": line, "why_not": why_not_keep(found)}
    return edit.page("boroughs/consultation_change.html", closed=found.is_closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def consultation_remove(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    line = get_object_or_404(found.consultations, pk=pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(
        form, lambda: remove_consultation(line=line, by=request.user)
    ):
        messages.success(request, "The line was taken out of the log.")
        return to_strategy(found)
    context = {"form": form, "strategy": found, "line": line, "why_not": why_not_keep(found)}
    return render(request, "boroughs/consultation_remove.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def strategy_unconsulted(request: BoroughRequest, pk: UUID) -> HttpResponse:
    strategy = strategy_or_404(request, pk)
    closed = strategy.is_closed
    edit = Edit(request, UnconsultedForm, strategy)
    if edit.saved(lambda **said: say_nobody_was_consulted(strategy=strategy, **said)):
        messages.success(request, "It is noted why nobody was consulted.")
        warn(request, edit.form, request.path, closed=closed)
        return to_strategy(strategy)
    context = {"strategy": strategy, "why_not": why_not_say_nobody(strategy)}
    return edit.page("boroughs/strategy_unconsulted.html", closed=closed, **context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def link_add(request: BoroughRequest, strategy: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    others = strategies_of(request).exclude(pk=found.pk)
    form = filled(LinkForm, request, strategies=others)
    if request.method == "POST" and done(
        form, lambda: link_strategy(strategy=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The link was added.")
        return to_strategy(found)
    context = {"form": form, "strategy": found, "why_not": why_not_keep(found)}
    return render(request, "boroughs/link_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def link_remove(request: BoroughRequest, strategy: UUID, pk: UUID) -> HttpResponse:
    found = strategy_or_404(request, strategy)
    link = get_object_or_404(found.links.select_related("linked"), pk=pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(form, lambda: unlink_strategy(link=link, by=request.user)):
        messages.success(request, "The link was taken away.")
        return to_strategy(found)
    context = {"form": form, "strategy": found, "link": link}
    return render(request, "boroughs/link_remove.html", context)
