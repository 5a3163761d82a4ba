"""The Channel statement beside the toolkit: another scale, opened, rated, counted and reported like any version."""

import datetime as dt

import pytest

from boroughs.rows import acting_as
from reports.actions.reports import start_report
from reports.snapshot import snapshot_of
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, make_assessment
from toolkit.actions.assessments import rate
from toolkit.actions.round import submit
from toolkit.models import Assessment, Level
from toolkit.policies import Refused


def statement_of(place: Place) -> Assessment:
    """The year 2020/21, opened by the coordinator: the panel in place, consent not met."""
    with acting_as(place.coordinator.pk):
        found = make_assessment(
            place.borough,
            by=place.coordinator,
            starts_on=dt.date(2020, 4, 1),
            ends_on=dt.date(2021, 3, 31),
            key="channel-2021",
        )
        for benchmark, word in (("panel-in-place", "mostly"), ("consent", "not-met")):
            rating = found.ratings.in_order().get(benchmark__key=benchmark)
            level = Level.objects.get(scale__key="extent-met", key=word)
            rate(rating=rating, level=level, seen=1, by=place.coordinator)
    return found


def test_its_levels_are_offered_shown_and_counted_in_their_own_words(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    found = statement_of(place)
    form = says(client.get(address("toolkit:rating", place.borough, found.pk, "training")))
    for word in ("Fully met", "Mostly met", "Partly met", "Not met"):
        assert word in form
    assert "Amber" not in form
    shown = client.get(address("toolkit:assessment", place.borough, found.pk))
    assert [(word, tone, n) for word, tone, n in shown.context["counts"]] == [
        ("Mostly met", "blue", 1),
        ("Not met", "red", 1),
        ("Not rated", "grey", 8),
    ]


def test_what_is_not_met_needs_a_reason_before_it_is_submitted(world: World) -> None:
    place = world.here
    found = statement_of(place)
    with acting_as(place.coordinator.pk):
        for rating in found.ratings.in_order().filter(level=None):
            rate(rating=rating, level=None, reason="Not asked", seen=1, by=place.coordinator)
        with pytest.raises(Refused, match="is not met: say why in its comment"):
            submit(assessment=found, by=place.coordinator)


def test_a_word_of_the_other_scale_is_refused(world: World) -> None:
    place = world.here
    found = statement_of(place)
    with acting_as(place.coordinator.pk):
        rating = found.ratings.in_order().get(benchmark__key="training")
        amber = Level.objects.get(scale__key="rag", key="amber")
        with pytest.raises(Refused, match="toolkit's scale"):
            rate(rating=rating, level=amber, seen=1, by=place.coordinator)


def test_the_front_page_keeps_to_the_toolkit_and_the_statement_is_not_adopted(
    world: World,
) -> None:
    place = world.here
    statement_of(place)
    front = signed_in(place.coordinator).get(address("portal:borough", place.borough))
    assert front.context["assessment"] == place.assessment
    offered = says(signed_in(place.lead).get(address("toolkit:version-adopt", place.borough)))
    assert "Channel annual" not in offered


def test_a_report_freezes_its_own_scale_and_counts(world: World) -> None:
    place = world.here
    found = statement_of(place)
    with acting_as(place.coordinator.pk):
        report = start_report(
            borough=place.borough, title="Channel", assessment=found, by=place.coordinator
        )
        kept = snapshot_of(report)["assessment"]
    assert [level["label"] for level in kept["scale"]] == [
        "Fully met",
        "Mostly met",
        "Partly met",
        "Not met",
    ]
    assert [(row["label"], row["count"]) for row in kept["counts"]] == [
        ("Mostly met", 1),
        ("Not met", 1),
    ]
