"""Papers that wait for somebody."""

from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm, closed_by

from .models import PaperFinding, PaperVersion

HIDDEN = Sort(
    "paper-findings",
    "Papers with something hidden in the file",
    "papers:paper",
    when=When.ASKED,
    say=lambda title, number: f"{title}: {number} finding{'s' if number > 1 else ''} to clear",
)
SORTS = (HIDDEN,)


def arms(reader: Reader, most: int) -> list[Rows]:
    if Perm.KEEP_PAPERS not in reader.granted:
        return []
    newest = PaperVersion.objects.filter(paper=OuterRef("pk")).order_by("-number")
    readable = reader.borough.papers.visible_to(reader.user)
    found = readable.annotate(newest=Subquery(newest.values("pk")[:1]), hidden=_hidden())
    hidden = found.filter(hidden__gt=0)
    said: dict[str, Any] = {"title": "title", "number": F("hidden"), "closed": closed_by("closure")}
    return [arm(HIDDEN, hidden, most=most, **said)]


def _hidden() -> Coalesce:
    """How many kinds of thing in the newest file nobody has cleared."""
    left = PaperFinding.objects.filter(version=OuterRef("newest"), cleared_at=None)
    counted = left.order_by().values("version").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
