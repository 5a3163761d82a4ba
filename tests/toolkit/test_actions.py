"""Rating by compare-and-set, with real editors at the same moment."""

import datetime as dt
import random
import threading
from typing import Any

import pytest
from django.db import OperationalError, connection

from boroughs.rows import acting_as
from tests.boroughs.pages import deeds
from tests.factories import World, level, make_assessment
from toolkit.actions.assessments import rate
from toolkit.models import Level, Rating
from toolkit.policies import ChangedMeanwhile, Refused

PAIRS = 1000


def training(world: World) -> Rating:
    return world.here.assessment.ratings.in_order().get(benchmark__key="training")


def test_saying_the_same_again_changes_nothing(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = training(world)
        again = rate(
            rating=rating,
            level=rating.level,
            comment=rating.comment,
            seen=rating.version,
            by=world.here.coordinator,
        )
        assert again is False
        assert training(world).version == rating.version
    assert deeds(world.here)[-1] != "benchmark.rated"


def test_an_answer_to_an_old_page_is_refused_with_what_stands_there_now(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = training(world)
        with pytest.raises(ChangedMeanwhile) as refused:
            rate(rating=rating, level=level("green"), seen=1, by=world.here.coordinator)
    assert refused.value.now.comment == "present words of thurrock"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"standing": "not_applicable", "reason": "None here", "level": "green"}, "has no rating"),
        ({"standing": "not_applicable", "reason": "  "}, "Give the reason"),
        ({"standing": "through_partner"}, "Give the reason"),
    ],
)
def test_answers_that_do_not_go_together_are_refused(
    world: World, said: dict[str, Any], sentence: str
) -> None:
    said["level"] = level(said["level"]) if "level" in said else None
    with acting_as(world.here.coordinator.pk), pytest.raises(Refused, match=sentence):
        rate(rating=training(world), **said, seen=2, by=world.here.coordinator)


def test_a_level_of_another_scale_is_refused(world: World) -> None:
    other = Level.objects.exclude(scale__key="rag").first()
    assert other is not None
    with acting_as(world.here.coordinator.pk), pytest.raises(Refused, match="this toolkit's scale"):
        rate(rating=training(world), level=other, seen=2, by=world.here.coordinator)


def test_every_save_names_its_person_in_the_trail(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rate(rating=training(world), level=level("green"), seen=2, by=world.here.coordinator)
    assert deeds(world.here)[-1] == "benchmark.rated"


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_wins_and_the_other_is_told(world: World) -> None:
    """Many rounds of two real connections: one row more of history each round, and nobody lost without a word."""
    gate = threading.Barrier(2, timeout=60)
    told: dict[str, list[str]] = {"first": [], "second": []}
    threads = [
        threading.Thread(target=edit_all, args=(world, name, gate, told[name])) for name in told
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    pairs = list(zip(told["first"], told["second"], strict=True))
    assert len(pairs) == PAIRS
    assert {frozenset(pair) for pair in pairs} == {frozenset({"saved", "refused"})}
    winners = [f"{'first' if one == 'saved' else 'second'} {n}" for n, (one, _) in enumerate(pairs)]
    with acting_as(world.here.coordinator.pk):
        kept = [event.comment for event in training(world).events.order_by("pgh_id")]  # type: ignore[attr-defined]
    assert kept[-PAIRS:] == winners


def edit_all(world: World, name: str, gate: threading.Barrier, told: list[str]) -> None:
    """One of two editors who open the page at the same moment, again and again."""
    words = [level(key) for key in ("red", "amber", "green")]
    try:
        for number in range(PAIRS):
            gate.wait()
            told.append(edit(world, f"{name} {number}", 2 + number, random.choice(words)))
    finally:
        connection.close()


def edit(world: World, comment: str, seen: int, word: Level) -> str:
    by = world.here.coordinator
    try:
        with acting_as(by.pk):
            rate(rating=training(world), level=word, comment=comment, seen=seen, by=by)
    except ChangedMeanwhile as refused:
        return "refused" if refused.now.version == seen + 1 else "confused"
    return "saved"


@pytest.mark.django_db(transaction=True)
def test_a_period_is_not_closed_under_a_rating_that_is_being_saved(world: World) -> None:
    """Opening the next period waits for the save, so that nothing is written into a period that is closed."""
    saved, may_commit = threading.Event(), threading.Event()

    def save_slowly() -> None:
        try:
            with acting_as(world.here.coordinator.pk):
                rate(
                    rating=training(world), level=level("green"), seen=2, by=world.here.coordinator
                )
                saved.set()
                may_commit.wait(20)
        finally:
            connection.close()

    slow = threading.Thread(target=save_slowly)
    slow.start()
    assert saved.wait(20)
    try:
        with pytest.raises(OperationalError, match="lock timeout"):
            open_next_impatiently(world)
    finally:
        may_commit.set()
        slow.join(20)
    with acting_as(world.here.coordinator.pk):
        assert training(world).word == "Green"


def open_next_impatiently(world: World) -> None:
    with acting_as(world.here.coordinator.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '200ms'")
        make_assessment(
            world.here.borough,
            by=world.here.coordinator,
            starts_on=dt.date(2020, 1, 1),
            ends_on=dt.date(2020, 1, 31),
        )
