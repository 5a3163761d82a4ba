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
from boroughs.forms import (
    BoardAddForm,
    BoardChangeForm,
    BoardMeetingForm,
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

from .editing import said_by, saved


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
        "gaps": sum(not member.post for member in members),
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
        "gaps": [member for member in current if not member.post],
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
    board, theirs = board_or_404(request, pk), None
    initial = BoardChangeForm.said_in(board)
    form = filled(BoardChangeForm, request, initial, borough=request.borough, board=board)
    look_for_closed_passages(form, request.borough, request.user)
    if request.method == "POST":
        ok, theirs = saved(
            form, lambda: change_board(board=board, by=request.user, **form.cleaned_data)
        )
        if ok:
            messages.success(request, f"{board} was changed.")
            warn_after_saving(request, form, request.path)
            return to_board(board)
    return _conflict(request, "boroughs/board_change.html", form, theirs, board=board)


def _conflict(
    request: BoroughRequest, template: str, form: Any, theirs: Any, **context: Any
) -> HttpResponse:
    """The form again, with what somebody else saved meanwhile above it when that is so."""
    context |= {"form": form, "theirs": theirs, "their_words": said_by(form, theirs)}
    return render(request, template, context, status=409 if theirs else 200)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def board_member_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    board = board_or_404(request, pk)
    form = filled(BoardMemberForm, request, {"since": timezone.localdate()})
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
    names = ("organisation", "post", "since", "until")
    form = filled(BoardMemberForm, request, {name: getattr(place, name) for name in names})
    if request.method == "POST" and done(
        form, lambda: change_member(member=place, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"The place of {place} was changed.")
        return to_board(board)
    context = {"form": form, "board": board, "organisation": form.initial["organisation"]}
    return render(request, "boroughs/board_member_change.html", context)


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
    board, theirs = board_or_404(request, pk), None
    found = get_object_or_404(board.meetings, pk=meeting)
    form = filled(MeetingRecordForm, request, MeetingRecordForm.said_of(found), meeting=found)
    look_for_closed_passages(form, request.borough, request.user)
    if request.method == "POST":
        ok, theirs = saved(
            form, lambda: record_meeting(meeting=found, by=request.user, **form.cleaned_data)
        )
        if ok:
            messages.success(request, f"The meeting on {day(found.date)} was recorded.")
            warn_after_saving(request, form, request.path)
            return to_board(board)
    return _conflict(
        request, "boroughs/board_meeting_record.html", form, theirs, board=board, meeting=found
    )
