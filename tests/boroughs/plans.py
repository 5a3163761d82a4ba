"""Addresses and rows of plans in their tests."""

from typing import Any

from boroughs.actions.plan_actions import add_action
from boroughs.models import Action
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says
from tests.factories import Place


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


def shown(client: Any, place: Place, query: str) -> str:
    return says(client.get(f"{on_plan(place, 'plan-show')}?{query}"))
