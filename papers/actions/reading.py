"""Handing out papers: each reading of a closed one, and every download, stands in the trail."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.policies import Refused
from papers.keys import open_key
from papers.models import Paper, PaperCopy, PaperVersion
from papers.sealing import Broken
from papers.stamp import CannotStamp, stamped
from papers.storage import StoredFile, read

NOT_THERE = (
    "The file could not be read, so there is nothing to download. Tell the administrator of the portal: "
    "it can be restored from a backup."
)


@dataclass(frozen=True)
class HandedOut:
    """What is sent: the bytes one after the other, how many there are, and the file they lie in when it is open."""

    chunks: Iterator[bytes]
    size: int
    stored: StoredFile


def stored_file(version: PaperVersion) -> StoredFile:
    key = open_key(version.key) if version.key else None
    borough = version.paper.borough_id
    return StoredFile(version.storage, version.sha256, version.size, borough, key)


@transaction.atomic
def note_reading(*, paper: Paper, by: User, as_member: bool) -> None:
    """For a closed paper whose page somebody opens."""
    record(
        "paper.read",
        by=by,
        borough_id=paper.borough_id,
        subject=paper,
        members_reading=as_member,
        closure=str(paper.closure_id),
    )


@transaction.atomic
def hand_out(*, version: PaperVersion, by: User, as_member: bool) -> HandedOut:
    """The file for this reader: a closed PDF stamped as their own copy. Raises Refused when it cannot be made."""
    try:
        stored = stored_file(version)
        found = HandedOut(read(stored), version.size, stored)
        copy = _copy_for(version, by) if version.paper.is_closed else None
        if copy and version.is_pdf:
            pdf = stamped(b"".join(found.chunks), *_lines(copy))
            found = HandedOut(iter([pdf]), len(pdf), stored)
    except CannotStamp as why:
        raise Refused(str(why)) from why
    except Broken as why:
        raise Refused(NOT_THERE) from why
    record(
        "paper.downloaded",
        by=by,
        borough_id=version.paper.borough_id,
        subject=version,
        members_reading=as_member,
        paper=str(version.paper_id),
        copy=copy.number if copy else None,
    )
    return found


def _copy_for(version: PaperVersion, reader: User) -> PaperCopy:
    """Numbered by the version's counter, so that no two readers have the same number."""
    PaperVersion.objects.filter(pk=version.pk).update(copies_made=F("copies_made") + 1)
    version.refresh_from_db(fields=["copies_made"])
    copy = PaperCopy(version=version, number=version.copies_made, reader=reader)
    copy.save(force_insert=True)
    return copy


def _lines(copy: PaperCopy) -> tuple[str, str]:
    closure = copy.version.paper.closure
    marking = closure.case.get_marking_display() if closure and closure.case.marking else ""
    at = timezone.localtime(copy.made_at)
    return (
        f"{marking}. Closed: not for publication." if marking else "Closed: not for publication.",
        f"Copy {copy.number} for {copy.reader}, {at.day} {at:%B %Y at %H:%M}.",
    )
