"""A meeting's page: its papers' deadline, agenda, notices, papers and decisions, each as the visitor may see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.clear_days import papers_due_for
from boroughs.models import Meeting, meetings_of
from boroughs.models.closure import seats_today
from boroughs.notice_policies import missing_notices, why_not_notice
from boroughs.roles import Perm
from papers.access import papers_for
from reports.decided import agenda_of

NEEDS = {
    "If a key decision is taken": {"key_decision": True, "private": False},
    "If the public is excluded": {"key_decision": False, "private": True},
}


def needs_of(meeting: Meeting) -> list[tuple[str, list[str]]]:
    """What notices the law still asks for, by the occasion."""
    today = timezone.localdate()
    found = [(when, missing_notices(meeting, on=today, **what)) for when, what in NEEDS.items()]
    return [(when, sentences) for when, sentences in found if sentences]


def _sits(request: BoroughRequest, meeting: Meeting) -> bool:
    """Whether the reading room has this meeting's papers for the visitor."""
    if Perm.READ_REPORTS not in request.granted:
        return False
    return seats_today(request.user).filter(committee=meeting.committee_id).exists()


@borough_view(Perm.ENTER, "GET", "HEAD")
def meeting_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    meeting = get_object_or_404(meetings_of(request.borough), pk=pk)
    meeting.committee.borough = request.borough
    due = papers_due_for(meeting)
    context = {
        "meeting": meeting,
        "committee": meeting.committee,
        "due": due,
        "met": due.is_met(meeting.agenda_published_on),
        "passed": bool(due.last_day and due.last_day < timezone.localdate()),
        "reports": agenda_of(request, meeting),
        "papers": papers_for(request).filter(meeting=meeting).select_related("closure"),
        "notices": meeting.notices.select_related("meeting"),
        "needs": needs_of(meeting),
        "gives_notices": why_not_notice(meeting.committee) is None,
        "too_early": meeting.date > timezone.localdate(),
        "sees_state": bool({Perm.READ_DRAFTS, Perm.ISSUE} & request.granted),
        "may_decide": Perm.DECIDE in request.granted,
        "may_manage": Perm.MANAGE_MEETINGS in request.granted,
        "sits": _sits(request, meeting),
    }
    return render(request, "reports/meeting_show.html", context)
