"""Sending sections to those who clear them, verifying and returning them."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from reports import clearance_mail
from reports.clearing import (
    standing_of,
    why_not_answer,
    why_not_ask,
    why_not_send,
    why_not_verify,
)
from reports.models import Clearance, Report, ReportText
from reports.policies import Refused

from .comments import say
from .reports import to_clearance

State = Clearance.State


@dataclass(frozen=True)
class Asked:
    """A section, whom it goes to, and what they clear it for."""

    key: str
    person: User
    post: str


@transaction.atomic
def ask_to_clear(
    *, report: Report, asked: Iterable[Asked], due_on: dt.date | None = None, by: User
) -> list[Clearance]:
    """Send sections to clearing officers; each gets one letter. Raises Refused and then sends none."""
    held = _held(report)
    sent = [_ask(held, one, due_on, by) for one in asked]
    to_clearance(held)
    report.state = held.state
    for person in {row.asked_of for row in sent}:
        clearance_mail.asked([row for row in sent if row.asked_of == person])
    return sent


def _ask(report: Report, one: Asked, due_on: dt.date | None, by: User) -> Clearance:
    if why := why_not_ask(report, one.key, one.person):
        raise Refused(why)
    row = Clearance(
        report=report,
        key=one.key,
        post=one.post,
        asked_of=one.person,
        asked_by=by,
        asked_at=timezone.now(),
        due_on=due_on,
    )
    row.save(force_insert=True)
    record(
        "clearance.asked",
        by=by,
        borough_id=report.borough_id,
        subject=report,
        section=one.key,
        person=one.person.pk,
    )
    return row


def _held(report: Report) -> Report:
    """Whoever writes a section waits for whoever clears it, and the other way about."""
    rows = Report.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("borough", "style").get(pk=report.pk)


def _again(clearance: Clearance) -> Clearance:
    report = _held(clearance.report)
    row: Clearance = report.clearances.select_for_update(of=("self",)).with_people().get(pk=clearance.pk)  # fmt: skip
    row.report = report
    return row


@transaction.atomic
def remind(*, clearance: Clearance, by: User) -> None:
    """One more letter, now. Raises Refused when it was answered."""
    row = _again(clearance)
    if why := why_not_answer(row):
        raise Refused(_of_them(why))
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    clearance_mail.reminded(row)
    _record("clearance.reminded", row, by, person=row.asked_of_id)


@transaction.atomic
def take_back(*, clearance: Clearance, by: User) -> None:
    """The section is with that person no more. Raises Refused when it was answered."""
    row = _again(clearance)
    why = why_not_send(row.report) or why_not_answer(row)
    if why:
        raise Refused(_of_them(why))
    _end(row, State.TAKEN_BACK)
    _record("clearance.taken-back", row, by, person=row.asked_of_id)


def _of_them(why: str) -> str:
    return why.replace("You have", "They have").replace("with you", "with them")


@transaction.atomic
def verify(*, clearance: Clearance, name: str, post: str, seen: int, by: User) -> None:
    """Put name and post to the text as it stands. `seen` is its version that the officer has read. Raises Refused."""
    row = _again(clearance)
    text = ReportText.objects.filter(report=row.report, key=row.key).visible_to(by).first()
    why = why_not_verify(row, text, seen)
    if why or text is None:  # of no text the rule says why
        raise Refused(why or "")
    row.printed_name, row.printed_post, row.digest = name, post, digest_of(text.body)
    _end(row, State.VERIFIED)
    clearance_mail.verified(row)
    _record("clearance.verified", row, by)


def digest_of(body: str) -> str:
    """SHA-256 of a text in UTF-8, as the database's `app_digest` makes it."""
    return hashlib.sha256(body.encode()).hexdigest()


@transaction.atomic
def return_section(*, clearance: Clearance, comment: str, by: User) -> None:
    """Give the section back to be changed, with a comment. Raises Refused."""
    row = _again(clearance)
    if why := why_not_answer(row):
        raise Refused(why)
    row.comment = say(row.report, row.key, comment, by)
    _end(row, State.RETURNED)
    clearance_mail.returned(row)
    _record("clearance.returned", row, by)


def _end(row: Clearance, state: str) -> None:
    row.state, row.ended_at = state, timezone.now()
    row.save(
        update_fields=["state", "ended_at", "printed_name", "printed_post", "digest", "comment"]
    )


def _record(deed: str, row: Clearance, by: User, **facts: Any) -> None:
    report = row.report
    record(deed, by=by, borough_id=report.borough_id, subject=report, section=row.key, **facts)


@contextmanager
def noticing_voids(report: Report, key: str, by: User) -> Iterator[None]:
    """Tell whoever verified the section, and who asked, when what happens inside voids it."""
    rows = report.clearances.filter(key=key, state=State.VERIFIED).with_people()
    before = list(rows.filter(pk__in=standing_of([report]))) if rows.exists() else []
    yield
    standing = standing_of([report]) if before else set()
    for row in before:
        if row.pk not in standing:
            row.report = report
            clearance_mail.voided(row, by)
            _record("clearance.voided", row, by, person=row.asked_of_id)
