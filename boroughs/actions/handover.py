"""Handing a person's duties to a successor in one act."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.handover import (
    last_day,
    pieces_of,
    role_key,
    roles_held,
    seat_key,
    seats_held,
    why_not_hand_over,
    why_not_report_for,
)
from boroughs.models import Borough, Membership, Seat
from boroughs.policies import Refused
from boroughs.roles import Role

from .committees import end_seat, give_seat
from .people import set_roles
from .plans import set_organisation


@transaction.atomic
def hand_over(
    *, person: User, successor: User, borough: Borough, keys: Collection[str], by: User
) -> None:
    """Move these roles and seats, all or none. Places on access lists do not move.

    Raises Refused when something is held no longer, and as giving a role or a seat does.
    """
    Borough.objects.select_for_update().get(pk=borough.pk)
    if set(keys) - {piece.key for piece in pieces_of(person, borough)}:
        raise Refused(f"Some of it is no longer {person}’s. Look at the list again.", field="keys")
    if why := why_not_hand_over(person, successor, borough, by=by):
        raise Refused(why, field="successor")
    roles = [row for row in roles_held(person, borough) if role_key(row.role) in keys]
    seats = [seat for seat in seats_held(person, borough) if seat_key(seat) in keys]
    _give(roles, successor, borough, by=by)
    for seat in seats:
        _pass_on(seat, successor, by=by)
    left = {Role(row.role) for row in roles_held(person, borough)}
    set_roles(
        user=person,
        borough=borough,
        roles=left - {Role(row.role) for row in roles},
        by=by,
    )
    record(
        "duties.handed-over",
        by=by,
        borough_id=borough.pk,
        subject=person,
        person=successor.pk,
        roles=len(roles),
        seats=len(seats),
    )


def _give(roles: list[Membership], successor: User, borough: Borough, *, by: User) -> None:
    held = {Role(row.role) for row in roles_held(successor, borough)}
    for row in roles:
        if why := why_not_report_for(row, successor):
            raise Refused(why, field="keys")
    wanted = held | {Role(row.role) for row in roles}
    set_roles(user=successor, borough=borough, roles=wanted, by=by)
    for row in roles:
        if row.organisation:
            set_organisation(
                person=successor, borough=borough, organisation=row.organisation, by=by
            )


def _pass_on(seat: Seat, successor: User, *, by: User) -> None:
    end_seat(seat=seat, until=last_day(seat), seen=seat.version, by=by)
    give_seat(
        committee=seat.committee,
        person=successor,
        since=timezone.localdate(),
        substitute=seat.substitute,
        co_opted=seat.co_opted,
        by=by,
    )
