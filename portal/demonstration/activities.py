"""Loading what was delivered and what was planned, with the figures that are recorded of it."""

import datetime as dt
import json
from typing import Any

from accounts.models import User
from boroughs import periods
from boroughs.actions.activities import add_activity, link_figures
from boroughs.counting import counted_in
from boroughs.models import Activity, Borough, Organisation, Priority
from boroughs.rows import acting_as

from . import FOLDER

Data = dict[str, Any]


def load() -> None:
    shipped = json.loads((FOLDER / "activities.json").read_text(encoding="utf-8"))
    for row in shipped["activities"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            _add(borough, row, by)


def _add(borough: Borough, row: Data, by: User) -> None:
    figures, serves, name = row.pop("figures"), row.pop("serves"), row.pop("organisation")
    days = {key: row[key] and dt.date.fromisoformat(row[key]) for key in ("starts_on", "ends_on")}
    said = {**row, **days, "counts": counted_in(row["counts"])}
    activity = add_activity(
        borough=borough,
        priority=_priority(borough, serves),
        organisation=Organisation.objects.get(borough=borough, name=name) if name else None,
        by=by,
        **said,
    )
    if figures:
        _link(activity, figures, by)


def _priority(borough: Borough, number: int | None) -> Priority | None:
    if not number:
        return None
    open_ones = Priority.objects.filter(strategy__borough=borough, strategy__closure=None)
    return open_ones.filter(position=number).latest("strategy__starts_on")


def _link(activity: Activity, figures: Data, by: User) -> None:
    values = activity.borough.figures.about(periods.financial(*figures["period"]))
    link_figures(activity=activity, figures=values.filter(indicator__in=figures["keys"]), by=by)
