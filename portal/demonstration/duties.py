"""The demonstration's reporting calendar: what councils say they owe, and when it was done."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from accounts.models import User
from boroughs.actions.duties import add_duty, change_duty, record_round
from boroughs.models import Borough, Duty, Meeting
from boroughs.rows import acting_as

Data = dict[str, Any]
DUTIES = Path(__file__).with_name("duties.json")


def shipped() -> list[Data]:
    found: list[Data] = json.loads(DUTIES.read_text(encoding="utf-8"))["duties"]
    return found


def load() -> None:
    for row in shipped():
        borough = Borough.objects.get(gss_code=row["gss"])
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            _duty(borough, row, by)


def _duty(borough: Borough, row: Data, by: User) -> None:
    said = {name: row[name] for name in ("told", "owner_post", "every_months")}
    said["board"] = borough.committees.filter(name=row["board"]).first()
    days = [each["due"] for each in row["rounds"]] + [row["next_due"]]
    first = dt.date.fromisoformat(days[0])
    duty = add_duty(borough=borough, title=row["title"], next_due=first, by=by, **said)
    for each, then in zip(row["rounds"], days[1:], strict=True):
        _round(duty, each, by)
        due = dt.date.fromisoformat(then)
        ended = {"next_due": due, "ended_on": None, **said}
        change_duty(duty=duty, title=row["title"], seen=duty.version, by=by, **ended)


def _round(duty: Duty, row: Data, by: User) -> None:
    meeting = None
    if row["meeting"]:
        meeting = Meeting.objects.get(
            committee__borough=duty.borough, committee__name=row["board"], date=row["meeting"]
        )
    record_round(
        duty=duty,
        done_on=dt.date.fromisoformat(row["done_on"]),
        meeting=meeting,
        note=row["note"],
        seen=duty.version,
        by=by,
    )
