"""A reader's copy of a closed PDF says on each page whose it is. The stored original stays as it is."""

import json
import logging
import subprocess
import sys
from pathlib import Path

SECONDS = 45
STAMPER = Path(__file__).with_name("stamper.py")
PDF = "application/pdf"
CANNOT = (
    "A copy with your name on it could not be made, so there is none to download. The paper itself is unharmed. "
    "Ask the person who keeps it to save it as a PDF again and add it as a new version."
)
logger = logging.getLogger(__name__)


class CannotStamp(Exception):
    """There is no copy to hand out; the message is for the reader."""

    def __init__(self) -> None:
        super().__init__(CANNOT)


def stamped(pdf: bytes, *lines: str) -> bytes:
    """The PDF with these lines at the lower edge of every page. Raises CannotStamp."""
    asked = json.dumps(lines).encode() + b"\n" + pdf
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(STAMPER)],
            input=asked,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise CannotStamp from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        # Only the kind of fault: what it says may quote the paper
        logger.warning("Stamping failed: %s", [line.partition(":")[0] for line in last])
        raise CannotStamp
    return done.stdout
