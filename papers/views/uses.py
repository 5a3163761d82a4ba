"""Which papers belong to a strategy, a board, a policy or an assessment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.forms import done, filled
from boroughs.roles import Perm
from papers.actions.uses import link_paper, unlink_paper
from papers.forms import UseForm
from papers.models.use import KINDS
from papers.uses import RECORDS, papers_seen, record_or_404, uses_seen


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def use_change(request: BoroughRequest, kind: str, record: UUID) -> HttpResponse:
    """Those linked already, each with a button to take it away, and one more to link."""
    found = record_or_404(request, kind, record)
    uses = list(uses_seen(request, kind, [record]))
    papers = papers_seen(request).exclude(pk__in=[use.paper_id for use in uses])
    form = filled(UseForm, request, papers=papers)

    def link() -> None:
        link_paper(paper=form.cleaned_data["paper"], kind=kind, to=found, by=request.user)

    if request.method == "POST" and done(form, link):
        messages.success(request, "The paper was linked.")
        return redirect("papers:use-change", request.borough.slug, kind, record)
    context = {
        "form": form,
        "uses": uses,
        "record": found,
        "kind": kind,
        "name": KINDS[kind],
        "page": RECORDS[kind].page,
    }
    return render(request, "papers/use_change.html", context)


@borough_view(Perm.KEEP_RECORD, "POST")
def use_remove(request: BoroughRequest, kind: str, record: UUID, pk: UUID) -> HttpResponse:
    record_or_404(request, kind, record)
    use = get_object_or_404(uses_seen(request, kind, [record]).select_related("paper"), pk=pk)
    unlink_paper(use=use, by=request.user)
    messages.success(request, "The link was taken away. The paper stays under Papers.")
    return redirect("papers:use-change", request.borough.slug, kind, record)
