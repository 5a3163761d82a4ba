"""Making the PDFs of several reports, of every council where the visitor writes reports, from one page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from boroughs.access import AcrossRequest, across_view
from boroughs.filling import filled
from boroughs.roles import Perm
from reports.actions.batches import cancel_batch, start_batch
from reports.batched import items_of, newest_reports
from reports.forms.batch import BatchForm
from reports.models import BatchItem


@across_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def batch_start(request: AcrossRequest) -> HttpResponse:
    reports = newest_reports(request.boroughs)
    newest = {report.borough_id: str(report.pk) for report in reversed(reports)}
    form = filled(BatchForm, request, {"reports": list(newest.values())}, reports=reports)
    if request.method == "POST" and form.is_valid():
        batch = start_batch(reports=form.chosen, by=request.user)
        return redirect("batches:batch", batch)
    return render(request, "reports/batch_start.html", {"form": form, "reports": reports})


def _items(request: AcrossRequest, batch: UUID) -> list[BatchItem]:
    items = items_of(batch, request.boroughs, request.user)
    if not items:
        raise Http404
    return items


@across_view(Perm.COMPOSE)
def batch(request: AcrossRequest, batch: UUID) -> HttpResponse:
    items = _items(request, batch)
    done = sum(item.is_finished for item in items)
    context = {
        "batch": batch,
        "items": items,
        "done": done,
        "state": _state(items),
        "finished": done == len(items),
    }
    return render(request, "reports/batch.html", context)


@across_view(Perm.COMPOSE)
def batch_status(request: AcrossRequest, batch: UUID) -> JsonResponse:
    items = _items(request, batch)
    finished = all(item.is_finished for item in items)
    return JsonResponse({"state": _state(items), "finished": finished})


def _state(items: list[BatchItem]) -> str:
    """What the page was made from, so that it is shown anew when one of them moves on."""
    return " ".join(item.state for item in items)


@across_view(Perm.COMPOSE, "GET", "HEAD", "POST")
def batch_cancel(request: AcrossRequest, batch: UUID) -> HttpResponse:
    _items(request, batch)
    if request.method == "POST":
        stopped = cancel_batch(batch=batch, by=request.user)
        said = f"{stopped} stopped before they were begun." if stopped else "All had begun already."
        messages.success(request, said)
    return redirect("batches:batch", batch)
