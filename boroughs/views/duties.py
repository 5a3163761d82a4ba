"""The reporting calendar: what is owed to whom, what is due next, what was done and what was missed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.duties import add_duty, change_duty, record_round, take_suggestions
from boroughs.beside import shown_beside
from boroughs.closed_passages import look_for_closed_passages
from boroughs.duties import standing, suggestions_left
from boroughs.duty_policies import rounds_behind
from boroughs.editing import Edit, warn
from boroughs.forms import (
    DutyChangeForm,
    DutyForm,
    DutyRoundForm,
    DutySuggestForm,
    done,
    filled,
)
from boroughs.models import Duty
from boroughs.policies import day
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm


def duty_or_404(request: BoroughRequest, pk: UUID) -> Duty:
    return get_object_or_404(request.borough.duties.select_related("board"), pk=pk)


def to_duty(duty: Duty) -> HttpResponse:
    return redirect("boroughs:duty-show", duty.borough.slug, duty.pk)


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def duty_list(request: BoroughRequest) -> HttpResponse:
    today = timezone.localdate()
    duties = list(request.borough.duties.prefetch_related("rounds"))
    context = {
        "rows": [(d, standing(d, today), _last(d)) for d in duties if not d.ended_on],
        "ended": [duty for duty in duties if duty.ended_on],
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/duty_list.html", context)


def _last(duty: Duty) -> object:
    rounds = list(duty.rounds.all())
    return rounds[0] if rounds else None


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def duty_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    duty, today = duty_or_404(request, pk), timezone.localdate()
    rounds = list(duty.rounds.select_related("meeting__committee"))
    reports = shown_beside(request, "round", [each.pk for each in rounds])
    context = {
        "duty": duty,
        "standing": standing(duty, today),
        "behind": rounds_behind(duty, today),
        "rounds": [(each, reports[each.pk]) for each in rounds],
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/duty_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def duty_add(request: BoroughRequest) -> HttpResponse:
    form = filled(DutyForm, request, borough=request.borough)
    look_for_closed_passages(form, request.borough, request.user)
    added: list[Duty] = []

    def add() -> None:
        added.append(add_duty(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{added[0]} was added to the calendar.")
        warn_after_saving(request, form, request.path)
        return to_duty(added[0])
    return render(request, "boroughs/duty_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def duty_suggest(request: BoroughRequest) -> HttpResponse:
    left = suggestions_left(request.borough)
    form = filled(DutySuggestForm, request, suggestions=left)
    counts: list[int] = []

    def take() -> None:
        keys = form.cleaned_data["keys"]
        counts.append(take_suggestions(borough=request.borough, keys=keys, by=request.user))

    if request.method == "POST" and done(form, take):
        messages.success(request, f"Added to the calendar: {counts[0]}. Check when each is due.")
        return redirect("boroughs:duty-list", request.borough.slug)
    why_not = "" if left else "Everything that is suggested is in the calendar."
    return render(request, "boroughs/duty_suggest.html", {"form": form, "why_not": why_not})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def duty_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    duty = duty_or_404(request, pk)
    edit = Edit(request, DutyChangeForm, duty, borough=request.borough)
    if edit.saved(lambda **said: change_duty(duty=duty, **said)):
        messages.success(request, f"{duty} was changed.")
        warn(request, edit.form, request.path)
        return to_duty(duty)
    return edit.page("boroughs/duty_change.html", duty=duty)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def duty_record(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Done or missed: the duty then falls due again."""
    duty = duty_or_404(request, pk)
    rest: dict[str, Any] = {"borough": request.borough, "today": timezone.localdate()}
    edit = Edit(request, DutyRoundForm, duty, **rest)
    if edit.saved(lambda **said: record_round(duty=duty, **said)):
        messages.success(request, f"Recorded. Next due on {day(duty.next_due)}.")
        warn(request, edit.form, request.path)
        return to_duty(duty)
    return edit.page("boroughs/duty_record.html", duty=duty)
