"""Putting the record of a decision on the public pages, and taking it off."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.policies import Refused
from reports.decision_paper import as_json, pdf_of, record_of
from reports.decision_policies import (
    public_record,
    why_not_publish_decision,
    why_not_unpublish_decision,
)
from reports.models import Decision, PublicDecision


@transaction.atomic
def publish_decision(*, decision: Decision, by: User) -> PublicDecision:
    """As the record stands now, in place of what was published before. Raises Refused, or pdf.CannotRender."""
    held = _held(decision)
    if why := why_not_publish_decision(held):
        raise Refused(why)
    said, now = record_of(held), timezone.now()
    found = public_record(held)
    shown = PublicDecision(
        decision=held,
        issue=held.issue,
        decided_on=held.decided_on,
        said=as_json(said),
        pdf=pdf_of(said).data,
        published_by=by,
        published_at=found.published_at if found else now,
        changed_at=now,
    )
    shown.save()
    _record("decision.published", held, by)
    return shown


@transaction.atomic
def unpublish_decision(*, decision: Decision, by: User) -> None:
    """Nothing of it is public any more. Raises Refused."""
    held = _held(decision)
    if why := why_not_unpublish_decision(held):
        raise Refused(why)
    PublicDecision.objects.filter(decision=held).delete()
    _record("decision.unpublished", held, by)


def _held(decision: Decision) -> Decision:
    rows = Decision.objects.select_related(
        "issue__borough__public_register", "report__borough", "meeting__committee", "rule"
    )
    return rows.select_for_update(of=("self",)).get(pk=decision.pk)


def _record(deed: str, decision: Decision, by: User) -> None:
    about: dict[str, Any] = {"borough_id": decision.report.borough_id, "subject": decision}
    record(deed, by=by, **about, date=decision.decided_on.isoformat())
