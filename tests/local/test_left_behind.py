"""Nothing of a run outlives it, and what does all the same is cleared by the next one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.local import places, programs, services
from portal.local.places import ROOT

pytestmark = pytest.mark.faults

START_AND_WAIT = """
import time
from portal.local import places, services
found = services.start(places.data_folder())
print(*(program.process.pid for program in found.started), flush=True)
time.sleep(60)
"""


def gone(pids: list[int], within: float = 10.0) -> bool:
    return programs.wait_gone(pids, within) == []


def test_the_servers_of_a_killed_run_die_with_it(data: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", START_AND_WAIT],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    assert run.stdout
    servers = [int(pid) for pid in run.stdout.readline().split()]
    assert len(servers) == 2
    assert all(programs.alive(pid) for pid in servers)
    run.kill()
    run.communicate()
    assert gone(servers)


def test_servers_left_behind_are_stopped_by_the_next_start_and_the_data_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        monkeypatch.context() as patched
    ):  # as on a machine without setpriv: nothing ties them to their parent
        patched.setattr(programs, "_dies_with_parent", lambda _: [])
        first = services.start(data)
    left = [program.process.pid for program in first.started if program.process]
    assert all(programs.alive(pid) for pid in left)
    second = services.start(data)
    try:
        assert gone(left, within=0)
        services.check_database(second.database, "DATABASE_URL")
        services.check_broker(second.redis)
    finally:
        second.stop()
        for program in first.started:
            program.wait_stopped()


def test_a_database_killed_outright_starts_again(data: Path) -> None:
    first = services.start(data)
    for program in first.started:
        assert program.process
        program.process.send_signal(signal.SIGKILL)
        program.process.wait()
    second = services.start(data)
    try:
        services.check_database(second.database, "DATABASE_URL")
    finally:
        second.stop()


def test_a_process_with_the_runs_mark_is_found_and_no_other(data: Path) -> None:
    sockets = places.socket_folder(data)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (
        subprocess.Popen(sleep, env={places.SUPERVISED: str(sockets)}) as marked,
        subprocess.Popen(sleep, env={places.SUPERVISED: f"{sockets}-other"}) as other,
    ):
        until = time.monotonic() + 5
        while programs.left_behind(sockets) != [marked.pid] and time.monotonic() < until:
            time.sleep(0.02)
        assert programs.left_behind(sockets) == [marked.pid]
        assert programs.clear_left_behind(sockets) == 1
        assert gone([marked.pid], within=0)
        assert programs.alive(other.pid)
        other.kill()
