"""The door: each file is read in a process of its own, which may take little and reach nothing.

The child gets the open file as its input and a piece of memory as its output; it has an empty
environment, an empty folder and, where the system allows it, no network.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from papers.inspection.kinds import EMPTY
from papers.inspection.names import clean_name, extension_of
from papers.inspection.verdict import MOST_BYTES, Inspected, Unacceptable

WORKER = "papers.inspection.worker"
ROOT = Path(__file__).resolve().parent.parent.parent
TOO_LARGE = f"The file must be {MOST_BYTES // 1024**2} MB or smaller. Make it smaller, for example with smaller pictures, and upload it again."
TOO_MUCH = "The file could not be checked: it is too large or too complicated inside. Save it again, as a PDF if you can, or split it, and upload it again."


@dataclass(frozen=True)
class Limits:
    """What one inspection may take; the kernel enforces all but the wall clock."""

    seconds: int = 15  # of processor time
    wall_seconds: float = 25
    memory: int = 768 * 1024**2
    answer: int = 8 * 1024**2  # bytes the child may write


LIMITS = Limits()
AT_ONCE = 2  # in one web process: each may take as much memory as all else together
_few = threading.BoundedSemaphore(AT_ONCE)


def inspect(path: Path, *, name: str, limits: Limits = LIMITS) -> Inspected:
    """What the file is and hides; raises Unacceptable."""
    extension = extension_of(clean_name(name))
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if not 0 < size <= MOST_BYTES:
            raise Unacceptable(TOO_LARGE if size else EMPTY)
        answer = ask(file.fileno(), limits, WORKER, extension)
    if "refused" in answer:
        raise Unacceptable(answer["refused"])
    return Inspected.from_json(answer)


def ask(file: int, limits: Limits, worker: str, extension: str, *wanted: str) -> dict[str, Any]:
    """The answer of a module that reads the open file in a child. Raises Unacceptable when it takes too much.

    Memory, not a pipe: the limit on a file's size holds for the answer too.
    """
    command = (sys.executable, "-E", "-s", "-B", "-m", worker, extension, json.dumps(asdict(limits)), *wanted)  # fmt: skip
    with _few, os.fdopen(os.memfd_create("answer"), "w+b") as paper:
        try:
            done = subprocess.run(
                command, stdin=file, stdout=paper, stderr=subprocess.DEVNULL, cwd=ROOT, env={},
                timeout=limits.wall_seconds, check=False, start_new_session=True,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Unacceptable(TOO_MUCH) from None
        if done.returncode != 0:
            raise Unacceptable(TOO_MUCH)
        paper.seek(0)
        return _read(paper.read())


def _read(said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        raise Unacceptable(TOO_MUCH) from None
    if not isinstance(answer, dict):
        raise Unacceptable(TOO_MUCH)
    return answer
