"""What waits for somebody, the same shape from every floor: the roof makes one statement of it, a page and a letter.

A floor's `waiting(reader)` answers with arms: querysets made by `arm`, all with the same columns.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models import When as CaseWhen
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, RowNumber
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from boroughs.models import Borough, open_to
from boroughs.policies import day

LONGEST = 140  # letters of what a person typed, on a line of a list
COLUMNS = ("w_sort", "w_key", "w_under", "w_title", "w_due", "w_number", "w_closed", "w_total")
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Reader:
    """Somebody behind the door of a borough, on a day."""

    user: User
    borough: Borough
    granted: frozenset[str]
    today: dt.date
    listed: Collection[UUID] = ()  # closures on whose access list they stand

    def may_see(self, at: str = "") -> Q:
        """Rows with a closure at the end of the path: as `visible_to`, which would ask for the lists in every arm."""
        return open_to(self.user, listed=self.listed, at=at)


class When(Enum):
    """How the day of a thing is told: what comes before it, what follows when it is past, and to come."""

    DUE = ("Due on", "{} late", "in {}")
    REVIEW = ("To be reviewed on", "{} late", "in {}")
    ENDS = ("Ends on", "{} ago", "in {}")
    ENDED = ("Ended on", "{} ago", "in {}")
    SINCE = ("No news since", "for {}", "")
    ASKED = ("Asked on", "{} ago", "")
    ON = ("On", "{} ago", "in {}")

    def told(self, due: dt.date | None, today: dt.date) -> str:
        if due is None:
            return "No day of review is set" if self is When.REVIEW else "No day is set"
        return f"{self.value[0]} {day(due)}, {self.span(due, today)}"

    def span(self, due: dt.date, today: dt.date) -> str:
        if due == today:
            return "today"
        _, past, ahead = self.value
        return str(past if due < today else ahead).format(in_words(abs((today - due).days)))


@dataclass(frozen=True)
class Sort:
    """A sort of thing that waits: what its group is called, where it is done, and how a line of it reads."""

    key: str
    heading: str
    route: str
    args: tuple[str, ...] = ("key",)  # of the address, after the borough: "key" and "under"
    when: When = When.DUE
    say: Callable[[str, int], str] = lambda title, number: title
    ahead: bool = False  # to come, and nothing to do yet


@dataclass(frozen=True)
class Item:
    """One thing that waits."""

    sort: Sort
    words: str
    href: str
    due: dt.date | None
    today: dt.date
    closed: bool  # its words are for a page behind the door, never for a letter

    @property
    def told(self) -> str:
        return self.sort.when.told(self.due, self.today)

    @property
    def span(self) -> str:
        return self.sort.when.span(self.due, self.today) if self.due else ""

    @property
    def late(self) -> bool:
        owed = self.sort.when in {When.DUE, When.REVIEW}
        return owed and self.due is not None and self.due < self.today


@dataclass(frozen=True)
class Group:
    """The first of a sort, and how many there are of it."""

    sort: Sort
    items: Sequence[Item]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.items)


def in_words(days: int) -> str:
    """How long that is, as one says it: days to a fortnight, then weeks, months and years."""
    for length, unit in ((730, 365), (90, 30), (14, 7)):
        if days >= length:
            return _many(days // unit, {365: "year", 30: "month", 7: "week"}[unit])
    return _many(days, "day")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# -- Arms ----------------------------------------------------------------------------------------------
OPEN = Value(False, output_field=BooleanField())
CLOSED = Value(True, output_field=BooleanField())


def closed_by(closure: str) -> Combinable:
    """Whether the closure at the end of this path is in force."""
    in_force = Q(**{f"{closure}__isnull": False, f"{closure}__released_at": None})
    return ExpressionWrapper(in_force, output_field=BooleanField())


def arm(
    sort: Sort,
    rows: Rows,
    *,
    most: int,
    key: str = "pk",
    title: str | Combinable = "",
    due: str | Combinable | None = None,
    under: str = "",
    number: Combinable | None = None,
    closed: Combinable = OPEN,
) -> Rows:
    """The first `most` of the rows by their day, those without one last, each with how many there are."""
    named = rows.annotate(
        w_sort=Value(sort.key, output_field=TextField()),
        w_key=_text(F(key)),
        w_under=_text(F(under) if under else Value("")),
        w_title=_text(F(title) if isinstance(title, str) and title else title or Value("")),
        w_due=Cast(F(due) if isinstance(due, str) else due or Value(None), DateField()),
        w_number=Cast(number or Value(0), IntegerField()),
        w_closed=closed,
        w_total=Window(Count("*")),
    )
    named = named.order_by(F("w_due").asc(nulls_last=True), "pk")
    first: Rows = named.values_list(*COLUMNS)[:most]
    return first


def fan(
    rows: Rows,
    *cases: tuple[Sort, Q, str],
    most: int,
    title: str | Combinable,
    under: str = "",
    closed: Combinable = OPEN,
) -> Rows:
    """One arm for several sorts of the same rows, each (sort, condition, day): a row is of the first that fits.

    Every sort comes with its first `most` at least; those with fewer leave room to others.
    """
    wanted = reduce(or_, (condition for _, condition, _ in cases))
    kind = Case(
        *(CaseWhen(condition, then=Value(sort.key)) for sort, condition, _ in cases),
        output_field=TextField(),
    )
    day_of = Case(
        *(CaseWhen(condition, then=F(due)) for _, condition, due in cases),
        output_field=DateField(),
    )
    named = rows.filter(wanted).annotate(
        w_sort=kind,
        w_key=_text(F("pk")),
        w_under=_text(F(under) if under else Value("")),
        w_title=_text(F(title) if isinstance(title, str) else title),
        w_due=day_of,
        w_number=Value(0, output_field=IntegerField()),
        w_closed=closed,
        w_total=Window(Count("*"), partition_by=[kind]),
    )
    first = F("w_due").asc(nulls_last=True)
    place = Window(RowNumber(), partition_by=[kind], order_by=[first, F("pk").asc()])
    found: Rows = named.order_by(place, first, "pk").values_list(*COLUMNS)[: most * len(cases)]
    return found


def _text(value: Any) -> Cast:
    return Cast(value, TextField())


def item(row: Sequence[Any], sort: Sort, reader: Reader) -> Item:
    """A row of the statement as a line of the page."""
    _, key, under, title, due, number, closed, _ = row
    parts = {"key": key, "under": under}
    href = reverse(sort.route, args=[reader.borough.slug, *(parts[name] for name in sort.args)])
    words = Truncator(sort.say(title, number)).chars(LONGEST)
    return Item(sort, " ".join(words.split()), href, due, reader.today, closed)
