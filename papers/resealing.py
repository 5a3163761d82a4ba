"""Keeping files as their papers' closures ask: closed ones sealed with the key in use, others open.

Closing does it at once; whatever that could not do, a release or a new key, is made good by the worker. The row says how
its file is kept, so that at any moment the file can be read; the former file goes after the row is committed.
"""

import logging
import os
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from boroughs.models import Borough

from .keys import opened, turn_key
from .sealing import Broken
from .storage import OPEN, SEALED, NoRoom, Reader, StoredFile, alone_with, keep, path_of, read

UNUSED = "unused"
YOUNG = 3600  # seconds in which a file may wait for its row
GRACE = 14 * 24 * 3600  # seconds for which an unused file is kept, longer than a backup takes
logger = logging.getLogger(__name__)


class PartialView(Exception):
    """The rows do not say what is in use, so nothing may be removed."""


def _ask(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


# -- Sealing anew ---------------------------------------------------------------------------------------------
def kept_wrongly(borough: Borough | None = None) -> list[uuid.UUID]:
    rows = _ask("SELECT papers_kept_wrongly(%s)", borough.pk if borough else None)
    return [pk for (pk,) in rows]


@transaction.atomic
def reseal(pk: uuid.UUID) -> bool:
    """Keep one version's file as it should be kept; False when that is not needed or cannot be done now."""
    held = _ask("SELECT * FROM papers_hold(%s)", pk)
    if not held:
        return False
    borough, paper, name, sha256, size, closed, *keys = held[0]
    (key_id, wrapped, master), (now_id, now_wrapped, now_master) = keys[:3], keys[3:]
    try:
        key = opened(key_id, borough, bytes(wrapped), master) if key_id else None
        key_now = opened(now_id, borough, bytes(now_wrapped), now_master)
        before = StoredFile(name, sha256, size, borough, key)
        text = Reader(read(before))
        after = keep(text, owner=paper, sha256=sha256, size=size, key=key_now, sealed=closed)
    except (Broken, NoRoom, OSError) as why:
        logger.error("Version %s is not kept as it should be: %s", pk, why)  # noqa: TRY400 -- the reason says it all
        return False
    _ask("SELECT papers_kept(%s, %s, %s, %s)", pk, name, after.name, now_id if closed else None)
    transaction.on_commit(partial(remove, before.kind, before.name))
    return True


def reseal_all(borough: Borough | None = None) -> int:
    """Each version by itself: an interrupted run goes on where it stopped."""
    return sum(reseal(pk) for pk in kept_wrongly(borough))


def rotate(borough: Borough) -> int:
    """Seal the borough's closed files with a new key, or finish doing so; how many were sealed anew."""
    if not kept_wrongly(borough):
        turn_key(borough)
    return reseal_all(borough)


# -- Removing ---------------------------------------------------------------------------------------------------
def in_use(only_this: str | None = None) -> set[str]:
    return {name for (name,) in _ask("SELECT papers_names_in_use(%s)", only_this)}


@transaction.atomic
def remove(kind: str, name: str) -> None:
    """Remove a file at once when no row knows it any more."""
    alone_with(kind, name)
    if f"{kind}/{name}" not in in_use(f"{kind}/{name}"):
        path_of(kind, name).unlink(missing_ok=True)


def forget(borough: Borough, files: Iterable[str]) -> None:
    """Remove what was erased, `open/…` or `sealed/…`, also where it was put aside."""
    for file in files:
        kind, _, name = file.partition("/")
        remove(kind, name)
        (path_of(UNUSED, name).parent / f"{kind}-{name}").unlink(missing_ok=True)


def forget_erased() -> None:
    """Make good what was stopped between an erasure and the removal of its files."""
    for borough_id, file in _ask("SELECT borough_id, file FROM app_purged_files()"):
        forget(Borough(pk=borough_id), [file])


def _files(kind: str) -> Iterator[Path]:
    folder = Path(settings.FILES_ROOT) / kind
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _age(path: Path) -> float:
    with suppress(FileNotFoundError):
        return time.time() - path.stat().st_mtime
    return 0


def collect() -> int:
    """Put aside what no row knows, and remove what was put aside long ago; how many were put aside.

    A file is put aside first, so that rows restored from a backup find it again. Raises PartialView when rows know no
    file at all and there are files: then it is the rows that are missing.
    """
    used, found = in_use(), [(kind, path) for kind in (OPEN, SEALED) for path in _files(kind)]
    if found and not used:
        raise PartialView("No row knows any of the files in the store: nothing was removed.")
    unknown = [(k, p) for k, p in found if f"{k}/{p.name}" not in used and _age(p) > YOUNG]
    count = sum(_put_aside(kind, path) for kind, path in unknown)
    for path in _files(UNUSED):
        _take_back_or_forget(path, used)
    return count


@transaction.atomic
def _put_aside(kind: str, path: Path) -> bool:
    alone_with(kind, path.name)
    if in_use(f"{kind}/{path.name}") or not path.exists():
        return False
    aside = path_of(UNUSED, path.name).parent / f"{kind}-{path.name}"
    aside.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.rename(aside)
    os.utime(aside)
    return True


@transaction.atomic
def _take_back_or_forget(path: Path, used: set[str]) -> None:
    kind, _, name = path.name.partition("-")
    if f"{kind}/{name}" in used:
        alone_with(kind, name)
        path_of(kind, name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.rename(path_of(kind, name))
    elif _age(path) > GRACE:
        path.unlink(missing_ok=True)
