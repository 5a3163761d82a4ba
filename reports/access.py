"""Who reads which report: the one way to a report's row, its issues and its renderings."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from boroughs.access import BoroughRequest
from boroughs.roles import Perm

from .models import Issue, Rendering, Report
from .models.issue import IssueQuerySet
from .models.rendering import RenderingQuerySet
from .models.report import ReportQuerySet


def reports_for(request: BoroughRequest) -> ReportQuerySet:
    """The borough's reports that the visitor may read."""
    reports: ReportQuerySet = request.borough.reports.all()
    return reports.readable_by(request.user, request.granted)


def report_or_404(request: BoroughRequest, pk: UUID) -> Report:
    """A report that may not be read is no more there than one that does not exist."""
    rows = reports_for(request).select_related("style", "assessment__version", "meeting__committee")
    found = get_object_or_404(rows, pk=pk)
    found.borough = request.borough
    return found


def issues_for(request: BoroughRequest, report: Report) -> IssueQuerySet:
    """What was issued of it, newest first. Democratic services sees what was taken down, too, as a notice."""
    issues: IssueQuerySet = report.issues.all()
    return issues if Perm.ISSUE in request.granted else issues.standing()


def issue_or_404(request: BoroughRequest, pk: UUID, number: int) -> Issue:
    report = report_or_404(request, pk)
    rows = issues_for(request, report).select_related("issued_by", "published_by", "withdrawn_by")
    found = get_object_or_404(rows, number=number)
    found.report, found.borough = report, request.borough
    return found


def renderings_for(request: BoroughRequest, report: Report) -> RenderingQuerySet:
    """Drafts are for those who read drafts; of an issue, for everybody who reads the report."""
    rows: RenderingQuerySet = report.renderings.all()
    if Perm.READ_DRAFTS in request.granted:
        return rows
    if Perm.ISSUE in request.granted and report.state == Report.State.CLEARED:
        return rows
    standing = Issue.objects.standing().filter(pk=OuterRef("issue"))
    return rows.filter(Exists(standing))


def rendering_or_404(request: BoroughRequest, pk: UUID, rendering: UUID) -> Rendering:
    report = report_or_404(request, pk)
    rows = renderings_for(request, report).select_related("requested_by", "issue")
    found = get_object_or_404(rows, pk=rendering)
    found.report = report
    return found
