"""Papers and their files, past the form and its inspection."""

import hashlib
import io
from functools import cache
from typing import Any

import pikepdf

from accounts.models import User
from boroughs.models import (
    Borough,
    Closure,
    Meeting,
)
from papers.actions.papers import add_paper
from papers.inspection import Finding, Inspected
from papers.models import Paper
from papers.resealing import reseal
from papers.uploads import Incoming

from .people import numbers


def make_paper(
    borough: Borough,
    *,
    by: User,
    title: str = "",
    data: bytes = b"",
    name: str = "paper.pdf",
    media_type: str = "application/pdf",
    findings: tuple[Finding, ...] = (),
    closing: dict[str, Any] | None = None,
    meeting: Meeting | None = None,
) -> Paper:
    """A paper with its first version, past the form and its inspection."""
    title = title or f"Paper {next(numbers)}"
    return add_paper(
        borough=borough,
        title=title,
        meeting=meeting,
        file=make_file(data or tiny_pdf(title), name, media_type, findings),
        closing=closing,
        by=by,
    )


def make_file(
    data: bytes,
    name: str = "paper.pdf",
    media_type: str = "application/pdf",
    findings: tuple[Finding, ...] = (),
) -> Incoming:
    inspected = Inspected(media_type, name.rpartition(".")[2], 1, findings, "")
    digest = hashlib.sha256(data).hexdigest()
    return Incoming(io.BytesIO(data), name, digest, len(data), inspected)


@cache
def tiny_pdf(text: str) -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.pages[0]
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def put_under(paper: Paper, closure: Closure) -> None:
    """Close the paper by a closure that stands already."""
    Paper.objects.filter(pk=paper.pk).update(closure=closure)
    for pk in paper.versions.values_list("pk", flat=True):
        assert reseal(pk)
    paper.refresh_from_db()
