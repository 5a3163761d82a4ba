"""The virus scanner: clamd, asked over a socket. Off while CLAMD_SOCKET is empty; when it is on, no answer is a refusal.

`CLAMD_SOCKET` is the path of a socket of this machine, or `host:port`. The file is sent piece by piece
(clamd's INSTREAM), so that the scanner need not be able to read the portal's storage.
"""

import re
import socket
import struct
import time
from pathlib import Path
from typing import BinaryIO

from papers.inspection import Unacceptable

PIECE = 64 * 1024
SECONDS = 20.0  # for the whole conversation; a web server gives up after 30
MOST_ANSWER = 4096
AWAY = "The virus scanner is away, so the file was not taken. Try again in some minutes; if it happens again, tell the administrator."
INFECTED = "The virus scanner found something harmful in the file. Do not open it, and tell your IT security team."
TOO_LARGE = "The file is larger than the virus scanner takes. Make it smaller, or split it, and upload it again."
FOUND = re.compile(r"^stream: .+ FOUND$")


def check(path: Path, *, address: str, seconds: float = SECONDS) -> None:
    """Raises Unacceptable unless the scanner is off or says that the file is clean."""
    if not address:
        return
    try:
        with path.open("rb") as file:
            answer = _ask(file, address, time.monotonic() + seconds)
    except (OSError, ValueError):
        raise Unacceptable(AWAY) from None
    reason = why_not_clean(answer)
    if reason:
        raise Unacceptable(reason)


def why_not_clean(answer: str) -> str | None:
    """Only “stream: OK” is clean: everything not understood counts as no answer."""
    if answer == "stream: OK":
        return None
    if FOUND.match(answer):
        return INFECTED
    return TOO_LARGE if answer.startswith("INSTREAM size limit exceeded") else AWAY


def _ask(file: BinaryIO, address: str, until: float) -> str:
    with _connected(address, until) as clamd:
        try:
            _send(clamd, b"zINSTREAM\0", until)
            while piece := file.read(PIECE):
                _send(clamd, struct.pack("!I", len(piece)) + piece, until)
            _send(clamd, struct.pack("!I", 0), until)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough and has answered already: the answer says why
        return _answer(clamd, until)


def _connected(address: str, until: float) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and not address.startswith("/"):
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_left(until))
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(_left(until))
    try:
        clamd.connect(address)
    except OSError:
        clamd.close()
        raise
    return clamd


def _send(clamd: socket.socket, data: bytes, until: float) -> None:
    clamd.settimeout(_left(until))
    clamd.sendall(data)


def _answer(clamd: socket.socket, until: float) -> str:
    """Up to its closing zero; an answer cut short is none."""
    said = b""
    while not said.endswith(b"\0") and len(said) < MOST_ANSWER:
        clamd.settimeout(_left(until))
        piece = clamd.recv(MOST_ANSWER)
        if not piece:
            raise ConnectionError
        said += piece
    return said.rstrip(b"\0").decode("utf-8", "replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
