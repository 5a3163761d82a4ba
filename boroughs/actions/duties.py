"""Keeping the reporting calendar, and the addresses at which calendars read it."""

import datetime as dt
import secrets
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.saving import save_over
from boroughs.duties import suggestions_left
from boroughs.duty_policies import months_later, why_not_round, why_not_title
from boroughs.models import Borough, CalendarFeed, Duty, DutyRound, Meeting
from boroughs.models.membership import digest_of
from boroughs.policies import Refused


def _done(deed: str, duty: Duty, *, by: User, **facts: Any) -> None:
    record(deed, by=by, borough_id=duty.borough_id, subject=duty, **facts)


@transaction.atomic
def add_duty(
    *, borough: Borough, title: str, every_months: int, next_due: dt.date, by: User, **said: Any
) -> Duty:
    """`said`: told, board, owner_post, suggestion. Raises Refused when the title is taken."""
    Borough.objects.select_for_update().get(pk=borough.pk)
    if why := why_not_title(borough, title):
        raise Refused(why, field="title")
    duty = Duty.objects.create(
        borough=borough,
        title=title,
        every_months=every_months,
        next_due=next_due,
        changed_by=by,
        **said,
    )
    _done("duty.added", duty, by=by, due=next_due.isoformat())
    return duty


@transaction.atomic
def take_suggestions(*, borough: Borough, keys: Collection[str], by: User) -> int:
    """Add what is suggested under these keys and not taken yet; how many those are."""
    today = timezone.localdate()
    chosen = [each for each in suggestions_left(borough) if each.key in keys]
    for each in chosen:
        add_duty(
            borough=borough,
            title=each.title,
            told=each.told,
            every_months=each.every_months,
            next_due=each.first_due(today),
            suggestion=each.key,
            by=by,
        )
    return len(chosen)


@transaction.atomic
def change_duty(*, duty: Duty, title: str, seen: int, by: User, **said: Any) -> None:
    """`said`: told, board, owner_post, every_months, next_due, ended_on.

    Raises Refused when the title is taken, ChangedMeanwhile when somebody else saved since `seen`.
    """
    Borough.objects.select_for_update().get(pk=duty.borough_id)
    if not said.get("ended_on") and (why := why_not_title(duty.borough, title, of=duty)):
        raise Refused(why, field="title")
    save_over(duty, seen=seen, by=by, title=title, **said)
    _done("duty.changed", duty, by=by, due=duty.next_due.isoformat())


@transaction.atomic
def record_round(
    *,
    duty: Duty,
    done_on: dt.date | None,
    meeting: Meeting | None = None,
    note: str = "",
    seen: int,
    by: User,
) -> DutyRound:
    """Done, or with `done_on` None missed; the duty then falls due again.

    Raises Refused when that cannot be, ChangedMeanwhile when somebody else recorded it.
    """
    if why := why_not_round(duty, done_on, meeting, timezone.localdate()):
        raise Refused(why, field="done_on")
    due = duty.next_due
    save_over(duty, seen=seen, by=by, next_due=months_later(due, duty.every_months))
    row = DutyRound.objects.create(
        duty=duty, due=due, done_on=done_on, meeting=meeting, note=note, recorded_by=by
    )
    if done_on:
        _done("duty.done", duty, by=by, due=due.isoformat())
    else:
        _done("duty.missed", duty, by=by, due=due.isoformat())
    return row


@transaction.atomic
def make_feed(*, borough: Borough, by: User) -> str:
    """The token of a new address; the person's former one ends."""
    _revoke(borough, by)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(borough=borough, user=by, digest=digest_of(token))
    record("calendar.made", by=by, borough_id=borough.pk)
    return token


@transaction.atomic
def revoke_feed(*, borough: Borough, by: User) -> None:
    if _revoke(borough, by):
        record("calendar.revoked", by=by, borough_id=borough.pk)


def _revoke(borough: Borough, user: User) -> int:
    live = CalendarFeed.objects.filter(borough=borough, user=user, revoked_at=None)
    return live.update(revoked_at=timezone.now())
