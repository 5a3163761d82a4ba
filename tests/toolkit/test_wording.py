"""What the levels of a scale mean: a borough's own words, and the words that signed-off ratings keep."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from boroughs.policies import ChangedMeanwhile
from boroughs.rows import acting_as
from reports.rendering import html_of
from reports.snapshot import snapshot_of
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, rate_as
from toolkit.actions.assessments import rate
from toolkit.actions.round import sign_off, submit
from toolkit.actions.wording import word_levels
from toolkit.models import LevelWording, Rating, Scale
from toolkit.wording import words_of

RED, GREEN = "Shut until mended", "Checked twice a year"


def rag() -> Scale:
    return Scale.objects.get(key="rag")


def page_of(place: Place, scale: str = "rag") -> str:
    return address("toolkit:scale-change", place.borough, scale)


def list_of(place: Place) -> str:
    return address("toolkit:scale-list", place.borough)


def round_of(place: Place) -> str:
    return address("toolkit:assessment", place.borough, place.assessment.pk)


def rating_page(place: Place) -> str:
    return address("toolkit:rating", place.borough, place.assessment.pk, "training")


def seen(place: Place) -> int:
    with acting_as(place.lead.pk):
        return words_of(place.borough, rag()).version


def typed(place: Place, **texts: str) -> dict[str, Any]:
    blank = {f"level_{key}": "" for key in ("green", "amber", "red")}
    return blank | {f"level_{key}": text for key, text in texts.items()} | {"seen": seen(place)}


def word(place: Place, **texts: str) -> None:
    with acting_as(place.lead.pk):
        word_levels(
            borough=place.borough, scale=rag(), texts=texts, seen=seen(place), by=place.lead
        )


def explain(place: Place) -> None:
    """Every blank gets its reason."""
    place.assessment.ratings.blank().update(reason="Not looked at in July")


def sign(place: Place) -> None:
    with acting_as(place.coordinator.pk):
        explain(place)
        submit(assessment=place.assessment, by=place.coordinator)
    with acting_as(place.lead.pk):
        day = dt.date(2019, 8, 5)
        sign_off(
            assessment=place.assessment, meeting=None, otherwise="x", signed_on=day, by=place.lead
        )


def key_in_report(place: Place) -> dict[str, str]:
    place.report.refresh_from_db()
    scale = snapshot_of(place.report)["assessment"]["scale"]
    return {level["label"]: level["meaning"] for level in scale}


def test_a_lead_words_a_level_and_it_stands_wherever_one_is_chosen_or_read(world: World) -> None:
    here, there = world.here, world.there
    answer = signed_in(here.lead).post(page_of(here), typed(here, red=f" {RED}\r\n", green=GREEN))
    assert answer["Location"] == list_of(here)
    client = signed_in(here.coordinator)
    for page in (rating_page(here), round_of(here), list_of(here)):
        assert RED in says(client.get(page)), page
        assert GREEN in says(client.get(page)), page
    with acting_as(here.coordinator.pk):
        assert key_in_report(here)["Red"] == RED
    assert RED not in says(signed_in(there.coordinator).get(rating_page(there)))
    assert deeds(here)[-1] == "levels.worded"


def test_a_level_without_words_of_its_own_means_what_ships(world: World) -> None:
    here = world.here
    amber = rag().levels.get(key="amber").meaning
    assert amber in says(signed_in(here.coordinator).get(rating_page(here)))
    word(here, red="", amber=amber)
    page = says(signed_in(here.coordinator).get(list_of(here)))
    assert "Red: as it ships" in page
    assert "Amber: " not in page, "whoever writes the shipped words has none of their own"


def test_what_was_said_before_is_kept_and_can_be_read(world: World) -> None:
    here = world.here
    word(here, red=RED)
    page = says(signed_in(here.coordinator).get(list_of(here)))
    assert RED in page
    assert "meaning words of thurrock" in page
    assert str(here.lead) in page
    with acting_as(here.lead.pk), transaction.atomic(), pytest.raises(DatabaseError):
        LevelWording.objects.filter(borough=here.borough).update(text="never said")


def test_the_second_of_two_leads_sees_both_texts_and_loses_nothing(world: World) -> None:
    here = world.here
    stale = typed(here, red="Mine")
    word(here, red="Theirs")
    client = signed_in(here.lead)
    answer = client.post(page_of(here), stale)
    assert answer.status_code == 409
    page = says(answer)
    assert "changed this while you were writing" in page
    assert "Theirs" in page
    assert "Mine" in page
    assert client.post(page_of(here), typed(here, red="Mine")).status_code == 302
    with acting_as(here.lead.pk), pytest.raises(ChangedMeanwhile):
        word_levels(borough=here.borough, scale=rag(), texts={}, seen=0, by=here.lead)


def test_saying_the_same_again_keeps_nothing_new(world: World) -> None:
    here = world.here
    word(here, red=RED)
    before, told = seen(here), deeds(here)
    word(here, red=RED)
    assert (seen(here), deeds(here)) == (before, told)


def test_signed_off_ratings_keep_the_words_they_were_given_by(world: World) -> None:
    here = world.here
    word(here, red="The words of July")
    with acting_as(here.coordinator.pk):
        rate_as(here.assessment, "training", "red", by=here.coordinator, comment="Because")
    word(here, red="The words of August")
    assert "What the word means was worded anew" in says(
        signed_in(here.coordinator).get(round_of(here))
    )
    sign(here)
    word(here, red="The words of September")
    client = signed_in(here.coordinator)
    signed = address("toolkit:sign-off", here.borough, here.assessment.pk, 1)
    for page in (signed, round_of(here)):
        assert "The words of July" in says(client.get(page)), page
        assert "The words of September" not in says(client.get(page)), page
    with acting_as(here.coordinator.pk):
        assert key_in_report(here)["Red"] == "The words of July"


def test_a_rating_saved_again_is_given_by_the_new_words(world: World) -> None:
    here = world.here
    word(here, red="The words of August")
    with acting_as(here.coordinator.pk):
        rating = here.assessment.ratings.in_order().get(benchmark__key="training")
        said = {name: getattr(rating, name) for name in ("level", "comment", "actions", "reason")}
        assert rate(rating=rating, **said, seen=rating.version, by=here.coordinator)
        rating = Rating.objects.in_order().get(pk=rating.pk)
        assert not rate(rating=rating, **said, seen=rating.version, by=here.coordinator)
    sign(here)
    page = address("toolkit:sign-off", here.borough, here.assessment.pk, 1)
    assert "The words of August" in says(signed_in(here.lead).get(page))


@pytest.mark.parametrize("role", ["coordinator", "member", "monitoring"])
def test_nobody_but_a_lead_words_a_level(world: World, role: str) -> None:
    here = world.here
    assert signed_in(getattr(here, role)).get(page_of(here)).status_code == 403
    with acting_as(getattr(here, role).pk), transaction.atomic(), pytest.raises(DatabaseError):
        word_levels(
            borough=here.borough, scale=rag(), texts={"red": "x"}, seen=seen(here), by=here.lead
        )


def test_words_for_another_borough_or_no_scale_are_not_found(world: World, client: Client) -> None:
    lead = signed_in(world.here.lead)
    assert lead.get(page_of(world.there)).status_code == 404
    assert lead.get(page_of(world.here, "no-such-scale")).status_code == 404


def test_a_text_too_long_is_refused_in_plain_words(world: World) -> None:
    here = world.here
    before = seen(here)
    answer = signed_in(here.lead).post(page_of(here), typed(here, red="x" * 501))
    assert any("500 characters" in problem for problem in problems(answer))
    assert seen(here) == before


def test_each_rating_is_printed_with_the_pattern_of_its_level(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    assert "tone--red pattern pattern--cross" in client.get(round_of(here)).content.decode()
    assert "pattern--stripes" in client.get(list_of(here)).content.decode()
    with acting_as(here.coordinator.pk):
        printed = html_of(snapshot_of(here.report))
    assert "tone--red pattern pattern--cross" in printed
