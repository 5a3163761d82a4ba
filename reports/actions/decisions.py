"""Recording what a meeting decided, correcting it with its history, and following it up."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.reviews import add_recommendation, add_review
from boroughs.actions.saving import refuse, save_over
from boroughs.models import Action, Review
from boroughs.policies import day
from reports.decided import FIELDS, put_to_the_meeting, recommendations_in, rule_for, said_by
from reports.decision_policies import (
    why_not_called_in,
    why_not_decide,
    why_not_decided_on,
    why_not_outcome,
    why_not_published,
    why_not_result,
    why_not_these,
    why_not_urgent,
    why_not_without_words,
)
from reports.last_guard import why_not_recorded
from reports.models import (
    DecidedItem,
    Decision,
    DecisionEdition,
    DecisionRequest,
    DecisionStep,
    Report,
)

Outcomes = Sequence[
    tuple[str, str]
]  # of each recommendation in its order: what became of it, the amended words
CORRECTED = "Publication or call-in was recorded."


def _refuse(decision: Decision, outcomes: Outcomes, requests: Sequence[str]) -> None:
    typed = _typed(decision, outcomes, requests)
    refuse(
        ("", why_not_recorded(typed, decision.report.borough)),
        ("decided_on", why_not_decided_on(decision.decided_on, decision.meeting.date)),
        ("published_on", why_not_published(decision.published_on, decision.decided_on)),
        (
            "urgent_because",
            why_not_urgent(decision.rule, decision.urgent, decision.urgent_because),
        ),
        *(
            rule
            for place, said in enumerate(outcomes, start=1)
            for rule in (
                (f"amended_{place}", why_not_without_words(*said)),
                (f"outcome_{place}", why_not_outcome(*said)),
            )
        ),
    )


def _typed(
    decision: Decision, outcomes: Outcomes, requests: Sequence[str]
) -> list[tuple[str, str]]:
    """What the record will say in words of this meeting, by name."""
    names = ("reasons", "alternatives", "conflicts", "urgent_because")
    said = [(f"“{FIELDS[name]}”", str(getattr(decision, name))) for name in names]
    said += [(f"recommendation {n}", amended) for n, (_, amended) in enumerate(outcomes, start=1)]
    return [*said, ("the requests", "\n\n".join(requests))]


@transaction.atomic
def record_decision(
    *,
    report: Report,
    outcomes: Outcomes,
    requests: Sequence[str] = (),
    report_by: dt.date | None = None,
    by: User,
    **said: Any,
) -> Decision:
    """`said` is what Decision's columns hold; what the body asks for becomes recommendations of its review.

    Raises Refused when the report is not decided at a meeting yet, or what is said does not fit.
    """
    held = Report.objects.select_for_update(of=("self",)).select_related("meeting", "borough")
    report = held.get(pk=report.pk)
    meeting, issue = report.meeting, put_to_the_meeting(report)
    texts = recommendations_in(issue)
    refuse(("", why_not_decide(report)), ("", why_not_these(texts, outcomes)))
    if meeting is None or issue is None:  # told by the rule already
        raise ValueError(report.pk)
    decision = Decision(
        report=report,
        issue=issue,
        meeting=meeting,
        rule=rule_for(meeting),
        changed_by=by,
        **said,
    )
    _refuse(decision, outcomes, requests)
    decision.save(force_insert=True)
    DecidedItem.objects.bulk_create(
        DecidedItem(decision=decision, position=place, text=text, outcome=outcome, amended=amended)
        for place, (text, (outcome, amended)) in enumerate(
            zip(texts, outcomes, strict=True), start=1
        )
    )
    asked = _ask(decision, requests, report_by, by)
    _record("decision.recorded", decision, by, asked=asked)
    return decision


def _ask(decision: Decision, requests: Sequence[str], report_by: dt.date | None, by: User) -> int:
    """The requests as recommendations of the body's review at that meeting, which is begun where there is none."""
    if not requests:
        return 0
    review = _review_of(decision, by)
    taken = set(review.recommendations.values_list("number", flat=True))
    numbers = (str(n) for n in range(1, len(taken) + len(requests) + 1) if str(n) not in taken)
    committee = decision.meeting.committee
    for text, number in zip(requests, numbers, strict=False):
        asked = add_recommendation(
            review=review,
            number=number,
            text=text,
            report_to=committee,
            report_by=report_by,
            by=by,
        )
        DecisionRequest(decision=decision, recommendation=asked).save(force_insert=True)
    return len(requests)


