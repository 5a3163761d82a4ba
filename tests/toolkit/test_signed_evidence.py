"""A signed edition keeps what each rating rested on and what was answered; of what is closed it says that it is."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from boroughs.models import Action
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, signed_in
from tests.conftest import as_owner
from tests.factories import Place, World, level, make_world
from tests.factories.papers import put_under
from toolkit.actions.assessments import rate
from toolkit.actions.evidence import add_evidence, remove_evidence
from toolkit.actions.prompts import answer_prompts
from toolkit.actions.round import reopen, sign_off, submit
from toolkit.models import Rating, SignedAnswer, SignedEvidence, SignedText


def training(place: Place) -> Rating:
    return place.assessment.ratings.in_order().get(benchmark__key="training")


def link(place: Place, kind: str, thing: object, note: str = "") -> None:
    with acting_as(place.coordinator.pk):
        day = dt.date(2019, 7, 9)
        add_evidence(
            rating=training(place),
            kind=kind,
            thing=thing,
            note=note,
            dated=day,
            by=place.coordinator,
        )


def sign(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        place.assessment.ratings.blank().update(reason="Not looked at in July")
        submit(assessment=place.assessment, by=place.coordinator)
    with acting_as(place.lead.pk):
        day = dt.date(2019, 8, 5)
        sign_off(
            assessment=place.assessment, meeting=None, otherwise="x", signed_on=day, by=place.lead
        )


def signed_page(place: Place) -> str:
    return address("toolkit:sign-off", place.borough, place.assessment.pk, 1)


def test_what_a_rating_rested_on_and_what_was_answered_stay_when_the_round_is_reopened(
    world: World,
) -> None:
    here = world.here
    link(here, "paper", here.paper, "the plan of that year")
    sign(here)
    with acting_as(here.lead.pk):
        reopen(assessment=here.assessment, reason="A slip", by=here.lead)
    with acting_as(here.coordinator.pk):
        for row in training(here).evidence.all():
            remove_evidence(evidence=row, by=here.coordinator)
        said = {"answers": {"own-1": "no"}, "seen": {"own-1": "partly"}}
        answer_prompts(rating=training(here), **said, by=here.coordinator)
    page = says(signed_in(here.lead).get(signed_page(here)))
    assert "paper words of thurrock" in page
    assert "the plan of that year" in page
    assert "evidence words of thurrock" in page
    assert "Are the question words of thurrock asked? Partly" in page
    assert "Evidence that is closed" not in page


def test_of_what_is_closed_the_edition_says_that_it_is_and_nothing_of_what(world: World) -> None:
    here = world.here
    link(here, "paper", here.closed_paper, "closed note")
    link(here, "figure", here.closed_figure, "closed number")
    sign(here)
    for person in (here.lead, here.coordinator):
        page = says(signed_in(person).get(signed_page(here)))
        assert "Evidence that is closed" in page
        assert "evidence words of thurrock" in page
        for word in ("closed note", "closed number", here.closed_paper.title):
            assert word not in page
    with acting_as(here.coordinator.pk):  # who could read the lines if there were any
        assert not SignedEvidence.objects.filter(note__startswith="closed").exists()


def test_what_is_closed_after_the_sign_off_is_seen_by_its_list_alone(world: World) -> None:
    here = world.here
    link(here, "paper", here.paper, "open then")
    sign(here)
    with acting_as(here.coordinator.pk):
        put_under(here.paper, here.closure)
    assert "open then" in says(signed_in(here.coordinator).get(signed_page(here)))
    assert "open then" not in says(signed_in(here.lead).get(signed_page(here)))


def test_a_copy_is_never_changed_and_no_observer_reads_it(world: World) -> None:
    here = world.here
    sign(here)
    for model in (SignedEvidence, SignedAnswer):
        with acting_as(here.lead.pk):
            assert model._default_manager.exists()
            with transaction.atomic(), pytest.raises(DatabaseError):
                model._default_manager.all().delete()
        with acting_as(here.people[Role.OBSERVER].pk):
            assert not model._default_manager.exists()


@pytest.mark.django_db(transaction=True)
def test_an_erased_paper_takes_the_lines_about_it_along(transactional_db: None) -> None:
    here = make_world().here
    link(here, "paper", here.paper, "about a paper")
    sign(here)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        assert SignedEvidence.objects.filter(note="about a paper").exists()
        cursor.execute("DELETE FROM papers_paperfinding; DELETE FROM papers_paperversion")
        cursor.execute("DELETE FROM papers_paper WHERE id = %s", [here.paper.pk])
        assert not SignedEvidence.objects.filter(note="about a paper").exists()


def test_an_action_whose_words_are_erased_loses_them_in_the_edition_too(world: World) -> None:
    here = world.here
    link(here, "action", here.action)
    sign(here)
    with acting_as(here.coordinator.pk):
        Action.objects.filter(pk=here.action.pk).update(title="[erased]")
    with acting_as(here.lead.pk):
        assert SignedEvidence.objects.get(kind="action").title == "[erased]"


def test_another_boroughs_lead_learns_nothing_of_closed_evidence(world: World) -> None:
    here = world.here
    link(here, "paper", here.closed_paper)
    sign(here)
    with acting_as(world.there.lead.pk):
        assert not SignedText.objects.filter(rests_on_closed=True).exists()
    with acting_as(here.lead.pk):
        assert SignedText.objects.filter(rests_on_closed=True).count() == 1


def test_a_round_can_be_rated_and_signed_off_again_with_its_own_evidence(world: World) -> None:
    here = world.here
    sign(here)
    with acting_as(here.lead.pk):
        reopen(assessment=here.assessment, reason="A slip", by=here.lead)
    with acting_as(here.coordinator.pk):
        rating = training(here)
        rate(rating=rating, level=level("amber"), seen=rating.version, by=here.coordinator)
    link(here, "paper", here.paper, "found meanwhile")
    sign(here)
    second = address("toolkit:sign-off", here.borough, here.assessment.pk, 2)
    assert "found meanwhile" in says(signed_in(here.lead).get(second))
    assert "found meanwhile" not in says(signed_in(here.lead).get(signed_page(here)))
