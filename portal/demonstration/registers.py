"""Loading the registers: what was received, policies, and assessments of equality and data protection."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from accounts.models import User
from boroughs.actions.registers import add_impact, add_policy, add_received, brief
from boroughs.models import Borough, Strategy
from boroughs.rows import acting_as

from . import FOLDER

Data = dict[str, Any]
DAYS = ("received_on", "approved_on", "done_on", "next_review", "ended_on", "on")


def load() -> None:
    shipped = json.loads((FOLDER / "registers.json").read_text(encoding="utf-8"))
    loaders: dict[str, Callable[[Borough, Data, User], None]] = {
        "received": _received,
        "policies": _policy,
        "impacts": _impact,
    }
    for register, add in loaders.items():
        for row in shipped[register]:
            borough = Borough.objects.get(gss_code=row.pop("borough"))
            by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
            with acting_as(by.pk):
                add(borough, _dated(row), by)


def _dated(row: Data) -> Data:
    days = {key: dt.date.fromisoformat(row[key]) for key in DAYS if row.get(key)}
    return {**row, **days}


def _received(borough: Borough, row: Data, by: User) -> None:
    briefings = row.pop("briefings")
    received = add_received(borough=borough, by=by, **row)
    for said in briefings:
        brief(received=received, by=by, **_dated(said))


def _policy(borough: Borough, row: Data, by: User) -> None:
    add_policy(borough=borough, approving_body=None, by=by, **row)


def _impact(borough: Borough, row: Data, by: User) -> None:
    title = row.pop("strategy")
    strategy = Strategy.objects.get(borough=borough, title=title) if title else None
    add_impact(borough=borough, strategy=strategy, policy=None, by=by, **row)
