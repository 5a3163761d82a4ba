"""What a run measures on: servers, a database for each size, the portal behind gunicorn."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from portal.local import throwaway, valkey
from portal.local.places import ROOT, SOCKETS, CannotStart, database_url, new_master_key, redis_url
from portal.local.programs import Program
from portal.local.services import start_postgres

from .client import Visitor, Web
from .empty import FLOOR

# As in the Dockerfile and the local run; the connection is kept, so that one process answers all that is compared
GUNICORN = ("--workers=2", "--worker-class=gthread", "--threads=4", "--no-control-socket")
KEPT = "--keep-alive=120"  # seconds
TEMPLATE = "portal"
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True)
class Bench:
    """The servers of one run, and how its processes are told about them."""

    folder: Path
    environment: Mapping[str, str]

    def app_url(self, database: str) -> str:
        return _of(database, database_url("portal_app", self.folder / "pg"))

    def owner_url(self, database: str) -> str:
        return _of(database, database_url("portal_owner", self.folder / "pg"))

    def manage(self, url: str, *arguments: str, silent: bool = False) -> None:
        """manage.py on one database, as the role that the address names."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL if silent else None,
            env={**self.environment, "DATABASE_URL": url},
        )

    def prepare(self) -> None:
        """Tables and reference data once; the databases measured on are copies."""
        self.manage(self.owner_url(TEMPLATE), "migrate", "--noinput", "--verbosity=0")
        self.manage(self.app_url(TEMPLATE), "load_reference", silent=True)
        self.manage(self.app_url(TEMPLATE), "collectstatic", "--noinput", "--verbosity=0")

    def fill(self, database: str, boroughs: int, *, few: int = 0) -> None:
        owner = psycopg2.connect(self.owner_url("postgres"))
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}")
        owner.close()
        self.manage(self.owner_url(database), "bench_generate", str(boroughs), f"--few={few}")

    @contextmanager
    def web(self, database: str) -> Iterator[int]:
        """The portal on one database, behind gunicorn; its port."""
        port = _free_port()
        web = Program(
            name=f"web on {database}",
            command=[
                *(sys.executable, "-m", "gunicorn", "portal.wsgi"),
                *(f"--bind=127.0.0.1:{port}", *GUNICORN, KEPT),
            ],
            log=self.folder / f"web-{database}.log",
            environment={**self.environment, "DATABASE_URL": self.app_url(database)},
        )
        web.start()
        try:
            _wait_for(web, port)
            yield port
        finally:
            web.ask_to_stop()
            web.wait_stopped()


@contextmanager
def bench() -> Iterator[Bench]:
    """Servers that force every commit to disk, as in production, and that are gone afterwards."""
    prefix = f"{throwaway.PREFIX}-{os.geteuid()}-{os.getpid()}-"  # known to whoever clears up after a kill
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SOCKETS))
    started: list[Program] = []
    try:
        started.append(start_postgres(folder / "postgres", folder / "pg", folder / "postgres.log"))
        broker = valkey.server(folder / "valkey.sock", folder / "valkey.log")
        started.append(broker)
        valkey.start(broker, folder / "valkey.sock")
        yield _bench(folder)
    finally:
        for program in reversed(started):
            program.ask_to_stop()
            program.wait_stopped()
        shutil.rmtree(folder, ignore_errors=True)


def _bench(folder: Path) -> Bench:
    own = {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": database_url("portal_app", folder / "pg"),
        "REDIS_URL": redis_url(folder / "valkey.sock"),
        "FILES_ROOT": str(folder / "files"),
        "FILES_MASTER_KEY": new_master_key(),
        "STATIC_ROOT": str(folder / "static"),
        "PYTHONPATH": str(ROOT),
    }
    kept = {k: v for k, v in os.environ.items() if k not in throwaway.FOR_THIS_MACHINE_ONLY}
    return Bench(folder, kept | throwaway.PRODUCTION | own)


def _wait_for(web: Program, port: int) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while True:
        try:
            Web(port).get(FLOOR, Visitor())
        except OSError:
            if web.exit_code() is not None or time.monotonic() > until:
                raise CannotStart(f"gunicorn did not start:\n{web.last_words()}") from None
            time.sleep(0.1)
        else:
            return


def _of(database: str, url: str) -> str:
    return f"{url.rpartition('/')[0]}/{database}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
