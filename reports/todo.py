"""What is done and what is left of a report, section by section, for those who write it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User

from .clearing import Entry, current, post_for, trail_of, worst
from .closed import closed_in
from .models import Report, ReportText
from .places import Place, places_of
from .talking import unresolved_of

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


@dataclass(frozen=True)
class Known:
    """What stands beside the sections: their texts, public lines of closed ones, clearances, comments that wait."""

    texts: Mapping[str, ReportText]
    closed: Mapping[str, str]
    entries: Mapping[str, list[Entry]]
    comments: Mapping[str, int]


def tasks_of(report: Report, user: User) -> list[Task]:
    """The front sheet, each section in the style's order, the appendices. As many statements however many sections."""
    texts = {text.key: text for text in report.texts.with_people().visible_to(user)}
    closed = {one.key: one.public_line for one in closed_in(report) if one.part == "section"}
    known = Known(texts, closed, current(trail_of(report)), unresolved_of(report, user))
    found = [_front(report), *(_section(report, place, known) for place in places_of(report.style))]
    if any(section["kind"] == "appendices" for section in report.style.definition["sections"]):
        found.append(_appendices(report))
    return found


def _front(report: Report) -> Task:
    href = reverse("reports:report-front", args=[report.borough.slug, report.pk])
    if report.meeting is None:
        return Task("Front sheet and meeting", href, "No meeting yet", "amber")
    return Task("Front sheet and meeting", href, "Done", "green", str(report.meeting))


def _section(report: Report, place: Place, known: Known) -> Task:
    href = reverse("reports:section", args=[report.borough.slug, report.pk, place.key])
    text = known.texts.get(place.key)
    entries = known.entries.get(place.key, [])
    hints = list(_hints(place, known, entries))
    if text is None and place.key in known.closed:
        return Task(place.name, "", "Closed", "grey", ". ".join(hints))
    status, tone = _state(text)
    if newest := worst(entries):
        status, tone = newest.word, newest.tone
    return Task(place.name, href, status, tone, ". ".join(hints))


def _hints(place: Place, known: Known, entries: list[Entry]) -> Iterator[str]:
    if place.key in known.closed:
        yield f"Closed: {known.closed[place.key] or 'no public line yet'}"
    yield from (entry.said for entry in entries)
    if place.clears and not entries:
        yield f"To be cleared for {post_for(place)}"
    if number := known.comments.get(place.key):
        yield "1 comment" if number == 1 else f"{number} comments"


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
