"""One section: writing it beside its preview, its history, closing it; and the appendices."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.editing import Edit, warn
from boroughs.filling import done, filled
from boroughs.forms import ClosureForm
from boroughs.policies import Refused
from boroughs.roles import Perm
from papers.access import papers_for
from reports.access import report_or_404
from reports.actions.sections import (
    add_appendix,
    close_section,
    move_appendix,
    remove_appendix,
    write_section,
)
from reports.clearing import clearable, current, nil_return, post_for, trail_of, why_not_send
from reports.closed import closed_in
from reports.forms import AppendixForm, CommentForm, SectionForm
from reports.live import LIVE
from reports.models import Report, ReportAppendix, ReportText
from reports.naming import named_in, names_in
from reports.places import LEAD, RECOMMENDATIONS, Place, places_of
from reports.policies import why_not_close_section, why_not_write, why_not_write_section
from reports.rendering import section_of
from reports.snapshot import snapshot_of
from reports.talking import threads_on


def place_or_404(report: Report, key: str) -> Place:
    for place in places_of(report.style):
        if place.key == key:
            return place
    raise Http404


def text_of(request: BoroughRequest, report: Report, place: Place) -> ReportText:
    """The section's row as far as the visitor may read it, or one that was not saved yet."""
    rows = report.texts.with_people().visible_to(request.user)
    found = rows.filter(key=place.key).first()
    return found or ReportText(report=report, key=place.key, version=0)


def is_closed(text: ReportText) -> bool:
    return bool(text.closure and text.closure.released_at is None)


def _lead(report: Report, place: Place) -> dict[str, str]:
    """The opening words, where the section has some."""
    if place.key != RECOMMENDATIONS:
        return {}
    return {"lead": report.texts.filter(key=LEAD).values_list("body", flat=True).first() or ""}


class Writing:
    """The form of one section as its writer and whoever clears it find it: the same conflicts, history and preview."""

    def __init__(self, request: BoroughRequest, report: Report, place: Place, **said: Any) -> None:
        self.request, self.report, self.place = request, report, place
        self.text = text_of(request, report, place)
        self.closed = is_closed(self.text)
        more, form = _lead(report, place) | said, {"place": place, "closed": self.closed}
        self.known = names_in(report, without=place.key)
        self.edit = Edit(request, SectionForm, self.text, more=more, known=self.known, **form)

    def saved(self) -> bool:
        report, key = self.report, self.place.key
        if not self.edit.saved(lambda **said: write_section(report=report, key=key, **said)):
            return False
        messages.success(self.request, f"{self.place.name}: saved.")
        warn(self.request, self.edit.form, self.request.path, closed=self.closed)
        return True

    def page(self, template: str, **context: Any) -> HttpResponse:
        report, key = self.report, self.place.key
        said = {
            "report": report,
            "place": self.place,
            "text": self.text,
            "live": [] if self.closed else LIVE.values(),
            "known": named_in(report, self.known),
            "why_not": why_not_write_section(report, key, self.request.user),
            "previews": not self.closed,
            "preview": "" if self.closed else section_of(snapshot_of(report), key),
            "nil": nil_return(self.place) if post_for(self.place) and not self.text.body else "",
        }
        return self.edit.page(template, closed=self.closed, **(said | context))


def preview_of(request: BoroughRequest, report: Report, place: Place) -> HttpResponse:
    """What is in the form, as it would be printed: for the script that shows it beside the text."""
    if is_closed(text_of(request, report, place)):
        raise Http404
    form = SectionForm(data=request.POST, place=place)
    form.is_valid()
    said = {place.key: form.cleaned_data.get("body", "")}
    preview = section_of(snapshot_of(report, said=said), place.key)
    return render(request, "reports/_preview.html", {"preview": preview})


def begun_with(request: BoroughRequest, place: Place) -> dict[str, str]:
    """`?say=nil` fills in the printed answer that there is nothing to say."""
    if request.GET.get("say") != "nil":
        return {}
    return {"body": nil_return(place), "state": ReportText.State.DONE}


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def section(request: BoroughRequest, pk: UUID, key: str) -> HttpResponse:
    report = report_or_404(request, pk)
    place = place_or_404(report, key)
    writing = Writing(request, report, place, **begun_with(request, place))
    if writing.saved():
        return _onwards(request, report, place)
    return writing.page(
        "reports/section.html",
        following=_following(report, place),
        entries=current(trail_of(report, request.user)).get(key, []),
        sendable=place in clearable(report),
        why_not_send=why_not_send(report),
        threads=threads_on(report, request.user, key),
        comment_form=CommentForm(auto_id="comment-%s"),
    )


