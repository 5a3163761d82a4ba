"""Starting a report, writing its text, asking for its PDF."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.figures import publish_figures
from boroughs.models import Meeting
from reports.models import HouseStyle, Rendering, Report, ReportText
from reports.policies import Refused, WrittenMeanwhile, why_not_retry
from reports.snapshot import LEAD, snapshot_of, text_keys, with_head, without_head
from reports.tasks import render
from toolkit.models import Assessment

PLAIN = "plain"


@transaction.atomic
def start_report(
    *,
    assessment: Assessment,
    style: HouseStyle | None = None,
    title: str = "",
    source: str = "",
    beside: Collection[str] = (),
    by: User,
) -> Report:
    """The report on an assessment, begun in the borough's style with the words of its last report in that style.

    `beside` names the assessors whose ratings of the period stand beside it.
    """
    borough = assessment.borough
    style = style or _style_of(assessment)
    earlier = borough.reports.filter(style=style).first()
    report, begun = Report.objects.get_or_create(
        assessment=assessment,
        defaults={
            "borough": borough,
            "style": style,
            "title": title or f"Prevent duty: self-assessment, {assessment.period}",
            "source": source,
            "beside": list(beside),
            "started_by": by,
        },
    )
    if begun:
        texts = (
            {text.key: text.body for text in earlier.texts.all()} if earlier else _starters(style)
        )
        _keep(report, texts, by)
        record("report.started", by=by, borough_id=borough.pk, subject=report)
    return report


def _style_of(assessment: Assessment) -> HouseStyle:
    chosen = HouseStyle.objects.filter(choices__borough=assessment.borough_id).first()
    return chosen or HouseStyle.objects.get(key=PLAIN)


def _starters(style: HouseStyle) -> dict[str, str]:
    """The words a style begins with: of the recommendations, those that come before the first."""
    sections = [
        s for section in style.definition["sections"] for s in (section, *section.get("parts", ()))
    ]
    texts = {
        LEAD if section.get("kind") == "recommendations" else section["key"]: section["starter"]
        for section in sections
    }
    return {**texts, "front-status": "This report is public"}


def _keep(report: Report, texts: Mapping[str, str], by: User) -> None:
    wanted = set(text_keys(report.style))
    now = timezone.now()
    ReportText.objects.bulk_create(
        [
            ReportText(report=report, key=key, body=body, changed_by=by, changed_at=now)
            for key, body in texts.items()
            if key in wanted and body
        ],
        update_conflicts=True,
        unique_fields=["report", "key"],
        update_fields=["body", "changed_by", "changed_at"],
    )


@transaction.atomic
def write_report(
    *,
    report: Report,
    title: str,
    meeting: Meeting | None,
    item_number: str,
    texts: Mapping[str, str],
    beside: Collection[str] = (),
    seen: int,
    by: User,
) -> None:
    """Save the report's text. `seen` is its version that the person had before them.

    Raises WrittenMeanwhile when that is not the newest, Refused when the agenda item is taken.
    """
    if meeting:  # two reports may not take the same item at once
        Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    taken = Report.objects.filter(meeting=meeting, item_number=item_number).exclude(pk=report.pk)
    if meeting and item_number and taken.exists():
        raise Refused(f"Another report is item {item_number} of this meeting.")
    saved = Report.objects.filter(pk=report.pk, version=seen).update(
        title=title,
        meeting=meeting,
        item_number=item_number,
        beside=list(beside),
        version=F("version") + 1,
    )
    if not saved:
        raise WrittenMeanwhile(Report.objects.get(pk=report.pk))
    before = {text.key: text.body for text in report.texts.all()}
    changed = {key: body for key, body in texts.items() if before.get(key, "") != body}
    report.texts.filter(key__in=[key for key, body in changed.items() if not body]).delete()
    _keep(report, changed, by)
    record(
        "report.written",
        by=by,
        borough_id=report.borough_id,
        subject=report,
        changed=sorted(changed),
    )


@transaction.atomic
def make_report(*, report: Report, by: User) -> Rendering:
    """Ask for the PDF of the report as it stands now. Asked for twice while it is being made, it is made once."""
    Report.objects.select_for_update().get(pk=report.pk)
    snapshot = _frozen(report, by)
    for waiting in report.renderings.unfinished():
        if without_head(waiting.snapshot) == snapshot:
            return waiting
    rendering = Rendering.objects.create(
        report=report, snapshot=with_head(snapshot, report), requested_by=by
    )
    record("report.requested", by=by, borough_id=report.borough_id, subject=rendering)
    _ring(rendering.pk)
    return rendering


def _frozen(report: Report, by: User) -> dict[str, Any]:
    """The report as it stands now; figures in it are published by that."""
    snapshot = snapshot_of(report)
    if "figures" in snapshot["live"]:
        publish_figures(borough=report.borough, by=by)
    return snapshot


@transaction.atomic
def retry(*, rendering: Rendering, by: User) -> None:
    """Try a failed PDF again, from the report as it stands now. Raises Refused when it did not fail."""
    failed = Rendering.objects.select_for_update().get(pk=rendering.pk)
    if why := why_not_retry(failed):
        raise Refused(why)
    failed.snapshot = with_head(_frozen(failed.report, by), failed.report)
    failed.state, failed.reason, failed.finished_at = Rendering.State.QUEUED, "", None
    failed.attempts, failed.requested_by, failed.requested_at = 0, by, timezone.now()
    failed.save(
        update_fields=[
            *("snapshot", "state", "reason", "finished_at"),
            *("attempts", "requested_by", "requested_at"),
        ]
    )
    record("report.retried", by=by, borough_id=rendering.report.borough_id, subject=rendering)
    _ring(rendering.pk)


def _ring(pk: UUID) -> None:
    def ring() -> None:  # no partial: when it fails, Django writes the function's name to the log
        render.delay(str(pk))

    # robust: when the broker is away the row is still there, and the sweeper rings later
    transaction.on_commit(ring, robust=True)
