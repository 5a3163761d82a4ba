"""Ratings that wait for somebody."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm

from .models import Rating

QUARTER = dt.timedelta(days=92)  # a period is expected to be rated within so long of the last

BLANK = Sort(
    "ratings-blank",
    "Ratings to give",
    "toolkit:assessment",
    when=When.ENDED,
    say=lambda title, number: f"{title}: {number} benchmark{'s' if number > 1 else ''} not rated",
)
PERIOD = Sort(
    "ratings-period",
    "Ratings due",
    "toolkit:assessment-open",
    (),
    When.ENDED,
    lambda title, _: f"{title}: the last period rated is over for a quarter. Open the next",
)
SORTS = (PERIOD, BLANK)


def arms(reader: Reader, most: int) -> list[Rows]:
    if Perm.RATE not in reader.granted:
        return []
    rated = reader.borough.assessments.in_lines()
    later = rated.filter(ends_on__gt=OuterRef("ends_on"))
    newest = rated.filter(~Exists(later), ends_on__lt=reader.today - QUARTER)
    blank = rated.last_of_line().annotate(blank=_blank()).filter(blank__gt=0)
    said: dict[str, Any] = {"title": "version__title", "due": "ends_on", "most": most}
    return [arm(PERIOD, newest, **said), arm(BLANK, blank, number=F("blank"), **said)]


def _blank() -> Coalesce:
    """How many benchmarks have no word yet."""
    blank = Rating.objects.filter(Q(level=None, standing=""), assessment=OuterRef("pk"))
    counted = blank.order_by().values("assessment").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
