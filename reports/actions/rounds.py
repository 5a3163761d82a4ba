"""Saying by which report a duty was done."""

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import DutyRound
from boroughs.policies import Refused
from reports.models import Report, ReportedRound
from reports.policies import why_not_done_by


@transaction.atomic
def do_by_report(*, round: DutyRound, report: Report | None, by: User) -> None:
    """This report, or with None no report any more. Raises Refused for a duty that was missed, or another council's report."""
    duty = round.duty
    if why := why_not_done_by(round, report):
        raise Refused(why, field="report")
    ReportedRound.objects.filter(round=round).delete()
    if report:
        ReportedRound(round=round, report=report, linked_by=by).save(force_insert=True)
    done = "reported" if report else "taken-back"
    record(
        "duty.reported",
        by=by,
        borough_id=duty.borough_id,
        subject=duty,
        due=round.due.isoformat(),
        link=done,
    )
