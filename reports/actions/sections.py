"""Writing one section, closing it, and keeping the appendices."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.closures import close
from boroughs.closed_passages import remember_passages
from boroughs.models import Closure
from papers.models import Paper
from reports.models import Report, ReportAppendix, ReportText
from reports.places import LEAD, RECOMMENDATIONS
from reports.policies import (
    ChangedMeanwhile,
    Refused,
    why_not_close_section,
    why_not_write,
    why_not_write_section,
)

from .clearing import noticing_voids
from .reports import back_to_writing, remember_versions


@transaction.atomic
def write_section(
    *, report: Report, key: str, body: str, state: str, lead: str = "", seen: int, by: User
) -> ReportText:
    """Save one section. `seen` is its version that the person had before them, 0 when it had none.

    `lead` is what stands before the recommendations, and saved with them alone. Raises ChangedMeanwhile when somebody else
    was quicker, Refused when the section may not be written now.
    """
    held = Report.objects.select_for_update(of=("self",), no_key=True).select_related("style")
    report = held.get(pk=report.pk)
    if why := why_not_write_section(report, key, by):
        raise Refused(why)
    with noticing_voids(report, key, by):
        if key == RECOMMENDATIONS:
            _save_lead(report, lead, by)
        text = _save(report, key, body, state, seen, by)
    back_to_writing(report)
    record(
        "report.section-written", by=by, borough_id=report.borough_id, subject=report, section=key
    )
    return text


def _save(report: Report, key: str, body: str, state: str, seen: int, by: User) -> ReportText:
    rows = ReportText.objects.with_people()
    text = rows.filter(report=report, key=key).first() or ReportText(report=report, key=key, version=0)  # fmt: skip
    if text.version != seen:
        raise ChangedMeanwhile(text)
    text.body = "" if state == ReportText.State.NOT_NEEDED else body
    text.state, text.carried = state, False
    text.version, text.changed_by, text.changed_at = seen + 1, by, timezone.now()
    text.save(force_insert=not seen, force_update=bool(seen))
    remember_versions([text])
    if text.closure and text.closure.released_at is None:
        remember_passages(closure=text.closure, source=str(text.pk), text=text.body)
    return text


def _save_lead(report: Report, lead: str, by: User) -> None:
    text = ReportText.objects.filter(report=report, key=LEAD).first()
    if (text.body if text else "") != lead:
        _save(report, LEAD, lead, ReportText.State.DONE, text.version if text else 0, by)


@transaction.atomic
def close_section(*, report: Report, key: str, by: User, **case: Any) -> Closure:
    """Close a section with its history and what was said beside it; `case` is what `close` asks for. Raises Refused."""
    _held(report)  # so that it is not issued meanwhile with these words in the open
    rows = ReportText.objects.select_for_update(of=("self",)).select_related("closure")
    text = rows.filter(report=report, key=key).first()
    if why := why_not_write_section(report, key, by) or why_not_close_section(report, key, text):
        raise Refused(why)
    text = text or _save(report, key, "", ReportText.State.DRAFT, 0, by)
    text.closure = close(borough=report.borough, by=by, **case)
    text.save(update_fields=["closure"])
    remember_passages(closure=text.closure, source=str(text.pk), text=text.body)
    report.comments.filter(key=key).update(closure=text.closure)
    back_to_writing(report)
    record(
        "report.section-closed", by=by, borough_id=report.borough_id, subject=report, section=key
    )
    return text.closure


# -- Appendices -------------------------------------------------------------------------------------
@transaction.atomic
def add_appendix(
    *, report: Report, title: str = "", paper: Paper | None = None, by: User
) -> ReportAppendix:
    """At the end: one of the borough's papers, or the title of what is kept elsewhere. Raises Refused."""
    held = _held(report)
    if paper and held.appendices.filter(paper=paper).exists():
        raise Refused("This paper is an appendix of the report already.", field="paper")
    last = held.appendices.aggregate(last=Max("place"))["last"] or 0
    appendix = ReportAppendix(
        report=held,
        place=last + 1,
        title="" if paper else title,
        paper=paper,
        added_by=by,
        added_at=timezone.now(),
    )
    appendix.save(force_insert=True)
    _changed(held, by)
    return appendix


@transaction.atomic
def remove_appendix(*, appendix: ReportAppendix, by: User) -> None:
    """Those after it move up. The paper stays where it is kept."""
    held = _held(appendix.report)
    held.appendices.filter(pk=appendix.pk).delete()
    held.appendices.filter(place__gt=appendix.place).update(place=F("place") - 1)
    _changed(held, by)


@transaction.atomic
def move_appendix(*, appendix: ReportAppendix, up: bool, by: User) -> None:
    """One place; the first goes no further up and the last no further down."""
    held = _held(appendix.report)
    row = held.appendices.get(pk=appendix.pk)
    other = held.appendices.filter(place=row.place + (-1 if up else 1)).first()
    if other:
        row.place, other.place = other.place, row.place
        row.save(update_fields=["place"])
        other.save(update_fields=["place"])
        _changed(held, by)


def _held(report: Report) -> Report:
    held = Report.objects.select_for_update(of=("self",), no_key=True).get(pk=report.pk)
    if why := why_not_write(held):
        raise Refused(why)
    return held


def _changed(report: Report, by: User) -> None:
    back_to_writing(report)
    record("report.appendices-changed", by=by, borough_id=report.borough_id, subject=report)
