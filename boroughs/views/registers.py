"""The registers on one page, and what was received: from whom, who was briefed, when it is looked at again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.registers import add_received, brief, change_received
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import done, filled
from boroughs.forms.registers import BriefingForm, ReceivedChangeForm, ReceivedForm
from boroughs.models import Received
from boroughs.roles import Perm


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def register_list(request: BoroughRequest) -> HttpResponse:
    borough = request.borough
    received = borough.received.by_review().prefetch_related("briefings")
    policies = borough.policies.by_review().select_related("approving_body")
    impacts = borough.impact_assessments.by_review()
    visible = dict(borough.strategies.visible_to(request.user).values_list("pk", "title"))
    names = {policy.pk: policy.title for policy in policies}
    context = {
        "received": received,
        "policies": policies,
        "impacts": [(row, of_what(row, visible, names)) for row in impacts],
        "overdue": sum(row.is_overdue for rows in (received, policies, impacts) for row in rows),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/register_list.html", context)


def of_what(row: Any, strategies: dict[UUID, str], policies: dict[UUID, str]) -> str:
    """What it is an assessment of; empty when that is closed to the visitor."""
    return str(
        row.of_what or policies.get(row.policy_id, "") or strategies.get(row.strategy_id, "")
    )


def received_or_404(request: BoroughRequest, pk: UUID) -> Received:
    found = get_object_or_404(request.borough.received.select_related("changed_by"), pk=pk)
    found.borough = request.borough
    return found


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def received_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    received = received_or_404(request, pk)
    context = {
        "received": received,
        "briefings": received.briefings.select_related("by"),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/received_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def received_add(request: BoroughRequest) -> HttpResponse:
    form = filled(ReceivedForm, request)
    added: list[Received] = []

    def add() -> None:
        added.append(add_received(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, "It was added to the register. Now note who was briefed.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/received_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def received_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    received = received_or_404(request, pk)
    edit = Edit(request, ReceivedChangeForm, received)
    if edit.saved(lambda **said: change_received(received=received, **said)):
        messages.success(request, "The entry was changed.")
        warn(request, edit.form, request.path)
        return redirect(received)
    return edit.page("boroughs/received_change.html", received=received)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def received_brief(request: BoroughRequest, pk: UUID) -> HttpResponse:
    received = received_or_404(request, pk)
    form = filled(BriefingForm, request)
    if request.method == "POST" and done(
        form, lambda: brief(received=received, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['whom']}: briefing noted.")
        return redirect(received)
    context = {"form": form, "received": received}
    return render(request, "boroughs/received_brief.html", context)
