"""Writing a borough's record to a folder: a table a file, a row a line, and a manifest with the digest of each."""

import base64
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from boroughs.models import Borough
from papers.keys import open_key
from papers.models import PaperVersion
from papers.storage import StoredFile, read
from reports.models import RenderedFile

from .tables import LEFT_OUT, people_of, rows_of, see_everything, written

FORMAT = 1
MANIFEST = "manifest.json"


class InTheWay(Exception):
    """The folder is there already."""


def plain(value: Any) -> Any:
    """A column's value in JSON: bytes as base64, the rest as text."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return str(value)


def line(values: dict[str, Any]) -> bytes:
    said = json.dumps(values, default=plain, ensure_ascii=False, sort_keys=True)
    return said.encode() + b"\n"


def lines_of(label: str, borough: Borough) -> Iterator[bytes]:
    rows = rows_of(label, borough)
    columns = [
        field.attname
        for field in rows.model._meta.concrete_fields
        if field.name not in LEFT_OUT.get(label, ())
    ]
    for values in rows.values(*columns).iterator(chunk_size=500):
        yield line(values)


def people_lines(borough: Borough) -> Iterator[bytes]:
    """Who the keys of people are, without what belongs to their account alone."""
    for person in people_of(borough):
        yield line(
            {"id": person.pk, "name": person.name, "email": person.email, "post": person.post}
        )


def files_of(borough: Borough) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file by its name in the folder: made PDFs, and papers in the clear."""
    for row in rows_of("reports.RenderedFile", borough).iterator(chunk_size=1):
        if isinstance(row, RenderedFile):
            yield f"files/reports/{row.pk}.pdf", iter([bytes(row.pdf)])
    for row in (
        rows_of("papers.PaperVersion", borough).select_related("key").iterator(chunk_size=50)
    ):
        if isinstance(row, PaperVersion):
            yield f"files/papers/{row.pk}", read(stored(row, borough))


def stored(row: PaperVersion, borough: Borough) -> StoredFile:
    key = open_key(row.key) if row.key else None
    return StoredFile(row.storage, row.sha256, row.size, borough.pk, key)


def tables_of(borough: Borough) -> Iterator[tuple[str, Iterator[bytes]]]:
    for label in written():
        yield f"tables/{label}.jsonl", lines_of(label, borough)
    yield "tables/people.jsonl", people_lines(borough)


def digest_of(pieces: Iterator[bytes], target: Path | None = None) -> dict[str, Any]:
    """The digest, size and lines of what is written, also when it is written nowhere."""
    digest, size, lines = hashlib.sha256(), 0, 0
    if target:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (target or Path("/dev/null")).open("wb") as file:
        for piece in pieces:
            digest.update(piece)
            size, lines = size + len(piece), lines + piece.count(b"\n")
            file.write(piece)
    return {"sha256": digest.hexdigest(), "size": size, "lines": lines}


def begin() -> None:
    """One moment for all tables: what is committed meanwhile is not seen."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    see_everything()


@transaction.atomic(durable=True)
def export(slug: str, folder: Path) -> dict[str, Any]:
    """Write the borough into the folder, which is not there before the whole has been written; the manifest."""
    begin()
    if folder.exists():
        raise InTheWay(f"{folder} is there already. Name a folder that is not.")
    borough = Borough.objects.get(slug=slug)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    parts = {
        name: digest_of(pieces, unfinished / name)
        for found in (tables_of(borough), files_of(borough))
        for name, pieces in found
    }
    manifest = {
        "format": FORMAT,
        "borough": {"id": borough.pk, "slug": slug, "gss": borough.gss_code},
        "head": head_of(borough),
        "parts": parts,
    }
    (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
    unfinished.rename(folder)
    return manifest


def head_of(borough: Borough) -> dict[str, Any]:
    """Where the borough's chain ends."""
    row: Any = rows_of("audit.Head", borough).first()
    return {"chain": row.chain, "seq": row.seq, "hash": row.hash} if row else {}


def now(borough: Borough) -> dict[str, Any]:
    """What the manifest would say of the database now, within a transaction begun by `begin`."""
    found = [*tables_of(borough), *files_of(borough)]
    return {name: digest_of(pieces) for name, pieces in found}
