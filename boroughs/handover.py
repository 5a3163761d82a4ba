"""What names a person in a borough: what a successor can take over in one act, and what stays where it is, with the reason.

Owners of actions, risks, duties and recommendations are posts, and a post keeps its work whoever holds it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User

from .access import people_of
from .models import (
    AccessRequest,
    Borough,
    ClosureUserPermission,
    Membership,
    PurgeRequest,
    Seat,
    SeatGrant,
)
from .roles import Perm, Role


@dataclass(frozen=True)
class Piece:
    """One thing that can move: a role, or a seat."""

    key: str
    words: str
    hint: str = ""


def roles_held(person: User, borough: Borough) -> list[Membership]:
    live = Membership.objects.live().filter(user=person, borough=borough)
    held = {row.role: row for row in live.select_related("organisation")}
    return [held[role] for role in Role if role in held]


def seats_held(person: User, borough: Borough) -> QuerySet[Seat]:
    """Today, on committees that sit; with how many closed records are open to the seats of each."""
    live = SeatGrant.objects.live().filter(closure__released_at=None)
    seats = Seat.objects.held_on(timezone.localdate()).filter(person=person)
    seats = seats.filter(committee__in=borough.committees.sitting()).select_related("committee")
    lists = Count("committee__seat_grants", filter=Q(committee__seat_grants__in=live))
    return seats.annotate(lists=lists).order_by("committee__name", "pk")


def role_key(role: str) -> str:
    return f"role-{role}"


def seat_key(seat: Seat) -> str:
    return f"seat-{seat.pk}"


def pieces_of(person: User, borough: Borough) -> list[Piece]:
    """Everything that can move to a successor."""
    roles = [_role(row) for row in roles_held(person, borough)]
    return roles + [_seat(seat) for seat in seats_held(person, borough)]


def _role(row: Membership) -> Piece:
    hint = f"Reports for {row.organisation}, and so does the successor" if row.organisation else ""
    return Piece(role_key(row.role), f"The role {row.get_role_display()}", hint)


def _seat(seat: Any) -> Piece:
    kind = "A substitute’s seat" if seat.substitute else "The seat"
    closed = f"Whoever holds it reads what is closed to that committee: {seat.lists} of its records"
    return Piece(seat_key(seat), f"{kind} on {seat.committee}", closed if seat.lists else "")


def stays_of(person: User, borough: Borough, granted: frozenset[str]) -> list[str]:
    """What does not move, and why; places on lists by their number, and only to who may see lists."""
    found = []
    if Perm.SEE_LISTS in granted and (places := _places(person, borough)):
        found.append(
            f"Places on access lists: {places}. They are given by name: put the successor on the lists they need. "
            "Whose last role ends is taken off every list."
        )
    waiting = AccessRequest.objects.waiting().filter(asked_by=person, closure__borough=borough)
    if asked := waiting.count():
        found.append(
            f"Requests to read a closed record: {asked}. The successor asks for themselves."
        )
    erasures = PurgeRequest.objects.waiting().filter(asked_by=person, borough=borough)
    if asked := erasures.count():
        found.append(
            f"Requests to erase that wait for a second person: {asked}. They stay asked for."
        )
    return [
        *found,
        "Actions, risks, duties and recommendations: their owners are posts, and stay with the post.",
        "What they wrote, rated and decided: it keeps the name of who did it.",
        "Their rhythm of reminders and calendar address: the successor has their own.",
    ]


def _places(person: User, borough: Borough) -> int:
    live = ClosureUserPermission.objects.live().filter(user=person)
    return live.filter(content_object__borough=borough, content_object__released_at=None).count()


def successors_of(person: User, borough: Borough, *, by: User) -> QuerySet[User]:
    """People of the borough who can sign in; nobody hands anything to themselves."""
    others = people_of(borough).filter(is_active=True).exclude(pk__in=[person.pk, by.pk])
    return others.order_by("name", "pk")


def why_not_hand_over(person: User, successor: User, borough: Borough, *, by: User) -> str | None:
    """Nobody takes over from themselves, gives to themselves, or reports for two organisations."""
    if successor == by:
        return "Nobody gives a role or seat to themselves. Ask another lead of the borough."
    if successor == person:
        return f"{person} holds this already. Choose somebody else."
    if not successors_of(person, borough, by=by).filter(pk=successor.pk).exists():
        return f"{successor} holds no role in {borough}. Invite them first."
    return None


def why_not_report_for(row: Membership, successor: User) -> str | None:
    """A contributor reports for one organisation."""
    theirs = Membership.objects.live().filter(
        user=successor, borough=row.borough_id, role=Role.CONTRIBUTOR
    )
    other = theirs.exclude(organisation=None).exclude(organisation=row.organisation).first()
    if row.organisation and other:
        return f"{successor} reports for {other.organisation} already. Leave the role Contributor where it is."
    return None


def last_day(seat: Seat) -> dt.date:
    """Of the one who leaves: yesterday, or today where they sat down today."""
    today = timezone.localdate()
    return max(seat.since, today - dt.timedelta(days=1))
