"""Who reads which paper: the door for readers, and the one way to a paper's row."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase

from boroughs.access import BoroughRequest, BoroughView, NotYourRole, borough_view
from boroughs.models import Closure, PurgeQuerySet, PurgeRequest
from boroughs.roles import Perm

from .models import Paper, PaperQuerySet


def reader_view(*methods: str) -> Callable[[Callable[..., HttpResponseBase]], BoroughView]:
    """Let in who may read the borough's papers, and besides them everybody on the list of something closed there."""

    def decorate(view: Callable[..., HttpResponseBase]) -> BoroughView:
        @borough_view(Perm.ENTER, *methods)
        @wraps(view)
        def door(request: BoroughRequest, **kwargs: Any) -> HttpResponse:
            if Perm.READ_PAPERS not in request.granted and not request.listed:
                raise NotYourRole(Perm.READ_PAPERS, request.borough)
            return cast("HttpResponse", view(request, **kwargs))

        door.access = Perm.READ_PAPERS
        return door

    return decorate


def papers_for(request: BoroughRequest) -> PaperQuerySet:
    """The borough's papers that the visitor may read."""
    papers: PaperQuerySet = request.borough.papers.all()
    if Perm.READ_PAPERS not in request.granted:
        return papers.closed_for(request.user)
    return papers.visible_to(request.user)


def paper_or_404(request: BoroughRequest, pk: UUID) -> Paper:
    """A paper that may not be read is no more there than one that does not exist."""
    if paper := readable_paper(request, pk):
        return paper
    raise Http404


def readable_paper(request: BoroughRequest, pk: UUID) -> Paper | None:
    paper = papers_for(request).with_latest().filter(pk=pk).first()
    if paper:
        paper.borough = request.borough
    return paper


def erased_papers(request: BoroughRequest) -> PurgeQuerySet:
    """The tombstones of papers that the visitor could have read."""
    stones = PurgeRequest.objects.filter(borough=request.borough, kind="paper", part="")
    stones = stones.tombstones().select_related("asked_by", "decided_by")
    if Perm.READ_PAPERS not in request.granted:
        return stones.none()
    return stones.visible_to(request.user)


def lines_of_others(request: BoroughRequest) -> list[str]:
    """What the public is told of closed records that the visitor may not read."""
    mine = Closure.objects.listing(request.user)
    said = request.borough.closures.in_force().said_in_public().exclude(pk__in=mine.values("pk"))
    return list(said.values_list("public_line", flat=True))
