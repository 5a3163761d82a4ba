"""Who reads which paper: the one way to a paper's row."""

from uuid import UUID

from django.http import Http404

from boroughs.access import BoroughRequest, readable
from boroughs.models import Closure, PurgeQuerySet, PurgeRequest
from boroughs.roles import Perm

from .models import Paper, PaperQuerySet


def papers_for(request: BoroughRequest) -> PaperQuerySet:
    """The borough's papers that the visitor may read."""
    papers: PaperQuerySet = request.borough.papers.all()
    return readable(request, papers, Perm.READ_PAPERS)


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
