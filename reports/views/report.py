"""Reports: the list, the paper on the screen, its words, and the button that makes it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict

from accounts.typed import typed_into
from boroughs.access import BoroughRequest, borough_view
from boroughs.closed_passages import look_for_closed_passages
from boroughs.filling import filled
from boroughs.prose_field import warn_after_saving
from boroughs.purging import tombstones
from boroughs.roles import Perm
from reports.actions.reports import make_report, start_report, write_report
from reports.forms import ReportForm, StartForm
from reports.live import LIVE
from reports.models import Report
from reports.policies import Refused, WrittenMeanwhile
from reports.rendering import web_of
from toolkit.comparison import beside


@borough_view(Perm.READ_REPORTS)
def report_list(request: BoroughRequest) -> HttpResponse:
    reports = request.borough.reports.select_related("meeting__committee", "assessment").readable()
    if Perm.COMPOSE not in request.granted:
        reports = reports.made()
    page = Paginator(reports, 20).get_page(request.GET.get("page"))
    return render(request, "reports/report_list.html", {"page": page})


@borough_view(Perm.READ_REPORTS)
def report(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.borough.reports, pk=pk)
    rendering = found.renderings.ready().first()
    writes = Perm.COMPOSE in request.granted
    if rendering is None and not writes and not tombstones(request.borough, found.pk):
        raise Http404
    title = found.title if writes else "This report was erased"
    context = {
        "report": found,
        "title": rendering.snapshot["report"]["title"] if rendering else title,
        "rendering": rendering,
        "paper": web_of(rendering.snapshot) if rendering else "",
        "latest": found.renderings.first() if writes else None,
    }
    return render(request, "reports/report.html", context)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_start(request: BoroughRequest, assessment: UUID) -> HttpResponse:
    found = get_object_or_404(request.borough.assessments, pk=assessment)
    existing = found.reports.first()
    if existing and request.method != "POST":
        return redirect("reports:report-edit", request.borough.slug, existing.pk)
    judged = [found, *beside(found)]
    form = filled(StartForm, request, {"shows": found.assessor}, judged=judged)
    if request.method == "POST" and form.is_valid():
        started = start_report(**form.said, by=request.user)
        return redirect("reports:report-edit", request.borough.slug, started.pk)
    context = {"assessment": found, "form": form, "several": len(judged) > 1}
    return render(request, "reports/report_start.html", context)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_make(request: BoroughRequest, assessment: UUID) -> HttpResponse:
    """The button's address; whoever comes back to it from signing in finds the button again."""
    found = get_object_or_404(request.borough.assessments, pk=assessment)
    if request.method != "POST":
        return redirect("toolkit:assessment", request.borough.slug, found.pk)
    rendering = make_report(report=start_report(assessment=found, by=request.user), by=request.user)
    return redirect("reports:rendering", request.borough.slug, rendering.report_id, rendering.pk)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_edit(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.borough.reports.select_related("style", "assessment"), pk=pk)
    if request.method != "POST":
        form = ReportForm(initial=ReportForm.said_in(found), report=found)
        typed_into(form, request)
        return _edit_page(request, found, form)
    form = ReportForm(request.POST, initial=ReportForm.said_in(found), report=found)
    if not form.is_valid():
        return _edit_page(request, found, form)
    try:
        write_report(report=found, **form.said, by=request.user)
    except Refused as refused:
        form.add_error("item_number", str(refused))
        return _edit_page(request, found, form)
    except WrittenMeanwhile as written:
        return _conflict(request, written.now, form)
    messages.success(request, "The text is saved. Make the report to print it.")
    look_for_closed_passages(form, request.borough, request.user)
    warn_after_saving(request, form, request.path)
    return redirect("reports:report-edit", request.borough.slug, found.pk)


def _conflict(request: BoroughRequest, now: Report, form: ReportForm) -> HttpResponse:
    """Both texts, place by place; the next save counts as an answer to what is shown."""
    theirs = {**ReportForm.said_in(now), "meeting": now.meeting}
    data = MultiValueDict(form.data.lists())  # type: ignore[attr-defined]  # a posted form's
    data["seen"] = str(now.version)
    again = ReportForm(data, initial=form.initial, report=form.report)
    differing = [
        {
            "label": form.fields[name].label,
            "text": form.in_words(name, theirs.get(name)),
            "id": f"id_{name}",
        }
        for name in form.fields
        if name != "seen" and (theirs.get(name) or "") != (form.cleaned_data[name] or "")
    ]
    return _edit_page(request, now, again, differing=differing, status=409)


def _edit_page(
    request: BoroughRequest,
    found: Report,
    form: ReportForm,
    differing: Sequence[Mapping[str, object]] | None = None,
    status: int = 200,
) -> HttpResponse:
    look_for_closed_passages(form, request.borough, request.user)
    context = {
        "report": found,
        "assessment": found.assessment,
        "form": form,
        "differing": differing,
        "live": LIVE.values(),
    }
    return render(request, "reports/report_edit.html", context, status=status)
