"""An assessment beside the one before it."""

import pytest

from tests.factories import level
from toolkit.comparison import Compared, counts
from toolkit.models import Benchmark, Level, Rating


def rating(word: str | None) -> Rating:
    if word == "partner":
        return Rating(standing="through_partner", reason="The county does it")
    return Rating(level=level(word) if word else None)


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        ("green", "amber", "better"),
        ("amber", "red", "better"),
        ("green", "red", "better"),
        ("amber", "green", "worse"),
        ("red", "green", "worse"),
        ("amber", "amber", "same"),
        ("green", None, "new"),
        (None, "green", ""),
        (None, None, ""),
        ("partner", "green", ""),
    ],
)
def test_the_direction_of_travel(
    db: None, now: str | None, before: str | None, direction: str
) -> None:
    assert Compared(rating(now), rating(before)).direction == direction


@pytest.mark.parametrize("now", ["green", "red", None])
def test_without_an_earlier_period_there_is_no_direction(db: None, now: str | None) -> None:
    assert Compared(rating(now), None).direction == ""


@pytest.mark.parametrize("now", [None, "partner"])
def test_what_is_not_rated_is_grey_and_never_green(db: None, now: str | None) -> None:
    assert Compared(rating(now), rating("green")).tone == "grey"


def test_a_higher_rank_is_better_on_every_shipped_scale(db: None) -> None:
    for low in Level.objects.all():
        for high in low.scale.levels.filter(rank__gt=low.rank):
            assert Compared(Rating(level=high), Rating(level=low)).direction == "better"


def test_words_are_counted_best_first_and_what_is_not_rated_last(db: None) -> None:
    rows = [
        Compared(rating(word), None) for word in ("red", None, "green", "red", "partner", "amber")
    ]
    assert counts(rows) == [
        ("Green", "green", 1),
        ("Amber", "amber", 1),
        ("Red", "red", 2),
        ("Not rated", "grey", 1),
        ("Met through a partner", "grey", 1),
    ]


def test_a_rating_is_never_carried_from_one_toolkit_to_the_next(db: None) -> None:
    """The keys stay; the benchmarks are other rows, so that nothing is compared by number."""
    older = set(Benchmark.objects.filter(version__key="la-2018").values_list("pk", flat=True))
    newer = set(Benchmark.objects.filter(version__key="la-2024").values_list("pk", flat=True))
    assert older.isdisjoint(newer)
