"""What may not stand in a log."""

import logging
import re
from collections.abc import Iterator

import psycopg2
from django.db import Error

DATABASE = (Error, psycopg2.Error)
SHORTEST = 4  # letters of a line that is looked for; a shorter one is the mark under a statement
SWEEPER = "sweep_renderings"
SECRETS = re.compile(r"(/invitations/|/calendar/|/account/password/reset/)[^/\s]+")


class RefusedInOneLine(logging.Filter):
    """What was refused (400 to 404) is one line: a traceback says nothing more of it, and fills the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.exc_info = record.exc_text = None
        return True


class WithoutSweeps(logging.Filter):
    """The sweeper's coming and going every ten seconds is no news; what goes wrong with it is."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno > logging.INFO or SWEEPER not in record.getMessage()


class WithoutTokens(logging.Filter):
    """Leaves the token of an invitation, a calendar or a password reset out of a logged address.

    Whoever reads the log could use it before the person does.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRETS.search(said):
            record.msg, record.args = SECRETS.sub(r"\1…", said), ()
        return True


class WithoutRows(logging.Filter):
    """Leaves out what the database said of an error, for it quotes the row: kind, code, constraint and place stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        found = record.exc_info[1] if record.exc_info else None
        args = record.args if isinstance(record.args, tuple) else ()
        errors = [error for each in (found, *args) for error in _database_errors(each)]
        if errors:
            record.msg, record.args = _without_words(record.getMessage(), errors), ()
            if record.exc_info:
                text = logging.Formatter().formatException(record.exc_info)
                record.exc_text = _without_words(text, errors)
        return True


def _database_errors(raised: object, seen: tuple[object, ...] = ()) -> Iterator[BaseException]:
    """The error itself and those that led to it."""
    if not isinstance(raised, BaseException) or raised in seen:
        return
    if isinstance(raised, DATABASE):
        yield raised
    parts = raised.exceptions if isinstance(raised, BaseExceptionGroup) else ()
    for each in (raised.__cause__, raised.__context__, *parts):
        yield from _database_errors(each, (*seen, raised))


def _without_words(text: str, errors: list[BaseException]) -> str:
    for error in errors:
        words = str(error).strip()
        lines = [line.strip() for line in words.splitlines()]
        for said in (words, repr(str(error))[1:-1], *lines):
            if len(said) >= SHORTEST:
                text = text.replace(said, _sign_of(error))
    return text


def _sign_of(error: BaseException) -> str:
    """Code and constraint, which the schema says and no row."""
    raw = error if isinstance(error, psycopg2.Error) else error.__cause__
    code = getattr(raw, "pgcode", None) or "no code"
    constraint = getattr(getattr(raw, "diag", None), "constraint_name", None)
    return f"[{code}, {constraint}]" if constraint else f"[{code}]"
