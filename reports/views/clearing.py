"""The clearing officer's side: the reports sent to them, their section, and nothing else of the borough."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.roles import Perm
from reports.access import report_or_404
from reports.actions.clearing import return_section, verify
from reports.clearing import Entry, sent_to, standing_of, why_not_answer, why_not_verify
from reports.closed import closed_in
from reports.forms import CommentForm, ReturnForm, VerifyForm
from reports.models import Clearance
from reports.places import Place
from reports.rendering import section_of, web_of
from reports.snapshot import snapshot_of
from reports.talking import threads_on, why_not_comment

from .clearance import answered, commented
from .section import (
    Writing,
    begun_with,
    history_of,
    is_closed,
    place_or_404,
    preview_of,
    text_of,
)


def _found(request: BoroughRequest, pk: UUID) -> tuple[Clearance, Place]:
    """Something sent to the visitor: what was sent to others is not there, nor what was taken back."""
    rows = sent_to(request.user, request.borough)
    found = get_object_or_404(rows.select_related("asked_by"), pk=pk)
    found.report, found.asked_of = report_or_404(request, found.report_id), request.user
    return found, place_or_404(found.report, found.key)


def _entry(found: Clearance) -> Entry:
    return Entry(found, found.pk in standing_of([found.report]))


@borough_view(Perm.CLEAR)
def clear_list(request: BoroughRequest) -> HttpResponse:
    """What waits first, then what was answered."""
    rows = sent_to(request.user, request.borough)
    sent = list(rows.select_related("report__style", "report__meeting__committee"))
    standing = standing_of({row.report for row in sent})
    lines = [(Entry(row, row.pk in standing), place_or_404(row.report, row.key)) for row in sent]
    for row in sent:
        row.report.borough = request.borough
    waiting = [line for line in lines if line[0].clearance.state == Clearance.State.ASKED]
    context = {"waiting": waiting, "answered": [line for line in lines if line not in waiting]}
    return render(request, "reports/clear_list.html", context)


@borough_view(Perm.CLEAR, "GET", "HEAD", "POST")
def clear_section(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Writing it, as the coordinator does. Of a closed one they learn that it is closed and whom to ask."""
    found, place = _found(request, pk)
    if _is_hidden(request, found, place):
        return render(request, "reports/clear_closed.html", {"clearance": found, "place": place})
    writing = Writing(request, found.report, place, **begun_with(request, place))
    why_not = why_not_answer(found)
    if not why_not and writing.saved():
        name = "clear-verify" if request.POST.get("then") == "verify" else "clear-section"
        return redirect(f"reports:{name}", request.borough.slug, found.pk)
    return writing.page(
        "reports/clear_section.html",
        clearance=found,
        entry=_entry(found),
        why_not=why_not,
        threads=threads_on(found.report, request.user, found.key, ""),
        comment_form=CommentForm(auto_id="comment-%s"),
    )


def _is_hidden(request: BoroughRequest, found: Clearance, place: Place) -> bool:
    closed = {one.key for one in closed_in(found.report) if one.part == "section"}
    return place.key in closed and not text_of(request, found.report, place).version


@borough_view(Perm.CLEAR, "POST")
def clear_preview(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found, place = _found(request, pk)
    return preview_of(request, found.report, place)


@borough_view(Perm.CLEAR)
def clear_history(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found, place = _found(request, pk)
    return history_of(request, found.report, place, back=found.get_absolute_url())


@borough_view(Perm.CLEAR)
def clear_paper(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The whole report as it stands for the public: what is closed in it is not there."""
    found, _ = _found(request, pk)
    context = {
        "report": found.report,
        "clearance": found,
        "paper": web_of(snapshot_of(found.report)),
    }
    return render(request, "reports/clear_paper.html", context)


@borough_view(Perm.CLEAR, "GET", "HEAD", "POST")
def clear_verify(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The text once more, and name and post as they are printed."""
    found, place = _found(request, pk)
    text = text_of(request, found.report, place)
    given = {"name": request.user.name, "post": request.user.post or found.post}
    form = filled(VerifyForm, request, given | {"seen": text.version})
    if request.method == "POST" and done(
        form, lambda: verify(clearance=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{place.name}: verified.")
        return redirect("reports:clear-list", request.borough.slug)
    if request.method == "POST":  # what is shown now is what would be verified
        form.data = {**request.POST.dict(), "seen": str(text.version)}
    known = text if text.version else None
    context = {
        "form": form,
        "clearance": found,
        "place": place,
        "text": text,
        "printed": "" if is_closed(text) else section_of(snapshot_of(found.report), place.key),
        "why_not": why_not_verify(found, known, text.version),
    }
    return render(request, "reports/clear_verify.html", context)


@borough_view(Perm.CLEAR, "GET", "HEAD", "POST")
def clear_return(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found, place = _found(request, pk)
    form = filled(ReturnForm, request)
    if request.method == "POST" and done(
        form, lambda: return_section(clearance=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"{place.name}: returned with your comment.")
        return redirect("reports:clear-list", request.borough.slug)
    why_not = why_not_answer(found) or why_not_comment(found.report, found.key, request.user)
    context = {"form": form, "clearance": found, "place": place, "why_not": why_not}
    return render(request, "reports/clear_return.html", context)


@borough_view(Perm.CLEAR, "GET", "HEAD", "POST")
def clear_comment(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Beside their section, or in answer to a comment (`?to=`)."""
    found, place = _found(request, pk)
    reply_to = answered(request, found.report)
    form = filled(CommentForm, request)
    if request.method == "POST" and commented(request, form, found.report, found.key, reply_to):
        return redirect(found)
    context = {
        "form": form,
        "report": found.report,
        "clearance": found,
        "place": place,
        "reply_to": reply_to,
        "threads": threads_on(found.report, request.user, found.key, ""),
        "named": True,
        "why_not": why_not_comment(found.report, found.key, request.user),
        "back": reverse("reports:clear-section", args=[request.borough.slug, found.pk]),
    }
    return render(request, "reports/comment_list.html", context)
