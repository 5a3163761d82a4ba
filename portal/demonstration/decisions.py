"""What the meetings of the demonstration decided on its reports: recorded, published, and with what is to be done after."""

import datetime as dt
import json
from typing import Any

from django.utils import timezone

from boroughs.actions.borough import set_governance
from boroughs.actions.committees import add_committee, add_meeting
from boroughs.actions.notices import set_call_in
from boroughs.actions.reviews import answer_recommendation
from boroughs.models import Borough, Recommendation
from boroughs.rows import acting_as
from reports.actions.decisions import add_step, follow_step, record_decision
from reports.actions.public_decisions import publish_decision
from reports.models import Decision, Report

from . import FOLDER
from .papers import person
from .reports import compose, send_out

Data = dict[str, Any]
POSTS = ("coordinator", "clearing", "lead", "democratic")


def load() -> None:
    shipped = json.loads((FOLDER / "decisions.json").read_text(encoding="utf-8"))
    for row in shipped["call_in"]:
        _rule(Borough.objects.get(gss_code=row["borough"]), row)
    for row in shipped["decisions"]:
        _decide(Borough.objects.get(gss_code=row["borough"]), row)


def load_invented() -> None:
    """A cabinet of the authority that does not exist, its report of September 2020, and the decision that was called in by nobody."""
    row = json.loads((FOLDER / "decisions.json").read_text(encoding="utf-8"))["invented"]
    borough = Borough.objects.get(gss_code=row["borough"])
    people = {post: person(borough, post) for post in POSTS}
    with acting_as(people["lead"].pk):
        set_governance(borough=borough, by=people["lead"], **_dated(row["governance"], "since"))
    with acting_as(people["democratic"].pk):
        cabinet = add_committee(borough=borough, by=people["democratic"], **row["cabinet"])
        days = _dated(row["meeting"], "date", "agenda_published_on")
        add_meeting(committee=cabinet, by=people["democratic"], **days)
    _rule(borough, row["call_in"])
    with acting_as(people["coordinator"].pk):
        report = compose(borough, row["report"], by=people["coordinator"])
    send_out(report, people, row["report"].get("waived", {}))
    _decide(borough, row["decision"])


def _rule(borough: Borough, row: Data) -> None:
    by = person(borough, "democratic")
    names = ("starts", "days", "counted", "source")
    with acting_as(by.pk):
        said = {name: row[name] for name in names}
        set_call_in(borough=borough, since=dt.date.fromisoformat(row["since"]), by=by, **said)


def _decide(borough: Borough, row: Data) -> None:
    by = person(borough, "democratic")
    with acting_as(by.pk):
        report = Report.objects.get(borough=borough, title=row["report"])
        decision = record_decision(
            report=report,
            outcomes=[(outcome, amended) for outcome, amended in row["outcomes"]],
            requests=row["requests"],
            report_by=_day(row["report_by"]),
            minute=row["minute"],
            decided_on=_day(row["decided_on"]),
            published_on=_day(row["published_on"]),
            reasons=row["reasons"],
            alternatives=row["alternatives"],
            conflicts=row["conflicts"],
            by=by,
        )
        for step in row["steps"]:
            said = {"text": step["text"], "owner_post": step["owner_post"]}
            add_step(decision=decision, due=_due(step), by=by, **said)
        publish_decision(decision=decision, by=by)
    _follow(borough, decision, row)


def _follow(borough: Borough, decision: Decision, row: Data) -> None:
    """By the coordinator: what was done, and what was answered to the requests."""
    by = person(borough, "coordinator")
    with acting_as(by.pk):
        for step, said in zip(decision.steps.all(), row["steps"], strict=True):
            if said["done_on"]:
                done = _day(said["done_on"])
                follow_step(step=step, action=None, done_on=done, seen=step.version, by=by)
        asked = Recommendation.objects.filter(decided__decision=decision).order_by("position")
        for recommendation, said in zip(asked, row["answers"], strict=False):
            answer_recommendation(
                recommendation=recommendation,
                response=said["response"],
                response_text=said["text"],
                responded_on=_day(said["on"]),
                done_on=_day(said["done_on"]),
                seen=recommendation.version,
                by=by,
            )


def _dated(row: Data, *names: str) -> Data:
    return {**row, **{name: _day(row[name]) for name in names}}


def _due(step: Data) -> dt.date | None:
    """What is still to do is due about the day of loading."""
    ahead = step.get("due_in")
    return timezone.localdate() + dt.timedelta(days=ahead) if ahead else _day(step["due"])


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None
