"""What cannot be is answered with one plain sentence beside its field, everything typed is still there, and nothing is half-written."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import models

from boroughs.actions.plan_actions import add_action
from boroughs.actions.strategies import move_strategy
from boroughs.models import (
    Action,
    Amendment,
    BoardMember,
    Consultation,
    DeliveryPlan,
    FigureValue,
    Recommendation,
    RecommendationAction,
    Review,
    Strategy,
)
from boroughs.policies import Refused
from boroughs.rows import acting_as
from tests.boroughs.figures import blank, typed
from tests.boroughs.pages import address, problems, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_strategy

Given = tuple[str, dict[str, Any], str, str]  # where, what, the field, how the sentence begins
YEARS = date("starts_on", "2017-04-01") | date("ends_on", "2019-03-31")
TABLES: list[type[models.Model]] = [
    Strategy,
    DeliveryPlan,
    Action,
    Consultation,
    Amendment,
    BoardMember,
    Review,
    Recommendation,
    RecommendationAction,
    FigureValue,
]


def strategy_backwards(p: Place) -> Given:
    said = {"title": "New"} | date("starts_on", "2019-04-01") | date("ends_on", "2017-03-31")
    page = address("boroughs:strategy-add", p.borough)
    return page, said, "ends_on", "A strategy ends after it begins. Enter 1 April 2019"


def plan_backwards(p: Place) -> Given:
    page = address("boroughs:plan-add", p.borough, p.strategy.pk)
    said = {"title": "New"} | date("starts_on", "2018-04-01") | date("ends_on", "2018-03-31")
    return page, said, "ends_on", "A plan ends after it begins"


def plan_before_its_strategy(p: Place) -> Given:
    page = address("boroughs:plan-add", p.borough, p.strategy.pk)
    said = {"title": "New"} | date("starts_on", "2016-04-01") | date("ends_on", "2018-03-31")
    return page, said, "starts_on", "The strategy begins on 1 April 2017"


def plan_after_its_strategy(p: Place) -> Given:
    page = address("boroughs:plan-add", p.borough, p.strategy.pk)
    said = {"title": "New"} | date("starts_on", "2018-04-01") | date("ends_on", "2020-03-31")
    return page, said, "ends_on", "The strategy ends on 31 March 2019"


def action_due_before_its_plan(p: Place) -> Given:
    page = address("boroughs:action-add", p.borough, p.plan.pk)
    return page, {"title": "New"} | date("due_on", "2017-03-31"), "due_on", "The plan begins on"


def consultation_backwards(p: Place) -> Given:
    page = address("boroughs:consultation-add", p.borough, p.strategy.pk)
    said = {"who": "Schools"} | date("since", "2017-05-02") | date("until", "2017-05-01")
    return page, said, "until", "A consultation ends after it began"


def amendment_before_the_adoption(p: Place) -> Given:
    page = address("boroughs:strategy-amend", p.borough, p.strategy.pk)
    said = {"title": "New", "decided_by": "Director", "reason": "New", "seen": "x"} | YEARS
    said |= date("decided_on", "2017-01-01")
    return page, said, "decided_on", "An amendment is decided after the adoption"


def place_backwards(p: Place) -> Given:
    page = address("boroughs:board-member-add", p.borough, p.board.pk)
    said = {"organisation": "New"} | date("since", "2019-05-02") | date("until", "2019-05-01")
    return page, said, "until", "A place ends after it began"


def itself_above_itself(p: Place) -> Given:
    page = address("boroughs:board-change", p.borough, p.board.pk)
    said = {"reports_to": str(p.board.pk), "seen": "x"}
    return page, said, "reports_to", "A board reports to another body"


def replaced_by_what_it_replaces(p: Place) -> Given:
    by = p.coordinator
    with acting_as(by.pk):
        later = make_strategy(p.borough, by=by, title="Later", replaces=p.strategy)
    page = address("boroughs:strategy-govern", p.borough, p.strategy.pk)
    return (
        page,
        {"replaces": str(later.pk), "seen": "x"},
        "replaces",
        "Later replaces this strategy already",
    )


def review_backwards(p: Place) -> Given:
    page = address("boroughs:review-add", p.borough)
    said = {"kind": "peer", "title": "New"}
    said |= date("starts_on", "2018-11-23") | date("ends_on", "2018-11-20")
    return page, said, "ends_on", ""


def reviewers_below_nought(p: Place) -> Given:
    page = address("boroughs:review-add", p.borough)
    said = {"kind": "peer", "title": "New", "reviewer_count": "-7"} | date(
        "starts_on", "2018-11-20"
    )
    return page, said, "reviewer_count", ""


def half_a_reviewer(p: Place) -> Given:
    page = address("boroughs:review-add", p.borough)
    said = {"kind": "peer", "title": "New", "reviewer_count": "6.5"}
    return page, said | date("starts_on", "2018-11-20"), "reviewer_count", ""


def due_before_it_was_asked(p: Place) -> Given:
    page = address("boroughs:recommendation-add", p.borough, p.scrutiny.pk)
    said = {"number": "9", "text": "New"} | date("due", "2001-01-01")
    return page, said, "due", ""


def figures(number: str, sentence: str) -> Callable[[Place], Given]:
    def given(p: Place) -> Given:
        page = address("boroughs:figure-enter", p.borough, "training", "year-2022")
        stands = blank(signed_in(p.coordinator), page)
        return page, stands | typed(number__staff_trained=number), "number-staff-trained", sentence

    return given


CASES: dict[str, Callable[[Place], Given]] = {
    "a strategy that runs backwards": strategy_backwards,
    "a plan that runs backwards": plan_backwards,
    "a plan before its strategy": plan_before_its_strategy,
    "a plan after its strategy": plan_after_its_strategy,
    "an action due before its plan": action_due_before_its_plan,
    "a consultation that runs backwards": consultation_backwards,
    "an amendment before the adoption": amendment_before_the_adoption,
    "a place that ends before it began": place_backwards,
    "a board that reports to itself": itself_above_itself,
    "circular succession": replaced_by_what_it_replaces,
    "a review that runs backwards": review_backwards,
    "reviewers below nought": reviewers_below_nought,
    "half a reviewer": half_a_reviewer,
    "due before it was asked": due_before_it_was_asked,
    "people below nought": figures("-3", ""),
    "half a person": figures("3.5", ""),
}


def counted(place: Place) -> dict[str, int]:
    with acting_as(place.coordinator.pk):
        return {model.__name__: model._default_manager.count() for model in TABLES}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_gets_its_own_sentence_and_nothing_is_half_written(
    world: World, case: Callable[[Place], Given]
) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    page, said, field, sentence = case(here)
    before = counted(here)
    shown = BeautifulSoup(client.get(page).content, "html5lib")
    seen = shown.select_one("input[name=seen]")
    if said.get("seen") == "x" and seen:
        said["seen"] = str(seen["value"])
    answer = client.post(page, said)
    found = problems(answer)
    assert len(found) == 1, found
    assert found[0].startswith(sentence)
    assert found[0][0].isupper()
    again = BeautifulSoup(answer.content, "html5lib")
    assert again.select(f"[id^=id_{field}] , [name^='{field}']"), field
    assert again.select_one(f"#id_{field}_error, #id_{field}-error, [id$='error']"), field
    assert counted(here) == before


def test_an_action_of_a_withdrawn_strategy_is_neither_added_nor_changed(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        move_strategy(strategy=here.strategy, to="withdrawn", reason="Replaced", by=by)
    before = counted(here)
    client = signed_in(by)
    for page in (
        address("boroughs:action-add", here.borough, here.plan.pk),
        address("boroughs:action-change", here.borough, here.plan.pk, here.action.pk),
        address("boroughs:action-report", here.borough, here.plan.pk, here.action.pk),
    ):
        shown = client.get(page).content.decode()
        assert "This strategy is withdrawn. It and its plans stay as they are." in shown
        client.post(page, {"title": "New", "state": "complete", "seen": "1"})
    with acting_as(by.pk), pytest.raises(Refused, match="withdrawn"):
        add_action(plan=here.plan, title="New", by=by)
    assert counted(here) == before
