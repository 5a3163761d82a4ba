"""Loading who paid for what; two amounts are closed together with the financial appendix they stand in."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from accounts.models import User
from boroughs.actions.funding import add_line, close_amount, move_line
from boroughs.models import Borough, Closure
from boroughs.rows import acting_as

from . import FOLDER

Data = dict[str, Any]


def load() -> None:
    shipped = json.loads((FOLDER / "funding.json").read_text(encoding="utf-8"))
    for row in shipped["lines"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            _add(borough, row, by)


def _add(borough: Borough, row: Data, by: User) -> None:
    steps, together = row.pop("steps"), row.pop("together")
    pounds = Decimal(row.pop("pounds")) if row["pounds"] else row.pop("pounds")
    opened = None if together else pounds
    line = add_line(borough=borough, pounds=opened, by=by, **row, **_state(steps[0]))
    for step in steps[1:]:
        move_line(line=line, seen=line.version, by=by, **_state(step))
    if together:
        closure = Closure.objects.get(papers__title=together, borough=borough)
        close_amount(line=line, pounds=pounds, together=closure, by=by)


def _state(step: Data) -> Data:
    return {**step, "since": step["since"] and dt.date.fromisoformat(step["since"])}
