"""`make run`: database, broker, web, worker and beat, watched until Ctrl-C."""

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from . import services, stamps
from .letters import Letterbox
from .places import (
    SUPERVISED,
    CannotStart,
    data_folder,
    environment,
    only_run,
    private,
    socket_folder,
)
from .programs import Program
from .ready import collect_static, set_up_database
from .running import RunNote

SECONDS_TO_ANSWER = 90
TICK = 0.2  # seconds between looks at the children
LONG_ENOUGH = 60.0  # seconds after which a child counts as healthy again
WAITS = (1, 2, 5, 10, 30)  # seconds before each next restart

TRY = """\
What to try
  1  Sign in as coordinator@thurrock.example.org, change benchmark 7 from Red to Amber and say why.
  2  Under Reports, start a report from the last one, write a section beside its print, make a PDF of the draft.
  3  Sign in as member@thurrock.example.org: the report that was issued is on your list.
  4  Sign in as lead@barnet.example.org: no page of Thurrock's can be found.
  5  Barnet's paper “Prevent Forward Strategy 2017–2020” is closed. member@barnet.example.org is on
     its list and may read it: sign in, and type the code that, in another terminal,
     make second-factor WHO=member@barnet.example.org prints. lead@barnet.example.org chose the
     reader and may not read it.
  6  Without signing in, open /register/: five reports in the shapes of their councils. As
     coordinator@barking-and-dagenham.example.org read the closed parts of the Cabinet's.
  7  Sign in as observer@comparison.example.org: three years of ratings of 33 authorities that do not exist.
"""


class Stopped(BaseException):
    """Somebody asked for the end."""


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, a TERM and a closed terminal all end the run in order."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def port_from_environment() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise CannotStart(f"PORT must be a number between 1 and 65535, and is “{given}”.")
    return int(given)


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"You may not open port {port}: choose another, `make run PORT=8001`."
            ) from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise CannotStart(
                f"Port {port} is taken by another program: stop that, or choose another port, `make run PORT={other}`."
            ) from None


def portal_programs(port: int, env: Mapping[str, str], data: Path) -> list[Program]:
    """Web, worker and beat, in the order in which they start."""
    python, logs = sys.executable, data / "logs"
    celery = [python, "-m", "celery", "-A", "portal"]
    web = [
        python,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    commands = {
        "web": [
            *web,
            "--workers=2",
            "--worker-class=gthread",
            "--threads=4",
            "--graceful-timeout=5",
        ],
        "worker": [
            *celery,
            "worker",
            "--concurrency=2",
            "--loglevel=INFO",
            "--without-gossip",
            "--without-mingle",
        ],
        "beat": [
            *celery,
            "beat",
            f"--schedule={data / 'beat-schedule'}",
            "--pidfile=",
            "--loglevel=WARNING",
        ],
    }
    return [
        Program(name=name, command=command, log=logs / f"{name}.log", environment=env)
        for name, command in commands.items()
    ]


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_it_answers(web: Program, port: int) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(port):
        if web.exit_code() is not None or time.monotonic() > until:
            raise CannotStart(
                f"The web server did not start. The end of its log, {web.log}:\n{web.last_words()}"
            )
        time.sleep(0.1)


@dataclass
class Watched:
    """A child that is started again when it ends by itself, each time a little later."""

    program: Program
    since: float = field(default_factory=time.monotonic)
    failures: int = 0
    due: float | None = None

    def look(self) -> None:
        now = time.monotonic()
        if self.due is not None:
            if now >= self.due:
                self.program.start()
                self.since, self.due = now, None
            return
        code = self.program.exit_code()
        if code is None:
            return
        self.failures = 0 if now - self.since > LONG_ENOUGH else self.failures
        wait = WAITS[min(self.failures, len(WAITS) - 1)]
        self.failures, self.due = self.failures + 1, now + wait
        say(
            f"{self.program.name} ended ({ending(code)}); starting it again in {wait} s. Log: {self.program.log}"
        )


def ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def watch(programs: Sequence[Program], letters: Letterbox) -> None:
    watched = [Watched(program) for program in programs]
    while True:
        for one in watched:
            one.look()
        for letter in letters.new():
            say(f"\n{letter}\n")
        time.sleep(TICK)


def stop_all(programs: Sequence[Program], found: services.Services) -> None:
    """The portal's own first, then broker and database. A second Ctrl-C does not wait."""
    try:
        for program in programs:
            program.ask_to_stop()
        for program in programs:
            program.wait_stopped()
        found.stop()
    except Stopped:
        say("Stopping at once.")
        for program in [*programs, *reversed(found.started)]:
            program.kill()
        found.clear()


def greet(port: int, accounts: str, data: Path) -> None:
    say(f"\nThe portal is at http://127.0.0.1:{port}\n")
    if accounts:
        say(f"Sample sign-ins\n{accounts}\n\n{TRY}")
    say(
        f"E-mails the portal sends appear here. Logs are in {data / 'logs'}. Ctrl-C stops everything."
    )


def run() -> None:
    """Until somebody stops it. Raises CannotStart with the reason when it cannot begin."""
    port, data = port_from_environment(), private(data_folder())
    with only_run(data), stoppable():
        check_port(port)
        programs: list[Program] = []
        found = services.Services("", "", "", [])
        try:
            keep_last_logs(private(data / "logs"))
            say("Starting the database and the broker")
            found = services.start(data)
            env = environment(data, port, found.database, found.redis)
            RunNote(port, found.database, found.owner, found.redis).write(data)
            marks = stamps.Stamps(data / "stamps.json")
            accounts = set_up_database(env, found, marks, say=say)
            collect_static(env, say=say)
            say("Starting the web server")
            programs = portal_programs(port, env | {SUPERVISED: str(socket_folder(data))}, data)
            letters = Letterbox(data / "mail")
            programs[0].start()
            wait_until_it_answers(programs[0], port)
            greet(port, accounts, data)
            for program in programs[1:]:
                program.start()
            watch([*found.started, *programs], letters)
        except Stopped:
            say("\nStopping")
        finally:
            stop_all([*programs[:1], *reversed(programs[1:])], found)  # web, beat, worker
    say("Everything is stopped; the data is kept.")


def keep_last_logs(logs: Path) -> None:
    """Each run writes its own logs; the run before's stay beside them."""
    for log in logs.glob("*.log"):
        log.replace(log.with_suffix(".log.before"))