def _following(report: Report, place: Place) -> Place | None:
    places = places_of(report.style)
    return dict(pairwise(places)).get(place)


def _onwards(request: BoroughRequest, report: Report, place: Place) -> HttpResponse:
    """To the next section where that is asked for, else back to the list."""
    following = _following(report, place)
    if request.POST.get("then") == "next" and following:
        return redirect("reports:section", request.borough.slug, report.pk, following.key)
    if request.POST.get("then") == "stay":
        return redirect("reports:section", request.borough.slug, report.pk, place.key)
    return redirect(report)


@borough_view(Perm.COMPOSE, "POST")
def section_preview(request: BoroughRequest, pk: UUID, key: str) -> HttpResponse:
    report = report_or_404(request, pk)
    return preview_of(request, report, place_or_404(report, key))


@borough_view(Perm.READ_DRAFTS)
def section_history(request: BoroughRequest, pk: UUID, key: str) -> HttpResponse:
    report = report_or_404(request, pk)
    return history_of(request, report, place_or_404(report, key))


def history_of(
    request: BoroughRequest, report: Report, place: Place, *, back: str = ""
) -> HttpResponse:
    text = text_of(request, report, place)
    versions = list(text.versions.select_related("saved_by")) if text.version else []
    context = {"report": report, "place": place, "entries": _entries(versions), "back": back}
    return render(request, "reports/section_history.html", context)


def _entries(versions: list[Any]) -> list[dict[str, Any]]:
    """Newest first, each beside the one before it."""
    befores = [*versions, None][1:]
    return [
        {
            "when": now.saved_at,
            "who": now.saved_by,
            "changes": [
                {"field": "Text", "before": before.body if before else "", "after": now.body, "long": True}
            ]
            if before is None or before.body != now.body
            else [],
            "note": f"Marked as: {now.get_state_display().lower()}."
            if before is None or before.state != now.state
            else "",
        }
        for now, before in zip(versions, befores, strict=True)
    ]  # fmt: skip


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def section_close(request: BoroughRequest, pk: UUID, key: str) -> HttpResponse:
    report = report_or_404(request, pk)
    place = place_or_404(report, key)
    text = text_of(request, report, place)
    form = filled(ClosureForm, request, borough=request.borough)
    if request.method == "POST" and done(
        form, lambda: close_section(report=report, key=key, by=request.user, **form.said)
    ):
        said = "The section is closed. You are the only one on its access list: a lead puts others on it, who clears it included."
        messages.success(request, said)
        return redirect("reports:section", request.borough.slug, report.pk, key)
    why_not = why_not_close_section(report, key, text if text.version else None)
    context = {"form": form, "report": report, "place": place, "why_not": why_not}
    return render(request, "reports/section_close.html", context)


# -- Appendices -------------------------------------------------------------------------------------
@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def appendix_list(request: BoroughRequest, pk: UUID) -> HttpResponse:
    report = report_or_404(request, pk)
    form = filled(AppendixForm, request, papers=papers_for(request))
    if request.method == "POST" and done(
        form, lambda: add_appendix(report=report, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The appendix was added.")
        return redirect("reports:appendix-list", request.borough.slug, report.pk)
    closed = {one.key: one.public_line for one in closed_in(report) if one.part == "appendix"}
    rows = list(report.appendices.select_related("paper"))
    context = {
        "report": report,
        "form": form,
        "rows": [(row, str(row.place) in closed, closed.get(str(row.place))) for row in rows],
        "why_not": why_not_write(report),
    }
    return render(request, "reports/appendix_list.html", context)


def _appendix(request: BoroughRequest, pk: UUID, appendix: UUID) -> ReportAppendix:
    report = report_or_404(request, pk)
    found = get_object_or_404(report.appendices, pk=appendix)
    found.report = report
    return found


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def appendix_move(request: BoroughRequest, pk: UUID, appendix: UUID) -> HttpResponse:
    found = _appendix(request, pk, appendix)
    if request.method == "POST":
        _tried(
            request,
            lambda: move_appendix(
                appendix=found, up=request.POST.get("to") == "up", by=request.user
            ),
        )
    return redirect("reports:appendix-list", request.borough.slug, pk)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def appendix_remove(request: BoroughRequest, pk: UUID, appendix: UUID) -> HttpResponse:
    found = _appendix(request, pk, appendix)
    if request.method == "POST" and _tried(
        request, lambda: remove_appendix(appendix=found, by=request.user)
    ):
        messages.success(request, "The appendix was taken out. The paper itself is where it was.")
    return redirect("reports:appendix-list", request.borough.slug, pk)


def _tried(request: BoroughRequest, deed: Any) -> bool:
    try:
        deed()
    except Refused as why:
        messages.error(request, str(why))
        return False
    return True
