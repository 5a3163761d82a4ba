"""Stands in for the worker's reader and looks around: what could a file's code reach?"""

import json
import os
import socket
import sys
from pathlib import Path

from papers.inspection import worker


def reaches_network() -> bool:
    """A listener on this machine is on the network too: a namespace of its own has not even that one up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("127.0.0.1", 9))
        except OSError:
            return False
    return True


def can_write() -> bool:
    try:
        Path("left-behind").write_text("x", encoding="utf-8")
    except OSError:
        return False
    return True


def _folder() -> str:
    return str(Path("/proc/self/cwd").readlink())


if __name__ == "__main__":
    worker.leave_everything()
    worker.limit(json.loads(sys.argv[2]))
    answer = (
        f"environment {len(set(os.environ) - {'LC_CTYPE'})}, files in the folder {len(list(Path().iterdir()))}, folder {'gone' if _folder().endswith('(deleted)') else 'kept'}, "
        f"network {'yes' if reaches_network() else 'no'}, can write {'yes' if can_write() else 'no'}"
    )
    sys.stdout.write(json.dumps({"media_type": "", "extension": "", "pages": None, "findings": [], "text": answer}))  # fmt: skip
