"""Decisions as their readers find them, and what a meeting is asked to decide."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet

from boroughs.access import BoroughRequest
from boroughs.call_in import why_no_call_in
from boroughs.linked_access import strategies_read
from boroughs.models import Action, CallInRule, Meeting, Recommendation, Strategy
from boroughs.roles import Perm

from .access import called_as_read, reports_for
from .beneath import in_words
from .closed import Closed, closed_in_each
from .models import DecidedItem, Decision, DecisionEdition, DecisionStep, Issue, Report

# What the record says, in the order and the words in which it is read
FIELDS = {
    "decided_on": "Decided on",
    "minute": "Minute reference",
    "published_on": "Published on",
    "reasons": "Reasons",
    "alternatives": "Alternatives considered and rejected",
    "conflicts": "Conflicts of interest, and dispensations",
    "urgent": "Exempt from call-in",
    "urgent_because": "Why it is urgent, and who agreed",
    "called_in_on": "Called in on",
    "called_in_by": "Called in by",
    "result": "What came of it",
    "result_on": "Known on",
}


def decisions_for(request: BoroughRequest) -> QuerySet[Decision]:
    """Those on reports that the visitor may read."""
    rows = Decision.objects.filter(report__in=reports_for(request))
    rows = rows.select_related("report__borough", "meeting__committee", "rule", "changed_by")
    return rows.prefetch_related("items")


def decisions_listed(request: BoroughRequest) -> QuerySet[Decision]:
    """The same for a list: each with its `outcomes`, in one statement however many there are."""
    items = DecidedItem.objects.filter(decision=OuterRef("pk")).order_by("position")
    outcomes = ArraySubquery(items.values("outcome"))
    return decisions_for(request).prefetch_related(None).annotate(outcomes=outcomes)


def put_to_the_meeting(report: Report) -> Issue | None:
    """The newest version that was issued and stands."""
    return report.issues.standing().first()


def recommendations_in(issue: Issue | None) -> list[str]:
    """In the words in which they were put."""
    return list(issue.snapshot["recommendations"]["items"]) if issue and issue.snapshot else []


def rule_for(meeting: Meeting) -> CallInRule | None:
    """How a decision of this meeting is called in; None where it cannot be, or the council has set no rule."""
    committee = meeting.committee
    model = committee.borough.governance_on(meeting.date)
    if why_no_call_in(committee.kind, model.form if model else ""):
        return None
    return committee.borough.call_in_rules.in_force(meeting.date)


def said_by(decision: Decision, items: list[DecidedItem]) -> dict[str, Any]:
    """All that the record says now, as JSON: what an edition keeps."""
    said = {name: _json(getattr(decision, name)) for name in FIELDS}
    said["items"] = [[item.outcome, item.amended] for item in items]
    return said


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def history_of(decision: Decision) -> list[dict[str, Any]]:
    """Each correction with what it changed, newest first, for partials/history.html."""
    editions = list(decision.editions.select_related("by"))
    after = said_by(decision, list(decision.items.all()))
    found = []
    for edition in editions:
        found.append(_entry(edition, after))
        after = edition.said
    return found


def _entry(edition: DecisionEdition, after: dict[str, Any]) -> dict[str, Any]:
    before = _in_words(edition.said)
    if not edition.said or not after:  # erased
        return {"when": edition.at, "who": edition.by, "note": edition.why, "changes": []}
    changes = [
        {"field": name, "before": before.get(name, ""), "after": text, "long": False}
        for name, text in _in_words(after).items()
        if before.get(name, "") != text
    ]
    return {"when": edition.at, "who": edition.by, "note": edition.why, "changes": changes}


def _in_words(said: dict[str, Any]) -> dict[str, str]:
    """By label; nothing where an edition's words were erased."""
    found = {label: _word(name, said.get(name)) for name, label in FIELDS.items()}
    results = dict(Decision.Result.choices)
    found[FIELDS["result"]] = results.get(said.get("result", ""), "") if said.get("result") else ""
    for place, (outcome, amended) in enumerate(said.get("items", []), start=1):
        word = DecidedItem.Outcome(outcome).label
        found[f"Recommendation {place}"] = f"{word}: {amended}" if amended else word
    return found


def _word(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value or "")
    return in_words(text) if name.endswith("_on") else text


def agenda_of(request: BoroughRequest, meeting: Meeting) -> list[Report]:
    """The meeting's reports that the visitor may read, by item, each with `decided`: what the meeting decided on it."""
    rows = called_as_read(request, reports_for(request)).filter(meeting=meeting).order_by("pk")
    decided = Prefetch("decisions", decisions_for(request).filter(meeting=meeting), "decided")
    issues = Prefetch("issues", Issue.objects.standing(), "standing")
    rows = rows.prefetch_related(decided, issues)
    found: list[Any] = sorted(rows, key=lambda report: by_number(report.item_number))
    closed = closed_in_each(found)
    for report in found:
        newest = next(iter(report.standing), None)
        report.hidden = closed_parts(request, closed[report.pk], newest)
    return found


@dataclass(frozen=True)
class ClosedParts:
    """What of a report is closed: how many parts, of how many the visitor is on the list, and what is said of it in public."""

    count: int
    listed: int
    lines: list[str]


def closed_parts(
    request: BoroughRequest, closed: list[Closed], issue: Issue | None
) -> ClosedParts | None:
    """Of what was issued, as its public paper says it; before that for those who see the report already."""
    if issue and issue.snapshot:
        appendices = [each.get("closed") for each in issue.snapshot["appendices"]]
        sections = issue.snapshot.get("closed", {}).values()
        parts = [each for each in (*sections, *appendices) if each]
    else:
        parts = [each.as_json() for each in closed]
    if not parts:
        return None
    mine = {str(closure) for closure in request.listed}
    lines = [each["public_line"] for each in parts if each["public_line"]]
    listed = sum(each["closure"] in mine for each in parts)
    return ClosedParts(len(parts), listed, list(dict.fromkeys(lines)))


def by_number(item: str) -> tuple[bool, list[tuple[int, str]]]:
    """Item 9 before item 10; what has no number comes last."""
    parts = re.findall(r"\d+|\D+", item)
    return not item, [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


# -- What stands under a decision ------------------------------------------------------------------------
def requests_of(request: BoroughRequest, decision: Decision) -> list[Recommendation]:
    """What was asked for, and what came of it; nothing of a review that was closed since."""
    asked = Recommendation.objects.filter(decided__decision=decision).of_open_reviews()
    found = list(asked.select_related("review", "reported_at").order_by("position", "pk"))
    reads = Perm.READ_RECORD in request.granted
    for one in found:
        one.review.borough = request.borough
        one.page = one.review.get_absolute_url() if reads else ""  # type: ignore[attr-defined]
    return found


def steps_of(request: BoroughRequest, decision: Decision) -> list[DecisionStep]:
    """Each with `shown`, the action of a plan that the visitor reads, or None."""
    steps = list(decision.steps.all())
    keys = {step.action_id for step in steps if step.action_id is not None}
    read = actions_for(strategies_read(request)).in_bulk(keys)
    for step in steps:
        step.shown = read.get(step.action_id)  # type: ignore[attr-defined]
    return steps


def actions_for(strategies: QuerySet[Strategy]) -> QuerySet[Action]:
    """The actions of these strategies' plans, with the plan of each."""
    return Action.objects.filter(plan__strategy__in=strategies).select_related("plan")
