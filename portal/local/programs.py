"""Long-running programs: started so that none outlives the one who started it, and stopped in order."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .places import SUPERVISED

SECONDS_AFTER_HARD_SIGNAL = 3.0


@dataclass
class Program:
    """One child process: how it is started, where it writes, and how it likes to be stopped."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    before: Sequence[str] = ()  # put in front of the command: who to run as
    stop_signal: signal.Signals = signal.SIGTERM
    hard_signal: signal.Signals = signal.SIGKILL  # for when it must be quick
    patience: float = 10.0  # seconds to stop in
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """In a session of its own, so that Ctrl-C reaches only the supervisor, which stops things in order."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before, *_dies_with_parent(self.stop_signal), *self.command],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll() if self.process else -1

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait_stopped(self) -> None:
        """Wait as long as its patience lasts, then end its whole family."""
        if self.process is None:
            return
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.hard_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(SECONDS_AFTER_HARD_SIGNAL)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def _dies_with_parent(with_signal: signal.Signals) -> list[str]:
    """The kernel stops the child when its parent is gone, kill -9 included; without setpriv leftovers are cleared
    at the next start.
    """
    if shutil.which("setpriv") is None:
        return []
    return ["setpriv", "--pdeathsig", with_signal.name.removeprefix("SIG"), "--"]


# -- What an earlier run left behind -----------------------------------------------------------------
def alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def left_behind(sockets: Path) -> list[int]:
    """Processes of an earlier run on the same sockets: known by a mark in their environment or by the broker's path."""
    mark = f"{SUPERVISED}={sockets}".encode()
    broker = str(sockets / "valkey.sock").encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit() or int(folder.name) == os.getpid():
            continue
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes()
            marked = mark in (folder / "environ").read_bytes().split(b"\0")
            if marked or (broker in command and b"valkey-server" in command):
                found.append(int(folder.name))
    return found


def wait_gone(pids: Sequence[int], seconds: float) -> list[int]:
    """Those that still run after so many seconds."""
    until = time.monotonic() + seconds
    while (left := [pid for pid in pids if alive(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def clear_left_behind(sockets: Path) -> int:
    """Stop what an earlier run left, gently first. Returns how many there were."""
    pids = left_behind(sockets)
    left = list(pids)
    for with_signal, seconds in ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, with_signal)
        left = wait_gone(left, seconds)
    return len(pids)
