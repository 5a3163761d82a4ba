"""Risks: the grid, one after the other in a sitting, and the history of each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
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
from boroughs.actions.risks import (
    add_risk,
    change_risk,
    close_risk,
    leave_risk,
    note_risk_read,
    review_risk,
    set_risk_matrix,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import lines_naming
from boroughs.editing import Edit, warn
from boroughs.forms import ClosureForm, done, filled
from boroughs.forms.risks import RiskChangeForm, RiskForm, RiskMatrixForm, RiskReviewForm
from boroughs.models import Risk
from boroughs.models.risk import RiskQuerySet
from boroughs.models.risk_matrix import STANDARD, Scale, matrix_of
from boroughs.policies import ChangedMeanwhile
from boroughs.risk_policies import SCORES, why_not_close
from boroughs.roles import Perm


def risks_of(request: BoroughRequest) -> RiskQuerySet:
    """The borough's risks that the visitor may see."""
    return readable(request, request.borough.risks.with_scales())


def scale_of(request: BoroughRequest) -> Scale:
    """The borough's matrix of today."""
    matrix = matrix_of(request.borough)
    return matrix.scale if matrix else STANDARD


def risk_or_404(request: BoroughRequest, pk: UUID) -> Risk:
    found = risks_of(request).filter(pk=pk).first() or nothing_there(request)
    found.borough = request.borough
    return found


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def risk_list(request: BoroughRequest) -> HttpResponse:
    risks = list(risks_of(request))
    if not risks and reads_listed_alone(request):
        nothing_there(request)
    current = [risk for risk in risks if risk.ended_on is None]
    current.sort(key=lambda risk: (-risk.height, risk.title))
    scale = scale_of(request)
    on_it = [risk for risk in current if risk.scale.key == scale.key]
    context = {
        "current": current,
        "ended": [risk for risk in risks if risk.ended_on],
        "late": sum(risk.is_late for risk in current),
        "grid": _grid(scale, on_it),
        "impacts": scale.impacts,
        "otherwise": len(current) - len(on_it),
        "may_set": Perm.MANAGE_SETTINGS in request.granted,
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "lines": lines_naming(request, "risk"),
        "first": risks_of(request).to_review().first(),
    }
    return render(request, "boroughs/risk_list.html", context)


def _grid(scale: Scale, risks: list[Risk]) -> list[tuple[str, list[dict[str, Any]]]]:
    """A row a likelihood, the highest first; each cell says its band and names its risks."""
    rows = []
    for likelihood in range(scale.size, 0, -1):
        cells = []
        for impact in range(1, scale.size + 1):
            word, tone = scale.band(likelihood, impact)
            here = [r for r in risks if (r.likelihood, r.impact) == (likelihood, impact)]
            cells.append({"word": word, "tone": tone, "risks": here})
        rows.append((scale.likelihoods[likelihood - 1], cells))
    return rows


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def risk_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A closed risk's page stands in the trail as read."""
    risk = risk_or_404(request, pk)
    if risk.is_closed:
        note_risk_read(risk=risk, by=request.user, as_member=reads_as_member(request))
    looks = list(risk.looks.select_related("by", "matrix").prefetch_related("matrix__bands"))
    context = {
        "risk": risk,
        "looks": looks,
        "unchanged": sum(look.unchanged for look in looks),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/risk_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def risk_add(request: BoroughRequest) -> HttpResponse:
    form = filled(RiskForm, request, scale=scale_of(request))
    if request.method == "POST" and done(
        form, lambda: add_risk(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The risk was added.")
        warn(request, form, request.path)
        return redirect("boroughs:risk-list", request.borough.slug)
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/risk_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def risk_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    risk = risk_or_404(request, pk)
    scale = scale_of(request)
    edit = Edit(request, RiskChangeForm, risk, more=_anew(risk, scale), scale=scale)
    if edit.saved(lambda **said: change_risk(risk=risk, **said)):
        messages.success(request, "The risk was changed.")
        warn(request, edit.form, request.path, closed=risk.is_closed)
        return redirect(risk)
    context = {"risk": risk, "anew": risk.scale.key != scale.key}
    return edit.page("boroughs/risk_change.html", closed=risk.is_closed, **context)


def _anew(risk: Risk, scale: Scale) -> dict[str, None]:
    """What was rated on another matrix is rated again: nothing is ticked beforehand."""
    return {} if risk.scale.key == scale.key else dict.fromkeys(SCORES)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def risk_review(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """One risk of a sitting; “No change” is one click, and the next that is due follows either."""
    risk = risk_or_404(request, pk)
    if request.POST.get("then") == "same" and _left(request, risk):
        return _onwards(request, risk, "no change")
    scale = scale_of(request)
    anew = _anew(risk, scale)
    edit = Edit(request, RiskReviewForm, risk, more=anew, risk=risk, scale=scale)
    if request.POST.get("then") != "same" and edit.saved(
        lambda **said: review_risk(risk=risk, **said)
    ):
        warn(request, edit.form, request.path, closed=risk.is_closed)
        return _onwards(request, risk, "reviewed")
    last = risk.looks.select_related("by").first()
    context = {"risk": risk, "last": last, "anew": bool(anew)}
    left = risks_of(request).to_review().count()
    return edit.page("boroughs/risk_review.html", closed=risk.is_closed, left=left, **context)


def _left(request: BoroughRequest, risk: Risk) -> bool:
    """False when somebody has changed it since the page was opened: then it is looked at again."""
    seen = request.POST.get("seen", "")
    try:
        leave_risk(risk=risk, seen=int(seen) if seen.isdigit() else 0, by=request.user)
    except ChangedMeanwhile:
        messages.warning(request, "Somebody changed this risk meanwhile. Look at it again.")
        return False
    return True


def _onwards(request: BoroughRequest, risk: Risk, said: str) -> HttpResponse:
    messages.success(request, f"{risk}: {said}.")
    following = risks_of(request).to_review().exclude(pk=risk.pk).first()
    if following is None:
        return redirect("boroughs:risk-list", request.borough.slug)
    return redirect("boroughs:risk-review", request.borough.slug, following.pk)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def risk_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    risk = risk_or_404(request, pk)
    form = filled(ClosureForm, request, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: close_risk(risk=risk, by=request.user, **form.said)
    ):
        messages.success(request, "The risk is closed. You are the only one on its access list.")
        return redirect(risk)
    context = {"form": form, "risk": risk, "why_not": why_not_close(risk)}
    return render(request, "boroughs/risk_close.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def risk_matrix(request: BoroughRequest) -> HttpResponse:
    """On what the borough rates its risks from now on."""
    matrix = matrix_of(request.borough)
    form = filled(RiskMatrixForm, request, RiskMatrixForm.said_in(matrix))
    if request.method == "POST" and done(
        form, lambda: set_risk_matrix(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The matrix was set. Risks are rated on it from now on.")
        return redirect("boroughs:risk-list", request.borough.slug)
    return render(request, "boroughs/risk_matrix.html", {"form": form, "matrix": matrix})
