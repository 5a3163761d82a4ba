"""The questions that help to judge: a borough's own wording, what changes when the shipped one does, and where answers point."""

import dataclasses
import itertools
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World
from toolkit import catalogue
from toolkit.actions.prompts import answer_prompts, word_prompts
from toolkit.actions.round import submit
from toolkit.actions.versions import load_catalogue
from toolkit.models import Benchmark, Level, Prompt, PromptAnswer, Rating
from toolkit.policies import Refused
from toolkit.prompts import Asked, points_to, sheet_of, wordings_of


def training() -> Benchmark:
    return Benchmark.objects.get(version__key="la-2018", key="training")


def rating_of(place: Place) -> Rating:
    return place.assessment.ratings.in_order().get(benchmark__key="training")


def wording_page(place: Place) -> str:
    return address("toolkit:prompt-local", place.borough, "la-2018", "training")


def answers_page(place: Place) -> str:
    return address("toolkit:prompt-answer", place.borough, place.assessment.pk, "training")


def rating_page(place: Place) -> str:
    return address("toolkit:rating", place.borough, place.assessment.pk, "training")


def texts(place: Place) -> dict[str, str]:
    with acting_as(place.coordinator.pk):
        return {word.key: word.text for word in wordings_of(place.borough, training())}


def typed(place: Place, **changed: str) -> dict[str, Any]:
    with acting_as(place.coordinator.pk):
        seen = sheet_of(place.borough, training()).version
    words = {f"text_{key}": text for key, text in {**texts(place), **changed}.items()}
    return {**words, "seen": seen}


def ship_anew(monkeypatch: pytest.MonkeyPatch, key: str, text: str) -> None:
    """The shipped wording of one question of the 2018 benchmark on training is another one now; empty: it no longer ships."""
    first, *rest = catalogue.versions()
    [old] = [row for row in first.benchmarks if row.key == "training"]
    prompts = [dataclasses.replace(p, text=text if p.key == key else p.text) for p in old.prompts]
    new = dataclasses.replace(old, prompts=tuple(p for p in prompts if p.text))
    benchmarks = [new if row is old else row for row in first.benchmarks]
    changed = dataclasses.replace(first, benchmarks=tuple(benchmarks), checksum="2" * 64)
    monkeypatch.setattr(catalogue, "versions", lambda: (changed, *rest))
    assert load_catalogue() == []


def test_a_borough_changes_drops_and_adds_questions_and_another_keeps_the_shipped_ones(
    world: World,
) -> None:
    here, there = world.here, world.there
    before = texts(there)
    first, second, *_ = (key for key in before if not key.startswith("own-"))
    client = signed_in(here.coordinator)
    said = typed(here, **{first: "Who is trained here?", second: ""})
    answer = client.post(wording_page(here), {**said, "new": "Do drivers\r\nknow the route?"})
    assert answer.status_code == 302
    page = says(client.get(rating_page(here)))
    assert "Who is trained here?" in page
    assert "Do drivers know the route?" in page
    assert before[first] not in page
    assert before[second] not in page
    assert texts(there) == before
    assert deeds(here)[-1] == "prompts.worded"


def test_saying_the_shipped_words_again_takes_the_shipped_question_back(world: World) -> None:
    here = world.here
    before = texts(here)
    key = next(iter(before))
    client = signed_in(here.coordinator)
    client.post(wording_page(here), typed(here, **{key: "Mine?"}))
    assert texts(here)[key] == "Mine?"
    client.post(wording_page(here), typed(here, **{key: before[key]}))
    with acting_as(here.coordinator.pk):
        assert here.borough.local_prompts.filter(key=key).count() == 0


