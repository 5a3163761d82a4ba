"""Erasing for good what was entered by mistake: one person asks, another does it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, Closure, PurgeRequest
from boroughs.policies import Refused
from boroughs.purge_policies import why_not_decide, why_not_empty, why_not_withdraw
from boroughs.purging import KINDS, counts_of, digest_of, pieces_of

State = PurgeRequest.State


@transaction.atomic
def ask_to_erase(
    *,
    borough: Borough,
    kind: str,
    record_id: UUID,
    part: str,
    closure: Closure | None,
    category: str,
    reason: str = "",
    by: User,
) -> PurgeRequest:
    """Raises Refused when it is asked for already, or nothing is there."""
    Borough.objects.select_for_update().get(pk=borough.pk)
    what = {"kind": kind, "record": record_id, "part": part}
    if borough.purges.waiting().filter(**what).exists():
        raise Refused("Somebody has asked for this already. It waits for a second person.")
    request = PurgeRequest.objects.create(
        borough=borough, **what, closure=closure, category=category, note=reason, asked_by=by
    )
    if why := why_not_empty(pieces_of(request, really=False)):
        raise Refused(why, field="part")
    _record("erasure.asked", request, by=by)
    return request


@transaction.atomic
def erase(*, request: PurgeRequest, by: User) -> None:
    """Erase the record with all its copies; files go when this is committed. Raises Refused as `why_not_decide` says."""
    _alone_with(request)
    if why := why_not_decide(request, by=by):
        raise Refused(why)
    pieces = pieces_of(request, really=True)
    if why := why_not_empty(pieces):
        raise Refused(why)
    request.digest, request.counts = digest_of(request.borough_id, pieces), counts_of(pieces)
    files = request.files = [piece.file for piece in pieces if piece.file]
    _decide(request, State.DONE, by=by)
    _record("erasure.done", request, by=by, digest=request.digest, **request.counts)
    borough, forget = request.borough, KINDS[request.kind].forget

    def remove_files() -> None:  # no partial: when it fails, Django writes the function's name
        forget(borough, files)

    # robust: what is left behind stands in `files`, and is removed by a sweep
    transaction.on_commit(remove_files, robust=True)


@transaction.atomic
def refuse_to_erase(*, request: PurgeRequest, reason: str, by: User) -> None:
    """Leave the record as it is. Raises Refused as `why_not_decide` says."""
    _alone_with(request)
    if why := why_not_decide(request, by=by):
        raise Refused(why)
    request.answer = reason
    _decide(request, State.REFUSED, by=by)
    _record("erasure.refused", request, by=by)


@transaction.atomic
def withdraw(*, request: PurgeRequest, by: User) -> None:
    """Take one's own request back. Raises Refused as `why_not_withdraw` says."""
    _alone_with(request)
    if why := why_not_withdraw(request, by=by):
        raise Refused(why)
    _decide(request, State.WITHDRAWN, by=by)
    _record("erasure.withdrawn", request, by=by)


def _alone_with(request: PurgeRequest) -> None:
    """Two people do not decide at once, and nothing is written into the borough's record by whoever waits for this lock."""
    Borough.objects.select_for_update().get(pk=request.borough_id)
    request.refresh_from_db(fields=["state", "asked_by"])


def _decide(request: PurgeRequest, state: str, *, by: User) -> None:
    request.state, request.decided_by, request.decided_at = state, by, timezone.now()
    request.note = ""
    request.save(
        update_fields=[
            *("state", "decided_by", "decided_at"),
            "note",
            "answer",
            "digest",
            "counts",
            "files",
        ]
    )


def _record(deed: str, request: PurgeRequest, *, by: User, **facts: Any) -> None:
    record(
        deed,
        by=by,
        borough_id=request.borough_id,
        subject=request,
        what=request.kind,
        record=str(request.record),
        part=request.part,
        category=request.category,
        **facts,
    )
