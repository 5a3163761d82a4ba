"""What a letter's judgements ask for: each unmet benchmark as the recommendation that would be made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from .models import AskedBenchmark, Assessment, Level, Rating
from .models.asked import AskedBenchmarkQuerySet

UNMET = {Level.Tone.RED, Level.Tone.AMBER}
LONGEST_TEXT, LONGEST_RANK = 4000, 40  # characters, of a recommendation's form


@dataclass(frozen=True)
class Proposed:
    """One recommendation that is not made yet."""

    rating: Rating

    @property
    def key(self) -> str:
        """Also tells which version of the judgement was looked at."""
        return f"{self.rating.benchmark.key}@{self.rating.version}"

    @property
    def text(self) -> str:
        """What the letter asks for; without words of its own, that the benchmark be met."""
        title = self.rating.benchmark.title
        said = self.rating.actions or self.rating.comment
        if not said:
            return f"Meet the benchmark “{title}”."
        whole = f"{title}: {said}"
        return whole if len(whole) <= LONGEST_TEXT else said

    @property
    def importance(self) -> str:
        return self.rating.word[:LONGEST_RANK]


def proposed(assessment: Assessment) -> list[Proposed]:
    """Of the benchmarks that the letter finds unmet, those of which no recommendation was made. A blank is no judgement."""
    made = made_of(assessment).values("rating")
    ratings = assessment.ratings.exclude(pk__in=made).in_order()
    return [Proposed(row) for row in ratings if row.level and row.level.tone in UNMET]


def made_of(assessment: Assessment) -> AskedBenchmarkQuerySet:
    """What was made of the letter."""
    return AskedBenchmark.objects.filter(rating__assessment=assessment)


def free_number(wanted: int, taken: Iterable[str]) -> str:
    """The benchmark's own number, or 3.1, 3.2 where the review has a 3 already."""
    others, number, after = set(taken), str(wanted), 0
    while number in others:
        after += 1
        number = f"{wanted}.{after}"
    return number
