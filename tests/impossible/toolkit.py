"""Rows of `toolkit` that the database refuses: the constraint, and a deed that breaks it."""

from functools import partial
from typing import Any

from django.db import models

from boroughs.rows import acting_as
from tests.factories import World, level
from toolkit.models import (
    Adoption,
    Benchmark,
    BenchmarkPost,
    Crossing,
    LevelWording,
    LocalPrompt,
    Prompt,
    PromptAnswer,
    PromptSheet,
    Rating,
    RatingDraft,
    RoundRule,
    SignedAnswer,
    SignedEvidence,
)

from .deeds import NOW, Case, again, as_lead, change


def rating(world: World) -> Rating:
    return world.here.assessment.ratings.get(benchmark__key="training")


def rule(world: World) -> RoundRule:
    return RoundRule.objects.get(borough=world.here.borough)


def end_sign_off(world: World, **changed: Any) -> None:
    as_lead(world, lambda w: w.here.sign_off, **changed)


def sign_again(world: World, *, reopened: bool = False, **changed: Any) -> None:
    """A second sign-off of the earlier period, after the first was reopened where it says so."""
    with acting_as(world.here.lead.pk):
        if reopened:
            why = {"reopened_by": world.here.lead, "reopened_because": "Again"}
            change(world.here.sign_off, reopened_at=NOW, **why)
        again(world.here.sign_off, **changed)


def post(world: World) -> BenchmarkPost:
    return BenchmarkPost.objects.get(borough=world.here.borough)


def word_again(world: World, **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        row = LevelWording.objects.get(borough=world.here.borough)
        again(row, **{"worded_by": world.here.lead, **changed})


def sign_again_without(world: World, model: type[models.Model], **changed: Any) -> None:
    with acting_as(world.here.lead.pk):
        again(model._default_manager.get(signed__sign_off=world.here.sign_off), **changed)


def own_prompt(world: World) -> LocalPrompt:
    return LocalPrompt.objects.get(borough=world.here.borough)


def draft(world: World) -> RatingDraft:
    return RatingDraft.objects.create(rating=rating(world), writer=world.here.coordinator, body="x")


def answer(world: World) -> PromptAnswer:
    return PromptAnswer.objects.get(rating=rating(world))


def twice_evidence(world: World, kind: str) -> None:
    here = world.here
    things = {"paper": here.paper, "figure": here.figure, "action": here.action}
    for _ in range(2):
        again(here.evidence, meeting=None, **{kind: things[kind]})


def sign_a_rating_again(world: World) -> None:
    with acting_as(world.here.lead.pk):
        again(world.here.sign_off.ratings.all()[0])


CASES: list[Case] = [
    (
        "an_action_serves_a_benchmark_once",
        lambda w: again(w.here.action.serves.get()),
    ),
    ("one_version_adopted_a_day", lambda w: again(Adoption.objects.get(borough=w.here.borough))),
    (
        "periods_of_an_assessor_do_not_overlap",
        lambda w: again(w.here.assessment, ends_on="2019-09-30"),
    ),
    ("a_moved_round_says_where_it_went", lambda w: change(w.here.assessment, state="moved")),
    ("a_period_ends_after_it_began", lambda w: change(w.here.assessment, ends_on="2019-06-30")),
    ("one_rating_a_benchmark", lambda w: again(rating(w))),
    (
        "a_benchmark_not_rated_as_usual_has_a_reason",
        lambda w: change(rating(w), standing="through_partner"),
    ),
    (
        "what_does_not_apply_has_no_level",
        lambda w: change(rating(w), standing="not_applicable", reason="None here"),
    ),
    ("no_change_is_said_of_a_day", lambda w: change(rating(w), judged="unchanged")),
    ("no_change_is_said_of_a_day", lambda w: change(rating(w), true_on="2019-08-01")),
    ("a_word_was_judged_by_somebody", lambda w: change(rating(w), judged="")),
    (
        "assessment_state_tells_the_truth",
        lambda w: change(w.here.assessment, state="submitted"),
    ),
    (
        "assessment_state_tells_the_truth",
        lambda w: change(w.here.assessment, submitted_by=w.here.lead, submitted_at=NOW),
    ),
    ("evidence_is_one_thing", lambda w: again(w.here.evidence, address="https://example.org")),
    ("a_meeting_is_evidence_of_a_rating_once", lambda w: again(w.here.evidence)),
    *(
        (f"a_{kind}_is_evidence_of_a_rating_once", partial(twice_evidence, kind=kind))
        for kind in ("paper", "figure", "action")
    ),
    ("one_wording_of_a_level_a_number", word_again),
    (
        "a_first_wording_says_something",
        lambda w: word_again(w, level=level("green"), text=""),
    ),
    ("one_own_wording_of_a_prompt", lambda w: again(own_prompt(w))),
    ("a_boroughs_own_prompt_asks_something", lambda w: change(own_prompt(w), text="")),
    (
        "one_sheet_of_prompts_a_benchmark",
        lambda w: again(PromptSheet.objects.get(borough=w.here.borough)),
    ),
    ("signed_evidence_is_one_thing", lambda w: sign_again_without(w, SignedEvidence, kind="paper")),
    (
        "a_signed_answer_keeps_what_was_asked",
        lambda w: sign_again_without(w, SignedAnswer, asked=""),
    ),
    ("one_draft_a_writer", lambda w: again(draft(w))),
    ("a_prompt_is_answered_once", lambda w: again(answer(w))),
    ("an_answer_keeps_what_was_asked", lambda w: change(answer(w), asked="")),
    ("one_prompt_a_key", lambda w: again(Prompt.objects.exclude(key="")[0])),
    ("a_benchmarks_post_has_a_name", lambda w: change(post(w), post="")),
    ("one_post_answers_for_a_benchmark", lambda w: again(post(w))),
    ("one_sign_off_an_edition", lambda w: sign_again(w, reopened=True)),
    ("one_sign_off_in_force", lambda w: sign_again(w, edition=2)),
    ("a_sign_off_says_where_it_was_given", lambda w: sign_again(w, edition=2, otherwise="")),
    ("a_reopening_has_a_reason", lambda w: end_sign_off(w, reopened_at=NOW)),
    ("a_benchmark_is_signed_off_once", sign_a_rating_again),
    ("evidence_is_old_after_one_to_sixty_months", lambda w: as_lead(w, rule, stale_after=0)),
    ("evidence_is_old_after_one_to_sixty_months", lambda w: as_lead(w, rule, stale_after=61)),
    ("one_level_a_key", lambda w: again(level("red"), rank=9)),
    ("one_level_a_rank", lambda w: again(level("red"), key="scarlet")),
    ("one_benchmark_a_key", lambda w: again(Benchmark.objects.all()[0], number=99)),
    ("one_benchmark_a_number", lambda w: again(Benchmark.objects.all()[0], key="another")),
    ("one_crossing_a_pair", lambda w: again(Crossing.objects.all()[0])),
]
