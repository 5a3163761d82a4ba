"""Reviews: which there are, what each found and asks for, and closing one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from boroughs.access import (
    BoroughRequest,
    borough_view,
    nothing_there,
    readable,
    reader_view,
    reads_as_member,
    reads_listed_alone,
)
from boroughs.actions.reviews import add_review, change_review, close_review, note_reading
from boroughs.beside import shown_beside
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import lines_naming
from boroughs.editing import Edit, others_of, warn
from boroughs.forms import ClosureForm, done, filled
from boroughs.forms.reviews import ReviewChangeForm, ReviewFilterForm, ReviewForm
from boroughs.linked_access import with_links
from boroughs.models import Review
from boroughs.review_policies import why_not_close
from boroughs.roles import Perm

PER_PAGE = 25
STATES: dict[str, Callable[[Any], bool]] = {
    "open": lambda review: review.unsettled > 0,
    "waiting": lambda review: review.waiting > 0,
    "overdue": lambda review: review.overdue > 0,
    "settled": lambda review: review.unsettled == 0,
}


def review_or_404(request: BoroughRequest, pk: UUID) -> Review:
    """A closed review is not there for whoever is not on its list."""
    reviews = readable(request, request.borough.reviews.all())
    reviews = reviews.select_related("closure", "meeting__committee", "changed_by")
    found: Review = reviews.filter(pk=pk).first() or nothing_there(request)
    found.borough = request.borough
    return found


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def review_list(request: BoroughRequest) -> HttpResponse:
    form = ReviewFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    reviews = readable(request, request.borough.reviews.all()).select_related("closure")
    every: list[Any] = list(reviews.defer("findings").with_counts(timezone.localdate()))
    if not every and reads_listed_alone(request):
        nothing_there(request)
    kind, state = chosen.get("kind"), STATES.get(chosen.get("state", ""))
    rows = [row for row in every if kind in {"", None, row.kind} and (not state or state(row))]
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "filtered": any(chosen.values()),
        "query": others_of(request),
        "any": bool(every),
        "waiting": sum(row.waiting for row in every),
        "overdue": sum(row.overdue for row in every),
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "lines": lines_naming(request, "review"),
        "listed_alone": reads_listed_alone(request),
    }
    return render(request, "boroughs/review_list.html", context)


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def review_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A closed review's page stands in the trail as read."""
    review = review_or_404(request, pk)
    if review.is_closed:
        note_reading(review=review, by=request.user, as_member=reads_as_member(request))
    rows = review.recommendations.select_related("report_to", "reported_at__committee")
    recommendations = list(rows.prefetch_related("steps", with_links(request)))
    beside = shown_beside(request, "recommendation", [row.pk for row in recommendations])
    for row in recommendations:
        row.review, row.beside = review, beside[row.pk]  # type: ignore[attr-defined]
    context = {
        "review": review,
        "recommendations": recommendations,
        "waiting": sum(not row.response for row in recommendations),
        "late": sum(row.is_late for row in recommendations),
        "settled": sum(row.is_settled for row in recommendations),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/review_show.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def review_add(request: BoroughRequest) -> HttpResponse:
    form = filled(ReviewForm, request, borough=request.borough)
    added: list[Review] = []
    if request.method == "POST" and done(
        form,
        lambda: added.append(
            add_review(borough=request.borough, by=request.user, **form.cleaned_data)
        ),
    ):
        messages.success(request, "The review was added. Now add what it asks for.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/review_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def review_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    review = review_or_404(request, pk)
    edit = Edit(request, ReviewChangeForm, review, borough=request.borough)
    if edit.saved(lambda **said: change_review(review=review, **said)):
        messages.success(request, "The review was changed.")
        warn(request, edit.form, request.path, closed=review.is_closed)
        return redirect(review)
    return edit.page("boroughs/review_change.html", review=review, closed=review.is_closed)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def review_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    review = review_or_404(request, pk)
    form = filled(ClosureForm, request, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: close_review(review=review, by=request.user, **form.said)
    ):
        messages.success(request, "The review is closed. You are the only one on its access list.")
        return redirect(review)
    context = {"form": form, "review": review, "why_not": why_not_close(review)}
    return render(request, "boroughs/review_close.html", context)
