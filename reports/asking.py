"""Asking for the PDF of a report: what its pages and the worker share. Each runs in its caller's transaction."""

from typing import Any

from accounts.models import User
from audit.trail import record
from boroughs.actions.figures import publish_figures
from boroughs.policies import Refused

from .last_guard import why_not_made
from .live import publishes_figures
from .made_with import programs
from .models import Rendering, Report
from .snapshot import snapshot_of, with_head


def ask_for_draft(report: Report, by: User) -> tuple[Rendering, bool]:
    """The PDF of the report as it stands now, and whether it is asked for anew: what is being made already, or was made
    last of the same content, is made once. Raises Refused."""
    Report.objects.select_for_update().get(pk=report.pk)
    snapshot = frozen(report, by)
    if made := _made_already(report, snapshot):
        return made, False
    rendering = Rendering.objects.create(
        report=report, snapshot=with_head(snapshot, report), requested_by=by
    )
    record("report.requested", by=by, borough_id=report.borough_id, subject=rendering)
    return rendering, True


def frozen(report: Report, by: User) -> dict[str, Any]:
    """The report as it stands now; figures in it are published by that. Raises Refused where something closed flowed in."""
    snapshot = snapshot_of(report)
    if why := why_not_made(snapshot, report.borough):
        raise Refused(why)
    if publishes_figures(snapshot["live"]):
        publish_figures(borough=report.borough, by=by)
    return snapshot


def _made_already(report: Report, snapshot: dict[str, Any]) -> Rendering | None:
    """The PDF that is being made of this, or the draft’s newest when it says this and nothing would print it otherwise now."""
    drafts = report.renderings.of_draft()
    newest = drafts.ready().values("pk")[:1]
    same = drafts.saying(snapshot).filter(pk__in=newest, made_with__contains=programs())
    return drafts.unfinished().saying(snapshot).first() or same.first()