def _review_of(decision: Decision, by: User) -> Review:
    meeting, borough = decision.meeting, decision.report.borough
    asked = borough.reviews.filter(kind=Review.Kind.SCRUTINY, meeting=meeting, closure=None)
    return asked.first() or add_review(
        borough=borough,
        kind=Review.Kind.SCRUTINY,
        title=f"Requests of the {meeting.committee}, {day(meeting.date)}"[:200],
        starts_on=meeting.date,
        ends_on=None,
        meeting=meeting,
        reviewers="",
        reviewer_count=None,
        documents_exactness="",
        documents=None,
        interviewees_exactness="",
        interviewees=None,
        judgement="",
        findings="",
        source="",
        by=by,
    )


@transaction.atomic
def correct_decision(
    *,
    decision: Decision,
    outcomes: Outcomes,
    requests: Sequence[str] = (),
    report_by: dt.date | None = None,
    why: str,
    seen: int,
    by: User,
    **said: Any,
) -> None:
    """What it said before stays as an edition. Raises ChangedMeanwhile, or Refused as `record_decision` does."""
    items = _held(decision)
    before = said_by(decision, items)
    for name, value in said.items():
        setattr(decision, name, value)
    _refuse(decision, outcomes, requests)
    refuse(("decided_on", why_not_called_in(decision, decision.called_in_on)))
    save_over(decision, seen=seen, by=by, **said)
    for item, (outcome, amended) in zip(items, outcomes, strict=True):
        item.outcome, item.amended = outcome, amended
    DecidedItem.objects.bulk_update(items, ["outcome", "amended"])
    _keep_edition(decision, before, why, by)
    asked = _ask(decision, requests, report_by, by)
    _record("decision.corrected", decision, by, asked=asked)


@transaction.atomic
def follow_decision(
    *,
    decision: Decision,
    minute: str,
    published_on: dt.date | None,
    called_in_on: dt.date | None,
    called_in_by: str,
    result: str,
    result_on: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Record what came after: publication, call-in and its result. Raises ChangedMeanwhile or Refused."""
    before = said_by(decision, _held(decision))
    decision.published_on = published_on
    refuse(
        ("published_on", why_not_published(published_on, decision.decided_on)),
        ("called_in_on", why_not_called_in(decision, called_in_on)),
        ("result", why_not_result(called_in_on, called_in_by, result, result_on)),
    )
    save_over(
        decision,
        seen=seen,
        by=by,
        minute=minute,
        published_on=published_on,
        called_in_on=called_in_on,
        called_in_by=called_in_by,
        result=result,
        result_on=result_on,
    )
    _keep_edition(decision, before, CORRECTED, by)
    _record("decision.followed", decision, by, result=result)


def _held(decision: Decision) -> list[DecidedItem]:
    """Its items, while nobody else may change it; the decision as it stands in the database."""
    Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    decision.refresh_from_db()
    return list(decision.items.all())


def _keep_edition(decision: Decision, before: dict[str, Any], why: str, by: User) -> None:
    number = decision.editions.count() + 1
    DecisionEdition(decision=decision, number=number, said=before, why=why, by=by).save(
        force_insert=True
    )


# -- What is to be done --------------------------------------------------------------------------------
@transaction.atomic
def add_step(
    *, decision: Decision, text: str, owner_post: str, due: dt.date | None, by: User
) -> DecisionStep:
    """Something to be done after the decision."""
    Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    last = decision.steps.order_by("-position").first()
    step = DecisionStep(
        decision=decision,
        position=last.position + 1 if last else 1,
        text=text,
        owner_post=owner_post,
        due=due,
        changed_by=by,
    )
    step.save(force_insert=True)
    _record("decision.step-added", decision, by)
    return step


@transaction.atomic
def change_step(
    *, step: DecisionStep, text: str, owner_post: str, due: dt.date | None, seen: int, by: User
) -> None:
    """Raises ChangedMeanwhile."""
    save_over(step, seen=seen, by=by, text=text, owner_post=owner_post, due=due)
    _record("decision.step-changed", step.decision, by)


@transaction.atomic
def follow_step(
    *,
    step: DecisionStep,
    action: Action | None,
    done_on: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Say which action of the delivery plan stands for it, and when it was done. Raises ChangedMeanwhile."""
    save_over(step, seen=seen, by=by, action=action, done_on=done_on)
    _record("decision.step-followed", step.decision, by)


def _record(deed: str, decision: Decision, by: User, **facts: Any) -> None:
    about: dict[str, Any] = {"borough_id": decision.report.borough_id, "subject": decision}
    known = {name: fact for name, fact in facts.items() if fact}
    record(deed, by=by, **about, date=decision.decided_on.isoformat(), **known)
