"""The door to printing: `render(html)` gives a PDF or a sentence that says why not.

The printing itself happens in another process (reports.pdf_press), kept warm between papers: a
report that runs away costs neither this process nor its memory, and the printer sees no settings.
"""

import atexit
import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import IO, Any, cast

from reports.made_with import programs
from reports.narrative import why_not_printable
from reports.pdf_progress import Told
from reports.print.fonts import FONTCONFIG, ROOT, why_not_ready

SECONDS_TO_START = 30
LENGTH = 8  # bytes before each request and answer, saying how long it is
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "XDG_CACHE_HOME")
NO_ANSWER = "The program that prints reports did not answer. Try again; if it happens again, tell the administrator."  # fmt: skip


class CannotRender(Exception):
    """The PDF cannot be made; the message is a sentence for the person who asked for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Pdf:
    data: bytes
    pages: int
    made_with: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Limits:
    """What one rendering may take. With the press's start it must stay within the lease of a rendering."""

    seconds: int = 40
    bytes: int = 2 * 1024**3


LIMITS = Limits()


def render(
    html: str,
    *,
    longer: str = "",
    from_pages: int = 0,
    limits: Limits = LIMITS,
    told: Told = lambda _stage, _page: None,
) -> Pdf:
    """PDF/A-3a and PDF/UA-1 in one file, the same bytes for the same HTML; raises CannotRender.

    A paper of `from_pages` pages or more is printed from `longer`, where it is given. `told` hears the stage and the page.
    """
    if reason := why_not_ready() or why_not_drawn(longer or html):
        raise CannotRender(reason)
    papers = {"html": html, "longer": longer, "from_pages": from_pages}
    request = json.dumps({"papers": papers, "limits": asdict(limits)}).encode()
    with _one_at_a_time:
        said, data = _ask(request, limits.seconds, told)
    if "reason" in said:
        raise CannotRender(said["reason"])
    return Pdf(data, said["pages"], {**programs(), **said["libraries"]})


class _Text(HTMLParser):
    """Finds the first text that cannot be drawn and the heading it stands under."""

    HEADINGS = ("h1", "h2", "h3", "th")

    def __init__(self) -> None:
        super().__init__()
        self.place = ""
        self.inside = ""
        self.reason: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HEADINGS:
            self.inside, self.place = tag, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.reason is None:
            self.reason = why_not_printable(data, self._named())
        if self.inside:
            self.place = f"{self.place} {data.strip()}".strip()

    def _named(self) -> str:
        return f"“{self.place}”" if self.place and not self.inside else ""


def why_not_drawn(html: str) -> str | None:
    """A sentence naming the first character that the typeface lacks, and the heading it stands under."""
    text = _Text()
    text.feed(html)
    text.close()
    return text.reason


# -- The press, one for each process that prints ----------------------------------------------------
_one_at_a_time = threading.Lock()
_press: subprocess.Popen[bytes] | None = None
_owner = 0


def _ask(request: bytes, seconds: int, told: Told) -> tuple[dict[str, Any], bytes]:
    try:
        press = _warm_press()
        requests, answers = cast("IO[bytes]", press.stdin), cast("IO[bytes]", press.stdout)
        requests.write(len(request).to_bytes(LENGTH, "big") + request)
        requests.flush()
        until = time.monotonic() + seconds + SECONDS_TO_START
        while True:
            said, data = _answer(answers, until)
            if "stage" not in said:
                return said, data
            told(said["stage"], said["page"])
    except (OSError, EOFError) as gone:
        stop()
        raise CannotRender(NO_ANSWER) from gone
    except BaseException:  # what is not read to its end would be taken for the next report's answer
        stop()
        raise


def _answer(stream: IO[bytes], until: float) -> tuple[dict[str, Any], bytes]:
    frame = _read(stream, int.from_bytes(_read(stream, LENGTH, until), "big"), until)
    head, _, data = frame.partition(b"\n")
    return json.loads(head), data


def _read(stream: IO[bytes], length: int, until: float) -> bytes:
    """Exactly so many bytes; raises EOFError when the press ends and TimeoutError when it is late."""
    got = bytearray()
    while len(got) < length:
        ready, _, _ = select.select([stream], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        piece = os.read(stream.fileno(), length - len(got))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def _warm_press() -> subprocess.Popen[bytes]:
    global _press, _owner  # one press for the process, found again by the next report
    if _press is not None and _owner == os.getpid() and _press.poll() is None:
        return _press
    _press, _owner = _start(), os.getpid()
    return _press


def _start() -> subprocess.Popen[bytes]:
    # Not the environment of this process, which holds the portal's secrets.
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "reports.pdf_press"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**passed, "LANG": "C.UTF-8", "FONTCONFIG_FILE": str(FONTCONFIG)},
        start_new_session=True,
    )


def stop() -> None:
    """End the press and whatever it is printing."""
    global _press
    press, _press = _press, None
    if press is None or _owner != os.getpid():
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(press.pid, signal.SIGKILL)
    for pipe in (press.stdin, press.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    press.wait()


atexit.register(stop)
