"""Reminders: how often they come, and what a letter says. Nothing closed is named in an e-mail."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from boroughs.waiting import Group, Item, Reader

from .models import Rhythm
from .waiting import to_come, to_do, waiting_for

FEW = 5  # things of a sort that a letter names
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NEVER = Rhythm(every=Rhythm.Every.OFF)


# -- How often -----------------------------------------------------------------------------------------
def rhythms_of(borough: Borough, user: User) -> tuple[Rhythm | None, Rhythm | None]:
    """The borough's, and the person's own; one statement."""
    rows = list(borough.rhythms.filter(user=None) | borough.rhythms.filter(user=user))
    theirs = next((row for row in rows if row.user_id is None), None)
    return theirs, next((row for row in rows if row.user_id), None)


def in_words(rhythm: Rhythm | None) -> str:
    if rhythm is None or rhythm.every == Rhythm.Every.OFF:
        return "Never"
    if rhythm.every == Rhythm.Every.WEEK:
        return f"Every week on {DAYS[rhythm.day - 1]}"
    return f"Every month on day {rhythm.day}"


@transaction.atomic
def set_rhythm(*, borough: Borough, every: str, day: int, by: User) -> None:
    """The borough's rhythm, for everybody who has none of their own. It counts from today on."""
    _set(borough, None, every, day)
    record("reminders.set", by=by, borough_id=borough.pk, every=every, day=day)


@transaction.atomic
def set_own_rhythm(*, borough: Borough, every: str, day: int, by: User) -> None:
    """The person's own rhythm; with an empty `every` the borough's again."""
    if every:
        _set(borough, by, every, day)
    else:
        borough.rhythms.filter(user=by).delete()
    record("reminders.own-set", by=by, borough_id=borough.pk, every=every or "borough")


def _set(borough: Borough, user: User | None, every: str, day: int) -> None:
    facts = {"every": every, "day": day, "since": timezone.localdate()}
    Rhythm.objects.update_or_create(borough=borough, user=user, defaults=facts)


# -- What a letter says --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """A sort of thing as a letter tells of it: by name what is open, by number the rest."""

    group: Group
    items: Sequence[Item]
    href: str

    @property
    def more(self) -> int:
        return self.group.total - len(self.items)


@dataclass(frozen=True)
class Digest:
    """Everything a letter says to one person of one borough."""

    reader: Reader
    rhythm: str
    told: Sequence[Told]
    ahead: Sequence[Item]

    @property
    def things(self) -> int:
        return sum(each.group.total for each in self.told) + len(self.ahead)

    @property
    def subject(self) -> str:
        due = sum(each.group.total for each in self.told)
        what = f"{due} thing{'' if due == 1 else 's'} to do" if due else "the weeks ahead"
        return f"{settings.SERVICE_NAME}, {self.reader.borough}: {what}"

    @property
    def context(self) -> dict[str, Any]:
        slug = [self.reader.borough.slug]
        return {
            "digest": self,
            "borough": self.reader.borough,
            "person": self.reader.user,
            "site": settings.SITE_URL,
            "all": reverse("portal:waiting", args=slug),
            "change": reverse("portal:reminder-show", args=slug),
        }

    @property
    def text(self) -> str:
        return render_to_string("portal/email/reminder.txt", self.context)

    def message(self) -> EmailMultiAlternatives:
        letter = EmailMultiAlternatives(self.subject, self.text, None, [self.reader.user.email])
        letter.attach_alternative(
            render_to_string("portal/email/reminder.html", self.context), "text/html"
        )
        return letter


def digest_for(reader: Reader) -> Digest:
    """What somebody would be written now. Closed things are told by their number, never by their words."""
    groups = waiting_for(reader, most=FEW)
    page = reverse("portal:waiting", args=[reader.borough.slug])
    told = [Told(group, _open(group.items), f"{page}#{group.sort.key}") for group in to_do(groups)]
    theirs, own = rhythms_of(reader.borough, reader.user)
    return Digest(reader, in_words(own or theirs), told, _open(to_come(groups)))


def _open(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if not item.closed]


def next_day(rhythm: Rhythm | None, today: dt.date) -> dt.date | None:
    """The day of the next letter after today."""
    if rhythm is None or rhythm.every == Rhythm.Every.OFF:
        return None
    if rhythm.every == Rhythm.Every.WEEK:
        return today + dt.timedelta(days=(rhythm.day - 1 - today.weekday() - 1) % 7 + 1)
    later = today.replace(day=1) + dt.timedelta(days=32) if today.day >= rhythm.day else today
    return later.replace(day=rhythm.day)
