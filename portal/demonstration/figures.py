"""Figures of three councils' reports, and what Barnet's demonstration publishes of them."""

import json
from decimal import Decimal
from typing import Any

from accounts.models import User
from boroughs import periods
from boroughs.actions.figures import record_figures, set_figure_rule
from boroughs.figure_policies import Entry
from boroughs.models import Borough
from boroughs.rows import acting_as

from . import FOLDER

Data = dict[str, Any]


def shipped() -> Data:
    data: Data = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
    return data


def load() -> None:
    data = shipped()
    for row in data["figures"]:
        _record(row)
    for row in data["rules"]:
        borough = Borough.objects.get(gss_code=row.pop("borough"))
        lead = _person(borough, "lead")
        with acting_as(lead.pk):
            set_figure_rule(borough=borough, **row, by=lead)


def _record(row: Data) -> None:
    borough = Borough.objects.get(gss_code=row["borough"])
    coordinator, period = _person(borough, "coordinator"), periods.financial(*row["period"])
    entries = [_entry(key, said, row["source"]) for key, said in row["said"].items()]
    with acting_as(coordinator.pk):
        record_figures(
            borough=borough,
            period=period,
            entries=entries,
            illustrative=row["illustrative"],
            by=coordinator,
        )


def _entry(key: str, said: Data, source: str) -> Entry:
    numbers: Data = {name: Decimal(said[name]) for name in ("number", "target") if name in said}
    words: Data = {**said, **numbers}
    return Entry(indicator=key, source=source, **words)


def _person(borough: Borough, role: str) -> User:
    return User.objects.get(email=f"{role}@{borough.slug}.example.org")
