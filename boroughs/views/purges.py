"""Asking for an erasure, and the second person's decision."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.actions.purges import ask_to_erase, erase, refuse_to_erase, withdraw
from boroughs.forms import AskToEraseForm, DecideForm, done, filled
from boroughs.models import PurgeQuerySet, PurgeRequest
from boroughs.policies import Refused
from boroughs.purge_policies import why_not_decide, why_not_withdraw
from boroughs.purging import KINDS, Erasable, counts_of, in_words, pieces_of
from boroughs.roles import Perm


def requests_of(request: BoroughRequest) -> PurgeQuerySet:
    found = request.borough.purges.shown_to(request.user, keeps=Perm.ERASE in request.granted)
    return found.select_related("asked_by", "decided_by", "borough")


def found_by(request: BoroughRequest, kind: str, record: UUID) -> Erasable | None:
    """The record, when the visitor may read it."""
    if kind not in KINDS:
        return None
    return KINDS[kind].find(request.borough, request.user, request.granted, record)


@borough_view(Perm.SEE_ERASURES)
def purge_list(request: BoroughRequest) -> HttpResponse:
    waiting = [{"request": r, "label": KINDS[r.kind].label} for r in requests_of(request).waiting()]
    decided = requests_of(request).exclude(state=PurgeRequest.State.ASKED).order_by("-decided_at")
    page = Paginator(decided, 20).get_page(request.GET.get("page"))
    rows = [{"request": r, "label": KINDS[r.kind].label} for r in page]
    context = {"waiting": waiting, "rows": rows, "page": page}
    return render(request, "boroughs/purge_list.html", context)


@borough_view(Perm.ASK_TO_ERASE, "GET", "HEAD", "POST")
def purge_ask(request: BoroughRequest, kind: str, record: UUID) -> HttpResponse:
    found = found_by(request, kind, record)
    if found is None:
        raise Http404
    part = request.GET.get("part", "")
    form = filled(AskToEraseForm, request, {"part": part}, record=found)
    if request.method == "POST" and done(
        form,
        lambda: ask_to_erase(
            borough=request.borough,
            kind=kind,
            record_id=record,
            closure=found.closure,
            by=request.user,
            **form.cleaned_data,
        ),
    ):
        messages.success(request, "The request waits for a second person. Nothing is erased yet.")
        return redirect("boroughs:purge-list", request.borough.slug)
    return render(request, "boroughs/purge_ask.html", {"form": form, "record": found})


@borough_view(Perm.SEE_ERASURES)
def purge_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A request, or the tombstone it became."""
    found = get_object_or_404(requests_of(request), pk=pk)
    may_decide = Perm.ERASE in request.granted and not why_not_decide(found, by=request.user)
    return render(
        request, "boroughs/purge_show.html", about(request, found) | {"may_decide": may_decide}
    )


def about(request: BoroughRequest, found: PurgeRequest) -> dict[str, object]:
    """What the request is about: the title for those who may read the record, kind and counts for the others."""
    waits = found.state == PurgeRequest.State.ASKED
    record = found_by(request, found.kind, found.record) if waits else None
    part_of_it = Perm.ERASE in request.granted or found.asked_by == request.user
    counts = found.counts
    if waits and part_of_it:
        counts = counts_of(pieces_of(found, really=False))
    return {
        "asked": found,
        "label": KINDS[found.kind].label,
        "record": record,
        "part": record.parts.get(found.part, "") if record else "",
        "counts": in_words(counts) if part_of_it or not waits else "Shown to the two people",
        "may_withdraw": not why_not_withdraw(found, by=request.user),
    }


@borough_view(Perm.ERASE, "GET", "HEAD", "POST")
def purge_decide(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(requests_of(request), pk=pk)
    form = filled(DecideForm, request)
    if request.method == "POST" and done(form, lambda: decide(request, found, form)):
        erased = found.state == PurgeRequest.State.DONE
        messages.success(request, "Erased for good." if erased else "Refused. Nothing was erased.")
        return redirect(found)
    why = why_not_decide(found, by=request.user)
    context = about(request, found) | {"form": form, "why_not": why}
    return render(request, "boroughs/purge_decide.html", context)


def decide(request: BoroughRequest, found: PurgeRequest, form: DecideForm) -> None:
    if form.cleaned_data["decision"] == "erase":
        erase(request=found, by=request.user)
    else:
        refuse_to_erase(request=found, reason=form.cleaned_data["answer"], by=request.user)


@borough_view(Perm.ASK_TO_ERASE, "GET", "HEAD", "POST")
def purge_withdraw(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(requests_of(request), pk=pk)
    if request.method == "POST":
        try:
            withdraw(request=found, by=request.user)
            messages.success(request, "The request is withdrawn. Nothing was erased.")
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect(found)
