"""A clone of its own for each test: data of its own, and no server given by the run's environment."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.local.places import socket_folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("DATABASE_URL", "REDIS_URL", "MIGRATE_DATABASE_URL", "PORTAL_PGBIN", "PORT"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("PORTAL_DATA", str(folder))
    yield folder
    shutil.rmtree(socket_folder(folder), ignore_errors=True)
