"""Deciding about records whose time is over, and for how long a borough keeps them."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, PurgeRequest, RetentionReview
from boroughs.policies import Refused

from .purges import ask_to_erase

State = RetentionReview.State


@transaction.atomic
def set_period(*, borough: Borough, kind: str, years: int, by: User) -> None:
    """Keep records of a kind for so many years here."""
    borough.retention_periods.update_or_create(kind=kind, defaults={"years": years})
    record("retention.set", by=by, borough_id=borough.pk, what=kind, years=years)


@transaction.atomic
def keep_record(*, review: RetentionReview, until: dt.date, reason: str, by: User) -> None:
    """Keep it for longer. Raises Refused when it was decided, or the day is not in the future."""
    _alone_with(review)
    if until <= timezone.localdate():
        raise Refused("Enter a day in the future.", field="until")
    _decide(review, State.KEPT, keep_until=until, reason=reason, by=by)


@transaction.atomic
def ask_to_erase_record(*, review: RetentionReview, by: User) -> PurgeRequest:
    """Begin the erasure that a second person decides. Raises Refused when it was decided, or as `ask_to_erase` does."""
    _alone_with(review)
    purge = ask_to_erase(
        borough=review.borough,
        kind=review.kind,
        record_id=review.record,
        part="",
        closure=review.closure,
        category=PurgeRequest.Category.RETENTION,
        by=by,
    )
    _decide(review, State.ASKED, purge=purge, by=by)
    return purge


def _alone_with(review: RetentionReview) -> None:
    Borough.objects.select_for_update().get(pk=review.borough_id)
    review.refresh_from_db(fields=["state"])
    if review.state != State.WAITING:
        raise Refused(f"This was decided already: {review.get_state_display().lower()}.")


def _decide(
    review: RetentionReview,
    state: str,
    *,
    keep_until: dt.date | None = None,
    reason: str = "",
    purge: PurgeRequest | None = None,
    by: User,
) -> None:
    review.state, review.decided_by, review.decided_at = state, by, timezone.now()
    review.keep_until, review.reason, review.purge = keep_until, reason, purge
    review.save(
        update_fields=["state", "decided_by", "decided_at", "keep_until", "reason", "purge"]
    )
    until: dict[str, Any] = {"until": keep_until.isoformat()} if keep_until else {}
    record(
        "retention.decided",
        by=by,
        borough_id=review.borough_id,
        subject=review,
        decision=str(state),
        **until,
    )
