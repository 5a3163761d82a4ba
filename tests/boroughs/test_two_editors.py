"""Two people at one form: the second sees both texts, loses nothing, and what was saved first is written over by choice alone."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, seen, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_strategy

Case = tuple[str, Any, dict[str, str], str]
YEAR = date("starts_on", "2017-04-01") | date("ends_on", "2018-03-31")


def a_strategy(place: Place) -> Case:
    with acting_as(place.coordinator.pk):
        row = make_strategy(place.borough, by=place.coordinator, title="Draft")
    years = date("starts_on", "2017-04-01") | date("ends_on", "2019-03-31")
    path = address("boroughs:strategy-change", place.borough, row.pk)
    return path, row, {"title": "Draft", **years}, "aims"


def who_was_asked(place: Place) -> Case:
    with acting_as(place.coordinator.pk):
        row = make_strategy(place.borough, by=place.coordinator, title="Draft")
    path = address("boroughs:strategy-unconsulted", place.borough, row.pk)
    return path, row, {}, "consultation_none"


def how_it_is_kept(place: Place) -> Case:
    path = address("boroughs:strategy-govern", place.borough, place.strategy.pk)
    return path, place.strategy, {}, "cadence"


def a_priority(place: Place) -> Case:
    path = address("boroughs:priority-change", place.borough, place.strategy.pk, place.priority.pk)
    return path, place.priority, {"title": "Same"}, "about"


def an_area(place: Place) -> Case:
    keys = [place.strategy.pk, place.priority.pk, place.area.pk]
    return address("boroughs:area-change", place.borough, *keys), place.area, {}, "title"


def a_plan(place: Place) -> Case:
    path = address("boroughs:plan-change", place.borough, place.plan.pk)
    return path, place.plan, YEAR, "title"


def an_action(place: Place) -> Case:
    path = address("boroughs:action-change", place.borough, place.plan.pk, place.action.pk)
    return path, place.action, {"title": "Same"}, "success_measure"


def a_consultation(place: Place) -> Case:
    keys = [place.strategy.pk, place.consultation.pk]
    path = address("boroughs:consultation-change", place.borough, *keys)
    return path, place.consultation, {"who": "Residents"}, "outcome"


def a_place_on_a_board(place: Place) -> Case:
    keys = [place.board.pk, place.board_member.pk]
    path = address("boroughs:board-member-change", place.borough, *keys)
    return path, place.board_member, {"organisation": "Same", **date("since", "2019-01-01")}, "post"


def a_board(place: Place) -> Case:
    path = address("boroughs:board-change", place.borough, place.board.pk)
    return path, place.board, {}, "chair_post"


def an_organisation(place: Place) -> Case:
    path = address("boroughs:organisation-change", place.borough, place.organisation.pk)
    return path, place.organisation, {}, "name"


def a_risk(place: Place) -> Case:
    said = {
        "scope": "corporate",
        "title": "Same",
        "cause": "Same",
        "effect": "Same",
        "likelihood_before": "4",
        "impact_before": "4",
        "likelihood": "2",
        "impact": "3",
        "owner_post": "Same",
        **date("next_review", ""),
    }
    return (
        address("boroughs:risk-change", place.borough, place.risk.pk),
        place.risk,
        said,
        "controls",
    )


def an_indicator(place: Place) -> Case:
    row = place.indicator
    said = {
        "name": row.name,
        "topic": row.topic,
        "unit": row.unit,
        "direction": row.direction,
        "whole": row.whole,
        "relation": row.relation,
        "breakdown": row.breakdown,
    }
    return address("boroughs:indicator-change", place.borough, row.pk), row, said, "definition"


def the_settings(place: Place) -> Case:
    said = {"full_name": place.borough.full_name, "colour": place.borough.colour}
    said |= {"clear_days": "calendar", "marking": "none"}
    return address("boroughs:settings-change", place.borough), place.borough, said, "contact"


def a_governance_model(place: Place) -> Case:
    path = address("boroughs:governance-correct", place.borough, place.governance.pk)
    return path, place.governance, {"form": "leader_cabinet", **date("since", "")}, "source"


def a_committee(place: Place) -> Case:
    path = address("boroughs:committee-change", place.borough, place.committee.pk)
    said = {"name": "Same", "kind": "overview_scrutiny", "regime": "act_1972"}
    return path, place.committee, said, "remit"


def a_year_of_funding(place: Place) -> Case:
    path = address("boroughs:funding-correct", place.borough, place.funding.pk)
    return path, place.funding, {"year": "2019", "status": "unfunded"}, "source"


# Who else may, where coordinators may not; a lead in two windows is two editors too
SECOND: dict[Callable[[Place], Case], Role] = {
    a_committee: Role.DEMOCRATIC,
    the_settings: Role.LEAD,
    a_governance_model: Role.LEAD,
    a_year_of_funding: Role.LEAD,
}


@pytest.mark.parametrize(
    "case",
    [
        a_strategy,
        who_was_asked,
        how_it_is_kept,
        a_priority,
        an_area,
        a_plan,
        an_action,
        a_consultation,
        a_place_on_a_board,
        a_board,
        an_organisation,
        a_risk,
        an_indicator,
        *SECOND,
    ],
)
def test_the_second_editor_sees_both_texts_and_loses_nothing(
    world: World, case: Callable[[Place], Case]
) -> None:
    here = world.here
    path, row, said, field = case(here)
    other = here.people[SECOND.get(case, Role.COORDINATOR)]
    first, second = signed_in(here.lead), signed_in(other)
    said |= seen(second, path)
    assert first.post(path, said | {field: "Theirs"}).status_code == 302
    clash = second.post(path, said | {field: "Mine"})
    assert clash.status_code == 409
    shown = says(clash)
    assert f"{here.lead} changed this while you were writing" in shown
    conflict = BeautifulSoup(clash.content, "html5lib").select_one(".conflict")
    assert conflict is not None
    assert "Theirs" in conflict.get_text()
    assert "Same" not in conflict.get_text()  # only where it differs
    assert "Mine" in clash.content.decode()
    with acting_as(other.pk):
        assert getattr(type(row)._default_manager.get(pk=row.pk), field) == "Theirs"
    again = BeautifulSoup(clash.content, "html5lib").select_one("input[name=seen]")
    assert again is not None
    answer = said | {field: "Mine after all", "seen": str(again["value"])}
    assert second.post(path, answer).status_code == 302
    with acting_as(other.pk):
        assert getattr(type(row)._default_manager.get(pk=row.pk), field) == "Mine after all"
