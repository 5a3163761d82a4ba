"""Whoever takes a part of the record away as a file stands in the trail."""

from typing import Any

from django.db import models, transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough


@transaction.atomic
def note_download(
    *,
    borough: Borough | None,
    kind: str,
    subject: models.Model,
    closed: int,
    as_member: bool = False,
    by: User,
) -> None:
    """Without a borough what was taken away is of several. `closed` is how many closed records are in the file. A member's reading is for the monitoring officer alone."""
    facts: dict[str, Any] = {"kind": kind} | ({"closed": closed} if closed else {})
    record(
        "sheet.downloaded",
        by=by,
        borough_id=borough.pk if borough else None,
        subject=subject,
        members_reading=as_member,
        **facts,
    )
