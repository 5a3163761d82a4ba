"""Where files are: on a disk nobody serves, under names that tell nothing, written whole or not at all.

A file's name is that of its paper and its digest under the borough's key, so that equal files of two papers, or an open and a
closed one, do not show that they are equal, and no paper's row may name another paper's file. A file is never changed once it has its name.
"""

import errno
import hashlib
import hmac
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from .keys import DataKey
from .sealing import Broken, Source, seal, unseal

CHUNK = 64 * 1024
OPEN, SEALED, INCOMING = "open", "sealed", "incoming"
ABANDONED = 3600  # seconds after which nobody is still sending what lies in INCOMING
NO_ROOM = (
    "There is too little room on the server's disk to keep this file. Nothing was stored. "
    "Tell the administrator of the portal, and try again later."
)


FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Exception):
    """The disk is full, or would be; the message is for the person who sends the file."""

    def __init__(self) -> None:
        super().__init__(NO_ROOM)


class Missing(Broken):
    """A row knows a file that is not there."""


@dataclass(frozen=True)
class StoredFile:
    """What a row knows of its file. With a key it is sealed, without one it lies open."""

    name: str
    sha256: str
    size: int
    borough_id: int
    key: DataKey | None

    @property
    def kind(self) -> str:
        return SEALED if self.key else OPEN

    @property
    def path(self) -> Path:
        return path_of(self.kind, self.name)


# -- Folders and names ------------------------------------------------------------------------------------------
def _private(folder: Path) -> Path:
    """The folder, made with those above it up to FILES_ROOT for this user alone."""
    if not folder.is_dir():
        if folder == Path(settings.FILES_ROOT):
            folder.parent.mkdir(parents=True, exist_ok=True)
        else:
            _private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def incoming_folder() -> Path:
    return _private(Path(settings.FILES_ROOT) / INCOMING)


def path_of(kind: str, name: str) -> Path:
    return Path(settings.FILES_ROOT) / kind / name[:2] / name


def name_of(sha256: str, *, owner: uuid.UUID, key: DataKey, kind: str) -> str:
    said = f"{kind} {owner} {sha256}"
    return hmac.new(key.for_names, said.encode(), hashlib.sha256).hexdigest()


def context_of(borough_id: int, sha256: str) -> bytes:
    """What a sealed file is bound to: it opens as nothing else."""
    return f"borough {borough_id} file {sha256}".encode()


# -- Room ---------------------------------------------------------------------------------------------------------
def check_room(size: int) -> None:
    """Raises NoRoom when keeping so many bytes would leave less than FILES_KEEP_FREE."""
    root = _private(Path(settings.FILES_ROOT))
    if shutil.disk_usage(root).free < settings.FILES_KEEP_FREE + size:
        raise NoRoom


@contextmanager
def room_or_refusal() -> Iterator[None]:
    """What the disk says when it is full, as NoRoom."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom from error
        raise


# -- Writing ------------------------------------------------------------------------------------------------------
@contextmanager
def incoming() -> Iterator[tuple[IO[bytes], Path]]:
    """A new file in a folder of its own, which is gone when anything goes wrong and stays when all is well."""
    descriptor, name = tempfile.mkstemp(dir=incoming_folder())
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file, path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _put(pieces: Iterable[bytes], target: Path) -> None:
    """Write to disk whole, then give it its name."""
    with incoming() as (file, path):
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
        path.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def alone_with(kind: str, name: str) -> None:
    """To the end of the transaction nobody else keeps or removes a file of this name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"papers {kind}/{name}"]
        )


def keep(
    source: Source, *, owner: uuid.UUID, sha256: str, size: int, key: DataKey, sealed: bool
) -> StoredFile:
    """Put a file of a paper (`owner`) into the store, within a transaction that also writes the row. Raises NoRoom, Broken.

    When the transaction is undone the file is nobody's, and is swept away.
    """
    kind = SEALED if sealed else OPEN
    name = name_of(sha256, owner=owner, key=key, kind=kind)
    stored = StoredFile(name, sha256, size, key.borough_id, key if sealed else None)
    alone_with(kind, name)
    if stored.path.exists():
        os.utime(stored.path)  # young again for whoever sweeps
        return stored
    check_room(size)
    plain = checked(_chunks(source), sha256)
    context = context_of(key.borough_id, sha256)
    pieces = seal(Reader(plain), key=key.secret, context=context) if sealed else plain
    with room_or_refusal():
        _private(stored.path.parent)
        _put(pieces, stored.path)
    return stored


# -- Reading --------------------------------------------------------------------------------------------------------
def _chunks(source: Source) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def checked(chunks: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    """The same chunks; the last one only when the whole has the digest. Raises Broken."""
    digest, held = hashlib.sha256(), b""
    for chunk in chunks:
        digest.update(chunk)
        if held:
            yield held
        held = chunk
    if digest.hexdigest() != sha256:
        raise Broken("The file is not the one that was stored.")
    if held:
        yield held


class Reader:
    """Chunks as a file to read from, for what wants pieces of another size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks, self.rest = iter(chunks), b""

    def read(self, size: int, /) -> bytes:
        while len(self.rest) < size and (chunk := next(self.chunks, b"")):
            self.rest += chunk
        found, self.rest = self.rest[:size], self.rest[size:]
        return found


class _Descriptor:
    """An open file, closed at the latest when nobody wants it any more: a download may be broken off anywhere."""

    def __init__(self, path: Path) -> None:
        self.number = -1
        self.number = os.open(path, os.O_RDONLY)

    def read(self, size: int, /) -> bytes:
        return os.read(self.number, size)

    def close(self) -> None:
        number, self.number = self.number, -1
        if number >= 0:
            os.close(number)

    __del__ = close


class Reading(Iterator[bytes]):
    """A file's text piece by piece, and the end of it by `close`."""

    def __init__(self, stored: StoredFile) -> None:
        self._file = _Descriptor(stored.path)
        self._text = _text_of(self._file, stored)

    def __next__(self) -> bytes:
        return next(self._text)

    def close(self) -> None:
        self._file.close()


def read(stored: StoredFile) -> Reading:
    """The file in the clear. It is opened now, so that its removal meanwhile does no harm; raises Missing, Broken."""
    try:
        return Reading(stored)
    except FileNotFoundError as error:
        raise Missing("The file is not in the store.") from error


def _text_of(file: Source, stored: StoredFile) -> Iterator[bytes]:
    if stored.key is None:
        return checked(_chunks(file), stored.sha256)
    context = context_of(stored.borough_id, stored.sha256)
    return checked(unseal(file, key=stored.key.secret, context=context), stored.sha256)


# -- Removing -------------------------------------------------------------------------------------------------------
def sweep_incoming() -> int:
    """Remove what interrupted uploads left; how many those were."""
    folder, count = Path(settings.FILES_ROOT) / INCOMING, 0
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink()
                count += 1
    return count
