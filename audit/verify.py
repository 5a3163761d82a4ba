"""Checking the trail: every link is computed again from its event, by other code than that which wrote it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from .models import Checked, Link

FIRST = "0" * 64
MOST_SAID = 100  # sentences; a trail that is broken in more places is not read to the last of them
AT_ONCE = 5_000  # links held in memory
# One statement, one moment: what is committed meanwhile does not look like a head that runs away from its links.
# What audit_append() hashes (migration 0005_chain_of_outcomes); events without a link and links without an event show as gaps
LINKS = """
SELECT l.seq, l.prev, l.hash, e.id IS NOT NULL, (jsonb_build_array(
        l.prev, l.seq, e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        e.borough_id, e.actor_id, e.deed, e.subject, e.facts)
    || CASE WHEN e.outcome = 'done' AND e.origin = '' AND NOT e.members_reading THEN '[]'::jsonb
        ELSE jsonb_build_array(e.outcome, e.origin, e.members_reading) END)::text,
    l.chain = coalesce('borough-' || e.borough_id, 'portal'),
    (SELECT seq || ':' || hash FROM audit_head WHERE chain = %(chain)s)
FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id WHERE l.chain = %(chain)s ORDER BY l.seq"""
UNLINKED = """
SELECT e.id FROM audit_event e LEFT JOIN audit_link l ON l.event_id = e.id
WHERE l.event_id IS NULL AND (%(chain)s IS NULL OR coalesce('borough-' || e.borough_id, 'portal') = %(chain)s)
ORDER BY e.at LIMIT %(most)s"""
CHAINS = "SELECT chain FROM audit_head UNION SELECT DISTINCT chain FROM audit_link ORDER BY 1"

LinkRow = tuple[int, str, str, bool, str, bool, str | None]


class CannotVerify(Exception):
    """This role cannot see the whole trail."""


@dataclass
class Walk:
    """How far a chain was followed, and what was found wrong on the way."""

    chain: str
    seq: int = 0
    hash: str = FIRST
    head: str | None = None
    wrong: int = 0
    said: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        self.wrong += 1
        if len(self.said) < MOST_SAID:
            self.said.append(sentence)


@transaction.atomic
def why_not_whole(chain: str | None = None) -> list[str]:
    """A sentence for each place where the trail was changed, cut or forked; none when it is whole.

    One chain or all of them; how far each was followed is noted. Raises CannotVerify unless it runs as the owner of the
    tables: the application sees only its visitor's events.
    """
    _refuse_who_sees_too_little()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        cursor.execute(CHAINS)
        chains = [chain] if chain else [name for (name,) in cursor.fetchall()]
        cursor.execute(UNLINKED, {"chain": chain, "most": MOST_SAID})
        said = [f"The event {pk} has no place in a chain." for (pk,) in cursor.fetchall()]
        # By the index, link for link: a join that reads all events first would do so for every chain
        cursor.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off")
    for name in chains:
        said += _followed(name)
    return said


def _refuse_who_sees_too_little() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user = tableowner FROM pg_tables WHERE tablename = 'audit_event'"
        )
        if not cursor.fetchone()[0]:
            raise CannotVerify("Run this as portal_owner: give DATABASE_URL the owner's address.")


def _followed(chain: str) -> list[str]:
    """Walk one chain from its beginning to its head, a few links in memory at a time, and note the result."""
    walk = Walk(chain)
    for link in _links(chain):
        _step(walk, link)
    if walk.head != f"{walk.seq}:{walk.hash}":
        walk.say(f"{chain}: its head is not its last link.")
    if walk.wrong > len(walk.said):
        walk.said.append(f"{chain}: {walk.wrong - len(walk.said)} more places are wrong.")
    Checked.objects.update_or_create(
        chain=chain,
        defaults={
            "at": timezone.now(),
            "seq": walk.seq,
            "hash": walk.hash,
            "breaks": walk.wrong,
        },
    )
    return walk.said


def _links(chain: str) -> Iterator[LinkRow]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(LINKS, {"chain": chain})
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _step(walk: Walk, link: LinkRow) -> None:
    seq, prev, digest, there, words, at_home, head = link
    place = f"{walk.chain}, place {seq}"
    if seq != walk.seq + 1 or prev != walk.hash:
        walk.say(f"{place}: it does not follow on from place {walk.seq}.")
    if not there:
        walk.say(f"{place}: its event is gone.")
    elif not at_home or hashlib.sha256(words.encode()).hexdigest() != digest:
        walk.say(f"{place}: its event is not what was written.")
    walk.seq, walk.hash, walk.head = seq, digest, head


def why_not_head(chain: str, seq: int, digest: str) -> str | None:
    """Whether the chain still holds the head that a paper printed once; the reason when it does not."""
    link = Link.objects.filter(chain=chain, seq=seq).first()
    if link is None:
        return f"{chain} has no place {seq}: it was cut, or the paper is of another trail."
    if link.hash != digest.lower():
        return f"{chain}, place {seq} is {link.hash}: the trail was written anew after the paper was printed."
    return None
