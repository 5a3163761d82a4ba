"""Several stretches of work at once, each on a connection of its own, for tests that commit."""

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection


class Run(threading.Thread):
    """A stretch of work on a connection of its own, with what it raised."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self.work = work
        self.error: Exception | None = None
        self.answer: Any = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self.work()
        except Exception as why:  # told to the test
            self.error = why
        finally:
            connection.close()


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "OR NOT granted AND locktype = 'transactionid'"
        )
        return bool(cursor.fetchone()[0])


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.02)


def at_once(*works: Callable[[], Any]) -> list[Run]:
    """All begin together; each ends before this does."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        start.wait(20)
        return work()

    runs = [Run(partial(begin, work)) for work in works]
    for run in runs:
        run.join(40)
    return runs
