"""Writing, issuing and reading a place's report in the tests, by whoever may."""

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse

from boroughs.rows import acting_as
from reports.actions.issues import issue_report
from reports.actions.reports import approve_report, make_report, reopen_report, write_front
from reports.actions.sections import write_section
from reports.models import Issue, Rendering, Report
from reports.places import LEAD, RECOMMENDATIONS, front_places, places_of
from tests.factories import Place, clear, leave_as_it_is

Form = dict[str, str]


def now(place: Place, report: Report | None = None) -> Report:
    """The report as it stands, as the coordinator has it."""
    rows = Report.objects.select_related("meeting", "style", "borough")
    with acting_as(place.coordinator.pk):
        return rows.get(pk=(report or place.report).pk)


def texts(place: Place, report: Report | None = None) -> Form:
    with acting_as(place.coordinator.pk):
        return {text.key: text.body for text in (report or place.report).texts.all()}


def opened(place: Place) -> Report:
    """The place's report, which was issued, open again to be written in."""
    report = now(place)
    with acting_as(place.coordinator.pk):
        if report.state == Report.State.ISSUED:
            reopen_report(report=report, by=place.coordinator)
    return report


def write(place: Place, **said: str) -> None:
    """Each word in its place: the front sheet's fields and the sections, saved over what stands there."""
    report = opened(place)
    words = {key.replace("_", "-"): text for key, text in said.items()}
    front = {key: words.pop(key) for key in front_places(report.style) if key in words}
    lead = words.pop(LEAD, None)
    if lead is not None:
        words.setdefault(RECOMMENDATIONS, texts(place).get(RECOMMENDATIONS, ""))
    if front:
        save_front(place, report, texts=front)
    for key, body in words.items():
        with_lead = {"lead": lead} if key == RECOMMENDATIONS and lead is not None else {}
        save_section(place, report, key, body, **with_lead)


def save_front(place: Place, report: Report, **said: Any) -> None:
    """With everything that is not said as it was."""
    report = now(place, report)
    with acting_as(place.coordinator.pk):
        kept = {
            name: getattr(report, name) for name in ("title", "meeting", "item_number", "assessment", "beside")
        }  # fmt: skip
        rest: dict[str, Any] = {"texts": {}, "seen": report.version, "by": place.coordinator}
        write_front(report=report, **(kept | rest | said))


def save_section(place: Place, report: Report, key: str, body: str, **said: Any) -> None:
    with acting_as(place.coordinator.pk):
        kept = report.texts.filter(key=key).first()
        rest: dict[str, Any] = {
            "state": "done",
            "seen": kept.version if kept else 0,
            "by": place.coordinator,
        }
        write_section(report=report, key=key, body=body, **(rest | said))


def make_again(place: Place) -> Rendering:
    """The PDF of the draft, asked for."""
    with acting_as(place.coordinator.pk):
        return make_report(report=now(place), by=place.coordinator)


def approve(place: Place, report: Report | None = None) -> Report:
    """Cleared, with a reason for whatever the checks find that may stay as it is."""
    report = now(place, report)
    clear(report, writer=place.coordinator, officer=place.clearing)
    with acting_as(place.lead.pk):
        leave_as_it_is(report, place.lead)
        approve_report(report=report, by=place.lead)
    return report


def issue_again(place: Place, **said: Any) -> Issue:
    """The next version of the place's report, as it stands."""
    opened(place)
    report = approve(place)
    how = {"kind": "corrected", "note": "What was put right", **said}
    with acting_as(place.democratic.pk):
        return issue_report(report=report, by=place.democratic, **how)


def issue_first(place: Place, report: Report, **said: Any) -> Issue:
    """The first version of another report, put to the place's meeting where it had none."""
    if now(place, report).meeting is None:
        save_front(place, report, meeting=place.meeting)
    report = approve(place, report)
    with acting_as(place.democratic.pk):
        return issue_report(report=report, by=place.democratic, **{"kind": "first", **said})


def pdf_of(place: Place, issue: Issue) -> Rendering:
    """What the worker is asked to make of it."""
    with acting_as(place.democratic.pk):
        return issue.renderings.get()


def places_to_write(report: Report) -> list[str]:
    """Every place of the report's style that takes words."""
    keys = [place.key for place in places_of(report.style)]
    return [*front_places(report.style), *keys, *([LEAD] if RECOMMENDATIONS in keys else [])]


def page(name: str, report: Report, *args: Any) -> str:
    return reverse(f"reports:{name}", args=[report.borough.slug, report.pk, *args])


def form_of(response: Any) -> Form:
    """Every field of the page's form with what it holds."""
    form = BeautifulSoup(response.content, "html5lib").select_one("form:has(input[name=seen])")
    assert form is not None
    boxes = [box for box in form.select("input[name]") if box.get("type") not in ("radio", "checkbox")]  # fmt: skip
    said = {str(box["name"]): str(box.get("value", "")) for box in boxes}
    said |= {str(box["name"]): str(box["value"]) for box in form.select("input[checked]")}
    said |= {
        str(box["name"]): box.get_text().removeprefix("\n") for box in form.select("textarea[name]")
    }
    for choice in form.select("select[name]"):
        chosen = choice.select_one("option[selected]")
        said[str(choice["name"])] = str(chosen["value"]) if chosen else ""
    said.pop("csrfmiddlewaretoken", None)
    return said


def paper_of(response: Any) -> str:
    [shown] = BeautifulSoup(response.content, "html5lib").select(".paper")
    return " ".join(shown.get_text(" ").split())
