"""Who reads which report: the one way to a report's row, its issues and its renderings."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from boroughs.access import BoroughRequest
from boroughs.models import Meeting
from boroughs.roles import Perm

from .models import Issue, Rendering, Report
from .models.issue import IssueQuerySet
from .models.rendering import RenderingQuerySet
from .models.report import ReportQuerySet


def reports_for(request: BoroughRequest) -> ReportQuerySet:
    """The borough's reports that the visitor may read."""
    reports: ReportQuerySet = request.borough.reports.all()
    return reports.readable_by(request.user, request.granted)


def called_as_read(request: BoroughRequest, rows: ReportQuerySet) -> ReportQuerySet:
    """Each with the title that the visitor may read (`called`): of a report that is open again, who reads no draft reads
    the title of its newest version."""
    if {Perm.READ_DRAFTS, Perm.ISSUE} & request.granted:
        return rows.annotate(called=F("title"))
    issues = Issue.objects.readable_by(request.user, request.granted).standing()
    newest = issues.filter(report=OuterRef("pk")).order_by("-number")
    out = newest.annotate(said=KT("snapshot__report__title")).values("said")[:1]
    return rows.annotate(called=Coalesce(Subquery(out), F("title"), output_field=CharField()))


def report_or_404(request: BoroughRequest, pk: UUID) -> Report:
    """A report that may not be read is no more there than one that does not exist."""
    rows = reports_for(request).select_related("style", "assessment__version", "meeting__committee")
    found = get_object_or_404(rows, pk=pk)
    found.borough = request.borough
    return found


def reads_draft(request: BoroughRequest, report: Report) -> bool:
    """As it stands now: those who write and approve always, democratic services from when it is handed over to them."""
    issues = Perm.ISSUE in request.granted and report.state in Report.HANDED_OVER
    return issues or Perm.READ_DRAFTS in request.granted


def issues_for(request: BoroughRequest, report: Report) -> IssueQuerySet:
    """The versions of it that the visitor may read, newest first."""
    issues: IssueQuerySet = report.issues.all()
    return issues.readable_by(request.user, request.granted)


def issue_or_404(request: BoroughRequest, pk: UUID, number: int) -> Issue:
    report = report_or_404(request, pk)
    rows = issues_for(request, report).select_related("issued_by", "published_by", "withdrawn_by")
    found = get_object_or_404(rows, number=number)
    found.report, found.borough = report, request.borough
    return found


def issue_before(request: BoroughRequest, issue: Issue, standing: Iterable[Issue]) -> Issue | None:
    """What its readers had before: of the report's `standing` versions the one before, else the newest of the report it was
    begun from, if they may read it."""
    earlier = next((one for one in standing if one.number < issue.number), None)
    if earlier or issue.report.begun_from_id is None:
        return earlier
    readable = Issue.objects.standing().readable_by(request.user, request.granted)
    return readable.filter(
        report__in=reports_for(request).filter(pk=issue.report.begun_from_id)
    ).first()


def renderings_for(request: BoroughRequest, report: Report) -> RenderingQuerySet:
    """Drafts are for those who read drafts; of an issue, for everybody who reads that version."""
    rows: RenderingQuerySet = report.renderings.all()
    if Perm.READ_DRAFTS in request.granted:
        return rows
    if Perm.ISSUE in request.granted and report.state == Report.State.CLEARED:
        return rows
    return rows.filter(issue__in=issues_for(request, report).standing())


def rendering_or_404(request: BoroughRequest, pk: UUID, rendering: UUID) -> Rendering:
    report = report_or_404(request, pk)
    rows = renderings_for(request, report).select_related("requested_by", "issue")
    found = get_object_or_404(rows, pk=rendering)
    found.report = report
    return found


def issues_of_meetings(request: BoroughRequest, meetings: Sequence[Meeting]) -> list[Issue]:
    """The newest issue of each report to these meetings that the visitor may read, in the order of the agenda."""
    rows = Issue.objects.standing().readable_by(request.user, request.granted)
    rows = rows.filter(report__meeting__in=meetings)
    rows = rows.filter(report__in=reports_for(request)).select_related("report")
    newest = {issue.report_id: issue for issue in rows.order_by("number")}
    for issue in newest.values():
        issue.borough = request.borough
    return sorted(newest.values(), key=_agenda)


def _agenda(issue: Issue) -> tuple[int, str]:
    """Item 9 stands before item 10."""
    item = issue.report.item_number
    return len(item), item
