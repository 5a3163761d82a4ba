"""Two registers' entries: policies, and assessments of equality and data protection."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.registers import add_impact, add_policy, change_impact, change_policy
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import done, filled
from boroughs.forms.registers import ImpactChangeForm, ImpactForm, PolicyChangeForm, PolicyForm
from boroughs.models import ImpactAssessment, Policy, Strategy
from boroughs.roles import Perm


# -- Policies --------------------------------------------------------------------------------------------
def policy_or_404(request: BoroughRequest, pk: UUID) -> Policy:
    rows = request.borough.policies.select_related("approving_body", "changed_by")
    found = get_object_or_404(rows, pk=pk)
    found.borough = request.borough
    return found


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def policy_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    policy = policy_or_404(request, pk)
    context = {
        "policy": policy,
        "impacts": policy.impact_assessments.all(),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/policy_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def policy_add(request: BoroughRequest) -> HttpResponse:
    form = filled(PolicyForm, request, borough=request.borough)
    added: list[Policy] = []

    def add() -> None:
        added.append(add_policy(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, "The policy was added to the register.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/policy_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def policy_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    policy = policy_or_404(request, pk)
    edit = Edit(request, PolicyChangeForm, policy, borough=request.borough)
    if edit.saved(lambda **said: change_policy(policy=policy, **said)):
        messages.success(request, "The policy was changed.")
        warn(request, edit.form, request.path)
        return redirect(policy)
    return edit.page("boroughs/policy_change.html", policy=policy)


# -- Assessments -----------------------------------------------------------------------------------------
def impact_or_404(request: BoroughRequest, pk: UUID) -> ImpactAssessment:
    rows = request.borough.impact_assessments.select_related("policy", "changed_by")
    found = get_object_or_404(rows, pk=pk)
    found.borough = request.borough
    return found


def strategies_seen(request: BoroughRequest) -> Any:
    return request.borough.strategies.visible_to(request.user).newest_first()


def strategy_of(request: BoroughRequest, impact: ImpactAssessment) -> Strategy | None:
    """What it is an assessment of, if that is a strategy that the visitor may see."""
    found: Strategy | None = strategies_seen(request).filter(pk=impact.strategy_id).first()
    return found


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def impact_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    impact = impact_or_404(request, pk)
    context = {
        "impact": impact,
        "strategy": strategy_of(request, impact),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/impact_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def impact_add(request: BoroughRequest) -> HttpResponse:
    rest = {"borough": request.borough, "strategies": strategies_seen(request)}
    form = filled(ImpactForm, request, **rest)
    added: list[ImpactAssessment] = []

    def add() -> None:
        added.append(add_impact(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, "The assessment was added to the register.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/impact_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def impact_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    impact = impact_or_404(request, pk)
    edit = Edit(
        request,
        ImpactChangeForm,
        impact,
        borough=request.borough,
        strategies=strategies_seen(request),
        keep_of=bool(impact.strategy_id) and strategy_of(request, impact) is None,
    )
    if edit.saved(lambda **said: change_impact(impact=impact, **said)):
        messages.success(request, "The assessment was changed.")
        warn(request, edit.form, request.path)
        return redirect(impact)
    return edit.page("boroughs/impact_change.html", impact=impact)
