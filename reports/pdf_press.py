"""The press: a process that keeps WeasyPrint warm and prints each paper in a child with limits.

Started by reports.pdf as `python -m reports.pdf_press`. It knows no settings, no database and no
secret. Requests come on standard input and answers leave on standard output, each a length and a
body. A child that runs away is stopped by the kernel, inside native code too.
"""

import gc
import json
import os
import resource
import signal
import sys
import tempfile
from typing import IO, Any

from weasyprint.urls import FatalURLFetchingError

from reports import pdf_maker
from reports.pdf import LENGTH
from reports.pdf_progress import Told

TOO_LONG = "The report took longer to print than is allowed. Shorten its longest text or table."
TOO_BIG = (
    "The report needed more memory to print than is allowed. Shorten its longest text or table."
)
NOT_ALLOWED = (
    "The report refers to something outside itself, which is not allowed in a printed report."
)
CRASHED = "The program that prints reports stopped unexpectedly. Try again; if it happens again, tell the administrator."  # fmt: skip
SENTENCES = {signal.SIGALRM: TOO_LONG, signal.SIGXCPU: TOO_LONG}


def read_frame(stream: IO[bytes]) -> bytes | None:
    """One body, or None when the other side has gone."""
    head = stream.read(LENGTH)
    if len(head) < LENGTH:
        return None
    return stream.read(int.from_bytes(head, "big"))


def write_frame(stream: IO[bytes], body: bytes) -> None:
    stream.write(len(body).to_bytes(LENGTH, "big") + body)
    stream.flush()


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Print until the caller closes its end. What is said meanwhile of the progress is a line of JSON that names a
    stage; the answer is one that does not, and then the PDF."""
    while (request := read_frame(requests)) is not None:
        write_frame(answers, _print_in_child(json.loads(request), answers))


def _print_in_child(request: dict[str, Any], answers: IO[bytes]) -> bytes:
    heard, telling = os.pipe()
    with tempfile.TemporaryFile() as sheet:
        child = os.fork()
        if child == 0:
            # Held open here, it would hide from the caller that the press has died.
            os.close(answers.fileno())
            os.close(heard)
            _be_the_child(request, sheet, telling)
        os.close(telling)
        with os.fdopen(heard, "rb") as lines:
            for line in lines:  # until the child has ended
                write_frame(answers, line)
        _, status = os.waitpid(child, 0)
        sheet.seek(0)
        printed = sheet.read()
    if os.WIFSIGNALED(status):
        return _refusal(SENTENCES.get(signal.Signals(os.WTERMSIG(status)), CRASHED))
    return printed or _refusal(CRASHED)


def _be_the_child(request: dict[str, Any], sheet: IO[bytes], telling: int) -> None:
    """Print and leave without the parent's exit handlers; also when nobody listens any more."""

    def told(stage: str, page: int | None) -> None:
        try:
            os.write(telling, json.dumps({"stage": stage, "page": page}).encode() + b"\n")
        except BrokenPipeError:
            os._exit(1)

    try:
        _limit(request["limits"])
        gc.disable()  # what is not needed any more goes with the process
        sheet.write(_printed(request["papers"], told))
        sheet.flush()
    except MemoryError:
        sheet.write(_refusal(TOO_BIG))
        sheet.flush()
    finally:
        os._exit(0)


def _limit(limits: dict[str, int]) -> None:
    # The alarm and the processor's limit keep their default deed: the kernel ends the process.
    signal.alarm(limits["seconds"])
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["bytes"], limits["bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _printed(papers: dict[str, Any], told: Told) -> bytes:
    try:
        data, pages = pdf_maker.make(**papers, told=told)
    except FatalURLFetchingError:
        return _refusal(NOT_ALLOWED)
    except MemoryError:
        return _refusal(TOO_BIG)
    except Exception as fault:  # any fault of the printer is the report's answer
        sys.stderr.write(f"press: {type(fault).__name__}\n")
        return _refusal(CRASHED)
    said = {"pages": pages, "libraries": pdf_maker.libraries()}
    return json.dumps(said).encode() + b"\n" + data


def _refusal(reason: str) -> bytes:
    return json.dumps({"reason": reason}).encode() + b"\n"


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not reach the caller
    pdf_maker.make("<!DOCTYPE html><html lang='en'><title>Warm</title><h1>Warm</h1><p><b>up</b>")
    gc.collect()
    gc.freeze()  # shared with every child, and never looked through again
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
