"""A borough's settings and what about it changes over the years."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.borough import (
    add_funding,
    add_governance,
    change_settings,
    correct_funding,
    correct_governance,
)
from boroughs.editing import Edit
from boroughs.forms import (
    FundingCorrectForm,
    FundingForm,
    GovernanceCorrectForm,
    GovernanceForm,
    SettingsForm,
    done,
    filled,
)
from boroughs.roles import Perm


def to_settings(request: BoroughRequest) -> HttpResponse:
    return redirect("boroughs:settings-show", request.borough.slug)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD")
def settings_show(request: BoroughRequest) -> HttpResponse:
    context = {
        "governance": request.borough.governance_models.order_by(F("since").desc(nulls_last=True)),
        "in_force": request.borough.governance_on(timezone.localdate()),
        "funding": request.borough.funding_statuses.all(),
    }
    return render(request, "boroughs/settings_show.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def settings_change(request: BoroughRequest) -> HttpResponse:
    edit = Edit(request, SettingsForm, request.borough)
    if edit.saved(lambda **said: change_settings(borough=request.borough, **said)):
        messages.success(request, "The settings were saved.")
        return to_settings(request)
    return edit.page("boroughs/settings_change.html")


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def governance_add(request: BoroughRequest) -> HttpResponse:
    form = filled(GovernanceForm, request)
    if request.method == "POST" and done(
        form,
        lambda: add_governance(borough=request.borough, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The governance model was recorded.")
        return to_settings(request)
    return render(request, "boroughs/governance_add.html", {"form": form})


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def governance_correct(request: BoroughRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.borough.governance_models, pk=pk)
    edit = Edit(request, GovernanceCorrectForm, row)
    if edit.saved(lambda **said: correct_governance(row=row, **said)):
        messages.success(request, "The governance model was corrected.")
        return to_settings(request)
    return edit.page("boroughs/governance_correct.html")


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def funding_add(request: BoroughRequest) -> HttpResponse:
    form = filled(FundingForm, request)
    if request.method == "POST" and done(
        form, lambda: add_funding(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The funding status was recorded.")
        return to_settings(request)
    return render(request, "boroughs/funding_add.html", {"form": form})


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def funding_correct(request: BoroughRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.borough.funding_statuses, pk=pk)
    edit = Edit(request, FundingCorrectForm, row)
    if edit.saved(lambda **said: correct_funding(row=row, **said)):
        messages.success(request, "The funding status was corrected.")
        return to_settings(request)
    return edit.page("boroughs/funding_correct.html")
