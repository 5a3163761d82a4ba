"""Which key opens what: the master key from the environment opens a borough's keys, and they its files."""

import hashlib
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from boroughs.models import Borough

from .models import FileKey
from .sealing import Broken, drawn, new_key, read_key, unwrap, wrap


@dataclass(frozen=True)
class DataKey:
    """A borough's key, ready to use; never printed."""

    pk: uuid.UUID
    borough_id: int
    secret: bytes

    def __repr__(self) -> str:
        return f"<key {self.pk}>"

    @property
    def for_names(self) -> bytes:
        """What hides the digests of a borough's files in their names."""
        return drawn(self.secret, b"names")


# -- The master key ---------------------------------------------------------------------------------------
def fingerprint(master: bytes) -> str:
    return hashlib.sha256(b"portal master key" + master).hexdigest()[:16]


def masters() -> dict[str, bytes]:
    """Every master key that is known, by its fingerprint; the first one wraps."""
    known = [settings.FILES_MASTER_KEY, *settings.FILES_MASTER_KEY_OLD]
    return {fingerprint(key): key for key in map(read_key, known)}


def _present_master() -> tuple[str, bytes]:
    return next(iter(masters().items()))


def _context(pk: uuid.UUID, borough_id: int) -> bytes:
    return f"file key {pk} of borough {borough_id}".encode()


def opened(pk: uuid.UUID, borough_id: int, wrapped: bytes, master: str) -> DataKey:
    """Raises Broken when the master key that wrapped it is not known here."""
    if master not in masters():
        raise Broken(f"The key {pk} needs the master key {master}: see FILES_MASTER_KEY_OLD.")
    context = _context(pk, borough_id)
    return DataKey(pk, borough_id, unwrap(wrapped, under=masters()[master], context=context))


def open_key(row: FileKey) -> DataKey:
    return opened(row.pk, row.borough_id, bytes(row.wrapped), row.master)


# -- A borough's key ----------------------------------------------------------------------------------------
def key_of(borough: Borough) -> DataKey:
    """The key the borough seals with now; its first one is made when it is needed."""
    if row := FileKey.objects.in_use().filter(borough=borough).first():
        return open_key(row)
    return _first_key(borough)


@transaction.atomic
def _first_key(borough: Borough) -> DataKey:
    Borough.objects.select_for_update().get(pk=borough.pk)
    if row := FileKey.objects.in_use().filter(borough=borough).first():
        return open_key(row)
    pk, wrapped, master = _new(borough.pk)
    row = FileKey(id=pk, borough=borough, number=1, wrapped=wrapped, master=master)
    row.save(force_insert=True)
    return open_key(row)


def _new(borough_id: int) -> tuple[uuid.UUID, bytes, str]:
    pk, (master, secret) = uuid.uuid4(), _present_master()
    return pk, wrap(new_key(), under=secret, context=_context(pk, borough_id)), master


# -- Turning keys: done for every borough, by functions of the database that show keys and nothing else ------------
def turn_key(borough: Borough) -> None:
    """Give the borough a new key; the former ones are retired."""
    pk, wrapped, master = _new(borough.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT papers_turn_key(%s, %s, %s, %s)", [borough.pk, pk, wrapped, master])


def rewrap_all() -> int:
    """Wrap with the present master key whatever another one wraps; how many those were.

    Each key is written by itself: an interrupted run goes on where it stopped.
    """
    master, secret = _present_master()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM papers_keys_under_another(%s)", [master])
        rows = cursor.fetchall()
        for pk, borough_id, before, old_master in rows:
            key = opened(pk, borough_id, bytes(before), old_master)
            after = wrap(key.secret, under=secret, context=_context(pk, borough_id))
            cursor.execute(
                "SELECT papers_rewrap(%s, %s, %s, %s)", [pk, bytes(before), after, master]
            )
    return len(rows)
