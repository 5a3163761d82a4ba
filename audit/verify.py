"""Checking the trail: every link is computed again from its event, by other code than that which wrote it."""

import hashlib
from collections.abc import Iterator

from django.db import connection, transaction

FIRST = "0" * 64
# What audit_append() hashes (migration 0003_chain); events without a link and links without an event show as gaps
LINKS = """
SELECT l.chain, l.seq, l.prev, l.hash, e.id IS NOT NULL, jsonb_build_array(
    l.prev, l.seq, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    e.borough_id, e.actor_id, e.deed, e.subject, e.facts)::text,
    l.chain = coalesce('borough-' || e.borough_id, 'portal')
FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.chain, l.seq"""
UNLINKED = """
SELECT e.id FROM audit_event e LEFT JOIN audit_link l ON l.event_id = e.id WHERE l.event_id IS NULL ORDER BY e.at"""


class CannotVerify(Exception):
    """This role cannot see the whole trail."""


@transaction.atomic
def why_not_whole() -> list[str]:
    """A sentence for each place where the trail was changed, cut or forked; none when it is whole.

    Raises CannotVerify unless it runs as the owner of the tables: the application sees only its visitor's events.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user = tableowner FROM pg_tables WHERE tablename = 'audit_event'"
        )
        if not cursor.fetchone()[0]:
            raise CannotVerify("Run this as portal_owner: give DATABASE_URL the owner's address.")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        cursor.execute("SELECT chain, seq, hash FROM audit_head")
        heads = {chain: (seq, digest) for chain, seq, digest in cursor.fetchall()}
        cursor.execute(UNLINKED)
        unlinked = [f"The event {pk} has no place in a chain." for (pk,) in cursor.fetchall()]
        cursor.execute(LINKS)
        return [*unlinked, *_breaks(cursor, heads)]


def _breaks(
    links: Iterator[tuple[str, int, str, str, bool, str, bool]], heads: dict[str, tuple[int, str]]
) -> list[str]:
    """Walk each chain from its beginning to its head."""
    ends: dict[str, tuple[int, str]] = {}
    said = []
    for chain, seq, prev, digest, there, words, at_home in links:
        last, before = ends.get(chain, (0, FIRST))
        place = f"{chain}, place {seq}"
        if seq != last + 1 or prev != before:
            said.append(f"{place}: it does not follow on from place {last}.")
        if not there:
            said.append(f"{place}: its event is gone.")
        elif not at_home or hashlib.sha256(words.encode()).hexdigest() != digest:
            said.append(f"{place}: its event is not what was written.")
        ends[chain] = (seq, digest)
    cut = [chain for chain in heads.keys() | ends.keys() if heads.get(chain) != ends.get(chain)]
    return [*said, *(f"{chain}: its head is not its last link." for chain in sorted(cut))]
