"""Papers: those a visitor may read, one by one, and keeping them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view, reader_view, reads_as_member
from boroughs.closure_policies import missing_from
from boroughs.forms import ClosureForm, done, filled
from boroughs.roles import Perm
from papers.access import (
    erased_papers,
    lines_of_others,
    paper_or_404,
    papers_for,
    readable_paper,
)
from papers.actions.papers import add_paper, change_paper, close_paper
from papers.actions.reading import note_reading
from papers.forms import AddForm, ChangeForm, FilterForm, remind_of_file
from papers.models import Paper
from papers.policies import NOT_SEALED, why_not_close
from papers.uploads import takes_files
from papers.uses import belongs_to

from .files import warn_of_people

PAGE = 50
ADDED_CLOSED = "The paper was added. It is closed: only the people on its access list can read it, and so far that is you alone."


@reader_view(Perm.READ_PAPERS, "GET", "HEAD")
def paper_list(request: BoroughRequest) -> HttpResponse:
    """What the visitor may read, and what is said in public of the rest."""
    form = FilterForm(request.GET, borough=request.borough)
    asked = {name: key for name, key in form.cleaned_data.items() if key} if form.is_valid() else {}
    meeting = asked.get("meeting")
    papers = papers_for(request).with_latest().filter(**asked)
    context = {
        "page": Paginator(papers, PAGE).get_page(request.GET.get("page")),
        "form": form,
        "meeting": meeting,
        "query": "".join(f"{name}={getattr(key, 'pk', key)}&" for name, key in asked.items()),
        "asked": asked,
        "lines": [] if asked else lines_of_others(request),
        "may_keep": Perm.KEEP_PAPERS in request.granted,
        "erased": [] if meeting else erased_papers(request),
    }
    return render(request, "papers/paper_list.html", context)


@takes_files
@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def paper_add(request: BoroughRequest) -> HttpResponse:
    """`?meeting=` chooses beforehand, and `?next=` is the page of the borough that the paper is wanted on."""
    proposed = {"meeting": request.GET.get("meeting")}
    form = filled(AddForm, request, proposed, borough=request.borough, files=request.FILES or None)
    back = _wanted_on(request)
    if typed_before(request):
        remind_of_file(form)
    if request.method == "POST" and done(form, lambda: _add(request, form)):
        messages.success(request, ADDED_CLOSED if form.closes() else "The paper was added.")
        warn_of_people(request, form.cleaned_data["file"])
        return redirect(back or reverse("papers:paper-list", args=[request.borough.slug]))
    return render(request, "papers/paper_add.html", {"form": form, "wanted_on": back})


def _wanted_on(request: BoroughRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if wanted.startswith(f"/{request.borough.slug}/") else ""


def _add(request: BoroughRequest, form: AddForm) -> None:
    asked = {name: form.cleaned_data[name] for name in ("title", "meeting", "file")}
    closing = form.said if form.closes() else None
    add_paper(borough=request.borough, closing=closing, by=request.user, **asked)


@reader_view(Perm.READ_PAPERS, "GET", "HEAD")
def paper(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """A closed paper's page stands in the trail as read; an erased one's shows its tombstone."""
    if not (found := readable_paper(request, pk)):
        return _erased(request, pk)
    if found.is_closed:
        note_reading(paper=found, by=request.user, as_member=reads_as_member(request))
    may_keep = Perm.KEEP_PAPERS in request.granted
    versions = list(found.versions.all())
    if may_keep:
        prefetch_related_objects(versions, "findings__cleared_by")
    context = {
        "paper": found,
        "not_sealed": NOT_SEALED if found.is_unsealed else "",
        "versions": versions,
        "belongs": belongs_to(request, found),
        "may_keep": may_keep,
        "missing": missing_from(found.closure.case) if found.is_closed and found.closure else [],
    }
    return render(request, "papers/paper.html", context)


def _erased(request: BoroughRequest, pk: UUID) -> HttpResponse:
    stones = list(erased_papers(request).filter(record=pk))
    if not stones:
        raise Http404
    return render(request, "papers/paper_erased.html", {"stones": stones})


@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def paper_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = paper_or_404(request, pk)
    form = filled(ChangeForm, request, ChangeForm.said_in(found), borough=request.borough)
    deed = lambda: change_paper(paper=found, by=request.user, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and done(form, deed):
        messages.success(request, "The paper was changed.")
        return redirect(found)
    if form.has_error(NON_FIELD_ERRORS):
        return _conflict(request, paper_or_404(request, pk), form)
    return render(request, "papers/paper_change.html", {"form": form, "paper": found})


def _conflict(request: BoroughRequest, now: Paper, form: ChangeForm) -> HttpResponse:
    """What was typed and what it says now; the next save counts as an answer to what is shown."""
    typed = {**form.data.dict(), "seen": str(now.version)}  # type: ignore[attr-defined]  # a QueryDict
    again = ChangeForm(typed, borough=request.borough)
    context = {"form": again, "paper": now, "meanwhile": True}
    return render(request, "papers/paper_change.html", context, status=409)


@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def paper_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = paper_or_404(request, pk)
    form = filled(ClosureForm, request, borough=request.borough)
    deed = lambda: close_paper(paper=found, by=request.user, **form.said)  # noqa: E731
    if request.method == "POST" and done(form, deed):
        messages.success(request, "The paper is closed. You are the only one on its access list.")
        if paper_or_404(request, pk).is_unsealed:
            messages.warning(request, NOT_SEALED)
        return redirect(found)
    context = {"form": form, "paper": found, "why_not": why_not_close(found)}
    return render(request, "papers/paper_close.html", context)
