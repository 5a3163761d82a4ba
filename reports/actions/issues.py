"""Issuing a report, publishing it, withdrawing it and taking it down."""

import hashlib
import json
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from reports.asking import frozen
from reports.checks import checked
from reports.last_guard import why_not_public
from reports.models import Issue, PublicRegister, Rendering, Report
from reports.policies import (
    Refused,
    why_not_issue,
    why_not_publish,
    why_not_take_down,
    why_not_withdraw,
)
from reports.snapshot import with_head

from .reports import ring


@transaction.atomic
def issue_report(
    *, report: Report, kind: str, note: str = "", urgency: str = "", by: User
) -> Issue:
    """Freeze the report as it stands now, and have its PDF made. Raises Refused.

    What is closed in it is kept apart, for those on its lists: the paper for the public never holds it.
    """
    held = Report.objects.select_for_update(of=("self",)).select_related("borough", "style")
    report = held.get(pk=report.pk)
    if why := why_not_issue(report, checked(report)):
        raise Refused(why)
    snapshot = with_head(frozen(report, by), report)
    if why := why_not_public(snapshot, report.borough):
        raise Refused(why)
    issue = Issue(
        borough=report.borough,
        report=report,
        number=report.issues.count() + 1,
        kind=kind,
        note=note,
        urgency=urgency,
        snapshot=snapshot,
        digest=digest_of(snapshot),
        issued_by=by,
        issued_at=timezone.now(),
    )
    issue.save(force_insert=True)
    _keep_closed(issue)
    Report.objects.filter(pk=report.pk).update(state=Report.State.ISSUED)
    record("report.issued", by=by, borough_id=report.borough_id, subject=issue, version=issue.number)  # fmt: skip
    _have_made(issue, by)
    return issue


def digest_of(snapshot: dict[str, Any]) -> str:
    """SHA-256 of a snapshot, in hexadecimal: of its JSON with sorted keys and no spaces, in UTF-8."""
    said = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _keep_closed(issue: Issue) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_keep_closed(%s)", [str(issue.pk)])


def _have_made(issue: Issue, by: User) -> Rendering:
    rendering = Rendering.objects.create(
        report=issue.report, issue=issue, snapshot=issue.snapshot, requested_by=by
    )
    ring(rendering.pk)
    return rendering


# -- In public --------------------------------------------------------------------------------------
@transaction.atomic
def turn_register(*, borough: Borough, on: bool, by: User) -> None:
    """Show the borough's published reports to everybody, or to nobody any more."""
    if on:
        facts = {"turned_on_by": by, "turned_on_at": timezone.now()}
        PublicRegister.objects.get_or_create(borough=borough, defaults=facts)
    else:
        PublicRegister.objects.filter(borough=borough).delete()
    record("register.turned", by=by, borough_id=borough.pk, to="on" if on else "off")


@transaction.atomic
def publish_issue(*, issue: Issue, by: User) -> None:
    """Put the version on the public register. Raises Refused."""
    held = _held(issue)
    if why := why_not_publish(held):
        raise Refused(why)
    held.published_at, held.published_by = timezone.now(), by
    held.save(update_fields=["published_at", "published_by"])
    record("report.published", by=by, borough_id=held.borough_id, subject=held)


@transaction.atomic
def withdraw_issue(*, issue: Issue, because: str, by: User) -> None:
    """Leave a notice on the public register in place of the words. Raises Refused."""
    held = _held(issue)
    if why := why_not_withdraw(held):
        raise Refused(why)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_because = timezone.now(), by, because
    held.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record("report.withdrawn", by=by, borough_id=held.borough_id, subject=held)


@transaction.atomic
def take_down_issue(*, issue: Issue, because: str, also: Collection[Issue] = (), by: User) -> None:
    """Remove the version, and `also` others of its report: all that was made of them, at once. Raises Refused.

    The database empties them (reports_taken_down): who takes down need not be on the lists of what is closed in them.
    """
    for each in sorted((issue, *also), key=lambda one: one.number):
        held = _held(each)
        if why := why_not_take_down(held):
            raise Refused(why)
        held.taken_down_at, held.taken_down_by = timezone.now(), by
        held.taken_down_because = because
        held.save(update_fields=["taken_down_because", "taken_down_at", "taken_down_by"])
        record("report.taken-down", by=by, borough_id=held.borough_id, subject=held)


def _held(issue: Issue) -> Issue:
    rows = Issue.objects.select_for_update(of=("self",))
    return rows.select_related("borough__public_register", "report").get(pk=issue.pk)
