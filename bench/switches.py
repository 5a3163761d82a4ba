"""What the owner of the tables can switch off for a while, to see what it costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import psycopg2


class Switches:
    def __init__(self, owner_url: str) -> None:
        self.owner = psycopg2.connect(owner_url)
        self.owner.autocommit = True

    @contextmanager
    def without_history(self) -> Iterator[None]:
        """No trigger keeps what a rating was."""
        self.tell(f"ALTER TABLE toolkit_rating DISABLE TRIGGER {self._history}")
        try:
            yield
        finally:
            self.tell(f"ALTER TABLE toolkit_rating ENABLE TRIGGER {self._history}")

    @contextmanager
    def without_row_security(self) -> Iterator[None]:
        self._row_security("DISABLE")
        try:
            yield
        finally:
            self._row_security("ENABLE")

    def _row_security(self, verb: str) -> None:
        self.tell(";".join(f"ALTER TABLE {t} {verb} ROW LEVEL SECURITY" for t in self._protected))

    @cached_property
    def _history(self) -> str:
        return self.ask(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'toolkit_rating'::regclass"
            " AND tgname LIKE 'pgtrigger_update%'"
        )[0]

    @cached_property
    def _protected(self) -> list[str]:
        return self.ask("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")

    def ask(self, query: str) -> list[str]:
        """The first column."""
        with self.owner.cursor() as cursor:
            cursor.execute(query)
            return [str(row[0]) for row in cursor.fetchall()]

    def tell(self, command: str) -> None:
        with self.owner.cursor() as cursor:
            cursor.execute(command)
