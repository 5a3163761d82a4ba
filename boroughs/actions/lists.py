"""Who may read what is closed: grants to people and to seats, emergency access, requests and their answers."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.closure_policies import (
    why_not_answer,
    why_not_ask,
    why_not_emergency,
    why_not_end_then,
    why_not_grant,
    why_not_grant_seats,
)
from boroughs.models import (
    AccessRequest,
    Borough,
    Closure,
    ClosureAct,
    ClosureUserPermission,
    Committee,
    SeatGrant,
)
from boroughs.policies import Refused

Deed = ClosureAct.Deed


@transaction.atomic
def grant(
    *, closure: Closure, person: User, reason: str, until: dt.date | None = None, by: User
) -> None:
    """Put somebody on the access list, to the end of the day `until`. Raises Refused as `why_not_grant` says."""
    _alone_with(closure)
    if why := why_not_grant(closure, person, by=by):
        raise Refused(why, field="person")
    if why := why_not_end_then(until):
        raise Refused(why, field="until")
    _put(closure, person, reason, expires_at=end_of(until), by=by)


@transaction.atomic
def give_emergency_access(
    *, closure: Closure, person: User, hours: int, reason: str, by: User
) -> None:
    """Let somebody read for some hours, at most 168, as the monitoring officer. Raises Refused as `why_not_emergency` says."""
    _alone_with(closure)
    if why := why_not_emergency(closure, person, hours, by=by):
        raise Refused(why, field="person")
    until = timezone.now() + dt.timedelta(hours=hours)
    _put(closure, person, reason, expires_at=until, emergency=True, by=by)


def _put(
    closure: Closure,
    person: User,
    reason: str,
    *,
    expires_at: dt.datetime | None,
    emergency: bool = False,
    by: User,
) -> None:
    closure.grants.filter(user=person).delete()  # one that has run out
    ClosureUserPermission.objects.create(
        user=person,
        permission=Permission.objects.get(
            codename=Closure.READ, content_type__app_label="boroughs"
        ),
        content_object=closure,
        granted_by=by,
        reason=reason,
        expires_at=expires_at,
        emergency=emergency,
    )
    deed = Deed.EMERGENCY if emergency else Deed.GRANTED
    _done(closure, deed, reason, by=by, person=person, expires_at=expires_at)


@transaction.atomic
def revoke(*, closure: Closure, person: User, reason: str, by: User) -> None:
    """Take somebody off the list; the next click finds nothing. Raises Refused when they are not on it."""
    gone, _ = closure.grants.filter(user=person).delete()
    if not gone:
        raise Refused(f"{person} is not on the list any more.")
    _done(closure, Deed.WITHDRAWN, reason, by=by, person=person)


@transaction.atomic
def grant_seats(
    *, closure: Closure, committee: Committee, reason: str, until: dt.date | None = None, by: User
) -> None:
    """Put whoever holds a seat on the committee on the list. Raises Refused as `why_not_grant_seats` says."""
    _alone_with(closure)
    if why := why_not_grant_seats(closure, committee, by=by):
        raise Refused(why, field="committee")
    if why := why_not_end_then(until):
        raise Refused(why, field="until")
    closure.seat_grants.filter(committee=committee).delete()
    SeatGrant.objects.create(
        closure=closure, committee=committee, granted_by=by, reason=reason, expires_at=end_of(until)
    )
    _done(closure, Deed.GRANTED, reason, by=by, committee=committee, expires_at=end_of(until))


@transaction.atomic
def revoke_seats(*, closure: Closure, committee: Committee, reason: str, by: User) -> None:
    """Take a committee's seats off the list. Raises Refused when they are not on it."""
    gone, _ = closure.seat_grants.filter(committee=committee).delete()
    if not gone:
        raise Refused(f"The seats of {committee} are not on the list any more.")
    _done(closure, Deed.WITHDRAWN, reason, by=by, committee=committee)


@transaction.atomic
def ask(*, closure: Closure, reason: str, by: User) -> AccessRequest:
    """Ask to read a closed record. Raises Refused when one can read it, or has asked."""
    if why := why_not_ask(closure, by=by):
        raise Refused(why)
    request = AccessRequest.objects.create(closure=closure, asked_by=by, reason=reason)
    record("closure.asked", by=by, borough_id=closure.borough_id, subject=closure)
    return request


@transaction.atomic
def answer(
    *, request: AccessRequest, granted: bool, reason: str, until: dt.date | None = None, by: User
) -> None:
    """Grant or refuse a request, with a reason; granting puts the asker on the list. Raises Refused as `grant` does."""
    _alone_with(request.closure)
    request.refresh_from_db(fields=["answer"])
    if why := why_not_answer(request, by=by):
        raise Refused(why)
    if granted:
        grant(closure=request.closure, person=request.asked_by, reason=reason, until=until, by=by)
    request.answer = AccessRequest.Answer.GRANTED if granted else AccessRequest.Answer.REFUSED
    request.answered_by, request.answered_at, request.answer_reason = by, timezone.now(), reason
    request.save(update_fields=["answer", "answered_by", "answered_at", "answer_reason"])
    record(
        "closure.answered",
        by=by,
        borough_id=request.closure.borough_id,
        subject=request.closure,
        person=request.asked_by_id,
        answer=request.answer,
    )


def leave_lists(*, user: User, borough: Borough, by: User) -> None:
    """Whose last role in the borough has ended is taken off every list, also those that the actor may not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_leave_lists(%s, %s)", [user.pk, borough.pk])
        (lists,) = cursor.fetchone()
    if lists:
        record("lists.left", by=by, borough_id=borough.pk, subject=user, lists=lists)


def end_of(day: dt.date | None) -> dt.datetime | None:
    """The moment at which access that lasts to the end of a day is over."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def _alone_with(closure: Closure) -> None:
    """Two leads do not put the same person on a list at once."""
    Borough.objects.select_for_update().get(pk=closure.borough_id)
    closure.refresh_from_db()


def _done(
    closure: Closure,
    deed: str,
    reason: str,
    *,
    by: User,
    person: User | None = None,
    committee: Committee | None = None,
    expires_at: dt.datetime | None = None,
) -> None:
    about: dict[str, Any] = {"person": person, "committee": committee}
    ClosureAct.objects.create(
        closure=closure, deed=deed, reason=reason, by=by, expires_at=expires_at, **about
    )
    facts: dict[str, Any] = {name: str(row.pk) for name, row in about.items() if row}
    if expires_at:
        facts["until"] = expires_at.isoformat()
    record(f"closure.{deed}", by=by, borough_id=closure.borough_id, subject=closure, **facts)
