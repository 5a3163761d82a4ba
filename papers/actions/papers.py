"""Adding papers and versions, changing, closing and clearing them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.closures import close
from boroughs.closed_passages import remember_passages
from boroughs.models import Borough, Closure, Meeting
from boroughs.policies import Refused
from papers.keys import key_of
from papers.models import Paper, PaperFinding, PaperVersion
from papers.policies import MEANWHILE, why_not_clear, why_not_close, why_not_keep
from papers.resealing import reseal
from papers.sealing import Broken
from papers.storage import NoRoom, keep
from papers.texts import remember
from papers.uploads import Incoming

NOT_KEPT = (
    "The server’s disk could not keep this file. Nothing was stored. "
    "Tell the administrator of the portal, and try again later."
)


@transaction.atomic
def add_paper(
    *,
    borough: Borough,
    title: str,
    file: Incoming,
    meeting: Meeting | None = None,
    note: str = "",
    closing: Mapping[str, Any] | None = None,
    by: User,
) -> Paper:
    """Add a paper with its first version; with `closing`, what `close` asks for, it is never open at all.

    Raises Refused when there is no room for it, or as `close` does.
    """
    closure = close(borough=borough, by=by, **closing) if closing else None
    paper = Paper(borough=borough, title=title, meeting=meeting, closure=closure, added_by=by)
    paper.save(force_insert=True)
    record("paper.added", by=by, borough_id=borough.pk, subject=paper, closed=bool(closing))
    _add_file(paper, 1, file, note, by=by)
    return paper


@transaction.atomic
def add_version(*, paper: Paper, file: Incoming, note: str = "", by: User) -> PaperVersion:
    """Raises Refused when there is no room for it."""
    held = _alone_with(paper)
    newest = held.versions.aggregate(newest=Max("number"))["newest"]
    return _add_file(held, newest + 1, file, note, by=by)


def _alone_with(paper: Paper) -> Paper:
    return Paper.objects.select_for_update(of=("self",)).select_related("closure").get(pk=paper.pk)


def _add_file(paper: Paper, number: int, file: Incoming, note: str, *, by: User) -> PaperVersion:
    if why := why_not_keep(paper.borough, file.size):
        raise Refused(why, field="file")
    key = key_of(paper.borough)
    try:
        stored = keep(
            file.source,
            owner=paper.pk,
            sha256=file.sha256,
            size=file.size,
            key=key,
            sealed=paper.is_closed,
        )
    except (NoRoom, Broken) as why_not:
        raise Refused(str(why_not), field="file") from why_not
    except OSError as error:
        raise Refused(NOT_KEPT, field="file") from error
    version = PaperVersion(
        paper=paper,
        number=number,
        file_name=file.name,
        sha256=file.sha256,
        size=file.size,
        media_type=file.inspected.media_type,
        pages=file.inspected.pages,
        storage=stored.name,
        key_id=key.pk if stored.key else None,
        note=note,
        uploaded_by=by,
    )
    version.save(force_insert=True)
    _note_findings(version, file)
    if paper.closure:
        remember_passages(closure=paper.closure, source=str(version.pk), text=file.inspected.text)
    record(
        "paper.version-added",
        by=by,
        borough_id=paper.borough_id,
        subject=version,
        paper=str(paper.pk),
        number=number,
    )
    return version


def _note_findings(version: PaperVersion, file: Incoming) -> None:
    PaperFinding.objects.bulk_create(
        PaperFinding(version=version, kind=found.kind, where=found.where, count=found.count)
        for found in file.inspected.findings
    )


@transaction.atomic
def change_paper(*, paper: Paper, title: str, meeting: Meeting | None, seen: int, by: User) -> None:
    """Raises Refused when somebody else changed it after version `seen`."""
    unchanged = Paper.objects.filter(pk=paper.pk, version=seen)
    if not unchanged.update(title=title, meeting=meeting, version=F("version") + 1):
        raise Refused(MEANWHILE)
    paper.refresh_from_db()
    record("paper.changed", by=by, borough_id=paper.borough_id, subject=paper)


@transaction.atomic
def close_paper(*, paper: Paper, by: User, **case: Any) -> Closure:
    """Close an open paper and seal its files, or leave that to the worker; `case` is what `close` asks for. Raises Refused."""
    held = _alone_with(paper)
    if why := why_not_close(held):
        raise Refused(why)
    closure = close(borough=held.borough, by=by, **case)
    held.closure = closure
    held.save(update_fields=["closure"])
    for version in held.versions.all():
        remember(version.pk)
        reseal(version.pk)
    record("paper.closed", by=by, borough_id=held.borough_id, subject=held, closure=str(closure.pk))
    return closure


@transaction.atomic
def clear_finding(*, finding: PaperFinding, reason: str, by: User) -> None:
    """Say why something hidden may stay. Raises Refused when it is cleared already."""
    uncleared = PaperFinding.objects.filter(pk=finding.pk, cleared_at=None)
    if not uncleared.update(cleared_at=timezone.now(), cleared_by=by, reason=reason):
        finding.refresh_from_db()
        raise Refused(why_not_clear(finding) or MEANWHILE)
    record(
        "paper.finding-cleared",
        by=by,
        borough_id=finding.version.paper.borough_id,
        subject=finding,
        version=str(finding.version_id),
        kind=finding.kind,
    )
