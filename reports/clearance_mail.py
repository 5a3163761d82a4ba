"""Letters about clearance: a link that leads through sign-in, and nothing of what a section says.

Each is handed over after the deed is saved. One that is lost is made good by what waits for its reader in the portal.
"""

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from boroughs.access import people_of
from boroughs.policies import day

from .models import Clearance

logger = logging.getLogger(__name__)


def asked(rows: Sequence[Clearance]) -> None:
    """To one officer, of everything that was sent at once."""
    first = rows[0]
    posts = ", ".join(dict.fromkeys(row.post for row in rows))
    said = f"You are asked to clear a section of it for: {posts}."
    if len(rows) > 1:
        said = f"You are asked to clear {len(rows)} sections of it for: {posts}."
    if first.due_on:
        said += f" It is due on {day(first.due_on)}."
    link = first.get_absolute_url() if len(rows) == 1 else _list_of(first)
    _send(first, "a report to clear", said, link, [first.asked_of])


def reminded(row: Clearance) -> None:
    _send(*_reminder(row))


def due(row: Clearance) -> EmailMessage:
    """For the worker, which hands it over itself, and asked before whether they are still there."""
    return _letter(*_reminder(row))[0]


def _reminder(row: Clearance) -> tuple[Clearance, str, str, str, list[User]]:
    said = f"A section of it still waits for you to clear it for: {row.post}."
    if row.due_on:
        said += f" It is due on {day(row.due_on)}."
    return row, "a report waits to be cleared", said, row.get_absolute_url(), [row.asked_of]


def verified(row: Clearance) -> None:
    said = f"{row.asked_of} has verified a section of it for: {row.post}."
    _send(row, "a section was verified", said, _section_of(row), [row.asked_by])


def returned(row: Clearance) -> None:
    said = f"{row.asked_of} has returned a section of it, with a comment, for: {row.post}."
    _send(row, "a section was returned", said, _section_of(row), [row.asked_by])


def voided(row: Clearance, by: User) -> None:
    """To both, but for who has just changed it. Nobody who holds no role any more is written to."""
    said = f"A section of it that was verified for {row.post} was changed since. Its verification is void."
    about = "a verification is void"
    if row.asked_of != by:
        _send(row, about, said, row.get_absolute_url(), [row.asked_of])
    if row.asked_by != by:
        _send(row, about, said, _section_of(row), [row.asked_by])


# -- How they are sent ------------------------------------------------------------------------------
def _section_of(row: Clearance) -> str:
    return reverse("reports:section", args=[row.report.borough.slug, row.report_id, row.key])


def _list_of(row: Clearance) -> str:
    return reverse("reports:clear-list", args=[row.report.borough.slug])


def _send(row: Clearance, about: str, said: str, link: str, to: Iterable[User]) -> None:
    letters = _letter(row, about, said, link, to)
    transaction.on_commit(lambda: hand_over(letters), robust=True)


def _letter(
    row: Clearance, about: str, said: str, link: str, to: Iterable[User]
) -> list[EmailMessage]:
    context = {"report": row.report, "said": said, "link": settings.SITE_URL + link}
    text = render_to_string("reports/email/clearance.txt", context)
    subject = f"{settings.SERVICE_NAME}: {about}"
    here = people_of(row.report.borough).filter(pk__in=[person.pk for person in to], is_active=True)
    return [EmailMessage(subject, text, None, [person.email]) for person in here]


def hand_over(letters: Sequence[EmailMessage]) -> None:
    try:
        get_connection().send_messages(letters)
    except (SMTPException, OSError):
        logger.warning("%s letters about clearance could not be sent", len(letters))
