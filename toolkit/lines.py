"""A benchmark over time: every period and assessor, and what came before it in an earlier version of the toolkit."""

from dataclasses import dataclass

from django.db.models import QuerySet

from boroughs.models import Borough

from .comparison import direction_between
from .models import Assessment, Benchmark, Crossing, Rating


@dataclass(frozen=True)
class Point:
    """What one assessor said in one period, and which way it went since that assessor's period before."""

    rating: Rating
    direction: str

    @property
    def assessment(self) -> Assessment:
        return self.rating.assessment


@dataclass(frozen=True)
class Source:
    """A benchmark of an earlier version that this one came from, with its own line."""

    crossing: Crossing
    points: list[Point]

    @property
    def benchmark(self) -> Benchmark:
        return self.crossing.before

    @property
    def is_same(self) -> bool:
        """Whether a direction may be read from the one to the other: never across a merge."""
        return self.crossing.relation == Crossing.Relation.SAME


def line_of(borough: Borough, benchmark: Benchmark) -> list[Point]:
    """The borough's ratings of it, the newest period first."""
    rows = Rating.objects.filter(assessment__borough=borough, benchmark=benchmark)
    return _points(_in_order(rows))


def sources_of(borough: Borough, benchmark: Benchmark) -> list[Source]:
    """Where it came from, each with its line: both stand beside each other where two were merged."""
    crossings = list(
        benchmark.predecessors.select_related("before__version").order_by("before__number")
    )
    rows = Rating.objects.filter(
        assessment__borough=borough, benchmark__in=[crossing.before_id for crossing in crossings]
    )
    found = _in_order(rows)
    return [
        Source(crossing, _points([row for row in found if row.benchmark_id == crossing.before_id]))
        for crossing in crossings
    ]


def _in_order(rows: QuerySet[Rating]) -> list[Rating]:
    related = "assessment__version", "level", "changed_by", "benchmark"
    return list(
        rows.select_related(*related).order_by("-assessment__ends_on", "assessment__assessor", "pk")
    )


def _points(rows: list[Rating]) -> list[Point]:
    points: list[Point] = []
    before: dict[str, Rating] = {}
    for rating in reversed(rows):
        assessor = rating.assessment.assessor
        points.append(Point(rating, direction_between(rating, before.get(assessor))))
        before[assessor] = rating
    return points[::-1]
