"""The benchmarks an action serves go along when its plan is carried forward."""

from collections.abc import Mapping
from uuid import UUID

from boroughs.carrying import offer

from .models import ServedBenchmark


def benchmarks(carried: Mapping[UUID, UUID]) -> None:
    """Also of a former version of the toolkit: which of them still counts is for the page to say."""
    kept = ServedBenchmark.objects.filter(action__in=carried)
    ServedBenchmark.objects.bulk_create(
        ServedBenchmark(action_id=carried[link.action_id], benchmark_id=link.benchmark_id)
        for link in kept
    )


offer(benchmarks)
