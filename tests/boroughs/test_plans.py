"""Priorities, areas and delivery plans of a strategy."""

from typing import Any

import pytest

from accounts.models import User
from boroughs.actions.plan_actions import report_action
from boroughs.actions.plans import add_priority
from boroughs.actions.strategies import close_strategy, move_strategy
from boroughs.models import Action, DeliveryPlan, Priority, Strategy
from boroughs.models.strategy import StrategyQuerySet
from boroughs.plurals import plural
from boroughs.roles import GRANTS, Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.plans import more_actions, on_plan, reading, report, shown, under
from tests.boroughs.test_committees import date
from tests.conftest import second_lock_off
from tests.factories import Place, World, make_closure
from tests.routes import BOROUGH_ROUTES, access_to
from tests.routes import address as route_address


# -- Levels ------------------------------------------------------------------------------------------
def test_priorities_are_numbered_by_their_order_and_moved_by_a_button(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    for title in ("Second", "Third"):
        assert client.post(under(place, "priority-add"), {"title": title}).status_code == 302
    with acting_as(place.coordinator.pk):
        third = Priority.objects.get(title="Third")
    assert client.post(under(place, "priority-move", third.pk), {"to": "up"}).status_code == 302
    with acting_as(place.coordinator.pk):
        order = list(place.strategy.priorities.values_list("position", "title"))
    assert order == [(1, "priority words of thurrock"), (2, "Third"), (3, "Second")]
    client.post(under(place, "priority-move", place.priority.pk), {"to": "up"})
    with acting_as(place.coordinator.pk):
        assert list(place.strategy.priorities.values_list("position", "title")) == order


def test_areas_come_with_their_priority_or_after_it_a_line_each(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {
        "title": "Understand the risk",
        "areas": "- To brief partners\r\n\r\n• To ask faith groups",
    }
    assert client.post(under(place, "priority-add"), said).status_code == 302
    with acting_as(place.coordinator.pk):
        priority = Priority.objects.get(title="Understand the risk")
    more = client.post(
        under(place, "area-add", priority.pk), {"areas": "To train staff\nTo train governors"}
    )
    assert more.status_code == 302
    with acting_as(place.coordinator.pk):
        assert list(priority.areas.values_list("position", "title")) == [
            (1, "To brief partners"),
            (2, "To ask faith groups"),
            (3, "To train staff"),
            (4, "To train governors"),
        ]
    assert "Areas of focus added." in says(client.get(more["Location"]))


def test_an_area_that_is_too_long_is_named_by_its_line_and_none_is_added(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    answer = client.post(
        under(place, "area-add", place.priority.pk), {"areas": "Short\n" + "x" * 301}
    )
    assert problems(answer) == ["Line 2 has 301 characters. Shorten it to 300"]
    with acting_as(place.coordinator.pk):
        assert place.priority.areas.count() == 1


@pytest.mark.parametrize(
    ("noun", "several"),
    [
        ("Priority", "Priorities"),
        ("Area of focus", "Areas of focus"),
        ("Aim", "Aims"),
        ("Day", "Days"),
        ("Branch", "Branches"),
        ("Objectives", "Objectives"),
        ("Action 1–6", "Action 1–6"),
    ],
)
def test_several_of_a_boroughs_own_word(noun: str, several: str) -> None:
    assert plural(noun) == several
    assert plural(noun, 1) == noun


def test_what_actions_stand_under_is_not_removed_and_the_rest_is_renumbered(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    held = says(client.get(under(place, "priority-remove", place.priority.pk)))
    assert "Actions stand under it. Move them first." in held
    with acting_as(place.coordinator.pk):
        added = [add_priority(strategy=place.strategy, title=t, by=place.coordinator) for t in "AB"]
    assert client.post(under(place, "priority-remove", added[0].pk)).status_code == 302
    assert reading(place, added[1]).position == 2


def test_a_level_has_the_strategys_own_word(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        Strategy.objects.filter(pk=place.strategy.pk).update(
            priority_name="Objective", area_name="Aim", action_name="Step"
        )
    page = says(signed_in(place.contributor).get(under(place, "strategy-show")))
    assert "Objective 1: priority words of thurrock" in page
    assert "Aim area words of thurrock" in page
    client = signed_in(place.coordinator)
    client.post(on_plan(place, "action-add"), {"title": "Under none"})
    plan = says(client.get(on_plan(place, "plan-show")))
    assert "Add a step" in plan
    assert "No objective 1" in plan
    assert "Add a step" in says(client.get(on_plan(place, "action-add")))


# -- Plans -------------------------------------------------------------------------------------------
PLAN = {"title": "Plan", **date("starts_on", "2018-04-01"), **date("ends_on", "2019-03-31")}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            date("starts_on", "2017-03-31"),
            "The strategy begins on 1 April 2017. A plan under it begins on that day or later.",
        ),
        (
            date("ends_on", "2019-04-01"),
            "The strategy ends on 31 March 2019. A plan under it ends on that day or earlier.",
        ),
        (
            date("ends_on", "2018-03-31"),
            "A plan ends after it begins. Enter 1 April 2018 or a later day",
        ),
        (
            date("adopted_on", "2018-04-02"),
            "Choose the committee that adopted the plan on this day.",
        ),
    ],
)
def test_a_plan_lies_inside_its_strategy(world: World, wrong: Any, sentence: str) -> None:
    client = signed_in(world.here.coordinator)
    answer = client.post(under(world.here, "plan-add"), PLAN | wrong)
    assert problems(answer) == [sentence]


def test_a_plan_is_adopted_once_the_day_has_come(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = PLAN | {"adopted_by": place.committee.pk} | date("adopted_on", "2099-04-02")
    [problem] = problems(client.post(under(place, "plan-add"), said))
    assert problem.startswith("That day is still to come.")


def test_a_plan_has_its_own_period_and_adopter(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = PLAN | {"adopted_by": place.committee.pk} | date("adopted_on", "2018-04-02")
    answer = client.post(under(place, "plan-add"), said)
    assert "Adopted by the Scrutiny Committee on 2 April 2018." in says(
        client.get(answer["Location"])
    )


def test_nothing_is_added_to_a_withdrawn_strategy(world: World) -> None:
    place, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        move_strategy(strategy=place.strategy, to="withdrawn", reason="Merged", by=by)
    client, sentence = (
        signed_in(by),
        "This strategy is withdrawn. It and its plans stay as they are.",
    )
    for path in (
        on_plan(place, "action-add"),
        on_plan(place, "action-change", place.action.pk),
        on_plan(place, "action-report", place.action.pk),
        under(place, "plan-add"),
        under(place, "priority-add"),
    ):
        assert sentence in says(client.get(path)), path
        client.post(path, {"title": "Late", **report("complete"), **PLAN})
    assert sentence in says(
        signed_in(place.contributor).get(on_plan(place, "action-report", place.action.pk))
    )
    assert reading(place, place.action).state == "in_progress"
    with acting_as(by.pk):
        assert place.plan.actions.count() == 1
        assert place.strategy.plans.count() == 1


# -- A year's refresh ---------------------------------------------------------------------------------
def test_a_refresh_carries_what_is_unfinished_with_its_history(world: World) -> None:
    place, client, by = world.here, signed_in(world.here.coordinator), world.here.coordinator
    done = more_actions(place, 1)[0]
    with acting_as(by.pk):
        report_action(action=done, state="complete", seen=1, by=by)
    said = {"partners": "All schools", "timing": "Ongoing", "resources": "Two days"}
    with acting_as(by.pk):
        Action.objects.filter(pk=place.action.pk).update(**said)
    year = PLAN | {"title": "Second year"}
    answer = client.post(on_plan(place, "plan-refresh"), year)
    assert answer.status_code == 302
    with acting_as(by.pk):
        later = DeliveryPlan.objects.get(title="Second year")
        carried = later.actions.get()
    assert (carried.state, carried.title) == ("in_progress", "action words of thurrock")
    assert {name: getattr(carried, name) for name in said} == said
    history = says(client.get(address("boroughs:action-show", place.borough, later.pk, carried.pk)))
    assert "Before, in Delivery plan" in history
    assert "progress words of thurrock" in history
    assert "0 of 2 actions shown." in shown(client, place, "due=overdue")
    old = says(client.get(on_plan(place, "action-report", place.action.pk)))
    assert "This action was carried forward into a later plan. Update it there." in old
    assert "This plan was carried forward already." in says(
        client.get(on_plan(place, "plan-refresh"))
    )


# -- Closed -------------------------------------------------------------------------------------------
WORDS = ("plan", "priority", "area", "action", "progress", "amended", "aims", "consulted")


def close_it(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        closure = make_closure(place.borough, by=by)
        assert place.strategy.plans.update(title=f"plan words of {place.borough.slug}") == 1
        close_strategy(strategy=place.strategy, closure=closure, by=by)


def leaks(place: Place, person: User, role: Role) -> set[str]:
    """The pages on which the person reads a word of the closed strategy."""
    client, found = signed_in(person), set()
    words = [f"{word} words of {place.borough.slug}".encode() for word in WORDS]
    words += [b"Strategy of Thurrock", b"1 of 1 action"]
    for name in BOROUGH_ROUTES:
        if access_to(name) in GRANTS[role]:
            answer = client.get(route_address(name, place))
            if any(word in getattr(answer, "content", b"") for word in words):
                found.add(name)
    return found


OTHERS = [Role.LEAD, Role.CONTRIBUTOR, Role.MONITORING, Role.DEMOCRATIC]
HOLDS = {
    f"boroughs:{name}" for name in ("strategy-list", "strategy-show", "plan-show", "action-show")
}


@pytest.mark.parametrize("role", OTHERS)
def test_nothing_under_a_closed_strategy_is_on_any_page_of_those_not_on_its_list(
    world: World, role: Role
) -> None:
    close_it(world.here)
    assert leaks(world.here, world.here.people[role], role) == set()


def test_those_on_its_list_read_it_where_it_stood(world: World) -> None:
    close_it(world.here)
    assert leaks(world.here, world.here.coordinator, Role.COORDINATOR) >= HOLDS


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR])
def test_the_first_lock_alone_keeps_it(world: World, role: Role) -> None:
    close_it(world.here)
    with second_lock_off():
        assert leaks(world.here, world.here.people[role], role) == set()


@pytest.mark.parametrize("role", [Role.LEAD, Role.CONTRIBUTOR])
def test_the_second_lock_alone_keeps_it(
    world: World, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_it(world.here)
    monkeypatch.setattr(StrategyQuerySet, "visible_to", lambda rows, user: rows)
    assert leaks(world.here, world.here.people[role], role) == set()
    with second_lock_off():
        assert leaks(world.here, world.here.people[role], role) >= HOLDS


def test_reading_a_closed_plan_stands_in_the_trail(world: World) -> None:
    close_it(world.here)
    signed_in(world.here.coordinator).get(on_plan(world.here, "plan-show"))
    assert deeds(world.here)[-1] == "strategy.read"
