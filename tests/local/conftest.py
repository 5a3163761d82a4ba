"""A clone of its own for each test: data of its own, and no server given by the run's environment."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATABASE_URL", "REDIS_URL", "MIGRATE_DATABASE_URL", "PORTAL_PGBIN", "PORT"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "var"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("PORTAL_DATA", str(folder))
    return folder
