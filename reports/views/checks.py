"""The checks before issue: what is found, what is waived and why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.filling import done, filled
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.access import reads_draft, report_or_404
from reports.actions.waivers import take_back_waiver, waive
from reports.checks import TITLES, checked
from reports.forms import WaiverForm
from reports.models import Report

CHECKS_SEEN = {Perm.READ_DRAFTS, Perm.ISSUE}
WAIVES = {Perm.APPROVE, Perm.ISSUE}


@borough_view(Perm.READ_REPORTS, "GET", "HEAD", "POST")
def report_checks(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """For those who write, approve or issue; who only reads reports is led to the report.

    What was issued is checked no more: the page tells what was waived.
    """
    report = report_or_404(request, pk)
    if not CHECKS_SEEN & request.granted:
        return redirect(report)
    if report.state == Report.State.ISSUED:
        return _waived(request, report)
    found = checked(report)
    waives = bool(WAIVES & request.granted)
    if request.method == "POST" and not waives:
        return redirect("reports:report-checks", request.borough.slug, report.pk)
    form = filled(WaiverForm, request, found=found.waivable)
    if request.method == "POST" and done(
        form, lambda: waive(report=report, reasons=form.reasons, by=request.user)
    ):
        messages.success(request, "Waived, with your reason.")
        return redirect("reports:report-checks", request.borough.slug, report.pk)
    context = {
        "report": report,
        "found": found,
        "form": form,
        "waives": waives,
        "in_order": [said for key, said in TITLES.items() if key not in found.keys],
        "mends": Perm.COMPOSE in request.granted,
        "reads": reads_draft(request, report),
    }
    return render(request, "reports/report_checks.html", context)


def _waived(request: BoroughRequest, report: Report) -> HttpResponse:
    given = report.waivers.standing().select_related("by")
    waived = [(TITLES[one.check_key], one) for one in given]
    return render(request, "reports/report_waived.html", {"report": report, "waived": waived})


@borough_view(Perm.READ_REPORTS, "GET", "HEAD", "POST")
def waiver_take_back(request: BoroughRequest, pk: UUID, waiver: UUID) -> HttpResponse:
    report = report_or_404(request, pk)
    if request.method == "POST" and WAIVES & request.granted:
        given = get_object_or_404(report.waivers, pk=waiver)
        try:
            take_back_waiver(waiver=given, by=request.user)
            messages.success(request, "Taken back. It stands in the way again.")
        except Refused as why:
            messages.error(request, str(why))
    return redirect("reports:report-checks", request.borough.slug, report.pk)
