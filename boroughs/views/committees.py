"""Bodies that receive reports, when they meet and who sits on them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.committees import (
    add_committee,
    add_meeting,
    change_committee,
    change_meeting,
    end_committee,
    end_seat,
    give_seat,
)
from boroughs.clear_days import in_general, papers_due_of
from boroughs.editing import Edit, warn
from boroughs.forms import (
    CommitteeChangeForm,
    CommitteeEndForm,
    CommitteeForm,
    MeetingChangeForm,
    MeetingForm,
    SeatEndForm,
    SeatForm,
    done,
    filled,
)
from boroughs.models import Committee, Seat
from boroughs.notice_policies import why_not_notice
from boroughs.policies import day
from boroughs.prose_field import warn_after_saving
from boroughs.roles import Perm


def to_committee(committee: Committee) -> HttpResponse:
    return redirect("boroughs:committee-show", committee.borough.slug, committee.pk)


@borough_view(Perm.ENTER, "GET", "HEAD")
def committee_list(request: BoroughRequest) -> HttpResponse:
    committees = request.borough.committees.with_next_meeting(timezone.localdate())
    context = {
        "sitting": [c for c in committees if not c.ended_on],
        "ended": [c for c in committees if c.ended_on],
        "may_manage": Perm.MANAGE_MEETINGS in request.granted,
    }
    return render(request, "boroughs/committee_list.html", context)


@borough_view(Perm.ENTER, "GET", "HEAD")
def committee_show(request: BoroughRequest, pk: str) -> HttpResponse:
    """The committee with its meetings; who sits on it only for those who may see people."""
    committee = get_object_or_404(request.borough.committees, pk=pk)
    today = timezone.localdate()
    seats: list[Seat] = []
    if Perm.SEE_PEOPLE in request.granted:
        seats = list(committee.seats.select_related("person"))
    context = {
        "committee": committee,
        "coming": committee.meetings.filter(date__gte=today).order_by("date"),
        "past": committee.meetings.filter(date__lt=today),
        "seats": [seat for seat in seats if not seat.until or seat.until >= today],
        "former": [seat for seat in seats if seat.until and seat.until < today],
        "may_see_people": Perm.SEE_PEOPLE in request.granted,
        "may_manage": Perm.MANAGE_MEETINGS in request.granted,
        "gives_notices": why_not_notice(committee) is None,
    }
    return render(request, "boroughs/committee_show.html", context)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_add(request: BoroughRequest) -> HttpResponse:
    form = filled(CommitteeForm, request)
    if request.method == "POST" and done(
        form, lambda: add_committee(borough=request.borough, by=request.user, **form.cleaned_data)
    ):
        added = request.borough.committees.get(name=form.cleaned_data["name"])
        messages.success(request, f"{added} was added.")
        change = reverse("boroughs:committee-change", args=[request.borough.slug, added.pk])
        warn_after_saving(request, form, change)
        return redirect("boroughs:committee-list", request.borough.slug)
    return render(request, "boroughs/committee_add.html", {"form": form})


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_change(request: BoroughRequest, pk: str) -> HttpResponse:
    committee = get_object_or_404(request.borough.committees, pk=pk)
    edit = Edit(request, CommitteeChangeForm, committee)
    if edit.saved(lambda **said: change_committee(committee=committee, **said)):
        messages.success(request, f"{committee} was changed.")
        warn(request, edit.form, request.path)
        return to_committee(committee)
    return edit.page("boroughs/committee_change.html", committee=committee)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def committee_end(request: BoroughRequest, pk: str) -> HttpResponse:
    committee = get_object_or_404(request.borough.committees, pk=pk)
    edit = Edit(request, CommitteeEndForm, committee)
    if edit.saved(lambda **said: end_committee(committee=committee, **said)):
        ended = committee.ended_on
        said = f"ended on {day(ended)}" if ended else "sits again"
        messages.success(request, f"Recorded: {committee} {said}.")
        return to_committee(committee)
    return edit.page("boroughs/committee_end.html", committee=committee)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def meeting_add(request: BoroughRequest, committee: str) -> HttpResponse:
    body = get_object_or_404(request.borough.committees, pk=committee)
    form = filled(MeetingForm, request)
    if request.method == "POST" and done(
        form, lambda: add_meeting(committee=body, by=request.user, **form.cleaned_data)
    ):
        date = form.cleaned_data["date"]
        due = papers_due_of(body, date).sentence
        messages.success(request, f"The meeting on {day(date)} was added. {due}")
        return to_committee(body)
    context = {"form": form, "committee": body, "due": in_general(body)}
    return render(request, "boroughs/meeting_add.html", context)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def meeting_change(request: BoroughRequest, committee: str, pk: str) -> HttpResponse:
    body = get_object_or_404(request.borough.committees, pk=committee)
    meeting = get_object_or_404(body.meetings, pk=pk)
    before = meeting.date
    edit = Edit(request, MeetingChangeForm, meeting)
    if edit.saved(lambda **said: change_meeting(meeting=meeting, **said)):
        due = papers_due_of(body, meeting.date).sentence
        messages.success(request, f"The meeting on {day(meeting.date)} was changed. {due}")
        return to_committee(body)
    due = papers_due_of(body, before).sentence
    return edit.page("boroughs/meeting_change.html", committee=body, date=before, due=due)


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def seat_give(request: BoroughRequest, committee: str) -> HttpResponse:
    body = get_object_or_404(request.borough.committees, pk=committee)
    form = filled(SeatForm, request, {"since": timezone.localdate()}, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: give_seat(committee=body, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['person']} has a seat on {body}.")
        return to_committee(body)
    return render(request, "boroughs/seat_give.html", {"form": form, "committee": body})


@borough_view(Perm.MANAGE_MEETINGS, "GET", "HEAD", "POST")
def seat_end(request: BoroughRequest, committee: str, pk: str) -> HttpResponse:
    body = get_object_or_404(request.borough.committees, pk=committee)
    seat = get_object_or_404(body.seats.select_related("person"), pk=pk)
    edit = Edit(request, SeatEndForm, seat, seat=seat)
    if edit.saved(lambda **said: end_seat(seat=seat, **said)):
        until = edit.form.cleaned_data["until"]
        messages.success(request, f"{seat.person} sits on {body} until {day(until)}.")
        return to_committee(body)
    return edit.page("boroughs/seat_end.html", committee=body, seat=seat)
