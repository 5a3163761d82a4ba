"""Papers beside the records they belong to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from boroughs.access import BoroughRequest
from boroughs.beside import Beside, offer_beside

from .models.use import KINDS
from .uses import uses_seen


def papers_beside(
    request: BoroughRequest, kind: str, keys: Sequence[UUID]
) -> Mapping[UUID, list[Beside]]:
    """Those the visitor may read. That a closed paper belongs here is content: others learn nothing of it (docs/adr/0013)."""
    found: defaultdict[UUID, list[Beside]] = defaultdict(list)
    if kind not in KINDS:
        return found
    for use in uses_seen(request, kind, list(keys)):
        href = reverse("papers:paper", args=[request.borough.slug, use.paper_id])
        found[getattr(use, f"{kind}_id")].append(
            Beside(use.paper.title, href, closed=use.paper.is_closed)
        )
    return found


offer_beside(papers_beside)
