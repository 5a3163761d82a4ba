"""What watches over the portal's processes."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.local import stamps, supervisor
from portal.local.letters import BETWEEN, Letterbox
from portal.local.places import ROOT
from portal.local.programs import Program
from portal.local.services import Services


def program(name: str, code: str, folder: Path, **more: float) -> Program:
    return Program(name, [sys.executable, "-c", code], folder / f"{name}.log", **more)  # type: ignore[arg-type]


def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_child_that_dies_is_started_again_each_time_a_little_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("portal.local.supervisor.time.monotonic", lambda: now[0])
    child = program("worker", "raise SystemExit(3)", tmp_path)
    child.start()
    watched = supervisor.Watched(child)
    for wait in (1, 2, 5):
        assert child.process
        child.process.wait()
        watched.look()
        assert (
            f"worker ended (exit code 3); starting it again in {wait} s" in capsys.readouterr().out
        )
        first = child.process
        now[0] += wait - 0.5
        watched.look()
        assert child.process is first
        now[0] += 1
        watched.look()
        assert child.process is not first
    child.kill()


def test_a_child_that_ran_long_is_started_again_at_once(tmp_path: Path) -> None:
    child = program("worker", "", tmp_path)
    child.start()
    assert child.process
    child.process.wait()
    watched = supervisor.Watched(child, since=time.monotonic() - 1000, failures=4)
    watched.look()
    assert watched.failures == 1


def test_children_are_stopped_in_order_and_the_database_last(tmp_path: Path) -> None:
    trap = "import os, signal, sys, time; signal.signal({}, lambda *_: (os.write(1, b'{}\\n'), sys.exit()))"
    log = tmp_path / "order.log"
    names = ["web", "beat", "worker", "valkey", "postgres"]
    children = []
    for name in names:
        number = signal.SIGINT if name == "postgres" else signal.SIGTERM
        code = trap.format(int(number), name) + "\nos.write(1, b'up\\n'); time.sleep(60)"
        child = Program(name, [sys.executable, "-c", code], log, stop_signal=number)
        child.start()
        children.append(child)
    assert eventually(lambda: log.read_text().count("up") == 5)
    supervisor.stop_all(children[:3], Services("", "", "", [children[4], children[3]]))
    assert [line for line in log.read_text().split() if line != "up"][3:] == ["valkey", "postgres"]
    assert all(child.exit_code() == 0 for child in children)


def test_a_child_that_will_not_stop_is_ended(tmp_path: Path) -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    child = program("web", code, tmp_path, patience=0.1)
    child.start()
    assert eventually(lambda: "up" in child.log.read_text())
    child.ask_to_stop()
    child.wait_stopped()
    assert child.exit_code() == -signal.SIGKILL


def test_a_second_ctrl_c_ends_what_the_first_was_waiting_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    children = [program(name, code, tmp_path, patience=60) for name in ("web", "worker", "valkey")]
    for child in children:
        child.start()
    assert eventually(lambda: all("up" in child.log.read_text() for child in children))

    def impatient(_: Program) -> None:
        raise supervisor.Stopped

    monkeypatch.setattr(Program, "wait_stopped", impatient)
    supervisor.stop_all(children[:2], Services("", "", "", children[2:]))
    assert all(child.exit_code() == -signal.SIGKILL for child in children)


# -- E-mails at the terminal -------------------------------------------------------------------------
LETTER = (
    b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    b"Subject: Set a new password\nTo: lead@thurrock.example.org\n\nOpen http://127.0.0.1:8000/account/a=\n/b=3D1/ \xc2\xa3\n"
)


def test_an_e_mail_is_shown_once_whole_and_readable(tmp_path: Path) -> None:
    (tmp_path / "old.log").write_bytes(LETTER + BETWEEN)
    box = Letterbox(tmp_path)
    assert box.new() == []
    file = tmp_path / "new.log"
    file.write_bytes(LETTER)
    assert box.new() == []
    file.write_bytes(LETTER + BETWEEN)
    [shown] = box.new()
    assert "E-mail to lead@thurrock.example.org: Set a new password" in shown
    assert "http://127.0.0.1:8000/account/a/b=1/" in shown
    assert box.new() == []
    file.write_bytes((LETTER + BETWEEN) * 3)
    assert len(box.new()) == 2


def test_no_e_mail_is_no_trouble(tmp_path: Path) -> None:
    assert Letterbox(tmp_path / "not there").new() == []


# -- What need not be done again ------------------------------------------------------------------------
def test_the_hash_of_a_folder_changes_with_any_file_in_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    folder = tmp_path / "app" / "data"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("1")
    seen = {stamps.hash_of([tmp_path / "app"])}
    (folder / "a.json").write_text("2")
    seen.add(stamps.hash_of([tmp_path / "app"]))
    (folder / "b.json").write_text("")
    seen.add(stamps.hash_of([tmp_path / "app"]))
    seen.add(stamps.hash_of([tmp_path / "app"], "another database"))
    assert len(seen) == 4
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("")
    assert stamps.hash_of([tmp_path / "app"]) in seen


def test_every_app_is_looked_at_for_changes() -> None:
    there = {file.parent.name for file in ROOT.glob("*/apps.py")}
    assert there <= set(stamps.APPS)


def test_a_stamp_is_current_until_it_changes(tmp_path: Path) -> None:
    marks = stamps.Stamps(tmp_path / "stamps.json")
    assert not marks.is_current("database", "a")
    marks.set("database", "a")
    marks.set("static", "s")
    assert marks.is_current("database", "a")
    assert not marks.is_current("database", "b")
