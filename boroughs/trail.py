"""The trail as people read it: which events, and each as a sentence. The sentences are in `deeds`."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from audit.models import Event, EventQuerySet, Outcome

from .deeds import DEEDS, NOBODY, OPERATOR, PAGES, SENTENCES, WORDS, Kind, deeds_of
from .models import Borough, Committee
from .policies import day
from .roles import Perm, Role

PER_PAGE = 50
PERSON, COMMITTEE = "accounts.user", "boroughs.committee"
PEOPLE_FACTS = ("person", "invited_by")
PART = re.compile(r"\[([^\[\]]*)\]")
NAME = re.compile(r"\{(\w+)\}")
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?")


@dataclass(frozen=True)
class Line:
    """One event as it is read."""

    event: Event
    who: str
    said: str
    href: str = ""

    @property
    def outcome(self) -> str:
        """Said only when it was not done."""
        return "" if self.event.outcome == Outcome.DONE else self.event.get_outcome_display()

    @property
    def place(self) -> int | None:
        """Its place in the chain."""
        link = getattr(self.event, "link", None)
        return link.seq if link else None

    @property
    def hash(self) -> str:
        link = getattr(self.event, "link", None)
        return link.hash if link else ""


# -- Which events -----------------------------------------------------------------------------------
def trail_of(borough: Borough, granted: frozenset[str]) -> EventQuerySet:
    """The borough's events, newest first; members' reading only for those who may see it."""
    events = Event.objects.filter(borough_id=borough.pk).newest_first()
    return events if Perm.READ_READING in granted else events.filter(members_reading=False)


def trail_of_the_portal() -> EventQuerySet:
    """What belongs to no borough."""
    return Event.objects.filter(borough_id=None).newest_first()


def chosen(events: EventQuerySet, wanted: Mapping[str, Any]) -> EventQuerySet:
    """The events that answer the filter's form."""
    if person := wanted.get("person"):
        events = events.filter(Q(actor_id=person.pk) | Q(subject=f"{PERSON}:{person.pk}"))
    if kind := wanted.get("kind"):
        events = events.filter(deed__in=deeds_of(kind))
    if outcome := wanted.get("outcome"):
        events = events.filter(outcome=outcome)
    if since := wanted.get("since"):
        events = events.filter(at__gte=start_of(since))
    if until := wanted.get("until"):
        events = events.filter(at__lt=start_of(until + dt.timedelta(days=1)))
    return events


def start_of(date: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(date, dt.time()))


def older_than(events: EventQuerySet, mark: str) -> EventQuerySet:
    """The events after the mark that the page before ended with; all of them when there is none."""
    moment, _, key = mark.partition("~")
    try:
        at, pk = parse_datetime(moment), UUID(key)
    except ValueError:
        return events
    return events.before(at, pk) if at and timezone.is_aware(at) else events


def mark_of(event: Event) -> str:
    return f"{event.at.isoformat()}~{event.pk}"


# -- As sentences -------------------------------------------------------------------------------------
def lines_of(
    events: Iterable[Event],
    borough: Borough | None = None,
    granted: frozenset[str] = frozenset(),
) -> list[Line]:
    """Each event with its people and committees by name; two queries however many there are."""
    rows = list(events)
    people = User.objects.in_bulk({pk for event in rows for pk in _people_in(event)})
    committees = Committee.objects.in_bulk({pk for event in rows for pk in _committees_in(event)})
    names = Names(
        {str(pk): str(person) for pk, person in people.items()},
        {str(pk): str(committee) for pk, committee in committees.items()},
    )
    return [
        Line(
            event,
            names.who(event),
            names.sentence(event),
            _page_of(event, borough, granted) if borough else "",
        )
        for event in rows
    ]


def _people_in(event: Event) -> set[int]:
    kind, _, key = event.subject.partition(":")
    found = [event.actor_id, *(event.facts.get(name) for name in PEOPLE_FACTS)]
    found += [key] if kind == PERSON else []
    return {int(pk) for pk in found if str(pk).isdigit()}


def _committees_in(event: Event) -> set[UUID]:
    kind, _, key = event.subject.partition(":")
    found = [key if kind == COMMITTEE else "", event.facts.get("committee", "")]
    return {UUID(str(pk)) for pk in found if pk}


@dataclass(frozen=True)
class Names:
    """The words for what an event holds by key."""

    people: Mapping[str, str]
    committees: Mapping[str, str]

    def who(self, event: Event) -> str:
        nobody = NOBODY if event.deed in SENTENCES[Kind.SIGNING_IN] else OPERATOR
        return self.people.get(str(event.actor_id), "") or nobody

    def sentence(self, event: Event) -> str:
        """The deed in plain English; one that has no sentence yet by its own name."""
        words = {name: self._words(name, value) for name, value in event.facts.items()}
        words["subject"] = self._subject(event)

        def part(found: re.Match[str]) -> str:
            return found[1] if all(words.get(name) for name in NAME.findall(found[1])) else ""

        template = DEEDS.get(event.deed) or event.deed.replace(".", " ").replace("-", " ")
        kept = PART.sub(part, template)
        return NAME.sub(lambda found: words.get(found[1]) or "(not known)", kept)

    def _subject(self, event: Event) -> str:
        kind, _, key = event.subject.partition(":")
        named = {PERSON: self.people, COMMITTEE: self.committees}.get(kind, {})
        return named.get(key, "")

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._words(name, each) for each in value)
        if name in PEOPLE_FACTS:
            return self.people.get(str(value), "")
        if name == "committee":
            return self.committees.get(str(value), "")
        return plain(name, "" if value is None else str(value))


def plain(name: str, value: str) -> str:
    """A key, choice or date as it is read."""
    if name == "role" and value in Role.values:
        return Role(value).label.lower()
    if name in WORDS:
        return WORDS[name].get(value, value)
    if name == "route":
        value = value.rpartition(":")[2]
    if found := ISO_DAY.fullmatch(value):
        return day(dt.date.fromisoformat(found[1]))
    return value.replace("_", " ").replace("-", " ")


def _page_of(event: Event, borough: Borough, granted: frozenset[str]) -> str:
    """The address of what it is about, for those whose role opens that page."""
    kind, _, key = event.subject.partition(":")
    if kind not in PAGES:
        return ""
    try:
        path = reverse(PAGES[kind], args=[borough.slug, key])
    except NoReverseMatch:
        return ""
    return path if getattr(resolve(path).func, "access", None) in granted else ""
