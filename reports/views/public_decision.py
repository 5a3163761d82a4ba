"""Putting the record of a decision on the public pages, and taking it off; what becomes public is shown before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.policies import Refused
from boroughs.roles import Perm
from reports.actions.public_decisions import publish_decision, unpublish_decision
from reports.decision_paper import record_of
from reports.decision_policies import (
    public_record,
    why_not_publish_decision,
    why_not_unpublish_decision,
)
from reports.pdf import CannotRender

from .decision import decision_or_404


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def decision_publish(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    if request.method == "POST":
        try:
            publish_decision(decision=decision, by=request.user)
            messages.success(request, "Published. Everybody can read it beside the report.")
            return redirect(decision)
        except Refused as why:
            messages.error(request, str(why))
        except CannotRender as why:
            messages.error(request, why.reason)
    snapshot = decision.issue.snapshot
    appendices = [each for each in snapshot.get("appendices", []) if each.get("closed")]
    context = {
        "decision": decision,
        "record": record_of(decision),
        "public": public_record(decision),
        "closed": len(snapshot.get("closed", {})) + len(appendices),
        "why_not": why_not_publish_decision(decision),
    }
    return render(request, "reports/decision_publish.html", context)


@borough_view(Perm.ISSUE, "GET", "HEAD", "POST")
def decision_unpublish(request: BoroughRequest, pk: UUID) -> HttpResponse:
    decision = decision_or_404(request, pk)
    if request.method == "POST":
        try:
            unpublish_decision(decision=decision, by=request.user)
            messages.success(request, "The record is off the public pages.")
            return redirect(decision)
        except Refused as why:
            messages.error(request, str(why))
    context = {"decision": decision, "why_not": why_not_unpublish_decision(decision)}
    return render(request, "reports/decision_unpublish.html", context)
