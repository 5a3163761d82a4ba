"""The public register: pages without sign-in. Whoever asks is answered as a stranger, so that nobody is shown more.

Caches may keep what they get and ask each time whether it still holds: what is withdrawn or taken down is gone at once.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page, require_safe

from boroughs.models import Borough
from boroughs.rows import acting_as
from papers.sealing import Broken
from papers.storage import read
from reports.models import Issue
from reports.register import (
    PublicFile,
    newer_than,
    open_registers,
    public_decisions,
    public_files,
    public_issue,
    public_issues,
    register_of,
)
from reports.rendering import web_of

from .rendering import pdf_response

ENTRIES = 50  # of a feed
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """For everybody, as nobody."""

    @login_not_required
    @require_safe
    @conditional_page
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting_as(None):
            response = view(request, **kwargs)
        response["Cache-Control"] = "public, no-cache"
        return response

    return answered


def _borough(slug: str) -> Borough:
    found = register_of(slug)
    if found is None:
        raise Http404
    return found


def _issue(slug: str, pk: UUID) -> Issue:
    found = public_issue(_borough(slug), pk)
    if found is None:
        raise Http404
    return found


@public
def register_index(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/register_index.html", {"councils": open_registers()})


@public
def register(request: HttpRequest, slug: str) -> HttpResponse:
    found = _borough(slug)
    context = {"council": found, "issues": _decided(found, public_issues(found))}
    return render(request, "reports/register.html", context)


def _decided(borough: Borough, issues: Iterable[Issue]) -> list[Issue]:
    """Each with `decided`, the published records of what was decided on this version, and the day of its meeting (`met_on`)."""
    found = list(issues)
    records = list(public_decisions(borough).filter(issue__in=found))
    for issue in found:
        issue.decided = [one for one in records if one.issue_id == issue.pk]  # type: ignore[attr-defined]
        issue.met_on = parse_date(issue.snapshot["front"].get("date") or "")  # type: ignore[attr-defined]
    return found


@public
def register_issue(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """410 with a notice where it was withdrawn."""
    found = _issue(slug, pk)
    newer = newer_than(found)
    context: dict[str, Any] = {"issue": found, "council": found.borough, "newer": newer}
    if found.withdrawn_at:
        return render(request, "reports/register_withdrawn.html", context, status=410)
    context["paper"] = web_of(found.snapshot)
    context["files"] = public_files(found)
    context["decisions"] = public_decisions(found.borough).filter(issue__report=found.report_id)
    context["rendering"] = found.renderings.ready().first()
    return render(request, "reports/register_issue.html", context)


@public
def register_pdf(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    found = _issue(slug, pk)
    rendering = found.renderings.ready().first()
    if found.withdrawn_at or rendering is None:
        raise Http404
    return pdf_response(rendering, found.borough.slug)


@public
def register_decision(request: HttpRequest, slug: str, pk: UUID, decision: UUID) -> HttpResponse:
    """The record of what was decided on this version, as PDF."""
    found = _issue(slug, pk)
    records = public_decisions(found.borough).filter(issue=found, pk=decision)
    record = records.defer(None).first()
    if record is None:
        raise Http404
    name = f"{slug}-decision-{record.decided_on:%Y-%m-%d}.pdf"
    return _attached(bytes(record.pdf), name, "application/pdf")


@public
def register_appendix(request: HttpRequest, slug: str, pk: UUID, place: int) -> HttpResponse:
    """The file of an open appendix as it went out."""
    for file in public_files(_issue(slug, pk)):
        if file.place == place:
            return _download(file)
    raise Http404


def _download(file: PublicFile) -> HttpResponse:
    try:
        data = b"".join(read(file.stored))
    except Broken as why:
        raise Http404 from why
    return _attached(data, file.file_name, file.media_type)


def _attached(data: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": str(content_disposition_header(True, name)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=media_type, headers=headers)


@public
def register_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest first, in Atom (RFC 4287)."""
    found = _borough(slug)
    page = _address("register:register", found)
    feed = Atom1Feed(
        title=f"Reports on the Prevent duty: {found.full_name}",
        link=page,
        description="",
        feed_url=_address("register:register-feed", found),
        feed_guid=page,
    )
    for issue in _decided(found, public_issues(found)[:ENTRIES]):
        _enter(feed, found, issue)
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _enter(feed: Atom1Feed, borough: Borough, issue: Issue) -> None:
    """With what was decided on it, which makes the entry a new one to its readers."""
    title, decided = issue.snapshot["report"]["title"], issue.decided  # type: ignore[attr-defined]
    said = " ".join(filter(None, [issue.note, *(one.in_short for one in decided)]))
    if issue.withdrawn_at:
        said = f"Withdrawn: {issue.withdrawn_because}"
    feed.add_item(
        title=f"{title} (withdrawn)" if issue.withdrawn_at else title,
        link=_address("register:register-issue", borough, issue.pk),
        description=said,
        unique_id=f"urn:uuid:{issue.pk}",
        pubdate=issue.published_at,
        updateddate=issue.withdrawn_at
        or max([issue.published_at, *(one.changed_at for one in decided)]),
    )


def _address(name: str, borough: Borough, *rest: UUID) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[borough.slug, *rest])}"
