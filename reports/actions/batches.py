"""Asking for the PDFs of many reports at once, and stopping what has not begun."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from reports.models import BatchItem, Rendering, Report
from reports.tasks import make_batch_item

CANCELLED = "Cancelled before it was begun."


@transaction.atomic
def start_batch(*, reports: Collection[Report], by: User) -> uuid.UUID:
    """A row for each report; the worker takes them up one after the other. The batch's key."""
    batch = uuid.uuid4()
    items = BatchItem.objects.bulk_create(
        BatchItem(batch=batch, report=report, asked_by=by) for report in reports
    )
    for report in reports:
        record("report.batched", by=by, borough_id=report.borough_id, subject=report)
    keys = [str(item.pk) for item in items]

    def rung() -> None:
        for key in keys:
            make_batch_item.delay(key)

    transaction.on_commit(rung, robust=True)  # without the broker the sweeper rings later
    return batch


@transaction.atomic
def cancel_batch(*, batch: uuid.UUID, by: User) -> int:
    """Stop what has not begun; how many that were. What is being made is finished."""
    items = BatchItem.objects.filter(batch=batch, asked_by=by)
    stopped = items.waiting().update(reason=CANCELLED)
    queued = Rendering.objects.filter(
        batch_items__in=items, issue=None, requested_by=by, state=Rendering.State.QUEUED
    )
    return stopped + sum(_stop(rendering, by) for rendering in queued.select_related("report"))


def _stop(rendering: Rendering, by: User) -> int:
    rows = Rendering.objects.filter(pk=rendering.pk, state=Rendering.State.QUEUED)
    facts = {"state": Rendering.State.FAILED, "reason": CANCELLED}
    stopped = rows.update(finished_at=timezone.now(), **facts)
    if stopped:
        borough = rendering.report.borough_id
        record("report.cancelled", by=by, borough_id=borough, subject=rendering)
    return stopped
