"""Keeping committees, meetings and seats."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, Committee, Meeting, Seat


@transaction.atomic
def add_committee(
    *, borough: Borough, name: str, kind: str, regime: str, remit: str = "", by: User
) -> Committee:
    committee = Committee.objects.create(
        borough=borough, name=name, kind=kind, regime=regime, remit=remit
    )
    record("committee.added", by=by, borough_id=borough.pk, subject=committee, name=name)
    return committee


@transaction.atomic
def change_committee(
    *,
    committee: Committee,
    name: str,
    kind: str,
    regime: str,
    remit: str,
    ended_on: dt.date | None = None,
    by: User,
) -> None:
    committee.name, committee.kind, committee.regime = name, kind, regime
    committee.remit, committee.ended_on = remit, ended_on
    committee.save(update_fields=["name", "kind", "regime", "remit", "ended_on"])
    record(
        "committee.changed", by=by, borough_id=committee.borough_id, subject=committee, name=name
    )


@transaction.atomic
def add_meeting(
    *, committee: Committee, date: dt.date, agenda_published_on: dt.date | None = None, by: User
) -> Meeting:
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
    *, meeting: Meeting, date: dt.date, agenda_published_on: dt.date | None, by: User
) -> None:
    meeting.date, meeting.agenda_published_on = date, agenda_published_on
    meeting.save(update_fields=["date", "agenda_published_on"])
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
def end_seat(*, seat: Seat, until: dt.date, by: User) -> None:
    seat.until = until
    seat.save(update_fields=["until"])
    record(
        "seat.ended",
        by=by,
        borough_id=seat.committee.borough_id,
        subject=seat,
        until=until.isoformat(),
    )
