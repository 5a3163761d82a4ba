"""The database and the broker of one run: this clone's own, or those whose addresses are given."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import redis

from . import postgres, valkey
from .nobody import hand_over
from .places import CannotStart, database_url, private, redis_url, socket_folder
from .programs import Program, clear_left_behind

SECONDS_TO_ANSWER = 5


@dataclass(frozen=True)
class Services:
    """Where the database and the broker are, and which of them were started here."""

    database: str  # as portal_app
    owner: str  # as portal_owner; empty when somebody else migrates
    redis: str
    started: Sequence[Program]
    folder: Path | None = None  # what goes with them when they stop

    @property
    def database_is_ours(self) -> bool:
        return any(program.name == "postgres" for program in self.started)

    def stop(self) -> None:
        for program in reversed(self.started):
            program.ask_to_stop()
            program.wait_stopped()
        self.clear()

    def clear(self) -> None:
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


# -- Servers that are given ---------------------------------------------------------------------------
def without_password(url: str) -> str:
    parts = urlsplit(url)
    return url.replace(f":{parts.password}@", ":…@") if parts.password else url


def check_database(url: str, name: str) -> None:
    """CannotStart, with the server's reason, when nothing answers there."""
    address = "postgresql" + url[url.index(":") :] if "://" in url else url
    try:
        psycopg2.connect(address, connect_timeout=SECONDS_TO_ANSWER).close()
    except psycopg2.Error as error:
        raise CannotStart(
            f"The database does not answer at {without_password(url)} ({name}): {str(error).strip()}"
        ) from error


def check_broker(url: str) -> None:
    try:
        broker = redis.Redis.from_url(url, socket_connect_timeout=SECONDS_TO_ANSWER)
        broker.ping()
        broker.close()
    except (redis.RedisError, OSError, ValueError) as error:
        raise CannotStart(
            f"The broker does not answer at {without_password(url)} (REDIS_URL): {error}"
        ) from error


# -- Servers of our own -------------------------------------------------------------------------------
def start_postgres(cluster: Path, sockets: Path, log: Path, *, careless: bool = False) -> Program:
    postgres.stop_left_behind(cluster)
    postgres.make_cluster(cluster)
    sockets.mkdir(mode=0o700, exist_ok=True)  # inside a private folder, so nobody else's
    hand_over(sockets)
    program = postgres.server(cluster, sockets, log, careless=careless)
    postgres.start(program, cluster, sockets)
    postgres.make_roles(sockets)
    return program


def start(data: Path) -> Services:
    """Start what is not given by DATABASE_URL and REDIS_URL; what an earlier run left behind is stopped first."""
    sockets, logs = private(socket_folder(data)), private(data / "logs")
    clear_left_behind(sockets)
    given_database, given_redis = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    owner = os.environ.get("MIGRATE_DATABASE_URL", "")
    if given_database:
        check_database(given_database, "DATABASE_URL")
    if owner:
        check_database(owner, "MIGRATE_DATABASE_URL")
    if given_redis:
        check_broker(given_redis)
    started: list[Program] = []
    try:
        if not given_database:
            owner = database_url("portal_owner", sockets / "pg")
            started.append(start_postgres(data / "postgres", sockets / "pg", logs / "postgres.log"))
        if not given_redis:
            broker = valkey.server(sockets / "valkey.sock", logs / "valkey.log")
            started.append(broker)
            valkey.start(broker, sockets / "valkey.sock")
    except BaseException:
        Services("", "", "", started, sockets).stop()
        raise
    return Services(
        database=given_database or database_url("portal_app", sockets / "pg"),
        owner=owner,
        redis=given_redis or redis_url(sockets / "valkey.sock"),
        started=started,
        folder=sockets,
    )
