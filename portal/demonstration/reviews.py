"""Loading what reviewers and a committee asked for, and what came of it, as each borough's coordinator records it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from accounts.models import User
from boroughs.actions.reviews import (
    add_recommendation,
    add_review,
    add_step,
    answer_recommendation,
    report_back,
)
from boroughs.models import Borough, Meeting, Review
from boroughs.rows import acting_as

Data = dict[str, Any]
SHIPPED = Path(__file__).parent / "reviews.json"
DAYS = ("starts_on", "ends_on", "due", "report_by", "responded_on", "done_on")
ASKED = ("number", "text", "owner_post", "due", "report_by")
ANSWERED = ("response", "response_text", "responded_on", "done_on")


def load() -> None:
    for row in json.loads(SHIPPED.read_text(encoding="utf-8"))["reviews"]:
        borough = Borough.objects.get(gss_code=row["borough"])
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            _review(borough, row, by)


def _review(borough: Borough, row: Data, by: User) -> None:
    said = {name: value for name, value in _read(row).items() if name not in {"borough", "meeting"}}
    recommendations = said.pop("recommendations")
    meeting = _meeting(borough, row["meeting"], row["starts_on"])
    review = add_review(borough=borough, meeting=meeting, by=by, **said)
    for asked in recommendations:
        _recommendation(borough, review, asked, by)


def _recommendation(borough: Borough, review: Review, row: Data, by: User) -> None:
    said, name = _read(row), row["report_to"]
    committee = borough.committees.get(name=name) if name else None
    added = add_recommendation(
        review=review, report_to=committee, by=by, **{key: said[key] for key in ASKED}
    )
    for step in said["steps"]:
        add_step(recommendation=added, by=by, **_read(step))
    if said["response"]:
        given = {key: said[key] for key in ANSWERED}
        answer_recommendation(recommendation=added, seen=added.version, by=by, **given)
    if meeting := _meeting(borough, name, said["reported_at"]):
        note = said["reported_note"]
        report_back(
            recommendation=added, reported_at=meeting, reported_note=note, seen=added.version, by=by
        )


def _meeting(borough: Borough, committee: str | None, day: str | None) -> Meeting | None:
    if not committee or not day:
        return None
    return Meeting.objects.get(committee__borough=borough, committee__name=committee, date=day)


def _read(row: Data) -> Data:
    """With its days as dates."""
    return {
        name: dt.date.fromisoformat(value) if name in DAYS and value else value
        for name, value in row.items()
    }
