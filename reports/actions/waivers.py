"""Leaving something that a check found as it is, for a reason, and taking that back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from reports.checks import checks_of
from reports.models import Report, Waiver
from reports.policies import Refused, why_not_take_back, why_not_waive

from .reports import back_to_writing


@transaction.atomic
def waive(*, report: Report, reasons: Mapping[str, str], by: User) -> list[Waiver]:
    """Waive each finding that `reasons` names by its `field`. Raises Refused, and then waives none."""
    held = Report.objects.select_for_update(of=("self",)).select_related("borough", "style")
    report = held.get(pk=report.pk)
    found = {one.field: one for one in checks_of(report)}
    given = []
    for name, reason in reasons.items():
        one = found.get(name)
        why = why_not_waive(report, one)
        if why or one is None:  # of nothing found the rule says why
            raise Refused(why or "", field=name)
        given.append(
            Waiver(
                report=report,
                check_key=one.key,
                place=one.place,
                subject=one.subject,
                reason=reason,
                by=by,
                at=timezone.now(),
            )
        )
    Waiver.objects.bulk_create(given)
    for waiver in given:
        record("report.waived", by=by, borough_id=report.borough_id, subject=report, check=waiver.check_key)  # fmt: skip
    return given


@transaction.atomic
def take_back_waiver(*, waiver: Waiver, by: User) -> None:
    """What it was given for stands in the way again; what was approved on it has to be approved again. Raises Refused."""
    rows = Waiver.objects.select_for_update(of=("self",)).select_related("report")
    held = rows.get(pk=waiver.pk)
    if why := why_not_take_back(held):
        raise Refused(why)
    held.taken_back_by, held.taken_back_at = by, timezone.now()
    held.save(update_fields=["taken_back_by", "taken_back_at"])
    back_to_writing(held.report)
    record("report.waiver-taken-back", by=by, borough_id=held.report.borough_id, subject=held.report, check=held.check_key)  # fmt: skip
