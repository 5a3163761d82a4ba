"""Taking a rendering up, and writing back what came of it. The row is the truth (lease, token, attempts)."""

import contextlib
import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from audit.models import Outcome
from audit.trail import record
from boroughs.access import granted
from boroughs.roles import Perm
from boroughs.rows import acting_as

from .models import RenderedFile, Rendering
from .pdf import Pdf

NO_LONGER_ALLOWED = "The person who asked for this report may no longer make reports here. Somebody who may can make it again."
TRIED_OFTEN = "The PDF could not be made: the program that prints it stopped each time. Nothing of the text is lost. Try again, and tell your administrator if it happens again."


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one rendering, until its lease runs out."""

    pk: uuid.UUID
    token: uuid.UUID
    requester: int
    snapshot: dict[str, Any]


def waiting() -> dict[uuid.UUID, int]:
    """Every rendering that nobody is at work on, with the key of the person it is made for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, requested_by FROM reports_waiting()")
        return dict(cursor.fetchall())


def give_up_orphans() -> int:
    """Fail what was asked for by people who have left the borough since: nobody may act for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_give_up_orphans(%s)", [NO_LONGER_ALLOWED])
        return int(cursor.fetchone()[0])


def claim(pk: uuid.UUID) -> Claim | None:
    """Take the rendering up on behalf of who asked for it; None when there is nothing left to do."""
    requester = waiting().get(pk)
    if requester is None:
        return None
    with acting_as(requester, durable=True):
        found = (
            Rendering.objects.due()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("report__borough", "requested_by")
            .filter(pk=pk)
            .first()
        )
        return _take(found) if found else None


def _take(rendering: Rendering) -> Claim | None:
    if not _may_have_it(rendering):
        _give_up(rendering, NO_LONGER_ALLOWED)
        return None
    if rendering.attempts >= settings.RENDER_ATTEMPTS:
        _give_up(rendering, TRIED_OFTEN)
        return None
    rendering.state = Rendering.State.RENDERING
    rendering.attempts += 1
    rendering.token = uuid.uuid4()
    rendering.lease_until = timezone.now() + dt.timedelta(seconds=settings.RENDER_LEASE_SECONDS)
    rendering.stage, rendering.page = "", None
    rendering.save(update_fields=["state", "attempts", "token", "lease_until", "stage", "page"])
    return Claim(rendering.pk, rendering.token, rendering.requested_by_id, rendering.snapshot)


def tell(claim: Claim, stage: str, page: int | None) -> None:
    """Say what the printer is at. Whoever lost the lease says nothing, and without a database there is nobody to tell."""
    with contextlib.suppress(DatabaseError), acting_as(claim.requester, durable=True):
        held = Rendering.objects.filter(pk=claim.pk, token=claim.token)
        held.update(stage=stage, page=page)


def finish(claim: Claim, pdf: Pdf) -> bool:
    """Keep the PDF; False when the lease was lost to another worker meanwhile, or who asked may have no report now."""
    with acting_as(claim.requester, durable=True):
        rendering = _held(claim)
        if rendering is None:
            return False
        if not _may_have_it(rendering):
            _give_up(rendering, NO_LONGER_ALLOWED)
            return False
        digest = hashlib.sha256(pdf.data).hexdigest()
        _end(
            rendering,
            state=Rendering.State.READY,
            pages=pdf.pages,
            size=len(pdf.data),
            sha256=digest,
            made_with=dict(pdf.made_with),
        )
        RenderedFile.objects.create(rendering=rendering, pdf=pdf.data)
        _record("report.rendered", rendering, sha256=digest)
        return True


def fail(claim: Claim, reason: str) -> bool:
    """Say why there is no PDF; False when the lease was lost."""
    with acting_as(claim.requester, durable=True):
        rendering = _held(claim)
        if rendering is None:
            return False
        _give_up(rendering, reason)
        return True


def _held(claim: Claim) -> Rendering | None:
    """The rendering, locked, while it is still this worker's."""
    rows = Rendering.objects.select_for_update(of=("self",))
    return (
        rows.select_related("report__borough", "requested_by")
        .filter(pk=claim.pk, token=claim.token)
        .first()
    )


def _may_have_it(rendering: Rendering) -> bool:
    """Asked when the work begins and again when it is done: a role may end in between."""
    by = rendering.requested_by
    perm = Perm.ISSUE if rendering.issue_id else Perm.COMPOSE
    return by.is_active and perm in granted(by, rendering.report.borough)


def _give_up(rendering: Rendering, reason: str) -> None:
    _end(rendering, state=Rendering.State.FAILED, reason=reason)
    _record("report.not-made", rendering, outcome=Outcome.FAILED)


def _end(rendering: Rendering, **facts: Any) -> None:
    """For a row that is locked by this transaction."""
    Rendering.objects.filter(pk=rendering.pk).update(
        finished_at=timezone.now(), token=None, lease_until=None, **facts
    )


def _record(deed: str, rendering: Rendering, **facts: Any) -> None:
    record(
        deed,
        by=rendering.requested_by,
        borough_id=rendering.report.borough_id,
        subject=rendering,
        **facts,
    )
