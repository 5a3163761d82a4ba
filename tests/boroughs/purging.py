"""Requests to erase, and where in the whole database a word stands."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from accounts.models import User
from boroughs.actions.purges import erase
from boroughs.models import PurgeRequest
from boroughs.rows import acting_as
from tests.factories import Place, make_purge
from toolkit.models import Rating


def places_of(word: str) -> list[str]:
    """Every table that holds the word, whatever the column, every file and every key of the cache."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            hexed = word.encode().hex()
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s OR t::text ILIKE %s",
                [f"%{word}%", f"%{hexed}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
        cursor.execute("SELECT set_config('app.migrating', '', true)")
    root = Path(settings.FILES_ROOT)
    found += [str(p) for p in root.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]
    client = cache._cache.get_client()  # type: ignore[attr-defined]
    found += [str(key) for key in client.keys("*") if word.encode() in _value(client, key)]
    return found


def _value(client: Any, key: bytes) -> bytes:
    return key + (client.get(key) or b"") if client.type(key) == b"string" else key


def training(place: Place) -> Rating:
    with acting_as(place.coordinator.pk):
        return place.assessment.ratings.get(benchmark__key="training")


def asked(place: Place, **said: Any) -> PurgeRequest:
    with acting_as(place.coordinator.pk):
        return make_purge(place, training(place), **{"part": "comment", **said})


def erased(request: PurgeRequest, by: User) -> PurgeRequest:
    with acting_as(by.pk):
        erase(request=request, by=by)
    return request
