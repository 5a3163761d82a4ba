"""A plan as a steering group reads it: the actions asked for, under their priorities, and counts that add up."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .models import Action, Area, Priority

SOON = 30  # days
Test = Callable[[Action, str, dt.date], bool]


def _key_is(name: str) -> Test:
    return lambda action, wanted, today: str(getattr(action, name) or "none") == wanted


def _due(action: Action, wanted: str, today: dt.date) -> bool:
    if wanted == "overdue":
        return action.is_overdue(today)
    if wanted == "quiet":
        return action.is_quiet(today)
    if wanted == "none":
        return action.due_on is None
    soon = today + dt.timedelta(days=SOON)
    return action.is_unfinished and bool(action.due_on and today <= action.due_on <= soon)


def _says(action: Action, wanted: str, today: dt.date) -> bool:
    """Every word, wherever it stands in the action."""
    said = (action.title, action.owner_post, action.success_measure, action.organisation or "")
    words = " ".join(map(str, said)).casefold()
    return all(word in words for word in wanted.casefold().split())


TESTS: dict[str, Test] = {
    "words": _says,
    "state": lambda action, wanted, today: action.state == wanted,
    "priority": _key_is("priority_id"),
    "organisation": _key_is("organisation_id"),
    "owner": lambda action, wanted, today: action.owner_post == wanted,
    "due": _due,
}


def chosen(actions: Iterable[Action], wanted: Mapping[str, str], today: dt.date) -> list[Action]:
    """Those that answer every part of the filter."""
    return [
        action
        for action in actions
        if all(TESTS[name](action, value, today) for name, value in wanted.items())
    ]


def mark(actions: Iterable[Action], today: dt.date) -> None:
    """Note on each whether it is overdue and how long there was no news, as the page prints it."""
    for action in actions:
        quiet = f"{action.days_without_news(today)} days" if action.is_quiet(today) else ""
        vars(action).update(overdue=action.is_overdue(today), quiet=quiet)


@dataclass
class Group:
    """The actions under one priority and area, in the plan's order."""

    priority: Priority | None
    area: Area | None
    first_of_priority: bool
    actions: list[Action] = field(default_factory=list)


def grouped(actions: Iterable[Action]) -> list[Group]:
    """In the order they come, which is the plan's."""
    groups: list[Group] = []
    for action in actions:
        last = groups[-1] if groups else None
        same_priority = last is not None and last.priority == action.priority
        if last is None or not same_priority or last.area != action.area:
            last = Group(action.priority, action.area, not same_priority)
            groups.append(last)
        last.actions.append(action)
    return groups


@dataclass(frozen=True)
class Row:
    """How many actions of a priority are in each state; the states add up to the total."""

    title: str
    by_state: list[int]
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.by_state)


def counts(actions: Iterable[Action], today: dt.date, word: str = "priority") -> list[Row]:
    """A row for each priority and one for all of them, which is their sum."""
    rows = list(actions)
    titles: dict[str, list[Action]] = {}
    for action in rows:
        titles.setdefault(str(action.priority or f"No {word}"), []).append(action)
    return [
        *(_row(title, those, today) for title, those in titles.items()),
        _row("All", rows, today),
    ]


def _row(title: str, actions: list[Action], today: dt.date) -> Row:
    states = [sum(action.state == state for action in actions) for state in Action.State]
    return Row(title, states, sum(action.is_overdue(today) for action in actions))
