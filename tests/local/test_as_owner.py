"""Which of Django's commands a local run gives to the owner of the tables."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from portal.local import running


@pytest.mark.parametrize(
    ("command", "role"),
    [("verify_trail", "owner"), ("migrate", "owner"), ("shell", "app"), ("", "app")],
)
def test_what_must_see_every_row_runs_as_the_owner(
    command: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    @contextmanager
    def services() -> Iterator[tuple[Mapping[str, str], str]]:
        yield {"DATABASE_URL": "app"}, "owner"

    def run(_: Sequence[str], *, env: Mapping[str, str], **__: Any) -> SimpleNamespace:
        seen.append(env["DATABASE_URL"])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(running, "local_services", services)
    monkeypatch.setattr("portal.local.running.subprocess.run", run)
    assert running.manage([command] if command else []) == 0
    assert seen == [role]
