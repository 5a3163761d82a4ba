"""Benchmarks beside the recommendations that were made of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from boroughs.access import BoroughRequest
from boroughs.beside import Beside, offer_beside
from boroughs.roles import Perm

from .models import AskedBenchmark


def benchmarks_beside(
    request: BoroughRequest, kind: str, keys: Sequence[UUID]
) -> Mapping[UUID, list[Beside]]:
    """The judgement of which each was made; its page is for who reads the record."""
    found: defaultdict[UUID, list[Beside]] = defaultdict(list)
    if kind != "recommendation" or Perm.READ_RECORD not in request.granted:
        return found
    rows = AskedBenchmark.objects.filter(
        recommendation__in=keys, rating__assessment__borough=request.borough
    )
    for row in rows.select_related("rating__benchmark", "rating__assessment"):
        rating = row.rating
        where = [request.borough.slug, rating.assessment_id, rating.benchmark.key]
        label = f"Benchmark {rating.benchmark.number} in {rating.assessment.period}"
        href = reverse("toolkit:rating-history", args=where)
        found[row.recommendation_id].append(Beside(label, href))
    return found


offer_beside(benchmarks_beside)
