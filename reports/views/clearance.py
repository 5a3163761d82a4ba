"""The coordinator's side of clearance, and comments to colleagues."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.access import report_or_404
from reports.actions.clearing import ask_to_clear, remind, take_back
from reports.actions.comments import add_comment, resolve_comment
from reports.clearing import (
    clearable,
    current,
    officers_of,
    post_for,
    trail_of,
    why_not_send,
)
from reports.closed import closed_in
from reports.forms import CommentForm, SendForm
from reports.models import Clearance, Report, ReportComment
from reports.places import Place
from reports.talking import threads_on, why_not_comment

from .section import place_or_404


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def clearance_send(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Those sections that are usually cleared, and the one that `?section=` names."""
    report = report_or_404(request, pk)
    now = current(trail_of(report))
    places = _to_send(report, {request.GET.get("section", ""), *now})
    officers = officers_of(request.borough)
    form = filled(SendForm, request, places=places, officers=officers)
    if request.method == "POST" and done(
        form,
        lambda: ask_to_clear(
            report=report, asked=form.asked(), due_on=form.cleaned_data["due_on"], by=request.user
        ),
    ):
        messages.success(request, "Sent. Each of them gets an e-mail that leads here.")
        _tell_of_closed(request, report, {one.key for one in form.asked()})
        return redirect(report)
    context = {
        "form": form,
        "report": report,
        "officers": officers,
        "now": [entry for rows in now.values() for entry in rows],
        "why_not": why_not_send(report),
    }
    return render(request, "reports/clearance_send.html", context)


def _to_send(report: Report, named: set[str]) -> list[Place]:
    places = clearable(report)
    return [one for one in places if post_for(one) or one.group or one.key in named]


def _tell_of_closed(request: BoroughRequest, report: Report, sent: set[str]) -> None:
    """The lists are the lead's to keep, and a list says nothing to who is not on it."""
    closed = {one.key for one in closed_in(report) if one.part == "section"} & sent
    for place in (one for one in clearable(report) if one.key in closed):
        said = f"“{place.name}” is closed. A lead puts whoever clears it on its access list; until then they cannot read it."
        messages.warning(request, said)


def _sent(request: BoroughRequest, pk: UUID, clearance: UUID) -> Clearance:
    report = report_or_404(request, pk)
    found = get_object_or_404(report.clearances.select_related("asked_of"), pk=clearance)
    found.report = report
    return found


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def clearance_remind(request: BoroughRequest, pk: UUID, clearance: UUID) -> HttpResponse:
    found = _sent(request, pk, clearance)
    if request.method == "POST":
        try:
            remind(clearance=found, by=request.user)
            messages.success(request, f"{found.asked_of} gets another e-mail.")
        except Refused as why:
            messages.error(request, str(why))
    return redirect(found.report)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def clearance_take_back(request: BoroughRequest, pk: UUID, clearance: UUID) -> HttpResponse:
    found = _sent(request, pk, clearance)
    if request.method == "POST":
        try:
            take_back(clearance=found, by=request.user)
            messages.success(request, f"The section is not with {found.asked_of} any more.")
        except Refused as why:
            messages.error(request, str(why))
    return redirect(found.report)


# -- Comments -----------------------------------------------------------------------------------------
@borough_view(Perm.READ_DRAFTS, "GET", "HEAD", "POST")
def comment_list(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """All of them; `?section=` writes beside a section, `?to=` answers."""
    report = report_or_404(request, pk)
    key = request.GET.get("section", "")
    place = place_or_404(report, key) if key else None
    reply_to = answered(request, report)
    form = filled(CommentForm, request)
    if request.method == "POST" and commented(request, form, report, key, reply_to):
        return redirect(_beside(request, report, reply_to.key if reply_to else key))
    context = {
        "form": form,
        "report": report,
        "place": place,
        "reply_to": reply_to,
        "threads": threads_on(report, request.user),
        "named": True,
        "why_not": why_not_comment(report, key, request.user),
        "resolves": True,
    }
    return render(request, "reports/comment_list.html", context)


def answered(request: BoroughRequest, report: Report) -> ReportComment | None:
    """The comment that `?to=` names."""
    wanted = request.GET.get("to", "")
    if not wanted:
        return None
    for thread in threads_on(report, request.user):
        if str(thread.comment.pk) == wanted:
            return thread.comment
    raise Http404


def commented(
    request: BoroughRequest,
    form: CommentForm,
    report: Report,
    key: str,
    reply_to: ReportComment | None,
) -> bool:
    said = done(
        form,
        lambda: add_comment(
            report=report,
            key=key,
            body=form.cleaned_data["body"],
            reply_to=reply_to,
            by=request.user,
        ),
    )
    if said:
        messages.success(request, "Your comment was added.")
    return said


def _beside(request: BoroughRequest, report: Report, key: str) -> str:
    """Back to the section where the visitor writes it, else to all comments."""
    if key and Perm.COMPOSE in request.granted:
        return reverse("reports:section", args=[request.borough.slug, report.pk, key])
    return reverse("reports:comment-list", args=[request.borough.slug, report.pk])


@borough_view(Perm.READ_DRAFTS, "GET", "HEAD", "POST")
def comment_resolve(request: BoroughRequest, pk: UUID, comment: UUID) -> HttpResponse:
    report = report_or_404(request, pk)
    found = get_object_or_404(report.comments.visible_to(request.user), pk=comment)
    found.report = report
    if request.method != "POST":
        return redirect(_beside(request, report, ""))
    try:
        resolve_comment(comment=found, by=request.user)
        messages.success(request, "The comment is resolved.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect(_beside(request, report, found.key))
