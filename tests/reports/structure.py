"""What no validator looks at in a printed report (PDF/UA keeps silent on it): a sentence for each fault, none for a good file."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from .printing import children, walk

HEADINGS = ("/H1", "/H2", "/H3", "/H4")


def faults_of(data: bytes, *, day: str) -> list[str]:
    """`day` is the snapshot’s, as 20190704."""
    with pikepdf.open(io.BytesIO(data)) as document:
        tree = list(walk(document.Root.StructTreeRoot))
        return [
            *_tables(tree),
            *_headings(tree, document),
            *_one_for_one(tree),
            *_properties(document, day),
        ]


def _tables(tree: list[Any]) -> Iterator[str]:
    for table in (each for each in tree if each.S == "/Table"):
        heads = [each for each in walk(table) if each.S == "/TH"]
        if not heads:
            yield "A table has no heading cell."
        if {str(each.A.get("/Scope")) for each in heads} - {"/Column", "/Row"}:
            yield "A heading cell does not say what it heads."
        if len([each for each in children(table) if each.S == "/THead"]) > 1:
            yield "A table has its heading rows twice."


def _headings(tree: list[Any], document: pikepdf.Pdf) -> Iterator[str]:
    levels = [int(str(each.S)[2]) for each in tree if str(each.S) in HEADINGS]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "The headings do not begin with the one title."
    if any(after - before > 1 for before, after in pairwise(levels)):
        yield "A level of heading is skipped."
    with document.open_outline() as outline:
        marks = [level for item in outline.root for level in _levels(item, 1)]
    if marks != levels:
        yield "The bookmarks are not the headings."


def _levels(item: Any, level: int) -> Iterator[int]:
    yield level
    for child in item.children:
        yield from _levels(child, level + 1)


def _one_for_one(tree: list[Any]) -> Iterator[str]:
    """A piece that runs on stands beside the one it belongs to: two tables with nothing between them."""
    for parent in tree:
        for before, after in pairwise(children(parent)):
            if before.S == after.S == "/Table":
                yield "A table is cut in two."
            if before.S == after.S == "/L" and before.A.ListNumbering == after.A.ListNumbering:
                yield "A list is cut in two."


def _properties(document: pikepdf.Pdf, day: str) -> Iterator[str]:
    if document.Root.get("/Lang") != "en-GB":
        yield "The file does not say its language."
    if not str(document.docinfo.get("/Title", "")) or "/Author" in document.docinfo:
        yield "The file’s properties have no title, or an author."
    dates = {str(document.docinfo.get(f"/{name}")) for name in ("CreationDate", "ModDate")}
    if not all(date.startswith(f"D:{day}") for date in dates):
        yield "The file’s dates are not the snapshot’s."
    if list(document.attachments):
        yield "The file carries another one."
