"""Handing out the restricted pack: each reading of what is closed stands in the trail."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.policies import Refused
from papers.actions.reading import hand_out
from papers.models import Paper
from papers.stamp import CannotStamp
from reports.models import Issue, IssuedAppendix, IssuedText
from reports.pdf import CannotRender
from reports.restricted import CannotMerge, ClosedAppendix, pack, sections_of

NOT_YET = "The PDF of this version is not ready yet. Try again when it is."


@dataclass(frozen=True)
class Restricted:
    """What of an issue is closed and may be read by one person."""

    texts: list[IssuedText]
    appendices: list[IssuedAppendix]

    def __bool__(self) -> bool:
        return bool(self.texts or self.appendices)


def restricted_for(issue: Issue, user: User) -> Restricted:
    """Closed sections and appendices on whose lists they stand today; nothing of a version that was taken down."""
    if issue.taken_down_at:
        return Restricted([], [])
    texts = issue.closed_texts.closed_for(user).select_related("closure")
    papers = Paper.objects.closed_for(user)
    rows = issue.appendices.filter(version__paper__in=papers)
    rows = rows.select_related(
        "version__paper__closure__case", "version__paper__borough", "version__key"
    )
    return Restricted(list(texts), list(rows))


@transaction.atomic
def note_closed_read(*, issue: Issue, by: User, as_member: bool) -> None:
    """For whoever opens the closed sections on the screen; a member's reading is for the monitoring officer alone."""
    record(
        "report.closed-read",
        by=by,
        borough_id=issue.borough_id,
        subject=issue,
        members_reading=as_member,
    )


@transaction.atomic
def hand_out_pack(*, issue: Issue, by: User, as_member: bool) -> bytes:
    """The restricted pack for this reader, with their name on each closed page. Raises Refused."""
    found = restricted_for(issue, by)
    rendering = issue.renderings.ready().select_related("file").first()
    if not found:
        raise Refused("Nothing of this report that is closed is open to you.")
    if rendering is None:
        raise Refused(NOT_YET)
    appendices = [_appendix(row, by, as_member) for row in found.appendices]
    try:
        made = pack(issue, bytes(rendering.file.pdf), sections_of(issue, found.texts), appendices, reader=by)  # fmt: skip
    except (CannotRender, CannotStamp, CannotMerge) as why:
        raise Refused(str(why)) from why
    record(
        "report.restricted-read",
        by=by,
        borough_id=issue.borough_id,
        subject=issue,
        members_reading=as_member,
        sha256=hashlib.sha256(made).hexdigest(),  # by which verify_report knows the copy
    )
    return made


def _appendix(row: IssuedAppendix, by: User, as_member: bool) -> ClosedAppendix:
    version = row.version
    copy = None
    if version.is_pdf:
        copy = b"".join(hand_out(version=version, by=by, as_member=as_member).chunks)
    closure = version.paper.closure
    line = closure.public_line if closure else ""
    return ClosedAppendix(row.label, version.paper.title, line, version.file_name, copy)  # fmt: skip
