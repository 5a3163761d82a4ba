"""The restricted pack: the public paper, and behind it what of the closed parts this reader may read, as their own copy.

It is made when somebody asks for it and kept nowhere.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from papers.stamp import stamped

from . import pdf, rendering
from .models import Issue, IssuedText
from .narrative import Block, blocks, tidy
from .numbering import Numbers
from .references import targets_of, without_links

SECONDS = 45
MERGER = Path(__file__).with_name("pdf_merger.py")
CANNOT = (
    "The pack could not be put together, so there is none to download. Each closed appendix can be downloaded on its own "
    "page; tell the administrator of the portal."
)


class CannotMerge(Exception):
    """There is no pack to hand out; the message is for the reader."""

    def __init__(self) -> None:
        super().__init__(CANNOT)


@dataclass(frozen=True)
class ClosedSection:
    heading: str
    blocks: list[Block]


@dataclass(frozen=True)
class ClosedAppendix:
    """An appendix as this reader may have it: their stamped copy, or nothing where it is no PDF."""

    label: str
    title: str
    line: str
    file_name: str
    copy: bytes | None


def sections_of(issue: Issue, texts: list[IssuedText]) -> list[ClosedSection]:
    """In the order of the paper."""
    said = {text.key: text.body for text in texts}
    known = targets_of(rendering.sections_of(issue.snapshot), issue.snapshot["style"]["sections"])
    references = without_links(known)
    found = []
    for section in issue.snapshot["style"]["sections"]:
        for part in (section, *section.get("parts", ())):
            if part["key"] in said:
                text = blocks(
                    said[part["key"]], Numbers(""), anchor=part["key"], references=references
                )
                found.append(ClosedSection(tidy(part["heading"]), text))
    return found


def pack(
    issue: Issue,
    public: bytes,
    sections: list[ClosedSection],
    appendices: list[ClosedAppendix],
    *,
    reader: User,
) -> bytes:
    """The PDF for this reader. Raises pdf.CannotRender, papers.stamp.CannotStamp and CannotMerge."""
    report = issue.snapshot["report"]
    context = {
        "title": tidy(report["title"]),
        "date": report["date"],
        "borough": tidy(issue.snapshot["borough"]["name"]),
        "sections": sections,
        "appendices": appendices,
    }
    made = pdf.render(render_to_string("print/restricted.html", context))
    own = stamped(made.data, *_lines(reader))
    covers = made.pages - len(appendices)  # each has a page of its own, the last of them
    parts: list[tuple[bytes, int, int | None]] = [(public, 0, None), (own, 0, covers)]
    for number, appendix in enumerate(appendices, start=covers):
        parts.append((own, number, number + 1))
        if appendix.copy is not None:
            parts.append((appendix.copy, 0, None))
    return merged(parts)


def _lines(reader: User) -> tuple[str, str]:
    at = timezone.localtime()
    return (
        "Closed: not for publication.",
        f"Copy for {reader}, {at.day} {at:%B %Y at %H:%M}.",
    )


def merged(parts: list[tuple[bytes, int, int | None]]) -> bytes:
    """Pages of several PDFs in one. Raises CannotMerge."""
    asked = json.dumps([[len(data), first, last] for data, first, last in parts])
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(MERGER)],
            input=b"".join([asked.encode(), b"\n", *(data for data, _, _ in parts)]),
            capture_output=True,
            check=False,
            timeout=SECONDS,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise CannotMerge from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
        raise CannotMerge
    return done.stdout
