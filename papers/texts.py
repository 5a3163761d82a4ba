"""The passages of closed files: remembered when a paper is closed, and by the worker when that could not be done then.

A text without passages is remembered as empty, so that what was not looked at can be told.
"""

import logging
import uuid
from typing import Any

from django.db import connection, transaction

from boroughs.closed_passages import digest_in
from boroughs.passages import digests_of
from papers.inspection import Unacceptable, inspect
from papers.inspection.kinds import KINDS

from .keys import opened
from .sealing import Broken
from .storage import StoredFile, incoming, read

logger = logging.getLogger(__name__)


def _ask(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def text_in(stored: StoredFile, media_type: str) -> str:
    """Raises Broken, OSError or Unacceptable when it cannot be read."""
    extension = next(key for key, kind in KINDS.items() if kind.media_type == media_type)
    with incoming() as (file, path):
        try:
            file.writelines(read(stored))
            file.flush()
            return inspect(path, name=f"file.{extension}").text
        finally:
            path.unlink()


def remember_all() -> int:
    """Each version by itself; how many were remembered."""
    return sum(remember(pk) for (pk,) in _ask("SELECT version FROM papers_unremembered()"))


@transaction.atomic
def remember(pk: uuid.UUID) -> bool:
    """Remember the passages of a closed version's file; False when that is not needed or cannot be done now."""
    found = _ask("SELECT * FROM papers_unremembered(%s)", pk)
    if not found:
        return False
    _, borough, media_type, name, sha256, size, key_id, wrapped, master = found[0]
    try:
        key = opened(key_id, borough, bytes(wrapped), master) if key_id else None
        text = text_in(StoredFile(name, sha256, size, borough, key), media_type)
    except (Broken, Unacceptable, OSError) as why:
        logger.error("The passages of version %s are not remembered: %s", pk, why)  # noqa: TRY400 -- the reason says it all
        return False
    _ask(
        "SELECT papers_remember(%s, %s::bigint[])", pk, sorted(digests_of(text, digest_in(borough)))
    )
    return True
