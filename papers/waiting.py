"""Papers that wait for somebody."""

from typing import Any

from django.db.models import Count, Exists, OuterRef

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm, closed_by

from .models import PaperVersion

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
    left = _newest(reader).filter(findings__isnull=False, findings__cleared_at=None)
    said: dict[str, Any] = {"title": "paper__title", "closed": closed_by("paper__closure")}
    return [arm(HIDDEN, left, key="paper", number=Count("findings"), most=most, **said)]


def _newest(reader: Reader) -> Rows:
    """The newest version of each paper the reader may see."""
    later = PaperVersion.objects.filter(paper=OuterRef("paper"), number__gt=OuterRef("number"))
    versions = PaperVersion.objects.filter(reader.may_see("paper__"), paper__borough=reader.borough)
    return versions.filter(~Exists(later))
