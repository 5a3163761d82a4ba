"""Files are written whole or not at all, under names that tell nothing, and read only as what was stored."""

import hashlib
import io
import os
import resource
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from boroughs.rows import acting_as
from papers import storage
from papers.keys import key_of
from papers.sealing import Broken
from papers.storage import Missing, NoRoom, StoredFile, keep, read, sweep_incoming
from tests.factories import World

BOTH = (True, False)
PAPER = uuid.UUID(int=1)
TEXT = b"Canary: the children named in appendix A. " * 5000


@pytest.fixture
def store(world: World, settings: Any, tmp_path: Path) -> Iterator[Path]:
    """An empty one: the world's own files are elsewhere."""
    settings.FILES_ROOT = tmp_path / "store"
    with acting_as(world.here.lead.pk):
        yield settings.FILES_ROOT


def kept(
    world: World, text: bytes = TEXT, *, sealed: bool = True, there: bool = False
) -> StoredFile:
    place = world.there if there else world.here
    with acting_as(place.lead.pk):
        return keep(
            io.BytesIO(text),
            owner=PAPER,
            sha256=hashlib.sha256(text).hexdigest(),
            size=len(text),
            key=key_of(place.borough),
            sealed=sealed,
        )


def files(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("text", [b"", b"A short canary", TEXT])
def test_what_is_kept_is_read(world: World, store: Path, text: bytes, sealed: bool) -> None:
    stored = kept(world, text, sealed=sealed)
    assert b"".join(read(stored)) == text
    [file] = files(store)
    assert (text in file.read_bytes()) == (not sealed or not text)


def test_names_tell_nothing(world: World, store: Path) -> None:
    four = [kept(world, sealed=sealed, there=there) for sealed in BOTH for there in BOTH]
    assert len({stored.name for stored in four}) == 4
    assert hashlib.sha256(TEXT).hexdigest() not in " ".join(str(file) for file in files(store))


def test_the_same_file_is_kept_once(world: World, store: Path) -> None:
    assert kept(world) == kept(world)
    assert len(files(store)) == 1


def test_nobody_else_on_the_machine_may_look(world: World, store: Path) -> None:
    kept(world)
    kept(world, sealed=False)
    for path in (store, *store.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o600 if path.is_file() else 0o700), path


@pytest.mark.parametrize("sealed", [True, False])
def test_a_file_that_was_changed_on_the_disk_is_not_handed_out_whole(
    world: World, store: Path, sealed: bool
) -> None:
    stored = kept(world, sealed=sealed)
    data = bytearray(stored.path.read_bytes())
    data[-20] ^= 1
    stored.path.write_bytes(data)
    got: list[bytes] = []
    with pytest.raises(Broken):
        got.extend(read(stored))
    assert sum(map(len, got)) < len(TEXT)


def test_a_sealed_file_opens_as_nothing_else(world: World, store: Path) -> None:
    one, other = kept(world), kept(world, b"another")
    one.path.replace(other.path)
    with pytest.raises(Broken):
        list(read(other))


def test_a_file_that_is_gone_is_said_to_be(world: World, store: Path) -> None:
    stored = kept(world)
    stored.path.unlink()
    with pytest.raises(Missing):
        read(stored)


def test_a_file_is_read_to_its_end_though_it_is_removed_meanwhile(
    world: World, store: Path
) -> None:
    stored = kept(world)
    reading = read(stored)
    stored.path.unlink()
    assert b"".join(reading) == TEXT


def test_what_is_not_what_it_was_said_to_be_is_not_kept(world: World, store: Path) -> None:
    with pytest.raises(Broken):
        keep(
            io.BytesIO(b"x"),
            owner=PAPER,
            sha256="0" * 64,
            size=1,
            key=key_of(world.here.borough),
            sealed=True,
        )
    assert files(store) == []


def test_a_disk_that_is_nearly_full_takes_no_more(world: World, store: Path, settings: Any) -> None:
    settings.FILES_KEEP_FREE = 2**62
    with pytest.raises(NoRoom, match="too little room"):
        kept(world)
    assert files(store) == []


@pytest.mark.parametrize("sealed", [True, False])
def test_a_disk_that_fills_up_in_the_middle_leaves_nothing(
    world: World, store: Path, sealed: bool
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(NoRoom):
            kept(world, sealed=sealed)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files(store) == []


def test_a_write_that_is_interrupted_leaves_nothing(
    world: World, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("papers.storage.os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        kept(world)
    assert files(store) == []


def test_what_a_killed_upload_left_is_swept_when_nobody_can_be_at_it(store: Path) -> None:
    folder = storage.incoming_folder()
    old, young = folder / "old", folder / "young"
    for file in (old, young):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    assert sweep_incoming() == 1
    assert files(store) == [young]
