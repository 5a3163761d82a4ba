"""Keeping the registers: what was received and who was briefed, policies, and assessments of equality and data protection."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.saving import refuse, save_over
from boroughs.models import Borough, Briefing, ImpactAssessment, Policy, Received
from boroughs.register_policies import (
    why_not_approved,
    why_not_briefed,
    why_not_end,
    why_not_found,
    why_not_of,
    why_not_review,
    why_not_yet,
)


# -- Received --------------------------------------------------------------------------------------------
def _refuse_received(said: dict[str, Any]) -> None:
    since = said["received_on"]
    refuse(
        ("received_on", why_not_yet(since)),
        ("next_review", why_not_review(said["next_review"], since)),
        ("ended_on", why_not_end(said.get("ended_on"), since)),
    )


@transaction.atomic
def add_received(*, borough: Borough, by: User, **said: Any) -> Received:
    """Raises Refused when its days do not fit."""
    _refuse_received(said)
    received = Received.objects.create(borough=borough, changed_by=by, **said)
    _record("received.added", received, by, kind=received.kind)
    return received


@transaction.atomic
def change_received(*, received: Received, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile, or Refused as `add_received` does."""
    _refuse_received(said)
    save_over(received, seen, by, **said)
    _record("received.changed", received, by)


@transaction.atomic
def brief(*, received: Received, whom: str, on: dt.date, by: User) -> Briefing:
    """Note who was told of it. Raises Refused for a day before it came, or still to come."""
    refuse(("on", why_not_briefed(on, received.received_on)))
    briefing = Briefing.objects.create(received=received, whom=whom, on=on, by=by)
    _record("received.briefed", received, by, date=on.isoformat())
    return briefing


# -- Policies --------------------------------------------------------------------------------------------
def _refuse_policy(said: dict[str, Any]) -> None:
    since = said["approved_on"]
    approved = why_not_approved(since, said["approved_by"], said["approving_body"])
    refuse(
        ("approved_on", approved),
        ("next_review", why_not_review(said["next_review"], since)),
        ("ended_on", why_not_end(said.get("ended_on"), since)),
    )


@transaction.atomic
def add_policy(*, borough: Borough, by: User, **said: Any) -> Policy:
    """Raises Refused when its days do not fit, or nobody approved it on the day."""
    _refuse_policy(said)
    policy = Policy.objects.create(borough=borough, changed_by=by, **said)
    _record("policy.added", policy, by, topic=policy.subject)
    return policy


@transaction.atomic
def change_policy(*, policy: Policy, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile, or Refused as `add_policy` does."""
    _refuse_policy(said)
    save_over(policy, seen, by, **said)
    _record("policy.changed", policy, by)


# -- Assessments -----------------------------------------------------------------------------------------
def _refuse_impact(said: dict[str, Any]) -> None:
    since = said["done_on"]
    refuse(
        ("of_what", why_not_of(said["strategy"], said["policy"], said["of_what"])),
        ("state", why_not_found(said["state"], since, said["findings"])),
        ("done_on", why_not_yet(since)),
        ("next_review", why_not_review(said["next_review"], since)),
        ("ended_on", why_not_end(said.get("ended_on"), since)),
    )


@transaction.atomic
def add_impact(*, borough: Borough, by: User, **said: Any) -> ImpactAssessment:
    """Raises Refused when it is of nothing or of two things, or its days do not fit."""
    _refuse_impact(said)
    impact = ImpactAssessment.objects.create(borough=borough, changed_by=by, **said)
    _record("impact.added", impact, by, kind=impact.kind)
    return impact


@transaction.atomic
def change_impact(*, impact: ImpactAssessment, seen: int, by: User, **said: Any) -> None:
    """What it is of stays as it is unless all three answers are given. Raises ChangedMeanwhile or Refused."""
    now = {
        "strategy": impact.strategy_id,
        "policy": impact.policy_id,
        "of_what": impact.of_what,
    }
    _refuse_impact(now | said)
    save_over(impact, seen, by, **said)
    _record("impact.changed", impact, by)


def _record(deed: str, row: Received | Policy | ImpactAssessment, by: User, **facts: Any) -> None:
    record(deed, by=by, borough_id=row.borough_id, subject=row, **facts)
