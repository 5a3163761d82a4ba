"""Sending reminders: rows are planned once a period, taken up under a lease, and handed to the mail server once (docs/adr/0004).

A worker that dies while it writes a letter is followed by another. One that dies after it began to hand a letter over is not:
nobody knows whether that letter arrived, and none is sent twice.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone

from audit.models import Outcome
from audit.trail import record
from boroughs.access import granted
from boroughs.roles import Perm
from boroughs.rows import acting_as

from .models import Letter
from .reminders import Digest, digest_for
from .waiting import reader_of

LEASE = dt.timedelta(minutes=5)
ATTEMPTS = 5
State = Letter.State


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one letter, until its lease runs out."""

    pk: uuid.UUID
    token: uuid.UUID
    person: int


def plan(today: dt.date | None = None) -> int:
    """A row for every letter that is due and has none; how many there were. Those of people who left are ended."""
    return int(_ask("SELECT portal_plan_letters(%s)", [today or timezone.localdate()])[0][0])


def waiting() -> dict[uuid.UUID, int]:
    """Every letter that nobody is at work on, with the key of the person it is for."""
    return dict(_ask("SELECT id, person FROM portal_letters_waiting()", []))


def _ask(sql: str, params: list[Any]) -> list[Any]:
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def send(pk: uuid.UUID) -> None:
    """Write the letter and hand it over. Rung twice, or while another worker is at it, it does nothing."""
    claim = _claim(pk)
    if claim is None:
        return
    digest = _write(claim)
    if digest is None or not digest.things:
        _end(claim, State.NOTHING)
        return
    mail = get_connection()
    try:
        mail.open()
    except (SMTPException, OSError):
        _put_back(claim)
        return
    _hand_over(claim, digest, mail)


def _claim(pk: uuid.UUID) -> Claim | None:
    person = waiting().get(pk)
    if person is None:
        return None
    with acting_as(person, durable=True):
        rows = Letter.objects.due().select_for_update(skip_locked=True)
        letter = rows.filter(pk=pk).first()
        if letter is None:
            return None
        if letter.state == State.HANDED or letter.attempts >= ATTEMPTS:
            _close(letter, State.FAILED)
            return None
        letter.state, letter.attempts = State.MAKING, letter.attempts + 1
        letter.token, letter.lease_until = uuid.uuid4(), timezone.now() + LEASE
        letter.save(update_fields=["state", "attempts", "token", "lease_until"])
        return Claim(letter.pk, letter.token, person)


def _write(claim: Claim) -> Digest | None:
    """What the person may know now; None when they belong to the borough no more."""
    with acting_as(claim.person, durable=True):
        letter = _held(claim)
        if letter is None or not letter.person.is_active:
            return None
        perms = granted(letter.person, letter.borough)
        if Perm.ENTER not in perms or letter.borough.ended_at:
            return None
        return digest_for(reader_of(letter.person, letter.borough, perms))


def _hand_over(claim: Claim, digest: Digest, mail: Any) -> None:
    with acting_as(claim.person, durable=True):
        rows = Letter.objects.filter(pk=claim.pk, token=claim.token, state=State.MAKING)
        if not rows.update(state=State.HANDED):
            return  # the lease went to another worker
    try:
        mail.send_messages([digest.message()])
        mail.close()
    except (SMTPException, OSError):
        _end(claim, State.FAILED)
    else:
        _end(claim, State.SENT, things=digest.things)


def _put_back(claim: Claim) -> None:
    """The mail server is away: the next round tries again."""
    with acting_as(claim.person, durable=True):
        rows = Letter.objects.filter(pk=claim.pk, token=claim.token)
        rows.update(state=State.QUEUED, token=None, lease_until=None)


def _end(claim: Claim, state: str, *, things: int = 0) -> None:
    with acting_as(claim.person, durable=True):
        if letter := _held(claim):
            _close(letter, state, things=things)


def _held(claim: Claim) -> Letter | None:
    rows = Letter.objects.select_for_update(of=("self",)).select_related("borough", "person")
    return rows.filter(pk=claim.pk, token=claim.token).first()


def _close(letter: Letter, state: str, *, things: int = 0) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=state, things=things, finished_at=timezone.now(), token=None, lease_until=None
    )
    facts: dict[str, Any] = {"by": letter.person, "borough_id": letter.borough_id}
    if state == State.SENT:
        record("reminders.sent", things=things, **facts)
    elif state == State.FAILED:
        record("reminders.not-sent", outcome=Outcome.FAILED, **facts)
