"""Servers that live as long as one command: for tests, checks and measurements."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from . import postgres, valkey
from .places import SOCKETS, database_url, new_master_key, redis_url
from .programs import Program, alive, clear_left_behind
from .services import Services, start_postgres

PREFIX = "portal-test"
TEST = {
    "SITE_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver",
    "INSECURE_LOCAL_HTTP": "1",
    "DEMONSTRATION": "1",
}
PRODUCTION = {
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "EMAIL_URL": "smtp://mail.example.org:25",
}
FOR_THIS_MACHINE_ONLY = ("DEBUG", "DEMONSTRATION", "INSECURE_LOCAL_HTTP")


def clear_throwaways() -> None:
    """Remove what test runs left that were killed: their servers died with them, their folders did not."""
    for folder in SOCKETS.glob(f"{PREFIX}-{os.geteuid()}-*"):
        with suppress(ValueError, IndexError, OSError):
            if not alive(int(folder.name.split("-")[3])):
                clear_left_behind(folder)
                postgres.stop_left_behind(folder / "postgres")
                shutil.rmtree(folder, ignore_errors=True)


def start_throwaway() -> tuple[Services, Path]:
    """Servers in a folder of their own that nobody needs afterwards; nothing is forced to disk."""
    clear_throwaways()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}-{os.geteuid()}-{os.getpid()}-", dir=SOCKETS))
    started: list[Program] = []
    try:
        started.append(
            start_postgres(
                folder / "postgres", folder / "pg", folder / "postgres.log", careless=True
            )
        )
        broker = valkey.server(folder / "valkey.sock", folder / "valkey.log")
        started.append(broker)
        valkey.start(broker, folder / "valkey.sock")
    except BaseException:
        Services("", "", "", started).stop()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    database, owner = (database_url(user, folder / "pg") for user in ("portal_app", "portal_owner"))
    broker_url = redis_url(folder / "valkey.sock")
    return Services(database, owner, broker_url, started, folder), folder


def stop_throwaway(services: Services, folder: Path) -> None:
    services.stop()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def throwaway() -> Iterator[Services]:
    services, folder = start_throwaway()
    try:
        yield services
    finally:
        stop_throwaway(services, folder)


def environment(services: Services, *, production: bool = False) -> dict[str, str]:
    """This process's environment, with what the settings read set for a test, or as in production."""
    kept = {name: value for name, value in os.environ.items() if name not in FOR_THIS_MACHINE_ONLY}
    own = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": services.database,
        "PORTAL_TEST_OWNER_URL": services.owner,
        "REDIS_URL": services.redis,
        "FILES_ROOT": str((services.folder or SOCKETS) / "files"),
        "FILES_MASTER_KEY": new_master_key(),
    }
    return kept | own | (PRODUCTION if production else TEST)
