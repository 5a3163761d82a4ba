"""What is done and what is left of a report, section by section, for those who write it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User

from .clearing import Entry, current, post_for, trail_of, worst
from .closed import closed_in
from .models import Report, ReportText
from .places import AUTHOR, FROM_THE_MEETING, Place, front_place, places_of
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

    writes: bool  # the user, who else is led to what reads
    texts: Mapping[str, ReportText]
    closed: Mapping[str, str]
    entries: Mapping[str, list[Entry]]
    comments: Mapping[str, int]


def tasks_of(report: Report, user: User, *, writes: bool = True) -> list[Task]:
    """The front sheet, each section in the style's order, the appendices. As many statements however many sections.

    Each leads to where it is written, or for those who do not write it to where it is read.
    """
    texts = {text.key: text for text in report.texts.with_people().visible_to(user)}
    closed = {one.key: one.public_line for one in closed_in(report) if one.part == "section"}
    known = Known(writes, texts, closed, current(trail_of(report)), unresolved_of(report, user))
    found = [
        _front(report, known),
        *(_section(report, place, known) for place in places_of(report.style)),
    ]
    if any(section["kind"] == "appendices" for section in report.style.definition["sections"]):
        found.append(_appendices(report, known))
    return found


def _page(report: Report, name: str, *rest: str) -> str:
    return reverse(f"reports:{name}", args=[report.borough.slug, report.pk, *rest])


def _read(report: Report, key: str = "") -> str:
    """Where the paper says it as it stands."""
    return _page(report, "report-draft") + (f"#section-{key}" if key else "")


def _front(report: Report, known: Known) -> Task:
    href = _page(report, "report-front") if known.writes else _read(report)
    if report.meeting is None:
        return Task("Front sheet and meeting", href, "No meeting yet", "amber")
    blank = _blank(report, known)
    hint = f"{report.meeting}. Blank: {', '.join(blank)}" if blank else str(report.meeting)
    return Task("Front sheet and meeting", href, *(("To fill in", "amber") if blank else ("Done", "green")), hint)  # fmt: skip


def _blank(report: Report, known: Known) -> list[str]:
    """Fields that nobody filled in and the paper leaves out, but what the portal words itself."""
    given = {text.key for text in known.texts.values() if text.body.strip()}
    style = report.style.definition
    asked = [f for f in style["front"] if f["kind"] in ("line", "choice") and f["key"] not in FROM_THE_MEETING]  # fmt: skip
    author = [style["author"]["heading"] or "Author"] if AUTHOR not in given else []
    return [f["question"] for f in asked if front_place(f["key"]) not in given] + author


def _section(report: Report, place: Place, known: Known) -> Task:
    text = known.texts.get(place.key)
    href = _page(report, "section", place.key) if known.writes else _read(report, place.key)
    entries = known.entries.get(place.key, [])
    hints = list(_hints(place, known, entries))
    if text is None and place.key in known.closed:
        return Task(place.name, "", "Closed", "grey", _joined(hints))
    status, tone = _state(text)
    if newest := worst(entries):
        status, tone = newest.word, newest.tone
    return Task(place.name, href, status, tone, _joined(hints))


def _joined(hints: list[str]) -> str:
    return ". ".join(hint.rstrip(".") for hint in hints)


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


def _appendices(report: Report, known: Known) -> Task:
    href = _page(report, "appendix-list") if known.writes else _read(report, "appendices")
    number = report.appendices.count()
    return Task("Appendices", href, str(number) if number else "None", "")
