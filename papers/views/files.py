"""Versions of a paper: adding one, handing one out, and what was found hidden in one."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view, reader_view, reads_as_member
from boroughs.forms import done, filled
from boroughs.policies import Refused
from boroughs.prose import identifiers
from boroughs.roles import Perm
from papers.access import paper_or_404
from papers.actions.papers import add_version, clear_finding
from papers.actions.reading import HandedOut, hand_out
from papers.forms import ClearForm, VersionForm, remind_of_file
from papers.models import PaperVersion
from papers.policies import why_not_clear
from papers.uploads import Incoming, takes_files


@takes_files
@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def version_add(request: BoroughRequest, pk: UUID) -> HttpResponse:
    paper = paper_or_404(request, pk)
    form = filled(VersionForm, request, files=request.FILES or None)
    if typed_before(request):
        remind_of_file(form)
    if request.method == "POST" and done(
        form, lambda: add_version(paper=paper, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The new version was added.")
        warn_of_people(request, form.cleaned_data["file"])
        return redirect(paper)
    return render(request, "papers/version_add.html", {"form": form, "paper": paper})


def warn_of_people(request: BoroughRequest, file: Incoming) -> None:
    """Says what kinds of words in a file may identify a person; never the words, for a message waits in the session."""
    kinds = dict.fromkeys(hint.kind.value for hint in identifiers(file.inspected.text))
    if kinds:
        messages.warning(
            request,
            f"Check the file: it may hold {', '.join(kinds)}. The portal holds no casework.",
        )


@reader_view(Perm.READ_PAPERS, "GET", "HEAD", "POST")
def version_download(request: BoroughRequest, pk: UUID, version: UUID) -> HttpResponseBase:
    """Asked for by a button, so that looking writes nothing: each download stands in the trail."""
    paper = paper_or_404(request, pk)
    found = get_object_or_404(paper.versions.select_related("key"), pk=version)
    found.paper = paper
    if request.method != "POST":
        return redirect(paper)
    try:
        handed = hand_out(version=found, by=request.user, as_member=reads_as_member(request))
    except Refused as why:
        messages.error(request, str(why))
        return redirect(paper)
    return sent(found, handed)


def sent(version: PaperVersion, handed: HandedOut) -> HttpResponseBase:
    """The file as a download and nothing else. The bytes follow outside the transaction that asked."""
    headers = {
        "Content-Disposition": str(content_disposition_header(True, version.file_name)),
        "Content-Type": version.media_type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if settings.ACCEL_PREFIX and not handed.stored.key and not version.paper.is_closed:
        inside = handed.stored.path.relative_to(settings.FILES_ROOT).as_posix()
        return HttpResponse(
            headers={**headers, "X-Accel-Redirect": f"{settings.ACCEL_PREFIX}/{inside}"}
        )
    return StreamingHttpResponse(
        handed.chunks, headers={**headers, "Content-Length": str(handed.size)}
    )


@borough_view(Perm.KEEP_PAPERS, "GET", "HEAD", "POST")
def finding_clear(request: BoroughRequest, pk: UUID, version: UUID, finding: UUID) -> HttpResponse:
    paper = paper_or_404(request, pk)
    its_version = get_object_or_404(paper.versions, pk=version)
    found = get_object_or_404(its_version.findings.select_related("version__paper"), pk=finding)
    form = filled(ClearForm, request)
    if request.method == "POST" and done(
        form, lambda: clear_finding(finding=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "It is noted why this may stay in the file.")
        return redirect(paper)
    context = {"form": form, "paper": paper, "finding": found, "why_not": why_not_clear(found)}
    return render(request, "papers/finding_clear.html", context)
