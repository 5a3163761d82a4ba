"""The demonstration's papers: harmless files made when they are loaded, three of them closed as agendas said."""

import datetime as dt
import hashlib
import io
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from accounts.models import User
from boroughs.actions.lists import grant
from boroughs.models import Borough, Closure, Meeting
from boroughs.rows import acting_as
from papers.actions.papers import add_paper
from papers.inspection import Inspected
from papers.models import Paper
from papers.uploads import Incoming

Data = dict[str, Any]
PAPERS = Path(__file__).with_name("papers.json")
LEADING, TOP, LEFT, WIDE = 22, 770, 72, 78  # points, and characters in a line


def shipped() -> list[Data]:
    found: list[Data] = json.loads(PAPERS.read_text(encoding="utf-8"))["papers"]
    return found


def load() -> None:
    for row in shipped():
        borough = Borough.objects.get(gss_code=row["gss"])
        by = person(borough, row["by"])
        with acting_as(by.pk):
            paper = _paper(borough, row, by)
        if paper.closure:
            for role in row["readers"]:
                let_read(paper.closure, person(borough, role))


def person(borough: Borough, role: str) -> User:
    return User.objects.get(email=f"{role}@{borough.slug}.example.org")


def _paper(borough: Borough, row: Data, by: User) -> Paper:
    meeting = Meeting.objects.get(
        committee__borough=borough, committee__name=row["committee"], date=row["meeting"]
    )
    data, closing = pdf(row["pages"]), row.get("closing")
    if closing and "review_on" in closing:
        closing = {**closing, "review_on": dt.date.fromisoformat(closing["review_on"])}
    text = " ".join(line for page in row["pages"] for line in page)
    return add_paper(
        borough=borough,
        title=row["title"],
        meeting=meeting,
        file=Incoming(
            io.BytesIO(data),
            row["file"],
            hashlib.sha256(data).hexdigest(),
            len(data),
            Inspected("application/pdf", "pdf", len(row["pages"]), (), text),
        ),
        closing=closing,
        by=by,
    )


def let_read(closure: Closure, reader: User) -> None:
    """By the lead, who does not read it."""
    lead = person(closure.borough, "lead")
    with acting_as(lead.pk):
        grant(closure=closure, person=reader, reason="Reads it for the meeting", by=lead)


# -- A file ---------------------------------------------------------------------------------------------------
def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Plain lines on A4, the same bytes each time."""
    made = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for lines in pages:
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[-1]
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = made.make_stream(_drawn(lines))
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def _drawn(lines: Sequence[str]) -> bytes:
    parts = [part for line in lines for part in textwrap.wrap(line, WIDE)]
    shown = [f"<{part.encode('cp1252').hex()}> Tj T*" for part in parts]
    return f"BT /F1 12 Tf {LEADING} TL {LEFT} {TOP} Td {' '.join(shown)} ET".encode()
