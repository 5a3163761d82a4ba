"""The records that papers belong to, and the links between them, as a visitor may see them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from boroughs.access import BoroughRequest
from boroughs.roles import Perm

from .models import Paper, PaperQuerySet, PaperUse
from .models.use import KINDS


@dataclass(frozen=True)
class Record:
    """Where a kind of record is found among those the visitor may see, the page it has, and whom that lets in."""

    rows: Callable[[BoroughRequest], QuerySet[Any]]
    page: str
    perm: Perm


RECORDS: dict[str, Record] = {
    "strategy": Record(
        lambda request: request.borough.strategies.visible_to(request.user),
        "boroughs:strategy-show",
        Perm.READ_PLAN,
    ),
    "board": Record(
        lambda request: request.borough.committees.boards(),
        "boroughs:board-show",
        Perm.READ_RECORD,
    ),
    "policy": Record(
        lambda request: request.borough.policies.all(), "boroughs:policy-show", Perm.READ_RECORD
    ),
    "impact": Record(
        lambda request: request.borough.impact_assessments.all(),
        "boroughs:impact-show",
        Perm.READ_RECORD,
    ),
}


def record_or_404(request: BoroughRequest, kind: str, key: UUID) -> Any:
    """The strategy, board, policy or assessment; one that may not be seen is not there."""
    if kind not in RECORDS:
        raise Http404
    found = RECORDS[kind].rows(request).filter(pk=key).first()
    if found is None:
        raise Http404
    found.borough = request.borough
    return found


def papers_seen(request: BoroughRequest) -> PaperQuerySet:
    """The papers the visitor may read, on whatever page: by their role, or by the list of a closed one."""
    papers: PaperQuerySet = request.borough.papers.all()
    if Perm.READ_PAPERS in request.granted:
        return papers.visible_to(request.user)
    return papers.closed_for(request.user)


def uses_seen(request: BoroughRequest, kind: str, keys: list[UUID]) -> QuerySet[PaperUse]:
    """The links of such records to papers that the visitor may read."""
    rows = PaperUse.objects.filter(paper__in=papers_seen(request), **{f"{kind}__in": keys})
    return rows.select_related("paper__closure")


def belongs_to(request: BoroughRequest, paper: Paper) -> list[tuple[str, str, str]]:
    """What it is, of which record, and that record's page: as far as the visitor may open it."""
    found: list[tuple[str, str, str]] = []
    uses = list(paper.uses.all())
    for kind, record in RECORDS.items():
        keys = [getattr(use, f"{kind}_id") for use in uses if use.kind == kind]
        if keys and record.perm in request.granted:
            found += [
                (KINDS[kind], str(row), reverse(record.page, args=[request.borough.slug, row.pk]))
                for row in record.rows(request).filter(pk__in=keys)
            ]
    return found
