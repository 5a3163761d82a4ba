"""What colleagues say to each other about a report."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from reports.models import Report, ReportComment, ReportText
from reports.policies import Refused
from reports.talking import why_not_comment, why_not_resolve


@transaction.atomic
def add_comment(
    *, report: Report, key: str, body: str, reply_to: ReportComment | None = None, by: User
) -> ReportComment:
    """Of a section, of the whole report, or in answer to another. Raises Refused."""
    if reply_to:
        key = reply_to.key
    if why := why_not_comment(report, key, by):
        raise Refused(why)
    comment = say(report, key, body, by, reply_to=reply_to)
    record("report.commented", by=by, borough_id=report.borough_id, subject=report)
    return comment


def say(
    report: Report, key: str, body: str, by: User, *, reply_to: ReportComment | None = None
) -> ReportComment:
    """Beside a closed section it is closed with that; what answers an answer answers what that did."""
    text = ReportText.objects.filter(report=report, key=key).select_related("closure").first()
    comment = ReportComment(
        report=report,
        key=key,
        body=body,
        closure=text.closure if text else None,
        reply_to=reply_to and (reply_to.reply_to or reply_to),
        said_by=by,
        said_at=timezone.now(),
    )
    comment.save(force_insert=True)
    return comment


@transaction.atomic
def resolve_comment(*, comment: ReportComment, by: User) -> None:
    """With its answers. Raises Refused."""
    held = ReportComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if why := why_not_resolve(held):
        raise Refused(why)
    held.resolved_at, held.resolved_by = timezone.now(), by
    held.save(update_fields=["resolved_at", "resolved_by"])
    record("report.comment-resolved", by=by, borough_id=comment.report.borough_id, subject=comment.report)  # fmt: skip
