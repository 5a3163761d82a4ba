"""May this be done now: each rule returns the reason why not, or None. The page shows it, the action raises it."""

import datetime as dt
from typing import Any

from accounts.models import User
from accounts.second_factor import has_second_factor

from .models import Borough, Committee, FundingStatus, GovernanceModel, Meeting, Membership, Seat
from .register import Authority
from .roles import Role


class Refused(Exception):
    """A deed that the rules do not allow now; the sentence says why and is shown to the person.

    `field` names the form's field the sentence belongs to, where there is one.
    """

    def __init__(self, reason: str, *, field: str = "") -> None:
        self.field = field
        super().__init__(reason)


class ChangedMeanwhile(Exception):
    """Somebody else saved the row since the page was opened; `now` is what they saved."""

    def __init__(self, now: Any) -> None:
        self.now = now
        super().__init__("Somebody else changed this while you were writing.")


# -- People ---------------------------------------------------------------------------------------
def why_not_end_role(borough: Borough, user: User, role: Role) -> str | None:
    """A borough keeps at least one lead who can sign in."""
    others = Membership.objects.leads().filter(borough=borough).exclude(user=user)
    if role != Role.LEAD or others.exists():
        return None
    return "This is the borough's last lead. Make somebody else a lead first."


def why_not_invite(borough: Borough, email: str, role: Role, *, by: User) -> str | None:
    """Nobody is invited to what they hold, and nobody invites themselves."""
    if email.strip().lower() == by.email.lower():
        return "You cannot invite yourself. Ask another lead of the borough."
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user and Membership.objects.live().filter(borough=borough, user=user, role=role).exists():
        return f"{user} is {role.label.lower()} of {borough} already."
    return None


def why_not_invite_lead(borough: Borough) -> str | None:
    """Administrators give a borough its lead only while it has none."""
    if Membership.objects.leads().filter(borough=borough).exists():
        return f"{borough} has a lead. Ask the lead to invite others."
    return None


def why_not_open(authority: Authority, on: dt.date) -> str | None:
    """A council is opened once, while it exists, under an address that is free."""
    if not authority.in_force(on):
        return f"{authority} is not a council any more."
    if Borough.objects.open().filter(gss_code=authority.gss).exists():
        return f"{authority} is open already."
    if Borough.objects.filter(slug=authority.slug).exists():
        return f"The address “{authority.slug}” belongs to another record in this portal."
    return None


def why_not_reset_second_factor(user: User, *, by: User) -> str | None:
    """Administrators help others; for themselves it would make the password enough."""
    if user == by:
        return "Nobody ends their own second factor here. Ask another administrator."
    if not has_second_factor(user):
        return f"{user} has no second factor."
    return None


# -- Settings -------------------------------------------------------------------------------------
def why_not_date(
    borough: Borough, since: dt.date | None, *, of: GovernanceModel | None = None
) -> str | None:
    """One governance model begins on a day."""
    others = borough.governance_models.exclude(pk=of.pk) if of else borough.governance_models.all()
    if others.filter(since=since).exists():
        begins = f"on {day(since)}" if since else "without a date"
        return f"A model that begins {begins} is recorded. Correct that one instead."
    return None


def why_not_year(borough: Borough, year: int, *, of: FundingStatus | None = None) -> str | None:
    """A grant year has one funding status."""
    others = borough.funding_statuses.exclude(pk=of.pk) if of else borough.funding_statuses.all()
    if others.filter(year=year).exists():
        return "The status of this year is recorded. Correct that one instead."
    return None


# -- Committees, meetings, seats ---------------------------------------------------------------------
def why_not_name(borough: Borough, name: str, *, of: Committee | None = None) -> str | None:
    """Two committees of a borough have two names."""
    others = borough.committees.exclude(pk=of.pk) if of else borough.committees.all()
    if others.filter(name__iexact=name).exists():
        return f"{borough} has a committee of this name. Use its full name, or change that one."
    return None


def why_not_meet(committee: Committee, date: dt.date, *, of: Meeting | None = None) -> str | None:
    """A committee meets once a day, and not after it has ended."""
    others = committee.meetings.exclude(pk=of.pk) if of else committee.meetings.all()
    if others.filter(date=date).exists():
        return "The committee has a meeting on this day. Change that one, or choose another day."
    return _why_not_after_end(committee, date)


def why_not_seat(
    committee: Committee, person: User, *, since: dt.date, co_opted: bool, by: User
) -> str | None:
    """A seat is for a committee member, or for a co-opted person who holds a role; one at a time.

    A partnership board is made of officers and agencies: anyone who holds a role may sit on it. A seat may open closed
    papers, so nobody gives one to themselves.
    """
    if person == by:
        return "Nobody gives a seat to themselves. Ask another lead or the democratic services officer."
    held = Membership.objects.live().filter(borough=committee.borough_id, user=person)
    if not held.exists():
        return f"{person} holds no role in this borough. Invite them first."
    anyone = co_opted or committee.kind == Committee.Kind.BOARD
    if not anyone and not held.filter(role=Role.MEMBER).exists():
        return f"{person} is not a committee member. Give them that role first, or say that they are co-opted."
    last = committee.seats.filter(person=person).order_by("-since").first()
    if last and last.until is None:
        return f"{person} has a seat on this committee. End it first."
    if last and last.until and last.until >= since:
        return f"{person} had a seat until {day(last.until)}. Let this one begin after that."
    return _why_not_after_end(committee, since)


def why_not_end_seat(seat: Seat, until: dt.date, *, by: User) -> str | None:
    """Nobody makes their own seat last longer."""
    if seat.person == by and seat.until and until > seat.until:
        return "Nobody makes their own seat last longer. Ask another lead."
    return None


def _why_not_after_end(committee: Committee, on: dt.date) -> str | None:
    if committee.ended_on and on > committee.ended_on:
        return f"The committee ended on {day(committee.ended_on)}."
    return None


def day(date: dt.date) -> str:
    """A date in a sentence: 4 July 2019."""
    return f"{date.day} {date:%B %Y}"
