"""An assessment beside the one before it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .models import Assessment, Level, Rating


def direction_of(now: int | None, before: int | None) -> str:
    """better, worse or same, by the ranks of two levels; empty where either is not rated."""
    if now is None or before is None:
        return ""
    return "better" if now > before else "worse" if now < before else "same"


@dataclass(frozen=True)
class Compared:
    """A benchmark's rating now and in the period before."""

    now: Rating
    before: Rating | None

    @property
    def direction(self) -> str:
        """better, worse, same or new; empty where either is not rated. Never carried across toolkit versions."""
        return direction_between(self.now, self.before)

    @property
    def sentence(self) -> str:
        """What changed, in words; empty where the word is the same as before."""
        was = self.before.word if self.before else ""
        if not was or was == self.now.word:
            return ""
        return f"{self.now.benchmark} went from {was} to {self.now.word}."

    @property
    def tone(self) -> str:
        return self.now.level.tone if self.now.level else Level.Tone.GREY

    @property
    def pattern(self) -> str:
        return self.now.level.pattern if self.now.level else ""


def direction_between(now: Rating, before: Rating | None) -> str:
    """better, worse, same or new; empty where there is no word to go by."""
    if now.level is None:
        return ""
    if before is None or before.level is None:
        return "new" if before else ""
    return direction_of(now.level.rank, before.level.rank)


def compare(assessment: Assessment, previous: Assessment | None) -> list[Compared]:
    """Every benchmark in order, by one query."""
    periods = [period for period in (assessment, previous) if period]
    now: list[Rating] = []
    before: dict[int, Rating] = {}
    for rating in Rating.objects.filter(assessment__in=periods).in_order():
        if rating.assessment_id == assessment.pk:
            rating.assessment = assessment
            now.append(rating)
        else:
            before[rating.benchmark_id] = rating
    return [Compared(rating, before.get(rating.benchmark_id)) for rating in now]


def beside(assessment: Assessment) -> list[Assessment]:
    """What other assessors said by the same version of a period that overlaps, the newest of each."""
    found = (
        Assessment.objects.in_lines()
        .filter(
            borough=assessment.borough_id,
            version=assessment.version_id,
            starts_on__lte=assessment.ends_on,
            ends_on__gte=assessment.starts_on,
        )
        .exclude(assessor=assessment.assessor)
    )
    newest = found.order_by("assessor", "-ends_on", "-starts_on", "pk").distinct("assessor")
    order = Assessment.Assessor.values
    return sorted(newest, key=lambda other: order.index(other.assessor))


def said_by(assessments: Iterable[Assessment]) -> dict[tuple[UUID, int], Rating]:
    """What each says of each benchmark, by one query."""
    ratings = Rating.objects.filter(assessment__in=list(assessments)).in_order()
    return {(rating.assessment_id, rating.benchmark_id): rating for rating in ratings}


@dataclass(frozen=True)
class Progress:
    """How far a round has come: what was judged afresh counts apart from what is still true."""

    total: int
    afresh: int
    unchanged: int

    @property
    def done(self) -> int:
        return self.afresh + self.unchanged


def progress_of(ratings: Iterable[Rating]) -> Progress:
    judged = Counter(rating.judged for rating in ratings)
    return Progress(judged.total(), judged[Rating.Judged.AFRESH], judged[Rating.Judged.UNCHANGED])


def counts(rows: list[Compared]) -> list[tuple[str, str, int]]:
    """How many benchmarks have each word: (word, tone, number), best first; what is not rated comes last."""
    words = Counter(
        (row.now.level.rank, row.now.level.label, str(row.now.level.tone))
        if row.now.level
        else (0, row.now.word, str(Level.Tone.GREY))
        for row in rows
    )
    return [
        (label, tone, number) for (_, label, tone), number in sorted(words.items(), reverse=True)
    ]
