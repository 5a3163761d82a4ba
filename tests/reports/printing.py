"""PDFs of the sample reports, each made once in a test process, and ways to look into them."""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

import pikepdf
from pdfminer.high_level import extract_text

from reports import pdf, rendering

from . import snapshots

SAMPLES = ("short", "illustrative", "long", "hostile", "welsh", "blank", "live", "words", "drawn")


@lru_cache
def printed(sample: str) -> pdf.Pdf:
    return rendering.pdf_of(getattr(snapshots, sample)())


@lru_cache
def text_of(sample: str) -> str:
    return str(extract_text(io.BytesIO(printed(sample).data)))


def opened(sample: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(printed(sample).data))


def children(element: Any) -> list[Any]:
    """The structure elements beneath one, in reading order."""
    below = element.get("/K", [])
    below = below if isinstance(below, pikepdf.Array) else [below]
    return [each for each in below if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def walk(element: Any) -> Iterator[Any]:
    for child in children(element):
        yield child
        yield from walk(child)


def elements(document: pikepdf.Pdf, *tags: str) -> list[Any]:
    return [each for each in walk(document.Root.StructTreeRoot) if str(each.S) in tags]


def marked_text(document: pikepdf.Pdf) -> list[tuple[str, int | None, int]]:
    """(tag, marked-content number, page) of every marked run on every page."""
    runs = []
    for number, page in enumerate(document.pages):
        for operands, operator in cast("Any", pikepdf.parse_content_stream(page)):
            if str(operator) == "BDC":
                properties = operands[1]
                mark = (
                    properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                )
                runs.append((str(operands[0]), None if mark is None else int(mark), number))
    return runs
