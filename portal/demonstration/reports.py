"""The demonstration's committee reports: written place by place, approved, issued and published."""

import datetime as dt
import json
from typing import Any

from accounts.models import User
from boroughs.models import Borough, Closure, Meeting
from boroughs.rows import acting_as
from papers.models import Paper
from reports.actions.clearing import Asked, ask_to_clear, verify
from reports.actions.issues import issue_report, publish_issue, turn_register
from reports.actions.reports import approve_report, start_report, write_front
from reports.actions.sections import add_appendix, close_section, write_section
from reports.actions.waivers import waive
from reports.checks import checked
from reports.clearing import clearable, nil_return, post_for, still_to_clear
from reports.models import HouseStyle, Report, ReportText
from reports.places import LEAD, PAPERS, RECOMMENDATIONS, front_place

from . import FOLDER, thurrock
from .papers import let_read, person

Data = dict[str, Any]
POSTS = ("coordinator", "clearing", "legal", "lead", "democratic")


def shipped() -> list[Data]:
    """Thurrock's, and those that have a file of their own."""
    files = sorted(FOLDER.glob("report_*.json"))
    return [_thurrock(), *(json.loads(file.read_text(encoding="utf-8")) for file in files)]


def _thurrock() -> Data:
    data = thurrock()
    return {"borough": data["borough"], "source": data["source"], **data["report"]}


def load() -> None:
    for row in shipped():
        borough = Borough.objects.get(gss_code=row["borough"])
        people = {post: person(borough, post) for post in POSTS}
        with acting_as(people["coordinator"].pk):
            report = compose(borough, row, by=people["coordinator"])
            closed = _close(report, row.get("closed", {}), people["coordinator"])
        for closure, readers in closed:
            for role in readers:
                let_read(closure, person(borough, role))
        send_out(report, people, row.get("waived", {}))


def compose(borough: Borough, row: Data, *, by: User) -> Report:
    """A report as a row of the demonstration's data gives it; for its writer, inside their borough."""
    days = [row["assessment"]] if "assessment" in row else []
    judged = borough.assessments.filter(ends_on__in=days).first()
    meeting = Meeting.objects.get(
        committee__borough=borough, committee__name=row["committee"], date=dt.date.fromisoformat(row["meeting"])
    )  # fmt: skip
    report = start_report(
        borough=borough,
        title=row["title"],
        meeting=meeting,
        assessment=judged,
        style=HouseStyle.objects.get(key=row["house_style"]),
        source=row["source"],
        by=by,
    )
    front = {front_place(key): value for key, value in row["front"].items()}
    write_front(
        report=report,
        title=row["title"],
        meeting=meeting,
        item_number=row["item_number"],
        assessment=judged,
        beside=row.get("beside", []),
        texts={**front, "front-author": row["author"]},
        seen=report.version,
        by=by,
    )
    write(report, row["texts"], row["recommendations"]["lead"], by)
    lists = {
        RECOMMENDATIONS: row["recommendations"]["items"],
        PAPERS: [f"{p['title']} | {p['where']}" for p in row["background_papers"]],
    }
    write(report, {key: "\n".join(lines) for key, lines in lists.items()}, row["recommendations"]["lead"], by)  # fmt: skip
    for key in row.get("not_needed", []):
        write_section(report=report, key=key, body="", state=ReportText.State.NOT_NEEDED, seen=0, by=by)  # fmt: skip
    for title in row["appendices"]:
        add_appendix(report=report, paper=Paper.objects.get(borough=borough, title=title), by=by)
    return report


def _close(report: Report, closed: Data, by: User) -> list[tuple[Closure, list[str]]]:
    """Sections with words, each by a closure of its own: with the roles that are put on its list."""
    return [
        (close_section(report=report, key=key, by=by, **said["closing"]), said["readers"])
        for key, said in closed.items()
    ]


def write(report: Report, texts: dict[str, str], lead: str, by: User) -> None:
    seen = dict(report.texts.values_list("key", "version"))
    for key, body in texts.items():
        if key == LEAD or not body:
            continue
        state = ReportText.State.DONE
        write_section(report=report, key=key, body=body, state=state, lead=lead, seen=seen.get(key, 0), by=by)  # fmt: skip


def clear(report: Report, people: dict[str, User]) -> None:
    """Sent by the coordinator, verified by the clearing officers: what the style has cleared, and the usual implications."""
    writer, officer = people["coordinator"], people["clearing"]
    lawyer = people.get("legal", officer)
    with acting_as(writer.pk):
        wanted = {place.key: place for place, _ in still_to_clear(report)}
        said = set(report.texts.exclude(body="").values_list("key", flat=True))
        write(report, {key: nil_return(wanted[key]) for key in set(wanted) - said}, "", writer)
        usual = [place for place in clearable(report) if place.key in wanted or place.key in said]
        asked = [
            Asked(place.key, lawyer if place.key == "legal" else officer, post_for(place))
            for place in usual
            if post_for(place)
        ]
        sent = ask_to_clear(report=report, asked=asked, by=writer) if asked else []
    for row in sent:
        who = row.asked_of
        with acting_as(who.pk):
            seen = report.texts.get(key=row.key).version
            verify(clearance=row, name=who.name, post=who.post, seen=seen, by=who)


def send_out(report: Report, people: dict[str, User], waived: dict[str, str]) -> None:
    """Cleared, waived with the reasons given by check, approved by the lead, issued and published by democratic services."""
    clear(report, people)
    lead, officer = people["lead"], people["democratic"]
    with acting_as(lead.pk):
        found = checked(report).waivable
        waive(report=report, reasons={one.field: waived[one.key] for one in found if one.key in waived}, by=lead)  # fmt: skip
        approve_report(report=report, by=lead)
        turn_register(borough=report.borough, on=True, by=lead)
    with acting_as(officer.pk):
        issue = issue_report(report=report, kind="first", by=officer)
        publish_issue(issue=issue, by=officer)
