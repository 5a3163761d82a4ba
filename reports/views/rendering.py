"""The making of a PDF as its maker sees it, and the download."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from reports.access import rendering_or_404
from reports.actions.reports import retry
from reports.models import Rendering
from reports.policies import Refused, why_not_retry


@borough_view(Perm.READ_REPORTS)
def rendering(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = rendering_or_404(request, pk, rendering)
    context = {
        "rendering": found,
        "report": found.report,
        "steps": _steps(found),
        "why_not_retry": why_not_retry(found),
    }
    return render(request, "reports/rendering.html", context)


@borough_view(Perm.READ_REPORTS)
def rendering_status(request: BoroughRequest, pk: UUID, rendering: UUID) -> JsonResponse:
    found = rendering_or_404(request, pk, rendering)
    return JsonResponse(
        {"state": found.state, "finished": found.finished, "progress": found.progress}
    )


@borough_view(Perm.READ_REPORTS, "GET", "HEAD", "POST")
def rendering_retry(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = rendering_or_404(request, pk, rendering)
    if request.method != "POST" or not {Perm.COMPOSE, Perm.ISSUE} & request.granted:
        return redirect(found)
    try:
        retry(rendering=found, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(found)


@borough_view(Perm.READ_REPORTS)
def rendering_download(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    return pdf_response(ready_or_404(request, pk, rendering), request.borough.slug)


def ready_or_404(request: BoroughRequest, pk: UUID, rendering: UUID) -> Rendering:
    """What may be downloaded, in whatever form."""
    found = rendering_or_404(request, pk, rendering)
    if found.state != Rendering.State.READY:
        raise Http404
    return found


def pdf_response(found: Rendering, slug: str) -> HttpResponse:
    return pdf_download(bytes(found.file.pdf), f"{name_of(found, slug)}.pdf")


def name_of(found: Rendering, slug: str, part: str = "") -> str:
    """After the council, the report and the day it was made."""
    title = slugify(found.snapshot["report"]["title"])[:60]
    return slugify(" ".join((slug, title, part, f"{found.finished_at:%Y-%m-%d}")))


def pdf_download(data: bytes, name: str) -> HttpResponse:
    return download(data, name, "application/pdf")


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that runs nothing."""
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _steps(found: Rendering) -> list[dict[str, str]]:
    states = Rendering.State
    reached = {states.QUEUED: 0, states.RENDERING: 1, states.READY: 2, states.FAILED: 1}[
        states(found.state)
    ]
    steps = []
    for place, text in enumerate(("Waiting for its turn", "Being made", "Ready")):
        state = "done" if place < reached or found.state == states.READY else "waiting"
        if place == reached and not found.finished:
            state = "current"
        steps.append({"text": text, "state": state})
    if found.state == states.FAILED:
        steps[1]["state"] = "failed"
    return steps
