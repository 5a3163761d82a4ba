"""The demonstration's strategies: their words, priorities and plans; one of Barnet's is closed as its agenda said."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from accounts.models import User
from boroughs.actions.plan_actions import add_action, report_action
from boroughs.actions.plans import (
    add_area,
    add_organisation,
    add_plan,
    add_priority,
    set_organisation,
)
from boroughs.actions.strategies import (
    adopt_strategy,
    close_strategy,
    govern_strategy,
    link_strategy,
    log_consultation,
    move_strategy,
    say_nobody_was_consulted,
    start_strategy,
)
from boroughs.models import Borough, Closure, Committee, Organisation, Priority, Strategy
from boroughs.rows import acting_as

Data = dict[str, Any]
STRATEGIES = Path(__file__).with_name("strategies.json")
WORDS = ("title", "aims", "summary", "corporate_priorities", "source", "illustrative")
LEVELS = ("priority_name", "area_name", "action_name")
KEPT = (*LEVELS, "reports_to", "cadence", "delegated_to", "delegated_with")


def shipped() -> list[Data]:
    found: list[Data] = json.loads(STRATEGIES.read_text(encoding="utf-8"))["strategies"]
    return found


def load() -> None:
    """Each as the borough's coordinator; then what a later one replaces is said to be superseded."""
    for row in shipped():
        borough = Borough.objects.get(gss_code=row["gss"])
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            _strategy(borough, row, by)
    for row in shipped():
        if row["superseded"]:
            borough = Borough.objects.get(gss_code=row["gss"])
            by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
            with acting_as(by.pk):
                strategy = borough.strategies.get(title=row["title"])
                move_strategy(strategy=strategy, to=Strategy.State.SUPERSEDED, by=by)
    _partners()


def _strategy(borough: Borough, row: Data, by: User) -> None:
    former = borough.strategies.filter(title=row["replaces"]).first()
    strategy = start_strategy(
        borough=borough,
        **{name: row[name] for name in WORDS},
        starts_on=_on(row["starts_on"]),
        ends_on=_on(row["ends_on"]),
        by=by,
    )
    govern_strategy(
        strategy=strategy,
        replaces=former,
        owning_board=_committee(borough, row["owning_board"]),
        **{name: row[name] for name in KEPT},
        seen=strategy.version,
        by=by,
    )
    _consulted(strategy, row, by)
    for title in row["links"]:
        link_strategy(strategy=strategy, linked=None, title=title, by=by)
    if row["adopted"]:
        _adopt(strategy, row["adopted"], by)
    _levels(strategy, row["priorities"], by)
    if row["plan"]:
        _plan(strategy, row["plan"], by)
    if row["closed"]:
        closure = Closure.objects.get(papers__title=row["closed"], borough=borough)
        close_strategy(strategy=strategy, closure=closure, by=by)


def _consulted(strategy: Strategy, row: Data, by: User) -> None:
    for line in row["consultations"]:
        days = {name: _day(line[name]) for name in ("since", "until")}
        log_consultation(strategy=strategy, by=by, **{**line, **days})
    if row["consultation_none"]:
        say_nobody_was_consulted(
            strategy=strategy,
            consultation_none=row["consultation_none"],
            seen=strategy.version,
            by=by,
        )


def _adopt(strategy: Strategy, row: Data, by: User) -> None:
    on, committee = _on(row["on"]), strategy.borough.committees.get(name=row["committee"])
    adopt_strategy(
        strategy=strategy,
        adopted_by=committee,
        adopted_on=on,
        meeting=committee.meetings.filter(date=on).first(),
        recommendation=row["recommendation"],
        by=by,
    )


def _levels(strategy: Strategy, rows: list[Data], by: User) -> None:
    for row in rows:
        priority = add_priority(strategy=strategy, title=row["title"], about=row["about"], by=by)
        for area in row["areas"]:
            add_area(priority=priority, title=area, by=by)


def _plan(strategy: Strategy, row: Data, by: User) -> None:
    adopted_by = _committee(strategy.borough, row["adopted_by"])
    plan = add_plan(
        strategy=strategy,
        title=row["title"],
        illustrative=row["illustrative"],
        adopted_by=adopted_by,
        starts_on=_on(row["starts_on"]),
        ends_on=_on(row["ends_on"]),
        adopted_on=_day(row["adopted_on"]),
        by=by,
    )
    priorities = {priority.position: priority for priority in strategy.priorities.all()}
    for said in row["actions"]:
        action = add_action(plan=plan, **_action(strategy.borough, said, priorities, by), by=by)
        state = "" if said["state"] == action.state else said["state"]
        if state or said["note"]:
            on = max(plan.starts_on, action.due_on or plan.starts_on)
            report_action(
                action=action,
                state=said["state"],
                note=said["note"] and f"{said['note']} (illustrative)",
                on=on,
                seen=1,
                by=by,
            )


def _action(
    borough: Borough, said: Data, priorities: dict[int, Priority], by: User
) -> dict[str, Any]:
    return {
        "title": said["title"],
        "priority": priorities.get(said["priority"] or 0),
        "owner_post": said["owner_post"],
        "organisation": _organisation(borough, said["organisation"], by),
        "due_on": _day(said["due_on"]),
        "success_measure": said["success_measure"],
        "illustrative": True,
    }


def _organisation(borough: Borough, name: str, by: User) -> Organisation | None:
    if not name:
        return None
    known = borough.organisations.filter(name=name).first()
    return known or add_organisation(borough=borough, name=name, by=by)


def _partners() -> None:
    """Each contributor reports for the first organisation of their borough, if it has one."""
    for borough in Borough.objects.all():
        lead = User.objects.filter(email=f"lead@{borough.slug}.example.org").first()
        person = User.objects.filter(email=f"contributor@{borough.slug}.example.org").first()
        if lead is None or person is None:
            continue
        with acting_as(lead.pk):
            first = borough.organisations.first()
            if first:
                set_organisation(person=person, borough=borough, organisation=first, by=lead)


def _committee(borough: Borough, name: str) -> Committee | None:
    return borough.committees.filter(name=name).first()


def _on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def _day(day: str | None) -> dt.date | None:
    return _on(day) if day else None
