"""Taking up the reports of a batch one after the other. The row is the truth; what is asked for is made like any other PDF."""

import uuid

from django.db import connection

from boroughs.access import granted
from boroughs.policies import Refused
from boroughs.roles import Perm
from boroughs.rows import acting_as

from .asking import ask_for_draft
from .models import BatchItem, Rendering, Report

NO_LONGER_ALLOWED = "You may no longer make reports of this council."
NOT_READ = "Nothing of this report is there to read."


def waiting() -> dict[uuid.UUID, int]:
    """Every item that nothing was asked for yet, with the key of the person it is made for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, asked_by FROM reports_batch_waiting()")
        return dict(cursor.fetchall())


def take_up(pk: uuid.UUID) -> uuid.UUID | None:
    """The rendering that is to be made now; None where there is nothing to make: it was taken up already, or is there."""
    person = waiting().get(pk)
    if person is None:
        return None
    with acting_as(person, durable=True):
        item = _held(pk)
        return _ask(item) if item else None


def give_up(pk: uuid.UUID, reason: str) -> None:
    """Say why there is no PDF, so that nobody takes it up again."""
    person = waiting().get(pk)
    if person is not None:
        with acting_as(person, durable=True):
            BatchItem.objects.waiting().filter(pk=pk).update(reason=reason[:300])


def _held(pk: uuid.UUID) -> BatchItem | None:
    rows = BatchItem.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("report__borough", "report__style", "asked_by").filter(pk=pk).first()


def _ask(item: BatchItem) -> uuid.UUID | None:
    """What was issued has its PDF; of everything else the draft is asked for."""
    by, report = item.asked_by, item.report
    is_new = False
    if not by.is_active or Perm.COMPOSE not in granted(by, report.borough):
        item.reason = NO_LONGER_ALLOWED
    elif report.state == Report.State.ISSUED:
        item.rendering = _of_issue(report)
        item.reason = "" if item.rendering else NOT_READ
    else:
        try:
            item.rendering, is_new = ask_for_draft(report, by)
        except Refused as why:
            item.reason = str(why)[:300]
    item.save(update_fields=["rendering", "reason"])
    return item.rendering_id if is_new else None


def _of_issue(report: Report) -> Rendering | None:
    newest = report.issues.standing().first()
    return newest.renderings.first() if newest else None
