"""An action serves benchmarks of either version, and says so on its page and on the benchmark's."""

import datetime as dt

from boroughs.actions.plans import refresh_plan
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, says, signed_in
from tests.boroughs.test_plans import close_it
from tests.factories import World, version


def test_an_action_serves_benchmarks_of_either_version(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    path = address("toolkit:action-serves", place.borough, place.plan.pk, place.action.pk)
    old = version("la-2018").benchmarks.get(key="communications")
    new = version("la-2024").benchmarks.first()
    assert new is not None
    said = {"version_la-2018": [old.pk], "version_la-2024": [new.pk]}
    answer = client.post(path, said)
    assert answer.status_code == 302
    page = says(client.get(answer["Location"]))
    assert f"{old} (" in page
    assert f"{new} (" in page
    assert deeds(place)[-1] == "action.serves"
    with acting_as(place.coordinator.pk):
        assert place.action.serves.count() == 2


def test_a_benchmark_names_its_actions_but_not_those_of_a_closed_strategy(world: World) -> None:
    place = world.here
    path = address("toolkit:rating", place.borough, place.assessment.pk, "training")
    assert "action words of thurrock" in says(signed_in(place.coordinator).get(path))
    close_it(place)
    assert "action words of thurrock" in says(signed_in(place.coordinator).get(path))
    with acting_as(place.lead.pk):
        assert not place.action.serves.exists()


def test_a_refresh_takes_along_which_benchmarks_an_action_serves(world: World) -> None:
    place, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        before = {link.benchmark_id for link in place.action.serves.all()}
        later = refresh_plan(
            plan=place.plan,
            title="Second year",
            starts_on=dt.date(2018, 4, 1),
            ends_on=dt.date(2019, 3, 31),
            by=by,
        )
        carried = later.actions.get(carried_from=place.action)
        assert before
        assert {link.benchmark_id for link in carried.serves.all()} == before
        assert place.action.serves.count() == len(before)
    path = address("boroughs:action-show", place.borough, later.pk, carried.pk)
    assert "None recorded" not in says(signed_in(by).get(path))
