"""`make run` that cannot begin says which thing is in the way, and what to do."""

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from portal.local.places import ROOT

pytestmark = pytest.mark.usefixtures("data")


def refused(environment: Mapping[str, str]) -> str:
    """What a run says that refuses to begin."""
    done = subprocess.run(
        [sys.executable, "-m", "portal.local", "run"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_occupied_port_is_named_with_the_command_for_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused({"PORT": str(port)})
    assert f"Port {port} is taken" in said
    assert f"make run PORT={port + 1}" in said


@pytest.mark.parametrize("port", ["eight", "0", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    assert f"“{port}”" in refused({"PORT": port})


def test_a_database_that_does_not_answer_is_named_without_its_password() -> None:
    nobody = free_port()
    url = f"postgres://portal_app:hush-hush@127.0.0.1:{nobody}/portal"
    said = refused({"DATABASE_URL": url, "PORT": str(free_port())})
    assert "The database does not answer" in said
    assert "DATABASE_URL" in said
    assert str(nobody) in said
    assert "refused" in said
    assert "hush-hush" not in said


def test_a_broker_that_does_not_answer_is_named_without_its_password() -> None:
    nobody = free_port()
    said = refused(
        {"REDIS_URL": f"redis://:hush-hush@127.0.0.1:{nobody}/0", "PORT": str(free_port())}
    )
    assert "The broker does not answer" in said
    assert "REDIS_URL" in said
    assert "refused" in said
    assert "hush-hush" not in said


def test_a_folder_without_postgresql_is_named(tmp_path: Path) -> None:
    said = refused({"PORTAL_PGBIN": str(tmp_path), "PORT": str(free_port())})
    assert str(tmp_path) in said
    assert "PORTAL_PGBIN" in said


def test_a_reset_does_not_touch_a_database_of_somebody_elses(data: Path) -> None:
    (data / "stamps.json").write_text("{}")
    done = subprocess.run(
        [sys.executable, "-m", "portal.local", "reset"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgres://portal_app@db.example.org/portal"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "not this clone's to delete" in done.stderr
    assert (data / "stamps.json").exists()
