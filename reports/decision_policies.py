"""May a decision be recorded or corrected like this: each rule returns the reason why not, or None."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from boroughs.closed_passages import closures_overlapping
from boroughs.models import CallInRule
from boroughs.policies import day

from .decision_paper import as_json, record_of, words_of
from .models import Decision, PublicDecision, Report
from .places import RECOMMENDATIONS


def why_not_decide(report: Report) -> str | None:
    """A meeting that has come decides once on a paper that was issued for it."""
    meeting = report.meeting
    if meeting is None:
        return "Choose the report’s meeting first: a decision is taken at a meeting."
    if meeting.date > timezone.localdate():
        return f"The meeting is on {day(meeting.date)}. Record its decision on that day or later."
    if meeting.outcome == meeting.Outcome.NOT_HELD:
        return "This meeting was not held."
    if not report.issues.standing().exists():
        return "Nothing was put to the meeting yet: issue the report first."
    if report.decisions.filter(meeting=meeting).exists():
        return "The decision of this meeting is recorded already. Correct that record instead."
    return None


def why_not_these(texts: Sequence[str], outcomes: Sequence[object]) -> str | None:
    """An outcome for each recommendation that was put."""
    if len(texts) != len(outcomes):
        return "Another version was issued meanwhile. Look at its recommendations once more."
    return None


def why_not_decided_on(decided_on: dt.date, meeting_on: dt.date) -> str | None:
    """Not before its meeting, and not in the future; an adjourned meeting decides later."""
    if decided_on < meeting_on:
        return f"The meeting was on {day(meeting_on)}. Enter that day or a later one."
    if decided_on > timezone.localdate():
        return "That day is still to come."
    return None


def why_not_published(published_on: dt.date | None, decided_on: dt.date) -> str | None:
    if published_on and published_on < decided_on:
        return f"It was decided on {day(decided_on)}. Enter that day or a later one."
    return None


def why_not_urgent(rule: CallInRule | None, urgent: bool, because: str) -> str | None:
    """Only what could be called in is exempt from it, for a reason."""
    if urgent and rule is None:
        return "This decision cannot be called in, so it needs no exemption."
    if urgent and not because:
        return "Say why it is urgent, and who agreed."
    if because and not urgent:
        return "Tick that it is exempt from call-in, or leave this empty."
    return None


def why_not_without_words(outcome: str, amended: str) -> str | None:
    """An amendment has its words."""
    if outcome == "amended" and not amended:
        return "Enter the recommendation as it was amended."
    return None


def why_not_outcome(outcome: str, amended: str) -> str | None:
    """Words of an amendment belong to one."""
    if outcome != "amended" and amended:
        return "Words of an amendment are entered. Choose “Agreed as amended”, or delete them."
    return None


def why_not_called_in(decision: Decision, on: dt.date | None) -> str | None:
    """Within the window that the rule gives."""
    if on is None:
        return None
    if decision.rule is None:
        return "Only decisions of the executive can be called in, by the rule that the council has set."
    if decision.urgent:
        return "This decision is exempt from call-in because it is urgent."
    if on < decision.decided_on:
        return f"It was decided on {day(decision.decided_on)}. Enter that day or a later one."
    last = decision.window.last_day if decision.window else None
    if last and on > last:
        return f"The last day for call-in was {day(last)}."
    return None


def why_not_result(
    called_in_on: dt.date | None, called_in_by: str, result: str, result_on: dt.date | None
) -> str | None:
    """Something comes of what was called in, on a day."""
    if called_in_on is None and (called_in_by or result or result_on):
        return "Enter the day on which it was called in, or leave the rest empty."
    if bool(result) != bool(result_on):
        return "Enter both what came of it and the day on which that was known, or neither."
    if called_in_on and result_on and result_on < called_in_on:
        return f"It was called in on {day(called_in_on)}. Enter that day or a later one."
    return None


# -- In public -----------------------------------------------------------------------------------------
def public_record(decision: Decision) -> PublicDecision | None:
    """What was published of it, without its PDF."""
    return PublicDecision.objects.defer("pdf").filter(decision=decision).first()


def why_not_publish_decision(decision: Decision) -> str | None:
    """Only on a version that is public itself, and only what repeats nothing of a closed record."""
    if not decision.issue.is_public or not hasattr(decision.issue.borough, "public_register"):
        return "The version that was put to the meeting is not on the public pages. Publish that first."
    if RECOMMENDATIONS in decision.issue.snapshot.get("closed", {}):
        return "The recommendations of this report are closed, and so is what became of them."
    record = record_of(decision)
    if closures_overlapping(decision.issue.borough, words_of(record)):
        return "Words of this record also stand in a closed record. Correct it first: what is published is for everybody."
    if (public := public_record(decision)) and public.said == as_json(record):
        return "The public pages show this record as it stands."
    return None


def why_not_unpublish_decision(decision: Decision) -> str | None:
    return None if public_record(decision) else "This record is not on the public pages."
