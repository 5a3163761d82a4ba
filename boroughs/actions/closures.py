"""Closing a record, changing what is said of the closure, and releasing it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.closure_policies import (
    ChangedMeanwhile,
    why_not_close,
    why_not_mark,
    why_not_release,
)
from boroughs.models import Borough, Closure, ClosureAct, ClosureCase, ClosureParagraph
from boroughs.policies import Refused

Deed = ClosureAct.Deed


@transaction.atomic
def close(
    *,
    borough: Borough,
    classification: str,
    reason: str,
    paragraphs: Mapping[str, str] | None = None,
    ground: str = "",
    ground_note: str = "",
    public_interest: str = "",
    interest_reason: str = "",
    marking: str = "",
    public_line: str = "",
    review_on: dt.date | None = None,
    by: User,
) -> Closure:
    """Make a closure for a record to point at; the closer is on its list.

    `paragraphs` leads from a paragraph's key to the reason why it applies. Raises Refused when exempt and confidential are
    confused, or the paragraph, ground or marking is not one of the borough's.
    """
    _refuse(borough, classification, paragraphs or {}, ground, marking)
    closure = Closure.objects.create(borough=borough, public_line=public_line, closed_by=by)
    exempt = classification == ClosureCase.Classification.EXEMPT
    case = ClosureCase.objects.create(
        closure=closure,
        classification=classification,
        ground="" if exempt else ground,
        ground_note="" if exempt else ground_note,
        public_interest=public_interest if exempt else "",
        interest_reason=interest_reason if exempt else "",
        marking=marking,
        review_on=review_on,
    )
    _claim(closure, paragraphs or {})
    _done(closure, Deed.CLOSED, reason, by=by, classification=case.classification)
    return closure


@transaction.atomic
def change_closure(
    *,
    closure: Closure,
    classification: str,
    reason: str,
    paragraphs: Mapping[str, str],
    ground: str,
    ground_note: str,
    public_interest: str,
    interest_reason: str,
    marking: str,
    public_line: str,
    review_on: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Say something else of the closure, and why. Raises Refused as `close` does, and when somebody else was quicker."""
    marked = ClosureCase.objects.filter(closure=closure).values_list("marking", flat=True).first()
    _refuse(closure.borough, classification, paragraphs, ground, marking, marked=marked or "")
    if why := why_not_release(closure):
        raise Refused(why)
    exempt = classification == ClosureCase.Classification.EXEMPT
    changed = ClosureCase.objects.filter(closure=closure, version=seen).update(
        classification=classification,
        ground="" if exempt else ground,
        ground_note="" if exempt else ground_note,
        public_interest=public_interest if exempt else "",
        interest_reason=interest_reason if exempt else "",
        marking=marking,
        review_on=review_on,
        version=F("version") + 1,
    )
    if not changed:
        raise ChangedMeanwhile
    closure.public_line = public_line
    closure.save(update_fields=["public_line"])
    closure.paragraphs.all().delete()
    _claim(closure, paragraphs)
    _done(closure, Deed.CHANGED, reason, by=by, classification=classification)


@transaction.atomic
def release(*, closure: Closure, reason: str, by: User) -> None:
    """Open what points at the closure to the borough's people. Raises Refused when it was released before."""
    if why := why_not_release(closure):
        raise Refused(why)
    ClosureAct.objects.create(closure=closure, deed=Deed.RELEASED, reason=reason, by=by)
    closure.passages.all().delete()  # what is open again is no secret in another text
    still_closed = Closure.objects.in_force().filter(pk=closure.pk)
    if not still_closed.update(released_at=timezone.now(), released_by=by):
        raise Refused("This record has been released already.")
    closure.refresh_from_db()
    record("closure.released", by=by, borough_id=closure.borough_id, subject=closure)


def _refuse(
    borough: Borough,
    classification: str,
    paragraphs: Mapping[str, str],
    ground: str,
    marking: str,
    *,
    marked: str = "",
) -> None:
    why = why_not_close(
        borough, classification=classification, paragraphs=paragraphs, ground=ground
    )
    if why:
        raise Refused(why, field="classification")
    if why := why_not_mark(borough, marking, before=marked):
        raise Refused(why, field="marking")


def _claim(closure: Closure, paragraphs: Mapping[str, str]) -> None:
    ClosureParagraph.objects.bulk_create(
        ClosureParagraph(closure=closure, key=key, reason=reason)
        for key, reason in paragraphs.items()
    )


def _done(closure: Closure, deed: str, reason: str, *, by: User, classification: str) -> None:
    ClosureAct.objects.create(closure=closure, deed=deed, reason=reason, by=by)
    record(
        f"closure.{deed}",
        by=by,
        borough_id=closure.borough_id,
        subject=closure,
        classification=classification,
        paragraphs=sorted(closure.paragraphs.values_list("key", flat=True)),
    )
