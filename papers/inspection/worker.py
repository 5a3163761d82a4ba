"""The process in which one file is read: `python -m papers.inspection.worker EXTENSION LIMITS`."""

import ctypes
import importlib
import json
import os
import resource
import sys
import tempfile
from dataclasses import asdict
from types import ModuleType
from typing import Any

from papers.inspection import examine
from papers.inspection.kinds import kind_of
from papers.inspection.verdict import DAMAGED, Unacceptable

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
FILES_OPEN = 16


def main() -> None:
    extension, limits = sys.argv[1], json.loads(sys.argv[2])
    reader = importlib.import_module(f"papers.inspection.{kind_of(extension).reader}")
    leave_everything()
    limit(limits)
    answer = json.dumps(_answer(reader, extension)).encode()
    os.write(sys.stdout.fileno(), answer)


def leave_everything() -> None:
    """No network where the system allows it; a folder that is empty and already removed."""
    library = ctypes.CDLL(None)
    if library.unshare(CLONE_NEWNET) != 0:
        library.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    os.rmdir(folder)  # noqa: PTH106 (a Path would look for itself in a folder that is gone)


def limit(limits: dict[str, int]) -> None:
    for what, least in (
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_FSIZE, limits["answer"]),
        (resource.RLIMIT_NOFILE, FILES_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (least, least))


def _answer(reader: ModuleType, extension: str) -> dict[str, Any]:
    file = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    try:
        return asdict(examine.examine(file, extension, reader))
    except Unacceptable as refused:
        return {"refused": str(refused)}
    except MemoryError:
        sys.exit(1)
    except Exception:  # a fault of the reader is the file's: what cannot be read is not taken
        return {"refused": DAMAGED}


if __name__ == "__main__":
    main()
