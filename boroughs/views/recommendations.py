"""What reviews ask for: one at a time changed, answered, reported back; and what committees asked for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.reviews import (
    add_recommendation,
    add_step,
    answer_recommendation,
    change_recommendation,
    change_step,
    report_back,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, others_of, warn
from boroughs.forms import done, filled
from boroughs.forms.reviews import (
    AnswerForm,
    RecommendationChangeForm,
    RecommendationForm,
    ReportBackForm,
    RequestFilterForm,
    StepChangeForm,
    StepForm,
)
from boroughs.models import Recommendation, Review
from boroughs.review_access import committees_heard, requests_heard
from boroughs.review_policies import why_not_answer
from boroughs.roles import Perm
from boroughs.views.reviews import review_or_404

PER_PAGE = 30


def recommendation_or_404(request: BoroughRequest, review: UUID, pk: UUID) -> Recommendation:
    its_review = review_or_404(request, review)
    rows = its_review.recommendations.select_related("report_to", "reported_at__committee")
    found: Recommendation = get_object_or_404(rows, pk=pk)
    found.review = its_review
    return found


def _onwards(request: BoroughRequest, edit: Edit, found: Recommendation, said: str) -> HttpResponse:
    """Back to the review, or to the next of its recommendations that waits for a response."""
    messages.success(request, said)
    warn(request, edit.form, request.path, closed=found.review.is_closed)
    following = _following(found) if request.POST.get("then") == "next" else None
    if following:
        keys = [request.borough.slug, found.review_id, following.pk]
        return redirect("boroughs:recommendation-answer", *keys)
    return redirect(found.review)


def _following(found: Recommendation) -> Recommendation | None:
    """The next that waits, from the top again after the last."""
    others = found.review.recommendations.waiting().exclude(pk=found.pk)
    return others.filter(position__gt=found.position).first() or others.first()


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def recommendation_add(request: BoroughRequest, review: UUID) -> HttpResponse:
    its_review = review_or_404(request, review)
    form = filled(RecommendationForm, request, _proposed(its_review), borough=request.borough)
    if request.method == "POST" and done(
        form,
        lambda: add_recommendation(review=its_review, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, f"Number {form.cleaned_data['number']} was added.")
        warn(request, form, its_review.get_absolute_url(), closed=its_review.is_closed)
        another = request.POST.get("then") == "another"
        return redirect(request.path if another else its_review)
    if not its_review.is_closed:
        look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/recommendation_add.html", {"form": form, "review": its_review})


def _proposed(review: Review) -> dict[str, Any]:
    """The next number; what a committee asked for is reported back to it."""
    meeting = review.meeting
    return {
        "number": str(review.recommendations.count() + 1),
        "report_to": meeting.committee_id if meeting else None,
    }


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def recommendation_change(request: BoroughRequest, review: UUID, pk: UUID) -> HttpResponse:
    found = recommendation_or_404(request, review, pk)
    edit = Edit(request, RecommendationChangeForm, found, borough=request.borough)
    if edit.saved(lambda **said: change_recommendation(recommendation=found, **said)):
        return _onwards(request, edit, found, f"{found.name} was changed.")
    return _page(edit, found, "boroughs/recommendation_change.html", why_not=why_not_answer(found))


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def recommendation_answer(request: BoroughRequest, review: UUID, pk: UUID) -> HttpResponse:
    found = recommendation_or_404(request, review, pk)
    edit = Edit(request, AnswerForm, found, recommendation=found)
    if edit.saved(lambda **said: answer_recommendation(recommendation=found, **said)):
        return _onwards(request, edit, found, f"{found.name}: the answer was saved.")
    template = "boroughs/recommendation_answer.html"
    following = _following(found)
    return _page(edit, found, template, why_not=why_not_answer(found), following=following)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def recommendation_report(request: BoroughRequest, review: UUID, pk: UUID) -> HttpResponse:
    found = recommendation_or_404(request, review, pk)
    edit = Edit(request, ReportBackForm, found, recommendation=found)
    if edit.saved(lambda **said: report_back(recommendation=found, **said)):
        where = f"reported back at the meeting of {found.reported_at}"
        said = where if found.reported_at else "not reported back yet"
        return _onwards(request, edit, found, f"Recorded: {found.name} was {said}.")
    return _page(edit, found, "boroughs/recommendation_report.html")


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def step_add(request: BoroughRequest, review: UUID, pk: UUID) -> HttpResponse:
    found = recommendation_or_404(request, review, pk)
    form = filled(StepForm, request)
    if request.method == "POST" and done(
        form, lambda: add_step(recommendation=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The action was added.")
        warn(request, form, found.review.get_absolute_url(), closed=found.review.is_closed)
        return redirect(found.review)
    if not found.review.is_closed:
        look_for_closed_passages(form, request.borough, request.user)
    context = {"form": form, "recommendation": found, "review": found.review}
    return render(request, "boroughs/step_add.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def step_change(request: BoroughRequest, review: UUID, pk: UUID, step: UUID) -> HttpResponse:
    found = recommendation_or_404(request, review, pk)
    its_step = get_object_or_404(found.steps.all(), pk=step)
    its_step.recommendation = found
    edit = Edit(request, StepChangeForm, its_step)
    if edit.saved(lambda **said: change_step(step=its_step, **said)):
        return _onwards(request, edit, found, "The action was saved.")
    return _page(edit, found, "boroughs/step_change.html")


def _page(edit: Edit, found: Recommendation, template: str, **context: Any) -> HttpResponse:
    review = found.review
    context |= {"recommendation": found, "review": review}
    return edit.page(template, closed=review.is_closed, **context)


# -- What committees asked for ----------------------------------------------------------------------------
@borough_view(Perm.READ_REPORTS)
def asked_list(request: BoroughRequest) -> HttpResponse:
    """Requests of all committees to officers, of their own committees to members; never a closed one."""
    rows, form = (
        requests_heard(request),
        RequestFilterForm(request.GET, committees=committees_heard(request)),
    )
    left = rows.unsettled().count()
    chosen = form.cleaned_data if form.is_valid() else {}
    if committee := chosen.get("committee"):
        rows = rows.filter(review__meeting__committee=committee)
    if state := chosen.get("state"):
        rows = rows.unsettled() if state == "open" else rows.exclude(reported_at=None)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "filtered": any(chosen.values()),
        "query": others_of(request),
        "left": left,
        "officer": Perm.READ_RECORD in request.granted,
    }
    return render(request, "boroughs/asked_list.html", context)
