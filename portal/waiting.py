"""What waits for somebody, from every floor: one statement, and two more for what the law and its calendar alone can say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

import boroughs.waiting
import papers.waiting
import reports.waiting
import reports.waiting_decisions
import toolkit.waiting
from accounts.models import User
from boroughs.access import BoroughRequest
from boroughs.models import Borough
from boroughs.waiting import Group, Item, Reader, Rows, Sort, incomplete, item


@dataclass(frozen=True)
class Floor:
    """What an app offers."""

    sorts: tuple[Sort, ...]
    arms: Callable[[Reader, int], list[Rows]]


FLOORS = (
    Floor(toolkit.waiting.SORTS, toolkit.waiting.arms),
    Floor(boroughs.waiting.SORTS, boroughs.waiting.arms),
    Floor(papers.waiting.SORTS, papers.waiting.arms),
    Floor(reports.waiting.SORTS, reports.waiting.arms),
    Floor(reports.waiting_decisions.SORTS, reports.waiting_decisions.arms),
)
SORTS = {sort.key: sort for floor in FLOORS for sort in floor.sorts}


def reader_at(request: BoroughRequest) -> Reader:
    """The person as the door knows them."""
    today = timezone.localdate()
    return Reader(request.user, request.borough, request.granted, today, request.listed)


def reader_of(user: User, borough: Borough, perms: frozenset[str]) -> Reader:
    """The person as a letter knows them today."""
    listed = borough.closures.listing(user).values_list("pk", flat=True)
    return Reader(user, borough, perms, timezone.localdate(), list(listed))


def waiting_for(reader: Reader, *, most: int) -> list[Group]:
    """Every group with something in it, in the order of the floors, each with its first `most`.

    Nothing closed is in it, or counted, for whom it is not open.
    """
    found: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
    for row in _rows(reader, most):
        found[row[0]].append(row)
    groups = {
        key: Group(SORTS[key], _first(rows, key, reader, most), rows[0][-1])
        for key, rows in found.items()
    }
    beside = (*incomplete(reader, most), *reports.waiting_decisions.call_ins(reader, most))
    groups |= {group.sort.key: group for group in beside}
    return [groups[key] for key in SORTS if key in groups]


def _first(rows: Sequence[Sequence[Any]], key: str, reader: Reader, most: int) -> list[Item]:
    """By their day: UNION ALL promises no order."""
    found = [item(row, SORTS[key], reader) for row in rows]
    return sorted(found, key=lambda each: each.due or dt.date.max)[:most]


def _rows(reader: Reader, most: int) -> Sequence[Sequence[Any]]:
    arms = [rows for floor in FLOORS for rows in floor.arms(reader, most)]
    if not arms:
        return []
    first, *others = arms
    return list(first.union(*others, all=True)) if others else list(first)


def to_do(groups: Sequence[Group]) -> list[Group]:
    """What needs doing now."""
    return [group for group in groups if not group.sort.ahead]


def to_come(groups: Sequence[Group]) -> list[Item]:
    """Meetings and days ahead, the next first."""
    coming = [each for group in groups if group.sort.ahead for each in group.items]
    return sorted(coming, key=lambda each: each.due or dt.date.max)
