"""What is done and what is left of a report, section by section, for those who write it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User

from .closed import closed_in
from .models import Report, ReportText
from .places import Place, places_of

State = ReportText.State
TONES = {State.DRAFT: "amber", State.DONE: "green", State.NOT_NEEDED: "grey"}


@dataclass(frozen=True)
class Task:
    """A line of the list, as the task list component takes it."""

    title: str
    href: str
    status: str
    tone: str
    hint: str = ""


def tasks_of(report: Report, user: User) -> list[Task]:
    """The front sheet, each section in the style's order, the appendices. Three statements, however many sections."""
    texts = {text.key: text for text in report.texts.with_people().visible_to(user)}
    closed = {one.key: one.public_line for one in closed_in(report) if one.part == "section"}
    found = [_front(report), *(_section(report, place, texts, closed) for place in places_of(report.style))]  # fmt: skip
    if any(section["kind"] == "appendices" for section in report.style.definition["sections"]):
        found.append(_appendices(report))
    return found


def _front(report: Report) -> Task:
    href = reverse("reports:report-front", args=[report.borough.slug, report.pk])
    if report.meeting is None:
        return Task("Front sheet and meeting", href, "No meeting yet", "amber")
    return Task("Front sheet and meeting", href, "Done", "green", str(report.meeting))


def _section(
    report: Report, place: Place, texts: Mapping[str, ReportText], closed: Mapping[str, str]
) -> Task:
    href = reverse("reports:section", args=[report.borough.slug, report.pk, place.key])
    text = texts.get(place.key)
    if text is None and place.key in closed:
        return Task(place.name, "", "Closed", "grey", closed[place.key])
    status, tone = _state(text)
    hint = f"Closed: {closed[place.key] or 'no public line yet'}" if place.key in closed else ""
    return Task(place.name, href, status, tone, hint)


def _state(text: ReportText | None) -> tuple[str, str]:
    if text is None or (text.state == State.DRAFT and not text.body):
        return "Not started", "grey"
    if text.carried:
        return "As last time", "blue"
    return text.get_state_display(), TONES[State(text.state)]


def _appendices(report: Report) -> Task:
    href = reverse("reports:appendix-list", args=[report.borough.slug, report.pk])
    number = report.appendices.count()
    return Task("Appendices", href, str(number) if number else "None", "")
