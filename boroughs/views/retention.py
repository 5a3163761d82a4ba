"""What is due to be looked at, and how long records are kept."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.retention import ask_to_erase_record, keep_record, set_period
from boroughs.forms import PeriodForm, ReviewForm, done, filled
from boroughs.models import RetentionReview
from boroughs.purging import KINDS
from boroughs.retention import periods_of
from boroughs.roles import Perm


@borough_view(Perm.ERASE)
def retention_list(request: BoroughRequest) -> HttpResponse:
    reviews = request.borough.retention_reviews
    page = Paginator(reviews.waiting(), 50).get_page(request.GET.get("page"))
    kept = reviews.filter(state=RetentionReview.State.KEPT).select_related("decided_by")
    context = {
        "rows": [{"review": row, "label": KINDS[row.kind].label} for row in page],
        "kept": [{"review": row, "label": KINDS[row.kind].label} for row in kept[:50]],
        "page": page,
        "periods": periods_of(request.borough),
    }
    return render(request, "boroughs/retention_list.html", context)


@borough_view(Perm.ERASE, "GET", "HEAD", "POST")
def retention_decide(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.borough.retention_reviews.select_related("borough"), pk=pk)
    form = filled(ReviewForm, request)
    if request.method == "POST" and done(form, lambda: decide(request, found, form)):
        kept = found.state == RetentionReview.State.KEPT
        said = "It is kept." if kept else "Its erasure waits for a second person."
        messages.success(request, said)
        return redirect("boroughs:retention-list", request.borough.slug)
    kind = KINDS[found.kind]
    context = {
        "form": form,
        "review": found,
        "label": kind.label,
        "record": kind.find(request.borough, request.user, request.granted, found.record),
        "why_not": found.get_state_display() if found.decided_by_id else "",
    }
    return render(request, "boroughs/retention_decide.html", context)


def decide(request: BoroughRequest, found: RetentionReview, form: ReviewForm) -> None:
    if form.cleaned_data["decision"] == "erase":
        ask_to_erase_record(review=found, by=request.user)
        return
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    keep_record(review=found, until=until, reason=reason, by=request.user)


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def retention_period(request: BoroughRequest) -> HttpResponse:
    """Every kind's years on one page."""
    kept = periods_of(request.borough)
    initial = {row.period.kind: row.years for row in kept}
    form = filled(PeriodForm, request, initial, kept=kept)
    if request.method == "POST" and done(form, lambda: set_all(request, initial, form)):
        messages.success(request, "The periods are saved.")
        return redirect("boroughs:retention-list", request.borough.slug)
    return render(request, "boroughs/retention_period.html", {"form": form})


def set_all(request: BoroughRequest, before: dict[str, int], form: PeriodForm) -> None:
    for kind, years in form.cleaned_data.items():
        if years != before[kind]:
            set_period(borough=request.borough, kind=kind, years=years, by=request.user)
