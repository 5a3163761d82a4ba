"""The report by which a duty of the reporting calendar was done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from reports.access import reports_for
from reports.actions.rounds import do_by_report
from reports.forms.round import RoundForm
from reports.policies import Refused


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def round_report(request: BoroughRequest, duty: UUID, round: UUID) -> HttpResponse:
    owed = get_object_or_404(request.borough.duties, pk=duty)
    found = get_object_or_404(owed.rounds.filter(done_on__isnull=False), pk=round)
    reports = reports_for(request)
    now = reports.filter(rounds__round=found).first()
    data = request.POST if request.method == "POST" else None
    form = RoundForm(data, initial={"report": now}, reports=reports)
    if form.is_valid():
        try:
            do_by_report(round=found, report=form.cleaned_data["report"], by=request.user)
        except Refused as why:
            form.add_error("report", str(why))
        else:
            messages.success(request, "Saved.")
            return redirect("boroughs:duty-show", request.borough.slug, owed.pk)
    context = {"form": form, "duty": owed, "round": found}
    return render(request, "reports/round_report.html", context)
