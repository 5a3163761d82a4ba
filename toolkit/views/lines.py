"""Ratings over time: one benchmark's line, and one period against another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from toolkit.comparison import compare
from toolkit.forms import OtherPeriodForm
from toolkit.lines import line_of, sources_of
from toolkit.models import benchmark_of


@borough_view(Perm.READ_RECORD)
def benchmark_line(request: BoroughRequest, version: str, benchmark: str) -> HttpResponse:
    found = benchmark_of(version, benchmark)
    context = {
        "benchmark": found,
        "points": line_of(request.borough, found),
        "sources": sources_of(request.borough, found),
    }
    return render(request, "toolkit/benchmark_line.html", context)


@borough_view(Perm.READ_RECORD)
def assessment_compared(request: BoroughRequest, pk: UUID) -> HttpResponse:
    assessments = request.borough.assessments.select_related("version__scale")
    found = get_object_or_404(assessments, pk=pk)
    others = request.borough.assessments.filter(version=found.version).exclude(pk=pk)
    form = OtherPeriodForm(request.GET or None, others=others.latest_first())
    chosen = form.cleaned_data["against"] if form.is_valid() else None
    other = chosen or found.previous()
    rows = compare(found, other) if other else []
    context = {
        "assessment": found,
        "other": other,
        "rows": rows,
        "form": form,
        "sentences": [row.sentence for row in rows if row.sentence],
    }
    return render(request, "toolkit/assessment_compared.html", context)
