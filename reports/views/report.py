"""Reports: the list, beginning one, its page, its front sheet, and from hand to hand."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.editing import Edit, warn
from boroughs.filling import filled
from boroughs.policies import Refused
from boroughs.purging import tombstones
from boroughs.roles import Perm
from reports.access import called_as_read, issues_for, reads_draft, report_or_404, reports_for
from reports.actions.reports import (
    approve_report,
    make_report,
    reopen_report,
    start_report,
    style_of,
    write_front,
)
from reports.checks import Checked, checked
from reports.clearing import trail_of, why_not_send
from reports.closed import Closed, closed_in
from reports.forms import FrontForm, StartForm
from reports.models import Report
from reports.policies import why_not_approve, why_not_issue, why_not_reopen, why_not_write
from reports.rendering import web_of
from reports.snapshot import snapshot_of
from reports.talking import unresolved_of
from reports.todo import Task, tasks_of


@borough_view(Perm.READ_REPORTS)
def report_list(request: BoroughRequest) -> HttpResponse:
    reports = reports_for(request).select_related("meeting__committee").readable()
    page = Paginator(called_as_read(request, reports), 20).get_page(request.GET.get("page"))
    return render(request, "reports/report_list.html", {"page": page})


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_start(request: BoroughRequest) -> HttpResponse:
    """`?assessment=` and `?meeting=` choose beforehand; the words of the last report are offered."""
    form = filled(StartForm, request, _proposed(request), borough=request.borough)
    if request.method == "POST" and form.is_valid():
        started = start_report(borough=request.borough, by=request.user, **form.cleaned_data)
        return redirect(started)
    return render(request, "reports/report_start.html", {"form": form})


def _proposed(request: BoroughRequest) -> dict[str, object]:
    last = request.borough.reports.first()
    given = {name: request.GET.get(name) for name in ("assessment", "meeting")}
    chosen = request.borough.style_choice if hasattr(request.borough, "style_choice") else None
    style = last.style_id if last and not chosen else style_of(request.borough).pk
    return given | {"style": style, "begun_from": last.pk if last else None}


@borough_view(Perm.READ_REPORTS)
def report(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The list of what is left to those who write and approve; the newest issue to its readers."""
    found = reports_for(request).filter(pk=pk).first()
    if found is None and tombstones(request.borough, pk):
        return render(request, "reports/report_erased.html", {"pk": pk})
    found = report_or_404(request, pk)
    if Perm.READ_DRAFTS in request.granted or Perm.ISSUE in request.granted:
        return _workbench(request, found)
    newest = issues_for(request, found).first()
    if newest is None:
        raise Http404
    return redirect("reports:issue", request.borough.slug, found.pk, newest.number)


def _workbench(request: BoroughRequest, found: Report) -> HttpResponse:
    issued = found.state == Report.State.ISSUED
    standing = Checked([], [], []) if issued else checked(found)
    context = {
        "report": found,
        "checked": None if issued else standing,
        "tasks": _tasks(request, found),
        "closures": _closures(request, found),
        "trail": trail_of(found, request.user),
        "was_waived": issued and found.waivers.standing().exists(),
        "comments": sum(unresolved_of(found, request.user).values()),
        "why_not_send": why_not_send(found),
        "issues": issues_for(request, found).select_related("issued_by"),
        "latest": found.renderings.filter(issue=None).first(),
        "reads": reads_draft(request, found),
        "writes": Perm.COMPOSE in request.granted,
        "approves": Perm.APPROVE in request.granted,
        "issuing": Perm.ISSUE in request.granted,
        "why_not_write": why_not_write(found),
        "why_not_approve": why_not_approve(found, standing),
        "why_not_issue": why_not_issue(found, standing),
        "why_not_reopen": why_not_reopen(found),
    }
    return render(request, "reports/report.html", context)


def _tasks(request: BoroughRequest, found: Report) -> list[Task]:
    if Perm.READ_DRAFTS not in request.granted:
        return []
    return tasks_of(found, request.user, writes=Perm.COMPOSE in request.granted)


def _closures(request: BoroughRequest, found: Report) -> list[Closed]:
    """What is closed in it, for those who keep the lists."""
    return closed_in(found) if Perm.MANAGE_LISTS in request.granted else []


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_front(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = report_or_404(request, pk)
    edit = Edit(request, FrontForm, found, report=found)
    if edit.saved(lambda by, **said: write_front(report=found, by=by, **FrontForm.in_order(said))):
        messages.success(request, "The front sheet is saved.")
        warn(request, edit.form, request.path)
        return redirect(found)
    return edit.page("reports/report_front.html", report=found, why_not=why_not_write(found))


@borough_view(Perm.READ_REPORTS)
def report_draft(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The paper as it would be printed now, on the screen; who may not read it as it stands is led to the report."""
    found = report_or_404(request, pk)
    if not reads_draft(request, found):
        return redirect(found)
    context = {"report": found, "paper": web_of(snapshot_of(found))}
    return render(request, "reports/report_draft.html", context)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_make(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The button's address; whoever comes back to it from signing in finds the button again."""
    found = report_or_404(request, pk)
    if request.method != "POST":
        return redirect(found)
    try:
        rendering = make_report(report=found, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
        return redirect(found)
    return redirect("reports:rendering", request.borough.slug, found.pk, rendering.pk)


@borough_view(Perm.APPROVE, "GET", "HEAD", "POST")
def report_approve(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = report_or_404(request, pk)
    if request.method != "POST":
        return redirect(found)
    try:
        approve_report(report=found, by=request.user)
        messages.success(request, "Approved. Democratic services can issue it now.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect(found)


@borough_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def report_reopen(request: BoroughRequest, pk: UUID) -> HttpResponse:
    found = report_or_404(request, pk)
    if request.method != "POST":
        return redirect(found)
    try:
        reopen_report(report=found, by=request.user)
        messages.success(request, "You can write in it again. It has to be approved again.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect(found)
