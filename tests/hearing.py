"""What an answer of the portal says, wherever in it: its head, its body, and everything inside a PDF or an archive."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
from django.http import HttpResponse
from pdfminer.high_level import extract_text


def words_in(response: HttpResponse) -> str:
    body = b"".join(response) if response.streaming else response.content
    return f"{response.headers} {said_in(body)}".lower()


def said_in(body: bytes) -> str:
    """Of a PDF the text, properties, metadata, bookmarks, tags, alternative texts and attached files; of an archive every part."""
    said = [body.decode("utf-8", "replace")]
    if body.startswith(b"%PDF"):
        said += _in_pdf(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            said += [*archive.namelist(), archive.comment.decode("utf-8", "replace")]
            said += [said_in(archive.read(name)) for name in archive.namelist()]
    return " ".join(said).lower()


def _in_pdf(body: bytes) -> list[str]:
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            found = [word for each in pdf.objects for word in _strings(each)]
            found += _strings(pdf.trailer.get("/Info", pikepdf.Dictionary()))
        return [*found, extract_text(io.BytesIO(body))]
    except pikepdf.PdfError:  # the few bytes that tests put in a report's place
        return []


def _strings(value: Any) -> Iterator[str]:
    """Every string and stream of an object; what it only refers to is an object of its own."""
    if isinstance(value, pikepdf.String):
        raw = bytes(value)
        yield raw.decode("utf-16" if raw.startswith(b"\xfe\xff") else "latin-1", "replace")
    if isinstance(value, pikepdf.Stream):
        yield _stream(value)
    for each in _parts(value):
        if not getattr(each, "is_indirect", False):
            yield from _strings(each)


def _stream(value: Any) -> str:
    """Unpacked, and what is attached in it; a picture says nothing."""
    if value.get("/Subtype") == pikepdf.Name.Image:
        return ""
    return said_in(value.read_bytes())


def _parts(value: Any) -> list[Any]:
    if isinstance(value, pikepdf.Array):
        return list(value)
    return list(value.values()) if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else []
