"""Starting a report, writing its front sheet, handing it on, asking for its PDF."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.saving import save_over
from boroughs.models import Borough, Meeting
from reports.asking import ask_for_draft, frozen
from reports.checks import checked
from reports.models import (
    HouseStyle,
    Rendering,
    Report,
    ReportAppendix,
    ReportText,
    ReportTextVersion,
)
from reports.places import LEAD, RECOMMENDATIONS, front_places, places_of
from reports.policies import (
    Refused,
    why_not_approve,
    why_not_reopen,
    why_not_retry,
    why_not_write,
)
from reports.snapshot import with_head
from reports.tasks import render
from toolkit.models import Assessment

PLAIN = "plain"


@transaction.atomic
def start_report(
    *,
    borough: Borough,
    title: str,
    meeting: Meeting | None = None,
    assessment: Assessment | None = None,
    style: HouseStyle | None = None,
    beside: Collection[str] = (),
    source: str = "",
    begun_from: Report | None = None,
    by: User,
) -> Report:
    """A report in this style, or the borough's.

    `beside` names the assessors whose ratings of the period stand beside the assessment's. The words and appendices of
    `begun_from` are carried over where the style has a place for them, and marked as unchanged until somebody saves them.
    """
    report = Report.objects.create(
        borough=borough,
        title=title,
        meeting=meeting,
        assessment=assessment,
        style=style or style_of(borough),
        beside=list(beside),
        source=source,
        begun_from=begun_from,
        started_by=by,
    )
    if begun_from:
        _carry(begun_from, report, by)
    else:
        _begin(report, by)
    record("report.started", by=by, borough_id=borough.pk, subject=report)
    return report


def style_of(borough: Borough) -> HouseStyle:
    """The one the borough chose, or the plain one."""
    chosen = HouseStyle.objects.filter(choices__borough=borough).first()
    return chosen or HouseStyle.objects.get(key=PLAIN)


def _begin(report: Report, by: User) -> None:
    """With the words that the style offers for a place."""
    starters = {place.key: place.starter for place in places_of(report.style)}
    starters[LEAD] = starters.pop(RECOMMENDATIONS, "")
    _add(report, {key: ReportText(body=body) for key, body in starters.items() if body}, by)


def _carry(earlier: Report, report: Report, by: User) -> None:
    """What the person may read of it: a closed section comes with its closure, for its list alone."""
    wanted = {place.key for place in places_of(report.style)} | {LEAD, *front_places(report.style)}
    texts = earlier.texts.visible_to(by).filter(key__in=wanted)
    _add(report, {text.key: text for text in texts}, by, carried=True)
    now = timezone.now()
    ReportAppendix.objects.bulk_create(
        ReportAppendix(
            report=report,
            place=row.place,
            title=row.title,
            paper_id=row.paper_id,
            added_by=by,
            added_at=now,
        )
        for row in earlier.appendices.all()
    )


def _add(
    report: Report, texts: Mapping[str, ReportText], by: User, *, carried: bool = False
) -> None:
    now = timezone.now()
    added = ReportText.objects.bulk_create(
        ReportText(
            report=report,
            key=key,
            body=text.body,
            closure_id=text.closure_id,
            carried=carried,
            changed_by=by,
            changed_at=now,
        )
        for key, text in texts.items()
    )
    remember_versions(added)


def remember_versions(texts: Collection[ReportText]) -> None:
    """Each as it was just saved, in its history."""
    ReportTextVersion.objects.bulk_create(
        ReportTextVersion(
            text=text,
            number=text.version,
            body=text.body,
            state=text.state,
            saved_by_id=text.changed_by_id,
            saved_at=text.changed_at,
        )
        for text in texts
    )


@transaction.atomic
def write_front(
    *,
    report: Report,
    title: str,
    meeting: Meeting | None,
    item_number: str,
    assessment: Assessment | None,
    texts: Mapping[str, str],
    beside: Collection[str] = (),
    seen: int,
    by: User,
) -> None:
    """Save the front sheet. `seen` is its version that the person had before them.

    Raises ChangedMeanwhile when that is not the newest, Refused when the report was issued or the agenda item is taken.
    """
    if why := why_not_write(report):
        raise Refused(why)
    if meeting:  # two reports may not take the same item at once
        Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    taken = Report.objects.filter(meeting=meeting, item_number=item_number).exclude(pk=report.pk)
    if meeting and item_number and taken.exists():
        raise Refused(f"Another report is item {item_number} of this meeting.", field="item_number")
    save_over(
        report,
        seen,
        by,
        title=title,
        meeting=meeting,
        item_number=item_number,
        assessment=assessment,
        beside=list(beside),
    )
    changed = _write_front_texts(report, texts, by)
    back_to_writing(report)
    record("report.written", by=by, borough_id=report.borough_id, subject=report, changed=changed)


def _write_front_texts(report: Report, texts: Mapping[str, str], by: User) -> list[str]:
    """The keys of those that are otherwise than before."""
    places = set(front_places(report.style))
    kept = {text.key: text for text in report.texts.filter(key__in=places)}
    changed = {
        key: body
        for key, body in texts.items()
        if key in places and (kept[key].body if key in kept else "") != body
    }
    now = timezone.now()
    saved = [
        ReportText(
            report=report,
            key=key,
            body=body,
            version=kept[key].version + 1 if key in kept else 1,
            changed_by=by,
            changed_at=now,
            **({"id": kept[key].pk} if key in kept else {}),
        )
        for key, body in changed.items()
    ]
    ReportText.objects.bulk_create(
        saved,
        update_conflicts=True,
        unique_fields=["report", "key"],
        update_fields=["body", "version", "carried", "changed_by", "changed_at"],
    )
    remember_versions(saved)
    return sorted(changed)


# -- From hand to hand ------------------------------------------------------------------------------
def back_to_writing(report: Report) -> None:
    """What is changed after it was approved has to be approved again."""
    _move(report, Report.State.CLEARED, Report.State.CLEARANCE)


def to_clearance(report: Report) -> None:
    """The first section that is sent to somebody."""
    _move(report, Report.State.DRAFTING, Report.State.CLEARANCE)


def _move(report: Report, before: str, after: str) -> bool:
    moved = Report.objects.filter(pk=report.pk, state=before).update(state=after)
    if moved:
        report.state = after
    return bool(moved)


@transaction.atomic
def approve_report(*, report: Report, by: User) -> None:
    """Hand the report to democratic services, who issue it. Raises Refused."""
    held = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if why := why_not_approve(held, checked(held)):
        raise Refused(why)
    _move(held, held.state, Report.State.CLEARED)
    report.state = held.state
    record("report.approved", by=by, borough_id=report.borough_id, subject=report)


@transaction.atomic
def reopen_report(*, report: Report, by: User) -> None:
    """Write on: in what was approved, or in a new version of what was issued. That stands as it was issued."""
    held = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if why := why_not_reopen(held):
        raise Refused(why)
    _move(held, held.state, Report.State.DRAFTING)
    report.state = held.state
    record("report.reopened", by=by, borough_id=report.borough_id, subject=report)


# -- Renderings -------------------------------------------------------------------------------------
@transaction.atomic
def make_report(*, report: Report, by: User) -> Rendering:
    """Ask for the PDF of the report as it stands now. What is being made already, or was made last, is made once.

    Raises Refused.
    """
    rendering, is_new = ask_for_draft(report, by)
    if is_new:
        ring(rendering.pk)
    return rendering


@transaction.atomic
def retry(*, rendering: Rendering, by: User) -> None:
    """Try a failed PDF again, from the report as it stands now, or from the issue it is of. Raises Refused when it did not fail."""
    Report.objects.select_for_update().get(pk=rendering.report_id)
    failed = Rendering.objects.select_for_update().get(pk=rendering.pk)
    if why := why_not_retry(failed):
        raise Refused(why)
    if failed.issue is None:
        snapshot = frozen(failed.report, by)
        if failed.report.renderings.of_draft().unfinished().saying(snapshot).exists():
            raise Refused("A PDF of this is being made already.")
        failed.snapshot = with_head(snapshot, failed.report)
    failed.state, failed.reason, failed.finished_at = Rendering.State.QUEUED, "", None
    failed.attempts, failed.requested_by, failed.requested_at = 0, by, timezone.now()
    failed.save(
        update_fields=[
            *("snapshot", "state", "reason", "finished_at"),
            *("attempts", "requested_by", "requested_at"),
        ]
    )
    record("report.retried", by=by, borough_id=rendering.report.borough_id, subject=rendering)
    ring(rendering.pk)


def ring(pk: UUID) -> None:
    def rung() -> None:  # no partial: when it fails, Django writes the function's name to the log
        render.delay(str(pk))

    # robust: when the broker is away the row is still there, and the sweeper rings later
    transaction.on_commit(rung, robust=True)
