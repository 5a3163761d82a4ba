"""A note of the run in progress, so that `make manage` in another terminal finds its servers."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from . import services
from .places import (
    ROOT,
    CannotStart,
    data_folder,
    environment,
    holder,
    is_running,
    only_run,
    private,
)
from .programs import alive

SECONDS_TO_STOP = 60
DEFAULT_PORT = 8000
AS_OWNER = {"migrate", "verify_trail", "verify_report", "export_borough", "remove_borough"}
# What a demonstration is made of; anything else in the folder is left alone
MADE_HERE = (
    "postgres",
    "postgres.half",
    "mail",
    "logs",
    "stamps.json",
    "run.json",
    "secret-key",
    "files",
    "files-master-key",
    "beat-schedule*",
)


@dataclass(frozen=True)
class RunNote:
    port: int
    database: str
    owner: str
    redis: str

    def write(self, data: Path) -> None:
        file = data / "run.json"
        file.touch(mode=0o600)
        file.write_text(json.dumps(asdict(self)))


def read_note(data: Path) -> RunNote:
    return RunNote(**json.loads((data / "run.json").read_text()))


@contextmanager
def local_services() -> Iterator[tuple[Mapping[str, str], str]]:
    """The environment and the owner's address: of the run in progress, or of services started for the while."""
    data = private(data_folder())
    if is_running(data):
        note = read_note(data)
        yield environment(data, note.port, note.database, note.redis), note.owner
        return
    with only_run(data):
        found = services.start(data)
        try:
            yield environment(data, DEFAULT_PORT, found.database, found.redis), found.owner
        finally:
            found.stop()


def manage(arguments: Sequence[str]) -> int:
    """manage.py on this clone's data; what must see every row is run as the owner of the tables."""
    with local_services() as (env, owner):
        whole = bool(arguments) and arguments[0] in AS_OWNER
        as_owner = {"DATABASE_URL": owner} if whole and owner else {}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            check=False,
            cwd=ROOT,
            env={**env, **as_owner},
        ).returncode


def stop() -> None:
    """Ask the run of this clone to end, and wait for it."""
    data = data_folder()
    pid = holder(data)
    if not is_running(data) or pid is None:
        raise CannotStart(f"Nothing runs on {data}.")
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + SECONDS_TO_STOP
    while alive(pid):
        if time.monotonic() > until:
            raise CannotStart(f"Process {pid} has not stopped in {SECONDS_TO_STOP} seconds.")
        time.sleep(0.1)


def reset() -> list[Path]:
    """Delete the database and the files of this clone's runs. CannotStart while it runs. Returns what is gone."""
    if os.environ.get("DATABASE_URL"):
        raise CannotStart(
            "DATABASE_URL is given: the database there is not this clone's to delete."
        )
    data = private(data_folder())
    with only_run(data):
        found = sorted(path for name in MADE_HERE for path in data.glob(name))
        for path in found:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return found
