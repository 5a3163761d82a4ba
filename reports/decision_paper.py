"""The record of a decision, for the page and as PDF, from the same words."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string

from boroughs.policies import day

from . import pdf
from .house_styles import COLOUR
from .models import Decision
from .narrative import tidy
from .rendering import COLOUR_OF_NO_COUNCIL

NOT_RECORDED = "Not recorded"
TITLE = "Record of decision: "


@dataclass(frozen=True)
class Decided:
    number: int
    text: str
    outcome: str
    amended: str


@dataclass(frozen=True)
class Record:
    """All that the templates print."""

    title: str
    date: str
    borough: str
    colour: str
    facts: list[tuple[str, str]]
    items: list[Decided]
    texts: list[tuple[str, str]]
    outcome: str
    effect: str


def title_of(decision: Decision) -> str:
    return tidy(f"{TITLE}{_title(decision)}")


def record_of(decision: Decision) -> Record:
    borough = decision.report.borough
    return Record(
        title=title_of(decision),
        date=decision.decided_on.isoformat(),
        borough=tidy(borough.full_name),
        colour=borough.colour if COLOUR.fullmatch(borough.colour) else COLOUR_OF_NO_COUNCIL,
        facts=[(name, tidy(text)) for name, text in _facts(decision) if text],
        items=[
            Decided(item.position, tidy(item.text), item.get_outcome_display(), tidy(item.amended))
            for item in decision.items.all()
        ],
        texts=[(name, tidy(text)) for name, text in _texts(decision) if text],
        outcome=decision.outcome,
        effect=decision.effect,
    )


def _title(decision: Decision) -> str:
    """As it was put to the meeting: the report may be called otherwise by now, in a version that is not out."""
    snapshot = decision.issue.snapshot
    return str(snapshot["report"]["title"] if snapshot else decision.report.title)


def _facts(decision: Decision) -> list[tuple[str, str]]:
    report, published = decision.report, decision.published_on
    return [
        ("Decided by", decision.meeting.committee.name),
        ("Decided on", day(decision.decided_on)),
        ("Agenda item", report.item_number),
        ("Minute reference", decision.minute or NOT_RECORDED),
        ("Decision published on", day(published) if published else NOT_RECORDED),
        *_call_in(decision),
    ]


def _call_in(decision: Decision) -> list[tuple[str, str]]:
    window = decision.window
    if window is None:
        return []
    said = [("Call-in", "" if decision.called_in_on else window.sentence)]
    if decision.called_in_on:
        by = f" by {decision.called_in_by}" if decision.called_in_by else ""
        said.append(("Called in", f"On {day(decision.called_in_on)}{by}"))
        said.append(("What came of it", decision.came_of_it))
    return said


def _texts(decision: Decision) -> list[tuple[str, str]]:
    """Regulation 12 asks for the first three of an executive’s decision, so what is not recorded says so."""
    blank = NOT_RECORDED if decision.rule else ""
    return [
        ("Reasons for the decision", decision.reasons or blank),
        ("Alternatives considered and rejected", decision.alternatives or blank),
        ("Conflicts of interest, and dispensations", decision.conflicts or blank),
        ("Why it is exempt from call-in", decision.urgent_because),
    ]


def as_json(record: Record) -> dict[str, Any]:
    """As it is kept once it is published."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(record)))
    return said


def words_of(record: Record) -> str:
    """All that it says, one after the other."""
    items = [text for item in record.items for text in (item.text, item.amended)]
    return "\n".join([*items, *(text for _, text in (*record.facts, *record.texts))])


def html_of(record: Record) -> str:
    return render_to_string("print/decision.html", {"record": record})


def pdf_of(record: Record) -> pdf.Pdf:
    """Raises pdf.CannotRender."""
    return pdf.render(html_of(record))
