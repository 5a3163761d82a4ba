"""What is due about today in the sample boroughs, so that their front pages and reminders say something. All of it invented."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from boroughs.actions.duties import add_duty
from boroughs.actions.plan_actions import add_action, report_action
from boroughs.actions.plans import (
    add_organisation,
    add_plan,
    add_priority,
    set_organisation,
)
from boroughs.actions.strategies import (
    adopt_strategy,
    say_nobody_was_consulted,
    start_strategy,
)
from boroughs.models import Borough, DeliveryPlan, Organisation, Priority
from boroughs.rows import acting_as
from portal.figure_choice import choose_figures
from portal.reminders import set_rhythm
from toolkit.actions.assessments import open_assessment
from toolkit.models import Adoption

Data = dict[str, Any]
TODAY = Path(__file__).with_name("today.json")
QUARTER = dt.timedelta(days=91)


def shipped() -> Data:
    data: Data = json.loads(TODAY.read_text(encoding="utf-8"))
    return data


def load() -> None:
    data = shipped()
    for row in data["boroughs"]:
        borough = Borough.objects.get(gss_code=row["gss"])
        _borough(borough, data, row)


def _borough(borough: Borough, data: Data, row: Data) -> None:
    lead, by = (
        User.objects.get(email=f"{role}@{borough.slug}.example.org")
        for role in ("lead", "coordinator")
    )
    with acting_as(by.pk):
        trust = _plan(borough, data, by)
        for duty in data["duties"]:
            due = _day(duty["due_in"])
            facts = {"title": duty["title"], "every_months": duty["every_months"]}
            add_duty(borough=borough, next_due=due, by=by, **facts)
        if row["figures"]:
            choose_figures(borough=borough, keys=row["figures"], by=by)
        if row["opens"]:
            _round(borough, data, by)
    with acting_as(lead.pk):
        set_rhythm(borough=borough, every="week", day=1, by=lead)
        person = User.objects.get(email=f"contributor@{borough.slug}.example.org")
        set_organisation(person=person, borough=borough, organisation=trust, by=lead)


def _plan(borough: Borough, data: Data, by: User) -> Organisation:
    """A strategy of these years with a plan; the trust that its contributor reports for."""
    words, year = data["strategy"], timezone.localdate().year
    strategy = start_strategy(
        borough=borough,
        title=words["title"],
        aims=words["aims"],
        summary=words["summary"],
        starts_on=dt.date(year - 1, 1, 1),
        ends_on=dt.date(year + 2, 12, 31),
        illustrative=data["illustrative"],
        by=by,
    )
    say_nobody_was_consulted(
        strategy=strategy,
        consultation_none=words["consultation_none"],
        seen=strategy.version,
        by=by,
    )
    committee = borough.committees.exclude(kind="partnership_board")[0]
    adopt_strategy(
        strategy=strategy, adopted_by=committee, adopted_on=dt.date(year - 1, 1, 8), by=by
    )
    priorities = [
        add_priority(strategy=strategy, title=each, by=by) for each in words["priorities"]
    ]
    plan = add_plan(
        strategy=strategy,
        title="Delivery plan",
        starts_on=strategy.starts_on,
        ends_on=strategy.ends_on,
        illustrative=data["illustrative"],
        by=by,
    )
    name = "Health trust"
    trust = borough.organisations.filter(name=name).first()
    trust = trust or add_organisation(borough=borough, name=name, by=by)
    for row in data["actions"]:
        _action(plan, priorities, trust, row, by)
    return trust


def _action(
    plan: DeliveryPlan, priorities: list[Priority], trust: Organisation, row: Data, by: User
) -> None:
    action = add_action(
        plan=plan,
        title=row["title"],
        priority=priorities[row["priority"] - 1],
        owner_post=row["owner_post"],
        organisation=trust if row["organisation"] else None,
        due_on=_day(row["due_in"]),
        success_measure="",
        illustrative=True,
        by=by,
    )
    if row["said"]:
        note = f"{row['note']} (illustrative)"
        report_action(action=action, state=row["said"], note=note, on=_day(-30), seen=1, by=by)


def _round(borough: Borough, data: Data, by: User) -> None:
    """The quarter before this one, still to be rated: no rating is invented for a council."""
    version = Adoption.objects.filter(borough=borough).latest("since").version
    today = timezone.localdate()
    first = dt.date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = first - dt.timedelta(days=1)
    open_assessment(
        borough=borough,
        version=version,
        starts_on=(last - QUARTER + dt.timedelta(days=2)).replace(day=1),
        ends_on=last,
        assessor="self",
        illustrative=data["illustrative"],
        by=by,
    )


def _day(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)
