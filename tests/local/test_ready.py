"""What the launcher does to the database, and what it leaves undone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from portal.local import ready
from portal.local.programs import Program
from portal.local.services import Services
from portal.local.stamps import Stamps

ENV = {"DATABASE_URL": "postgres://portal_app@x/portal"}
OURS = Services(
    "app", "postgres://portal_owner@x/portal", "", [Program("postgres", [], Path("log"))]
)


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each management command that was run, and as whom."""
    commands: list[tuple[str, str]] = []

    def manage(env: Mapping[str, str], *arguments: str, failing: str) -> str:
        commands.append((arguments[0], env["DATABASE_URL"].partition("//")[2].partition("@")[0]))
        return "lead@thurrock.example.org\n"

    monkeypatch.setattr(ready, "manage", manage)
    monkeypatch.setattr(ready, "has_people", lambda _: True)
    return commands


def set_up(services: Services, marks: Stamps) -> str:
    return ready.set_up_database(ENV, services, marks, say=lambda _: None)


def test_only_the_migration_is_run_as_the_owner(
    done: list[tuple[str, str]], tmp_path: Path
) -> None:
    accounts = set_up(OURS, Stamps(tmp_path / "stamps.json"))
    assert done == [
        ("migrate", "portal_owner"),
        ("load_reference", "portal_app"),
        ("load_demonstration", "portal_app"),
        ("demonstration_accounts", "portal_app"),
    ]
    assert accounts == "lead@thurrock.example.org"


def test_a_later_start_does_nothing_and_still_knows_the_sign_ins(
    done: list[tuple[str, str]], tmp_path: Path
) -> None:
    first = set_up(OURS, Stamps(tmp_path / "stamps.json"))
    done.clear()
    assert set_up(OURS, Stamps(tmp_path / "stamps.json")) == first
    assert done == []


def test_changed_code_migrates_again_and_leaves_the_sample_boroughs_as_they_became(
    done: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(OURS, Stamps(tmp_path / "stamps.json"))
    done.clear()
    monkeypatch.setattr(ready, "of_database", lambda url: "changed")
    set_up(OURS, Stamps(tmp_path / "stamps.json"))
    assert [name for name, _ in done] == ["migrate", "load_reference", "demonstration_accounts"]


def test_sample_people_do_not_enter_a_given_database_that_has_people(
    done: list[tuple[str, str]], tmp_path: Path
) -> None:
    given = Services("app", "postgres://portal_owner@x/portal", "", [])
    assert set_up(given, Stamps(tmp_path / "stamps.json")) == ""
    assert "load_demonstration" not in [name for name, _ in done]


def test_a_given_database_without_its_owner_is_looked_at_and_not_migrated(
    done: list[tuple[str, str]], tmp_path: Path
) -> None:
    set_up(Services("app", "", "", []), Stamps(tmp_path / "stamps.json"))
    assert ("migrate", "portal_app") in done
    assert ("migrate", "portal_owner") not in done
