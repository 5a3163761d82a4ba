"""Root's run starts PostgreSQL, which refuses root, whatever the machine allows."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.local import nobody, services
from portal.local.places import CannotStart

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs none of this")


POSSIBLE = [way for way in (nobody.NOBODY_WALKING, nobody.MAPPED) if nobody.works(way)]


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, ...]]]:
    """The ways the machine seems to allow, to be filled by a test."""
    allowed: list[tuple[str, ...]] = []
    monkeypatch.setattr(nobody, "works", lambda before: before in allowed)
    nobody.as_somebody.cache_clear()
    yield allowed
    nobody.as_somebody.cache_clear()


def test_one_way_after_the_other_starts_the_server_on_the_same_data(
    data: Path, ways: list[tuple[str, ...]]
) -> None:
    """A container forbids namespaces; the same clone may be started in one and outside of it."""
    assert POSSIBLE
    for way in (*POSSIBLE, *POSSIBLE):
        ways[:] = [way]
        nobody.as_somebody.cache_clear()
        found = services.start(data)
        try:
            services.check_database(found.database, "DATABASE_URL")
            owner = 0 if way == nobody.MAPPED else nobody.NOBODY
            assert (data / "postgres").stat().st_uid == owner
        finally:
            found.stop()


def test_where_nothing_is_allowed_root_is_told_what_to_do(ways: list[tuple[str, ...]]) -> None:
    assert ways == []
    with pytest.raises(CannotStart, match="run as an ordinary user"):
        nobody.as_somebody()
