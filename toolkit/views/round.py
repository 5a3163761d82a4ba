"""The round: submitting a period's ratings, the board's sign-off, and reopening."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from toolkit.actions.round import reopen, set_rule, sign_off, submit, take_back
from toolkit.comparison import progress_of
from toolkit.forms import ReopenForm, RoundRuleForm, SignOffForm, SubmitForm
from toolkit.models import Assessment, rule_of
from toolkit.policies import (
    Refused,
    missing_from,
    why_not_reopen,
    why_not_sign_off,
    why_not_submit,
)
from toolkit.wording import words_of


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def assessment_submit(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = _assessment(request, pk)
    form = filled(SubmitForm, request)
    if request.method == "POST" and done(form, partial(submit, assessment=found, by=request.user)):
        messages.success(request, f"{found.period} was submitted for sign-off.")
        return _to(request, found)
    ratings = list(found.ratings.in_order())
    context = {
        "assessment": found,
        "form": form,
        "missing": missing_from(ratings),
        "reworded": words_of(request.borough, found.version.scale).reworded(ratings),
        "progress": progress_of(ratings),
        "why_not": why_not_submit(found, ratings),
    }
    return render(request, "toolkit/assessment_submit.html", context)


@borough_view(Perm.RATE, "POST")
def assessment_take_back(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = _assessment(request, pk)
    try:
        take_back(assessment=found, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"{found.period} is open again.")
    return _to(request, found)


@borough_view(Perm.SIGN_OFF, "GET", "HEAD", "POST")
def assessment_sign_off(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = _assessment(request, pk)
    initial = {"signed_on": timezone.localdate()}
    form = filled(SignOffForm, request, initial, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: sign_off(assessment=found, **form.cleaned_data, by=request.user)
    ):
        messages.success(
            request, f"{found.period} is signed off. Its ratings are kept as they are."
        )
        return _to(request, found)
    ratings = list(found.ratings.in_order())
    context = {
        "assessment": found,
        "form": form,
        "ratings": ratings,
        "reworded": words_of(request.borough, found.version.scale).reworded(ratings),
        "why_not": why_not_sign_off(found, rule_of(request.borough), request.user),
    }
    return render(request, "toolkit/assessment_sign_off.html", context)


@borough_view(Perm.SIGN_OFF, "GET", "HEAD", "POST")
def assessment_reopen(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = _assessment(request, pk)
    form = filled(ReopenForm, request)
    if request.method == "POST" and done(
        form, lambda: reopen(assessment=found, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, f"{found.period} is open again.")
        warn_after_saving(request, form, request.path)
        return _to(request, found)
    context = {"assessment": found, "form": form, "why_not": why_not_reopen(found)}
    return render(request, "toolkit/assessment_reopen.html", context)


@borough_view(Perm.READ_RECORD)
def sign_off_show(request: BoroughRequest, pk: UUID, edition: int) -> HttpResponse:
    """What was signed off, as it was."""
    editions = request.borough.sign_offs.filter(assessment=pk).select_related(
        "assessment__version", "meeting__committee", "submitted_by", "recorded_by", "reopened_by"
    )
    found = get_object_or_404(editions, edition=edition)
    kept = found.ratings.select_related("benchmark", "level", "text")
    ratings = kept.prefetch_related("evidence", "answers")
    context = {"sign_off": found, "assessment": found.assessment, "ratings": ratings}
    return render(request, "toolkit/sign_off.html", context)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def round_rule(request: BoroughRequest) -> HttpResponse:
    rule = rule_of(request.borough)
    form = filled(RoundRuleForm, request, RoundRuleForm.said_in(rule))
    if request.method == "POST" and done(
        form, lambda: set_rule(borough=request.borough, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "How rounds are kept was saved.")
        return redirect("toolkit:assessment-list", request.borough.slug)
    return render(request, "toolkit/round_rule.html", {"form": form, "rule": rule})


def _assessment(request: BoroughRequest, pk: UUID) -> Assessment:
    assessments = request.borough.assessments.select_related("borough", "version__scale")
    return get_object_or_404(assessments, pk=pk)


def _to(request: BoroughRequest, found: Assessment) -> HttpResponse:
    return redirect("toolkit:assessment", request.borough.slug, found.pk)
