"""Reports of a place: one that was issued and published, and one that is being written."""

from accounts.models import User
from boroughs.rows import acting_as
from reports.actions.batches import start_batch
from reports.actions.clearing import Asked, ask_to_clear, verify
from reports.actions.comments import add_comment
from reports.actions.issues import issue_report, publish_issue, turn_register
from reports.actions.reports import approve_report, make_report, start_report, write_front
from reports.actions.sections import add_appendix, write_section
from reports.actions.waivers import waive
from reports.checks import checked
from reports.clearing import still_to_clear
from reports.models import Clearance, HouseStyle, Report, Waiver
from reports.places import places_of

from .papers import make_paper
from .place import Place


def write(place: Place) -> None:
    """By the coordinator: the report that will be issued, with its draft's PDF asked for."""
    by, borough = place.coordinator, place.borough
    report = place.report = start_report(
        borough=borough,
        assessment=place.assessment,
        style=HouseStyle.objects.get(key="thurrock"),
        title=f"Prevent in {borough}",
        by=by,
    )
    write_front(
        report=report,
        title=report.title,
        meeting=place.meeting,
        item_number="9",
        assessment=place.assessment,
        texts={},
        seen=report.version,
        by=by,
    )
    texts = {
        "executive-summary": f"summary words of {borough.slug}",
        "recommendations": "Note the ratings.",
        **dict.fromkeys(("financial", "legal", "equality"), "There are none."),
    }
    for key, body in texts.items():
        write_section(report=report, key=key, body=body, state="done", seen=0, by=by)
    place.draft = make_report(report=report, by=by)


def go_on(place: Place) -> None:
    """By the coordinator: the next report, with a section and an appendix closed by the place's closure."""
    by, borough = place.coordinator, place.borough
    table = make_paper(borough, title=f"table words of {borough.slug}", by=by)
    add_appendix(report=place.report, paper=table, by=by)
    add_appendix(report=place.report, paper=place.closed_paper, by=by)
    report = place.drafting = start_report(
        borough=borough,
        style=HouseStyle.objects.get(key="thurrock"),
        title=f"Next report of {borough}",
        begun_from=place.report,
        by=by,
    )
    words = f"closed section of {borough.slug}"
    text = write_section(report=report, key="financial", body=words, state="done", seen=1, by=by)
    type(text).objects.filter(pk=text.pk).update(closure=place.closure)
    place.appendix = report.appendices.get(place=1)
    write_section(report=report, key="background", body="The duty.", state="done", seen=0, by=by)
    write_section(report=report, key="legal", body=f"legal words of {borough.slug}", state="done", seen=1, by=by)  # fmt: skip
    asked = [Asked("legal", place.clearing, "Legal"), Asked("financial", place.clearing, "Finance")]
    place.clearance, _ = ask_to_clear(report=report, asked=asked, by=by)
    place.batch = start_batch(reports=[place.report, report], by=by)
    place.comment = add_comment(
        report=report, key="legal", body=f"comment words of {borough.slug}", by=by
    )


def leave_as_it_is(report: Report, by: User) -> list[Waiver]:
    """Waive all that may be waived of what the checks find."""
    reasons = {one.field: "It stays." for one in checked(report).waivable}
    return waive(report=report, reasons=reasons, by=by) if reasons else []


def issue(place: Place) -> None:
    """By the lead and democratic services; left to be made by the worker."""
    clear(place.report, writer=place.coordinator, officer=place.clearing)
    with acting_as(place.lead.pk):
        place.waiver = leave_as_it_is(place.report, place.lead)[0]
        approve_report(report=place.report, by=place.lead)
        turn_register(borough=place.borough, on=True, by=place.lead)
    with acting_as(place.democratic.pk):
        place.issue = issue_report(report=place.report, kind="first", by=place.democratic)
        publish_issue(issue=place.issue, by=place.democratic)
        place.rendering = place.issue.renderings.get()


def clear(report: Report, *, writer: User, officer: User) -> None:
    """Everything that the style has cleared and nobody has verified, with a nil return where nothing is written."""
    with acting_as(writer.pk):
        keys = [place.key for place, _ in still_to_clear(report)]
        needed = {place.key for place in places_of(report.style) if place.required}
        said = set(report.texts.exclude(body="").values_list("key", flat=True))
        if report.assessment:  # whose table fills its section
            needed -= {place.key for place in places_of(report.style) if place.kind == "benchmarks"}
        for key in sorted((needed | set(keys)) - said):
            body = "There are no implications."
            seen = report.texts.filter(key=key).values_list("version", flat=True).first() or 0
            write_section(report=report, key=key, body=body, state="done", seen=seen, by=writer)
        waiting = list(report.clearances.filter(state="asked", asked_of=officer, key__in=keys))
        keys = [key for key in keys if key not in {row.key for row in waiting}]
        asked = [Asked(key, officer, "Legal") for key in keys]
        waiting += ask_to_clear(report=report, asked=asked, by=writer) if asked else []
    for row in waiting:
        _verify(row, officer, writer)


def _verify(row: Clearance, officer: User, writer: User) -> None:
    """By the writer where the section is closed to the officer."""
    with acting_as(officer.pk):
        opens = row.report.texts.visible_to(officer).filter(key=row.key).exists()
    by = officer if opens else writer
    with acting_as(by.pk):
        verify_as_it_stands(row, by)


def verify_as_it_stands(clearance: Clearance, officer: User) -> None:
    seen = clearance.report.texts.get(key=clearance.key).version
    verify(clearance=clearance, name=officer.name, post="Head of Law", seen=seen, by=officer)
