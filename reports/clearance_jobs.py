"""Reminders on the day a section is due to be cleared: noted first and then handed over, so that none is sent twice."""

import datetime as dt
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from audit.trail import record
from boroughs.rows import acting_as

from . import clearance_mail
from .models import Clearance


def due(today: dt.date | None = None) -> dict[UUID, int]:
    """What is due and was not reminded of since, with the key of the person it waits for."""
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute(
            "SELECT clearance::text, person FROM reports_clearances_due(%s)",
            [today or timezone.localdate()],
        )
        return {UUID(key): person for key, person in cursor.fetchall()}


def remind_of_due(today: dt.date | None = None) -> int:
    """A letter for each; how many were handed over."""
    letters = [letter for pk, person in due(today).items() if (letter := _note(pk, person))]
    clearance_mail.hand_over(letters)
    return len(letters)


def _note(pk: UUID, person: int) -> EmailMessage | None:
    """As the person it waits for; None where another worker was quicker or it was answered."""
    with acting_as(person, durable=True):
        rows = Clearance.objects.select_for_update(of=("self",), skip_locked=True)
        row = rows.select_related("report__borough", "asked_of").filter(pk=pk).first()
        if row is None or row.state != Clearance.State.ASKED or _reminded(row):
            return None
        row.reminded_at = timezone.now()
        row.save(update_fields=["reminded_at"])
        report = row.report
        record("clearance.due", by=row.asked_of, borough_id=report.borough_id, subject=report, section=row.key)  # fmt: skip
        return clearance_mail.due(row)


def _reminded(row: Clearance) -> bool:
    """On the day it is due, or later."""
    if row.reminded_at is None or row.due_on is None:
        return False
    return timezone.localdate(row.reminded_at) >= row.due_on