@pytest.mark.parametrize("deed", ["take", "leave"])
def test_a_changed_shipped_wording_is_shown_beside_and_taken_or_left(
    world: World, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    here = world.here
    key, was = next(iter(texts(here).items()))
    client = signed_in(here.coordinator)
    client.post(wording_page(here), typed(here, **{key: "Mine?"}))
    assert "The shipped wording changed" not in says(client.get(wording_page(here)))
    ship_anew(monkeypatch, key, "Newly shipped?")
    page = says(client.get(wording_page(here)))
    assert f"It was: {was} It is now: Newly shipped? Yours: Mine?" in page
    assert texts(world.there)[key] == "Newly shipped?"
    client.post(wording_page(here), {deed: key})
    assert texts(here)[key] == {"take": "Newly shipped?", "leave": "Mine?"}[deed]
    again = client.post(wording_page(here), {deed: key}, follow=True)
    assert "has not changed" in says(again)
    assert "The shipped wording changed" not in says(client.get(wording_page(here)))


def test_a_question_that_no_longer_ships_stays_where_a_borough_keeps_its_own_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    key = next(iter(texts(here)))
    client = signed_in(here.coordinator)
    client.post(wording_page(here), typed(here, **{key: "Mine?"}))
    ship_anew(monkeypatch, key, "")
    assert "no longer ships" in says(client.get(wording_page(here)))
    client.post(wording_page(here), {"leave": key})
    assert texts(here)[key] == "Mine?"
    assert key not in texts(world.there)


def test_answers_are_kept_shown_and_point_to_a_level_without_setting_one(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    keys = list(texts(here))
    given = {f"answer_{key}": "yes" for key in keys} | {f"answer_{keys[0]}": "partly"}
    seen = client.get(answers_page(here)).context["form"].initial["seen"]
    assert client.post(answers_page(here), {**given, "seen": seen}).status_code == 302
    page = says(client.get(rating_page(here)))
    assert "The answers point to Amber" in page
    with acting_as(here.coordinator.pk):
        assert rating_of(here).word == "Red"
        assert PromptAnswer.objects.filter(rating=rating_of(here)).count() == len(keys)
    assert deeds(here)[-1] == "prompts.answered"


def test_answers_given_at_the_same_time_are_both_kept_and_a_clash_is_told(world: World) -> None:
    here, by = world.here, world.here.coordinator
    first, second, *_ = texts(here)
    with acting_as(by.pk):
        rating = rating_of(here)
        answer_prompts(rating=rating, answers={first: "yes"}, seen={}, by=by)
        answer_prompts(rating=rating, answers={first: "", second: "no"}, seen={}, by=by)
        kept = dict(rating.answers.values_list("key", "answer"))
        assert (kept[first], kept[second]) == ("yes", "no")
        with pytest.raises(Refused, match="meanwhile: look again"):
            answer_prompts(rating=rating, answers={first: "no"}, seen={}, by=by)
        answer_prompts(rating=rating, answers={first: ""}, seen={first: "yes"}, by=by)
        assert not rating.answers.filter(key=first).exists()


def test_an_answer_does_not_hold_for_other_words(world: World) -> None:
    here, by = world.here, world.here.coordinator
    assert "asked? Partly" in says(signed_in(by).get(rating_page(here)))
    with acting_as(by.pk):
        word_prompts(
            borough=here.borough, benchmark=training(), texts={"own-1": "Else?"}, seen=1, by=by
        )
    page = says(signed_in(by).get(rating_page(here)))
    assert "Else?" in page
    assert "Else? Partly" not in page


def test_answers_are_frozen_with_the_round_by_both_locks(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        for rating in here.assessment.ratings.in_order():
            type(rating).objects.filter(pk=rating.pk).update(reason="Why", comment="Why")
        submit(assessment=here.assessment, by=by)
        with pytest.raises(Refused, match="submitted"):
            answer_prompts(rating=rating_of(here), answers={"own-1": "no"}, seen={}, by=by)
        assert PromptAnswer.objects.update(answer="no") == 0
        assert PromptAnswer.objects.all().delete()[0] == 0
        kept = PromptAnswer.objects.get(rating=rating_of(here))
        kept.pk, kept.key = None, "another"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            kept.save(force_insert=True)
    page = says(signed_in(by).get(rating_page(here)))
    assert "asked? Partly" in page
    closed = says(signed_in(by).get(answers_page(here)))
    assert "Save the answers" not in closed


def test_an_unknown_answer_is_refused_in_words(world: World) -> None:
    here = world.here
    response = signed_in(here.coordinator).post(answers_page(here), {"answer_own-1": "perhaps"})
    assert len(problems(response)) == 1
    long = {**typed(here), "new": "x" * 301}
    assert (
        "300 characters" in problems(signed_in(here.coordinator).post(wording_page(here), long))[0]
    )


def levels(number: int) -> list[Level]:
    return [Level(label=str(rank), rank=rank) for rank in range(1, number + 1)]


def pointed(answers: Any, number: int) -> str:
    found = points_to([Asked(str(n), "?", a) for n, a in enumerate(answers)], levels(number))
    return str(found) if found else ""


def test_all_yes_points_to_the_best_all_no_to_the_worst_and_the_rest_between() -> None:
    for number in (2, 3, 4, 5):
        assert pointed(["yes", "yes", "not_applicable"], number) == str(number)
        assert pointed(["no", "not_applicable"], number) == "1"
        assert pointed(["yes", ""], number) == ""
        assert pointed(["not_applicable"], number) == ""
        assert pointed([], number) == ""
    for mixed in itertools.product(("yes", "partly", "no"), repeat=3):
        if set(mixed) - {"yes"} and set(mixed) - {"no"}:
            assert pointed(mixed, 3) == "2"
            assert pointed(mixed, 4) in {"2", "3"}
            assert pointed(mixed, 2) == "1"
    assert (pointed(["no", "partly"], 4), pointed(["yes", "partly"], 4)) == ("2", "3")


def test_prompts_loaded_before_their_keys_were_kept_get_them(db: None) -> None:
    before = list(Prompt.objects.order_by("benchmark", "order").values("key", "text", "order"))
    assert all(row["key"] for row in before)
    Prompt.objects.filter(benchmark__version__key="la-2018").update(key="")
    assert load_catalogue() == []
    after = Prompt.objects.order_by("benchmark", "order").values("key", "text", "order")
    assert list(after) == before


# -- Two at once --------------------------------------------------------------------------------------
def test_the_second_of_two_who_word_the_questions_sees_both_texts_and_loses_nothing(
    world: World,
) -> None:
    here = world.here
    key = next(iter(texts(here)))
    stale = typed(here, **{key: "Mine?"})
    client = signed_in(here.coordinator)
    client.post(wording_page(here), {**typed(here, **{key: "Theirs?"}), "new": "Added by them?"})
    answer = client.post(wording_page(here), stale)
    page = says(answer)
    assert answer.status_code == 409
    assert "changed this while you were writing" in page
    assert "Question 1: Theirs?" in page
    assert "Mine?" in answer.content.decode()
    assert texts(here)[key] == "Theirs?"
    again = {**stale, "seen": typed(here)["seen"]}
    assert client.post(wording_page(here), again).status_code == 302
    assert texts(here)[key] == "Mine?"
    assert "Added by them?" in texts(here).values(), "what they added stays"


def test_saving_the_questions_as_they_are_says_nothing_in_the_trail(world: World) -> None:
    here = world.here
    before = deeds(here)
    signed_in(here.coordinator).post(wording_page(here), typed(here))
    assert deeds(here) == before
