"""Keeping committees, meetings and seats."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.board_policies import why_not_kind, why_not_move
from boroughs.models import Borough, Committee, Meeting, Seat
from boroughs.policies import Refused, why_not_end_seat, why_not_meet, why_not_name, why_not_seat

from .saving import save_over


def _alone_with(committee: Committee) -> None:
    """Rules that compare rows are asked while nobody else may add one."""
    Committee.objects.select_for_update().get(pk=committee.pk)


@transaction.atomic
def add_committee(
    *, borough: Borough, name: str, kind: str, regime: str, remit: str = "", by: User
) -> Committee:
    """Raises Refused when the borough has a committee of this name."""
    Borough.objects.select_for_update().get(pk=borough.pk)
    if why := why_not_name(borough, name):
        raise Refused(why, field="name")
    committee = Committee.objects.create(
        borough=borough, name=name, kind=kind, regime=regime, remit=remit
    )
    record("committee.added", by=by, borough_id=borough.pk, subject=committee, kind=kind)
    return committee


@transaction.atomic
def change_committee(
    *, committee: Committee, name: str, kind: str, regime: str, remit: str, seen: int, by: User
) -> None:
    """Raises Refused when the borough has another committee of this name, ChangedMeanwhile as `save_over` does."""
    Borough.objects.select_for_update().get(pk=committee.borough_id)
    if why := why_not_name(committee.borough, name, of=committee):
        raise Refused(why, field="name")
    if why := why_not_kind(committee, kind):
        raise Refused(why, field="kind")
    save_over(committee, seen=seen, by=by, name=name, kind=kind, regime=regime, remit=remit)
    record(
        "committee.changed", by=by, borough_id=committee.borough_id, subject=committee, kind=kind
    )


@transaction.atomic
def end_committee(*, committee: Committee, ended_on: dt.date | None, seen: int, by: User) -> None:
    """Say when the committee ended; None when it sits after all. Raises ChangedMeanwhile."""
    save_over(committee, seen=seen, by=by, ended_on=ended_on)
    record(
        "committee.ended",
        by=by,
        borough_id=committee.borough_id,
        subject=committee,
        ended_on=str(ended_on or ""),
    )


@transaction.atomic
def add_meeting(
    *, committee: Committee, date: dt.date, agenda_published_on: dt.date | None = None, by: User
) -> Meeting:
    """Raises Refused when the committee meets on this day already, or has ended."""
    _alone_with(committee)
    if why := why_not_meet(committee, date):
        raise Refused(why, field="date")
    meeting = Meeting.objects.create(
        committee=committee, date=date, agenda_published_on=agenda_published_on
    )
    record(
        "meeting.added",
        by=by,
        borough_id=committee.borough_id,
        subject=meeting,
        date=date.isoformat(),
    )
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, date: dt.date, agenda_published_on: dt.date | None, seen: int, by: User
) -> None:
    """Raises Refused when the committee has another meeting on this day, or has ended; ChangedMeanwhile as `save_over`."""
    _alone_with(meeting.committee)
    if why := why_not_meet(meeting.committee, date, of=meeting) or why_not_move(meeting, date):
        raise Refused(why, field="date")
    save_over(meeting, seen=seen, by=by, date=date, agenda_published_on=agenda_published_on)
    record(
        "meeting.changed",
        by=by,
        borough_id=meeting.committee.borough_id,
        subject=meeting,
        date=date.isoformat(),
    )


@transaction.atomic
def give_seat(
    *,
    committee: Committee,
    person: User,
    since: dt.date,
    until: dt.date | None = None,
    substitute: bool = False,
    co_opted: bool = False,
    by: User,
) -> Seat:
    """Raises Refused when the person may not sit on the committee, or sits there already."""
    _alone_with(committee)
    if why := why_not_seat(committee, person, since=since, co_opted=co_opted, by=by):
        raise Refused(why, field="person")
    seat = Seat.objects.create(
        committee=committee,
        person=person,
        since=since,
        until=until,
        substitute=substitute,
        co_opted=co_opted,
    )
    record("seat.given", by=by, borough_id=committee.borough_id, subject=seat, person=person.pk)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, until: dt.date, seen: int, by: User) -> None:
    """Raises Refused when somebody would make their own seat last longer, ChangedMeanwhile as `save_over` does."""
    if why := why_not_end_seat(seat, until, by=by):
        raise Refused(why, field="until")
    save_over(seat, seen=seen, by=by, until=until)
    record(
        "seat.ended",
        by=by,
        borough_id=seat.committee.borough_id,
        subject=seat,
        until=until.isoformat(),
    )
