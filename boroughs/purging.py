"""What can be erased: a higher floor offers its kinds of records here by name, with the functions that erase them.

Erasing itself is done by functions of the database's owner (migrations *_purge): they reach history that nobody else
may change and closed records that the second person may not read, for a request that two people agree on.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import connection

from accounts.models import User

from .models import Borough, Closure, PurgeRequest

ERASED = "[erased]"  # what stands in the place of a text that may not be empty
WORDS = {
    "text": ("text", "texts"),
    "earlier": ("earlier version", "earlier versions"),
    "pdf": ("made PDF", "made PDFs"),
    "preparing": ("report being made", "reports being made"),
    "issue": ("issued version of a report", "issued versions of reports"),
    "draft": ("draft kept while somebody signs in", "drafts kept while people sign in"),
    "unsaved": ("text that its writer has not saved", "texts that their writers have not saved"),
    "file": ("file", "files"),
    "row": ("row of a workbook", "rows of a workbook"),
    "title": ("title", "titles"),
    "finding": ("note of what is hidden in a file", "notes of what is hidden in files"),
    "copy": ("line about a copy handed out", "lines about copies handed out"),
}


@dataclass(frozen=True)
class Erasable:
    """A record as somebody reads it who asks to have it erased."""

    title: str
    page: str
    parts: Mapping[str, str]  # what may be erased of it by itself, and the whole under ""
    closure: Closure | None = None


Find = Callable[[Borough, User, frozenset[str], UUID], Erasable | None]
Forget = Callable[[Borough, list[str]], None]


def keep_files(borough: Borough, files: list[str]) -> None:
    """For kinds of records without files."""


@dataclass
class Kind:
    """A kind of record: its name to those who may not read it, who finds it, which functions erase it."""

    key: str
    label: str
    find: Find
    functions: list[str]
    forget: Forget = field(default=keep_files)


KINDS: dict[str, Kind] = {}


def offer(kind: Kind) -> None:
    """Let records of a kind be erased; its functions join those that are known."""
    KINDS.setdefault(kind.key, kind)


def also(kind: str, function: str) -> None:
    """A higher floor keeps copies of such records: its function erases them."""
    if function not in KINDS[kind].functions:
        KINDS[kind].functions.append(function)


@dataclass(frozen=True)
class Piece:
    """One thing that is erased: what it is, its digest, and the name of its file where it has one."""

    what: str
    digest: str
    file: str


def pieces_of(request: PurgeRequest, *, really: bool) -> list[Piece]:
    """All that goes with the record; with `really` it is gone when the transaction ends. The database checks who asks."""
    found: list[Piece] = []
    with connection.cursor() as cursor:
        for function in KINDS[request.kind].functions:
            cursor.execute(
                f"SELECT what, digest, file FROM {function}(%s, %s)",  # noqa: S608 - a name of ours
                [request.pk, really],
            )
            found += [Piece(*row) for row in cursor.fetchall()]
    return found


def counts_of(pieces: Iterable[Piece]) -> dict[str, int]:
    return dict(sorted(Counter(piece.what for piece in pieces).items()))


def in_words(counts: Mapping[str, int]) -> str:
    """1 text, 4 earlier versions and 2 made PDFs."""
    said = [f"{n} {WORDS.get(what, (what, what))[n != 1]}" for what, n in counts.items()]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def digest_of(borough_id: int, pieces: Iterable[Piece]) -> str:
    """What is kept of the erased: keyed by the installation's secret, since a short text can be guessed from a plain digest."""
    key = hmac.digest(
        settings.SECRET_KEY.encode(), f"boroughs.purging:{borough_id}".encode(), "sha256"
    )
    said = "\n".join(sorted(piece.digest for piece in pieces))
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def tombstones(borough: Borough, *records: UUID) -> list[PurgeRequest]:
    """What was erased of records, for the page on which they stood; the page knows that its reader may see them."""
    found = borough.purges.tombstones().filter(record__in=records)
    return list(found.select_related("asked_by", "decided_by"))
