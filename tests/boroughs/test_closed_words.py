"""What strategies, plans and figures say is noticed elsewhere while they are closed, as it stands now, and not after their release."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from boroughs.actions.closures import release
from boroughs.actions.figures import close_figures
from boroughs.actions.plan_actions import change_action, report_action
from boroughs.actions.plans import add_area, add_priority, change_priority, remove_priority
from boroughs.actions.strategies import close_strategy
from boroughs.closed_passages import closures_overlapping
from boroughs.models import Closure, Strategy
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, make_closure, make_figures, make_plan, make_strategy

AIMS = "Every school in the borough hears from its own officer before the winter holidays begin"
TITLE = "Train ninety caretakers of the leisure centres to notice leaflets left in changing rooms"
NEWS = "Forty caretakers came to the first morning and asked for a shorter second one"
LATER = "The remaining caretakers are trained by their own managers from a recorded lesson instead"
NOTE = "Counted twice in one quarter because two services kept lists of the same visitors"


@contextmanager
def a_closed_strategy(place: Place) -> Iterator[tuple[Strategy, Closure, Any]]:
    """One with an action under it that was reported on before it closed."""
    by = place.coordinator
    with acting_as(by.pk):
        strategy = make_strategy(place.borough, by=by, aims=AIMS)
        plan = make_plan(strategy, by=by)
        action = plan.actions.create(plan=plan, position=1, title=TITLE, changed_by=by)
        report_action(action=action, state="in_progress", note=NEWS, seen=1, by=by)
        closure = make_closure(place.borough, by=by)
        close_strategy(strategy=strategy, closure=closure, by=by)
        action.refresh_from_db()
        yield strategy, closure, action


def noticed(place: Place, text: str) -> bool:
    return bool(closures_overlapping(place.borough, f"Said elsewhere: {text}."))


def test_all_that_stands_under_a_strategy_is_noticed_once_it_is_closed(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        assert not noticed(here, AIMS)
    with a_closed_strategy(here):
        assert [noticed(here, text) for text in (AIMS, TITLE, NEWS, LATER)] == [
            True,
            True,
            True,
            False,
        ]


def test_what_is_changed_or_added_later_is_noticed_as_it_stands_now(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with a_closed_strategy(here) as (strategy, _, action):
        said = {
            "priority": None,
            "area": None,
            "owner_post": "",
            "organisation": None,
            "due_on": None,
            "success_measure": "",
        }
        change_action(action=action, seen=action.version, title=LATER, **said, by=by)
        assert (noticed(here, TITLE), noticed(here, LATER)) == (False, True)
        priority = add_priority(strategy=strategy, title=TITLE, by=by)
        add_area(priority=priority, title=NOTE, by=by)
        assert noticed(here, NOTE)
        change_priority(priority=priority, title="Short", about="", seen=1, by=by)
        assert not noticed(here, TITLE)
        spare = add_priority(strategy=strategy, title=TITLE, by=by)
        assert noticed(here, TITLE)
        remove_priority(priority=spare, by=by)
        assert not noticed(here, TITLE)


def test_a_release_forgets_the_words(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with a_closed_strategy(here) as (_, closure, _):
        assert closure.passages.exists()
        release(closure=closure, reason="Nothing to hide", by=by)
        assert not closure.passages.exists()
        assert not noticed(here, AIMS)


def test_what_is_said_of_a_closed_figure_is_noticed(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        row = make_figures(here.borough, {"panels-held": 11}, by=by, note=NOTE)["panels-held"]
        row.borough = here.borough
        assert not noticed(here, NOTE)
        close_figures(value=row, by=by, classification="exempt", reason="It names a weakness")
        assert noticed(here, NOTE)


@pytest.mark.parametrize("listed", [True, False])
def test_whoever_is_on_the_list_is_warned_in_another_form(world: World, listed: bool) -> None:
    here = world.here
    with a_closed_strategy(here):
        pass
    client = signed_in(here.coordinator if listed else here.lead)
    said = {"scope": "corporate", "title": "Repeated", "cause": AIMS, "effect": "x"}
    page = says(client.post(address("boroughs:risk-add", here.borough), said))
    assert ("these words also stand in a closed record" in page) == listed
