"""Delivery plans: levels, actions, progress, who may report, and what a year carries forward."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from boroughs.actions.plan_actions import add_action, report_action
from boroughs.actions.plans import add_priority, set_organisation
from boroughs.actions.strategies import close_strategy, move_strategy
from boroughs.models import Action, DeliveryPlan, Priority, Strategy
from boroughs.models.strategy import StrategyQuerySet
from boroughs.plan_page import counts
from boroughs.policies import Refused
from boroughs.roles import GRANTS, Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.conftest import second_lock_off
from tests.factories import Place, World, make_closure
from tests.routes import BOROUGH_ROUTES, access_to
from tests.routes import address as route_address


def under(place: Place, name: str, *more: object) -> str:
    return address(f"boroughs:{name}", place.borough, place.strategy.pk, *more)


def on_plan(place: Place, name: str, *more: object) -> str:
    return address(f"boroughs:{name}", place.borough, place.plan.pk, *more)


def reading(place: Place, row: Any) -> Any:
    with acting_as(place.coordinator.pk):
        return type(row)._default_manager.get(pk=row.pk)


def more_actions(place: Place, number: int = 3, **said: Any) -> list[Action]:
    by = place.coordinator
    with acting_as(by.pk):
        return [
            add_action(plan=place.plan, title=f"Action {n}", by=by, **said) for n in range(number)
        ]


def report(state: str = "in_progress", **said: Any) -> dict[str, Any]:
    return {"state": state, "note": "", "stopped_reason": "", "seen": 2, **said}


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
            priority_name="Objective", area_name="Aim"
        )
    page = says(signed_in(place.contributor).get(under(place, "strategy-show")))
    assert "Objective 1: priority words of thurrock" in page
    assert "Aim area words of thurrock" in page


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


# -- Actions -----------------------------------------------------------------------------------------
def test_an_action_is_added_under_its_priority_with_no_date_if_need_be(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Train the librarians", "priority": place.priority.pk}
    answer = client.post(on_plan(place, "action-add"), said)
    assert answer.status_code == 302
    page = says(client.get(answer["Location"]))
    assert "Train the librarians Not started No date" in page
    assert deeds(place)[-1] == "action.added"


def test_an_action_is_due_after_its_plan_begins(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Early", **date("due_on", "2017-03-31")}
    assert problems(client.post(on_plan(place, "action-add"), said)) == [
        "The plan begins on 1 April 2017. Enter that day or a later one, or leave it empty."
    ]


def test_an_area_is_one_of_the_priority_chosen(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    said = {"title": "Lost", "area": place.area.pk}
    assert problems(client.post(on_plan(place, "action-add"), said)) == [
        "This area stands under another priority. Choose both again."
    ]


def test_whoever_stops_an_action_says_why(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    path = on_plan(place, "action-report", place.action.pk)
    assert problems(client.post(path, report("stopped"))) == ["Say why the action was stopped."]
    assert client.post(path, report("stopped", stopped_reason="No grant")).status_code == 302
    assert "Stopped: No grant" in says(client.get(on_plan(place, "plan-show")))


def test_progress_is_noted_once_it_is_made(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    path = on_plan(place, "action-report", place.action.pk)
    late = report(note="Soon", **date("on", "2099-01-01"))
    assert problems(client.post(path, late))[0].startswith("Progress is noted once it is made.")


def test_reporting_twice_the_same_writes_nothing(world: World) -> None:
    place, by = world.here, world.here.coordinator
    action = reading(place, place.action)
    with acting_as(by.pk):
        assert not report_action(action=action, state="in_progress", seen=2, by=by)
        assert action.notes.count() == 1


def test_the_plan_edits_one_action_in_its_place_and_comes_back_to_it(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    more_actions(place)
    plan = on_plan(place, "plan-show")
    page = BeautifulSoup(
        client.get(f"{plan}?state=in_progress&edit={place.action.pk}").content, "html5lib"
    )
    forms = page.select(".plan-actions__form")
    assert len(forms) == 1
    item = page.select_one(f"#action-{place.action.pk}")
    assert item is not None
    assert item.select_one("form") == forms[0]
    answer = client.post(str(forms[0]["action"]), report("complete", note="Done"))
    assert answer["Location"] == f"{plan}?state=in_progress#action-{place.action.pk}"
    assert reading(place, place.action).state == "complete"


def test_of_two_reporters_the_second_sees_both_and_loses_nothing(world: World) -> None:
    place, path = world.here, on_plan(world.here, "action-report", world.here.action.pk)
    signed_in(place.contributor).post(path, report("complete", note="Ours"))
    client = signed_in(place.coordinator)
    answer = client.post(path, report("stopped", stopped_reason="Mine", note="My note"))
    assert answer.status_code == 409
    page = says(answer)
    assert "Contributor of Thurrock changed this while you were writing" in page
    assert "State: Complete" in page
    assert ">\nMy note</textarea>" in answer.content.decode()
    assert reading(place, place.action).state == "complete"
    again = report("stopped", stopped_reason="Mine", note="My note", seen=3)
    assert client.post(path, again).status_code == 302
    assert reading(place, place.action).state == "stopped"


# -- The page ----------------------------------------------------------------------------------------
def shown(client: Any, place: Place, query: str) -> str:
    return says(client.get(f"{on_plan(place, 'plan-show')}?{query}"))


def test_the_page_is_filtered_by_owner_organisation_priority_state_and_due(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    more_actions(place)
    for query in (
        "owner=Head of Safeguarding",
        f"organisation={place.organisation.pk}",
        f"priority={place.priority.pk}",
        "state=in_progress",
        "due=overdue",
        "due=quiet",
    ):
        page = shown(client, place, query)
        assert "1 of 4 actions shown." in page, query
        assert "Action 1" not in page, query
    assert "3 of 4 actions shown." in shown(client, place, "due=none")
    assert "0 of 4 actions shown." in shown(client, place, "state=complete")
    assert "4 of 4 actions shown." in shown(client, place, "state=nonsense")


def test_the_counts_add_up(world: World) -> None:
    place, by = world.here, world.here.coordinator
    added = more_actions(place, 4)
    with acting_as(by.pk):
        for action, state in zip(added, ("complete", "complete", "in_progress"), strict=False):
            report_action(action=action, state=state, seen=1, by=by)
        actions = list(place.plan.actions.in_order())
    rows = counts(actions, dt.date(2019, 1, 1))
    assert [row.title for row in rows] == ["1. priority words of thurrock", "No priority", "All"]
    assert rows[-1].total == len(actions) == 5
    assert rows[-1].by_state == [1, 2, 2, 0]
    assert [sum(column) for column in zip(*(r.by_state for r in rows[:-1]), strict=True)] == rows[
        -1
    ].by_state
    assert [row.overdue for row in rows] == [1, 0, 1]


def test_overdue_and_quiet_are_worked_out_from_the_day(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        action = world.here.plan.actions.in_order().get(pk=world.here.action.pk)
    due, news = dt.date(2017, 12, 31), dt.date(2017, 10, 2)
    assert not action.is_overdue(due)
    assert action.is_overdue(due + dt.timedelta(days=1))
    assert not action.is_quiet(news + dt.timedelta(days=Action.QUIET_AFTER))
    assert action.is_quiet(news + dt.timedelta(days=Action.QUIET_AFTER + 1))
    action.state = "complete"
    assert not action.is_overdue(dt.date(2020, 1, 1))
    assert not action.is_quiet(dt.date(2020, 1, 1))


def test_the_page_is_as_quick_with_many_actions(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(on_plan(place, "plan-show")).status_code == 200
        return len(captured)

    queries()
    before = queries()
    more_actions(place, 20, priority=place.priority, organisation=place.organisation)
    assert queries() == before


# -- Contributors -------------------------------------------------------------------------------------
def test_a_contributor_reports_on_their_own_organisations_action(world: World) -> None:
    place, client = world.here, signed_in(world.here.contributor)
    own = says(client.get(address("boroughs:action-own", place.borough)))
    assert "action words of thurrock" in own
    path = on_plan(place, "action-report", place.action.pk)
    assert client.post(path, report("complete", note="Everybody trained")).status_code == 302
    assert reading(place, place.action).state == "complete"
    assert deeds(place)[-1] == "action.reported"
    assert "Everybody trained" in says(client.get(on_plan(place, "action-show", place.action.pk)))


def test_a_contributor_reads_the_others_actions_and_reports_on_none(world: World) -> None:
    place, client = world.here, signed_in(world.here.contributor)
    other = more_actions(place, 1)[0]
    plan = client.get(f"{on_plan(place, 'plan-show')}?edit={other.pk}")
    assert "Action 0" in says(plan)
    assert b"plan-actions__form" not in plan.content
    path = on_plan(place, "action-report", other.pk)
    refused = client.post(path, report("complete", seen=1))
    assert "This is another organisation's action." in says(refused).replace("’", "'")
    assert reading(place, other).state == "not_started"


def test_a_contributor_of_no_organisation_is_told_whom_to_ask(world: World) -> None:
    place, lead = world.here, world.here.lead
    client = signed_in(lead)
    path = address("boroughs:person-organisation", place.borough, place.contributor.pk)
    assert client.post(path, {"organisation": ""}).status_code == 302
    theirs = signed_in(place.contributor)
    page = says(theirs.get(address("boroughs:action-own", place.borough)))
    assert "Ask the lead." in page
    refused = theirs.post(on_plan(place, "action-report", place.action.pk), report("complete"))
    assert "Ask the lead." in says(refused)
    assert reading(place, place.action).state == "in_progress"


def test_only_a_contributor_is_given_an_organisation(world: World) -> None:
    place, lead = world.here, world.here.lead
    with acting_as(lead.pk), pytest.raises(Refused, match="is not a contributor"):
        set_organisation(
            person=place.member, borough=place.borough, organisation=place.organisation, by=lead
        )


# -- A year's refresh ---------------------------------------------------------------------------------
def test_a_refresh_carries_what_is_unfinished_with_its_history(world: World) -> None:
    place, client, by = world.here, signed_in(world.here.coordinator), world.here.coordinator
    done = more_actions(place, 1)[0]
    with acting_as(by.pk):
        report_action(action=done, state="complete", seen=1, by=by)
    year = PLAN | {"title": "Second year"}
    answer = client.post(on_plan(place, "plan-refresh"), year)
    assert answer.status_code == 302
    with acting_as(by.pk):
        later = DeliveryPlan.objects.get(title="Second year")
        carried = later.actions.get()
    assert (carried.state, carried.title) == ("in_progress", "action words of thurrock")
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
WORDS = ("priority", "area", "action", "progress", "amended", "aims", "consulted")


def close_it(place: Place) -> None:
    by = place.coordinator
    with acting_as(by.pk):
        closure = make_closure(place.borough, by=by)
        close_strategy(strategy=place.strategy, closure=closure, by=by)


def leaks(place: Place, person: User, role: Role) -> set[str]:
    """The pages on which the person reads a word of the closed strategy."""
    client, found = signed_in(person), set()
    words = [f"{word} words of {place.borough.slug}".encode() for word in WORDS]
    words += [b"Strategy of Thurrock", b"Delivery plan<", b"1 of 1 action"]
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
