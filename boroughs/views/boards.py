"""Boards: who oversees Prevent, who belongs to them, whether they met and who came."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.boards import (
    add_board,
    add_member,
    change_board,
    change_member,
    record_meeting,
)
from boroughs.actions.committees import add_meeting
from boroughs.cadence import (
    financial_years,
    in_words,
    last_twelve_months,
    last_year_of_meetings,
    presence,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.editing import Edit, warn
from boroughs.forms import (
    BoardAddForm,
    BoardChangeForm,
    BoardMeetingForm,
    BoardMemberChangeForm,
    BoardMemberForm,
    MeetingRecordForm,
    done,
    filled,
)
from boroughs.governance_chart import chart, tree
from boroughs.models import Committee, Meeting
from boroughs.policies import day
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm


def board_or_404(request: BoroughRequest, pk: UUID) -> Committee:
    return get_object_or_404(request.borough.committees.boards(), pk=pk)


def to_board(board: Committee) -> HttpResponse:
    return redirect("boroughs:board-show", board.borough.slug, board.pk)


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def board_list(request: BoroughRequest) -> HttpResponse:
    """Each board with its rhythm, and who reports to whom as a drawing and as a list."""
    today = timezone.localdate()
    bodies = list(request.borough.committees.sitting())
    boards = request.borough.committees.boards().prefetch_related("meetings", "members")
    above = {body.reports_to_id for body in bodies}
    tops = tree(b for b in bodies if b.kind == Committee.Kind.BOARD or b.pk in above)
    context = {
        "rows": [_row(board, today) for board in boards if not board.ended_on],
        "ended": [board for board in boards if board.ended_on],
        "tops": tops,
        "chart": chart(tops),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/board_list.html", context)


def _row(board: Committee, today: Any) -> dict[str, Any]:
    meetings = list(board.meetings.all())
    members = [m for m in board.members.all() if not m.until or m.until >= today]
    held = [m for m in meetings if m.outcome == Meeting.Outcome.HELD]
    return {
        "board": board,
        "cadence": in_words(board.meetings_a_year),
        "rhythm": last_twelve_months(board.meetings_a_year, meetings, today),
        "last": held[0] if held else None,
        "gaps": sum(member.unnamed for member in members),
    }


@borough_view(Perm.READ_RECORD, "GET", "HEAD")
def board_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    board, today = board_or_404(request, pk), timezone.localdate()
    meetings = list(board.meetings.prefetch_related("attendance__member"))
    members = list(board.members.all())
    held = last_year_of_meetings(meetings)
    current = [member for member in members if not member.until or member.until >= today]
    context = {
        "board": board,
        "cadence": in_words(board.meetings_a_year),
        "rhythm": last_twelve_months(board.meetings_a_year, meetings, today),
        "years": financial_years(board.meetings_a_year, meetings, today),
        "reporting": board.reporting.sitting(),
        "meetings": [(meeting, _who_came(meeting)) for meeting in meetings],
        "present": presence(current, held),
        "counted": held,
        "former": [member for member in members if member not in current],
        "gaps": [member for member in current if member.unnamed],
        "today": today,
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/board_show.html", context)


def _who_came(meeting: Meeting) -> dict[str, Any]:
    rows = list(meeting.attendance.all())
    absent = [str(row.member) for row in rows if not row.came]
    return {"came": len(rows) - len(absent), "expected": len(rows), "absent": absent}


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_add(request: BoroughRequest) -> HttpResponse:
    form = filled(BoardAddForm, request, borough=request.borough)
    look_for_closed_passages(form, request.borough, request.user)
    added: list[Committee] = []

    def add() -> None:
        added.append(add_board(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"{added[0]} was added. Next, its members and meetings.")
        change = reverse("boroughs:board-change", args=[request.borough.slug, added[0].pk])
        warn_after_saving(request, form, change)
        return to_board(added[0])
    return render(request, "boroughs/board_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    board = board_or_404(request, pk)
    edit = Edit(request, BoardChangeForm, board, borough=request.borough, board=board)
    if edit.saved(lambda **said: change_board(board=board, **said)):
        messages.success(request, f"{board} was changed.")
        warn(request, edit.form, request.path)
        return to_board(board)
    return edit.page("boroughs/board_change.html", board=board)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_member_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    board = board_or_404(request, pk)
    form = filled(BoardMemberForm, request)
    if request.method == "POST" and done(
        form, lambda: add_member(board=board, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['organisation']} has a place on {board}.")
        return to_board(board)
    return render(request, "boroughs/board_member_add.html", {"form": form, "board": board})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_member_change(request: BoroughRequest, pk: UUID, member: UUID) -> HttpResponse:
    board = board_or_404(request, pk)
    place = get_object_or_404(board.members, pk=member)
    organisation = place.organisation
    edit = Edit(request, BoardMemberChangeForm, place)
    if edit.saved(lambda **said: change_member(member=place, **said)):
        messages.success(request, f"The place of {place} was changed.")
        return to_board(board)
    page = "boroughs/board_member_change.html"
    return edit.page(page, board=board, organisation=organisation)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_meeting_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A meeting that is planned, or one that was and is recorded next."""
    board = board_or_404(request, pk)
    form = filled(BoardMeetingForm, request)
    added: list[Meeting] = []

    def add() -> None:
        added.append(add_meeting(committee=board, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, f"The meeting on {day(added[0].date)} was added.")
        if added[0].date > timezone.localdate():
            return to_board(board)
        return redirect(
            "boroughs:board-meeting-record", request.borough.slug, board.pk, added[0].pk
        )
    return render(request, "boroughs/board_meeting_add.html", {"form": form, "board": board})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_meeting_record(request: BoroughRequest, pk: UUID, meeting: UUID) -> HttpResponse:
    """Held or not, and who came: one page, one list of ticks."""
    board = board_or_404(request, pk)
    found = get_object_or_404(board.meetings, pk=meeting)
    edit = Edit(request, MeetingRecordForm, found, meeting=found)
    if edit.saved(lambda **said: record_meeting(meeting=found, **said)):
        messages.success(request, f"The meeting on {day(found.date)} was recorded.")
        warn(request, edit.form, request.path)
        return to_board(board)
    return edit.page("boroughs/board_meeting_record.html", board=board, meeting=found)
