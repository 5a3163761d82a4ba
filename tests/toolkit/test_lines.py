"""A benchmark over time, and one period against another."""

import datetime as dt
from typing import Any

from django.urls import reverse

from boroughs.rows import acting_as
from tests.boroughs.pages import says, signed_in
from tests.factories import Place, World, level, make_assessment, rate_as, version
from toolkit.actions.assessments import open_assessment, rate
from toolkit.lines import line_of, sources_of
from toolkit.models import Assessment, benchmark_of


def page(place: Place, name: str, *more: Any) -> str:
    return says(
        signed_in(place.coordinator).get(
            reverse(f"toolkit:{name}", args=[place.borough.slug, *more])
        )
    )


def by_the_peers(place: Place) -> Assessment:
    with acting_as(place.coordinator.pk):
        assessment = open_assessment(
            borough=place.borough,
            version=version(),
            starts_on=dt.date(2019, 7, 1),
            ends_on=dt.date(2019, 7, 31),
            assessor="peer",
            by=place.coordinator,
        )
        rating = assessment.ratings.in_order().get(benchmark__key="training")
        rate(
            rating=rating,
            level=level("green"),
            comment="Peers say so",
            seen=1,
            by=place.coordinator,
        )
    return assessment


def test_the_line_tells_every_period_and_assessor_with_its_own_direction(world: World) -> None:
    by_the_peers(world.here)
    with acting_as(world.here.coordinator.pk):
        points = line_of(world.here.borough, benchmark_of("la-2018", "training"))
    told = [(p.assessment.assessor, p.rating.word, p.direction) for p in points]
    assert told == [("board", "Red", "worse"), ("peer", "Green", ""), ("board", "Amber", "")]
    shown = page(world.here, "benchmark-line", "la-2018", "training")
    assert "Peers say so" in shown
    assert "earlier words of thurrock" in shown


def test_nothing_is_read_across_a_merge_and_both_sources_stand_there(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        later = make_assessment(
            place.borough,
            by=place.coordinator,
            key="la-2024",
            starts_on=dt.date(2024, 4, 1),
            ends_on=dt.date(2024, 6, 30),
        )
        rate_as(later, "communications-engagement", "green", by=place.coordinator)
        merged = benchmark_of("la-2024", "communications-engagement")
        sources = sources_of(place.borough, merged)
        assert [(s.benchmark.key, s.is_same) for s in sources] == [
            ("community-engagement", False),
            ("communications", False),
        ]
        assert [point.direction for point in line_of(place.borough, merged)] == [""]
    shown = page(place, "benchmark-line", "la-2024", "communications-engagement")
    assert shown.count("No direction is read across the change") == 2


def test_any_two_periods_or_assessors_stand_side_by_side(world: World) -> None:
    peers = by_the_peers(world.here)
    shown = page(world.here, "assessment-compared", world.here.assessment.pk)
    assert "7. Training programme went from Amber to Red." in shown
    address = reverse("toolkit:assessment-compared", args=["thurrock", world.here.assessment.pk])
    other = signed_in(world.here.coordinator).get(address, {"against": str(peers.pk)})
    assert "7. Training programme went from Green to Red." in says(other)
    assert "went from Amber" not in says(other)


def test_a_neighbours_period_cannot_be_held_against_mine(world: World) -> None:
    address = reverse("toolkit:assessment-compared", args=["thurrock", world.here.assessment.pk])
    answer = signed_in(world.here.coordinator).get(
        address, {"against": str(world.there.earlier.pk)}
    )
    assert "words of barnet" not in says(answer)
    assert "7. Training programme went from Amber to Red." in says(answer)
