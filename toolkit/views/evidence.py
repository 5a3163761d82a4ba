"""What a rating rests on, and which post answers for a benchmark."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.closed_passages import look_for_closed_passages
from boroughs.filling import done, filled
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm
from toolkit.actions.evidence import add_evidence, name_posts, remove_evidence
from toolkit.forms import EvidenceForm, PostsForm
from toolkit.models import Rating
from toolkit.policies import Refused, why_not_rate


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def evidence_add(request: BoroughRequest, pk: UUID, benchmark: str) -> HttpResponse:
    rating = _rating(request, pk, benchmark)
    form = filled(EvidenceForm, request, borough=request.borough, user=request.user)
    if request.method == "POST" and done(
        form, lambda: add_evidence(rating=rating, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, "The evidence was added.")
        warn_after_saving(request, form, request.path)
        return _back(request, rating)
    look_for_closed_passages(form, request.borough, request.user)
    context = {
        "form": form,
        "rating": rating,
        "assessment": rating.assessment,
        "why_not": why_not_rate(rating.assessment),
    }
    return render(request, "toolkit/evidence_add.html", context)


@borough_view(Perm.RATE, "POST")
def evidence_remove(
    request: BoroughRequest, pk: UUID, benchmark: str, evidence: UUID
) -> HttpResponse:
    rating = _rating(request, pk, benchmark)
    found = get_object_or_404(rating.evidence.visible_to(request.user), pk=evidence)
    try:
        remove_evidence(evidence=found, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "It is no longer among the evidence.")
    return _back(request, rating)


@borough_view(Perm.RATE, "GET", "HEAD", "POST")
def benchmark_posts(request: BoroughRequest, pk: UUID) -> HttpResponse:
    assessments = request.borough.assessments.select_related("version")
    assessment = get_object_or_404(assessments, pk=pk)
    benchmarks = list(assessment.version.benchmarks.all())
    named = dict(request.borough.benchmark_posts.values_list("benchmark__key", "post"))
    initial = {f"post_{row.key}": named.get(row.key, "") for row in benchmarks}
    form = filled(PostsForm, request, initial, benchmarks=benchmarks)
    if request.method == "POST" and done(
        form, lambda: name_posts(borough=request.borough, posts=form.posts, by=request.user)
    ):
        messages.success(request, "Who answers for each benchmark was saved.")
        return redirect("toolkit:assessment", request.borough.slug, pk)
    return render(request, "toolkit/benchmark_posts.html", {"form": form, "assessment": assessment})


def _rating(request: BoroughRequest, pk: UUID, benchmark: str) -> Rating:
    assessments = request.borough.assessments.select_related("borough", "version")
    assessment = get_object_or_404(assessments, pk=pk)
    found = get_object_or_404(assessment.ratings.in_order(), benchmark__key=benchmark)
    found.assessment = assessment
    return found


def _back(request: BoroughRequest, rating: Rating) -> HttpResponse:
    where = request.borough.slug, rating.assessment_id, rating.benchmark.key
    return redirect("toolkit:rating", *where)
