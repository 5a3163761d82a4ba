"""What of a round goes over to another version of the toolkit, and what stays where it was written."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from .models import Assessment, Benchmark, Crossing, Rating, ToolkitVersion


@dataclass(frozen=True)
class Step:
    """One benchmark of the version that a round is moved to, with those that it came from."""

    benchmark: Benchmark
    sources: list[Rating]
    relation: str  # of a Crossing; empty where nothing leads here
    one_scale: bool

    @property
    def carried(self) -> Rating | None:
        """The rating that goes over: the benchmark is the same, and no other became it."""
        return None if self.why_not or not self.sources else self.sources[0]

    @property
    def why_not(self) -> str:
        if not self.sources:
            return "The version before did not ask this."
        if len(self.sources) > 1 or self.relation == Crossing.Relation.MERGED:
            return "Several benchmarks and one are not the same: no rating goes over."
        if self.relation != Crossing.Relation.SAME:
            return "A part and the whole are not the same: no rating goes over."
        if not self.one_scale and self.sources[0].level:
            return "The two versions are rated by different scales."
        return ""


@dataclass(frozen=True)
class Move:
    """All of it, as a page shows it beforehand."""

    assessment: Assessment
    version: ToolkitVersion
    steps: list[Step]
    ratings: list[Rating]
    is_verified: bool

    @property
    def is_crossed(self) -> bool:
        """Whether a crosswalk leads from the one version to the other."""
        return any(step.relation for step in self.steps)

    @property
    def seen(self) -> int:
        """Another number once anything of the round was changed."""
        return sum(rating.version for rating in self.ratings)

    @cached_property
    def carried(self) -> list[Step]:
        return [step for step in self.steps if step.carried]

    @cached_property
    def asked_anew(self) -> list[Step]:
        return [step for step in self.steps if not step.carried]

    @cached_property
    def staying(self) -> list[Rating]:
        """What is rated or written of benchmarks that do not go over."""
        gone = {step.carried.pk for step in self.carried if step.carried}
        return [
            rating for rating in self.ratings if rating.pk not in gone and says_something(rating)
        ]


def says_something(rating: Rating) -> bool:
    return bool(
        rating.level or rating.standing or rating.reason or rating.comment or rating.actions
    )


def versions_to_move_to(assessment: Assessment) -> QuerySet[ToolkitVersion]:
    """Those between which and the round's own a crosswalk leads, in either direction."""
    own = assessment.version_id
    return ToolkitVersion.objects.filter(
        Q(benchmarks__predecessors__before__version=own)
        | Q(benchmarks__successors__after__version=own)
    ).distinct()


def move_of(assessment: Assessment, version: ToolkitVersion) -> Move:
    """In three statements."""
    pairs = _pairs(assessment.version, version)
    ratings = list(assessment.ratings.in_order())
    by_benchmark = {rating.benchmark_id: rating for rating in ratings}
    leads_on = Counter(source for source, _, _ in pairs)
    one_scale = assessment.version.scale_id == version.scale_id
    steps = []
    for benchmark in version.benchmarks.all():
        here = [(source, relation) for source, target, relation in pairs if target == benchmark.pk]
        alone = len(here) == 1 and leads_on[here[0][0]] == 1
        relation = here[0][1] if alone else Crossing.Relation.MERGED if here else ""
        sources = [by_benchmark[source] for source, _ in here if source in by_benchmark]
        steps.append(Step(benchmark, sources, relation, one_scale))
    return Move(assessment, version, steps, ratings, all(pairs.values()))


def _pairs(one: ToolkitVersion, other: ToolkitVersion) -> dict[tuple[int, int, str], bool]:
    """From a benchmark of the one to one of the other, with what they are to each other and whether that was verified."""
    crossings = Crossing.objects.filter(
        Q(before__version=one, after__version=other) | Q(before__version=other, after__version=one)
    ).select_related("before")
    found = {}
    for crossing in crossings:
        ends = crossing.before_id, crossing.after_id
        source, target = ends if crossing.before.version_id == one.pk else ends[::-1]
        found[source, target, crossing.relation] = crossing.verified
    return found
