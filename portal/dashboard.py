"""The pages of a borough that look into every floor: its front page, all that waits, and the choice of its figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import BoroughRequest, borough_view
from boroughs.figures import catalogue_of
from boroughs.forms import done, filled
from boroughs.roles import Perm

from . import front
from .checklist import checklist_of
from .figure_choice import FigureChoiceForm, choose_figures

MOST = 100  # of each group on the page of all that waits


@borough_view(Perm.ENTER)
def borough(request: BoroughRequest) -> HttpResponse:
    """What the visitor's roles let them see and do, on one page."""
    roles, chosen = front.about(request)
    context: dict[str, Any] = {"roles": roles, **front.waiting(request, most=front.FEW)}
    if Perm.READ_RECORD in request.granted:
        context |= front.ratings(request)
        context["figures"] = front.figures(request, chosen)
    if Perm.READ_REPORTS in request.granted:
        context["reports"] = front.reports(request)
    if Perm.ASK_FOR_CLOSED in request.granted:
        context["asked"] = front.asked(request)
    if Perm.MANAGE_SETTINGS in request.granted:
        context["checklist"] = [step for step in checklist_of(request.borough) if not step["done"]]
    return render(request, "portal/borough.html", context)


@borough_view(Perm.ENTER)
def waiting(request: BoroughRequest) -> HttpResponse:
    """Everything that waits for the visitor, and not only the first of each sort."""
    return render(request, "portal/waiting.html", front.waiting(request, most=MOST))


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def shown_figures(request: BoroughRequest) -> HttpResponse:
    """Which three figures the front page shows."""
    now = list(request.borough.shown_figures.values_list("indicator", flat=True))
    initial = dict(zip(FigureChoiceForm.PLACES, now, strict=False))
    catalogue = catalogue_of(request.borough)
    form = filled(FigureChoiceForm, request, initial, catalogue=catalogue)
    if request.method == "POST" and done(
        form,
        lambda: choose_figures(borough=request.borough, keys=form.chosen, by=request.user),
    ):
        messages.success(request, "The front page shows the figures you chose.")
        return redirect(request.borough)
    return render(request, "portal/shown_figures.html", {"form": form})


@borough_view(Perm.MANAGE_SETTINGS)
def checklist(request: BoroughRequest) -> HttpResponse:
    """What is still to set before the borough's first report."""
    items = checklist_of(request.borough)
    context = {"items": items, "left": sum(not item["done"] for item in items)}
    return render(request, "portal/checklist.html", context)
