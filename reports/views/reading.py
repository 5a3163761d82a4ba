"""The reading room: papers of the committees on which the visitor sits, meeting by meeting."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from boroughs.access import BoroughRequest, borough_view
from boroughs.models import Meeting, meetings_of
from boroughs.models.closure import seats_today
from boroughs.roles import Perm
from papers.access import papers_for
from reports.access import issues_of_meetings
from reports.decided import decisions_listed

MEETINGS = 10  # on a page


@borough_view(Perm.READ_REPORTS)
def reading_room(request: BoroughRequest) -> HttpResponse:
    """The latest meeting first. The same statements, however many meetings there are."""
    seats = seats_today(request.user).filter(committee__borough=request.borough)
    committees = [seat.committee for seat in seats.select_related("committee")]
    meetings = meetings_of(request.borough).filter(committee__in=committees)
    page = Paginator(meetings, MEETINGS).get_page(request.GET.get("page"))
    context = {"committees": committees, "page": page, "meetings": _laid_out(request, page)}
    return render(request, "reports/reading_room.html", context)


def _laid_out(request: BoroughRequest, meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Each meeting with its newest issues in the order of the agenda, what was decided on them, and its open papers."""
    rows = list(meetings)
    issues = issues_of_meetings(request, rows)
    decided = list(decisions_listed(request).filter(meeting__in=rows))
    for issue in issues:
        issue.decided = [one for one in decided if one.report_id == issue.report_id]  # type: ignore[attr-defined]
    papers = list(papers_for(request).filter(meeting__in=rows).order_by("title", "pk"))
    for paper in papers:
        paper.borough = request.borough
    return [
        {
            "meeting": meeting,
            "issues": [one for one in issues if one.report.meeting_id == meeting.pk],
            "papers": [paper for paper in papers if paper.meeting_id == meeting.pk],
        }
        for meeting in rows
    ]
