"""Reviewed texts and pictures of printed reports: what is printed now is held against them.

`GOLDEN=write` in the environment writes them anew, to be looked at before they are committed.
"""

import io
import os
from pathlib import Path

import pypdfium2
from pdfminer.high_level import extract_text
from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "golden"
WRITES = os.environ.get("GOLDEN") == "write"
DOTS = 40  # an inch: enough for lines and boxes, too few for the shape of a letter
FAINT = 64  # of 255: a letter that moved by less than a dot
SHARE = 0.002  # of a page's dots that may differ by more


def words_printed(data: bytes) -> str:
    """The text of each page, a line for a line, pages apart."""
    pages = str(extract_text(io.BytesIO(data))).split("\f")
    lines = [[" ".join(line.split()) for line in page.splitlines()] for page in pages]
    return "\n----\n".join("\n".join(filter(None, page)) for page in lines if any(page)) + "\n"


def reviewed(name: str, text: str) -> str:
    """The reviewed text of this name."""
    file = FOLDER / f"{name}.txt"
    if WRITES:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")


def pictures(data: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.render(scale=DOTS / 72).to_pil().convert("L") for page in document]


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that differ by more than a letter’s edge; all of them where the sizes do."""
    if one.size != other.size:
        return 1.0
    counts = ImageChops.difference(one, other).histogram()
    return sum(counts[FAINT:]) / (one.width * one.height)


def pages_unlike(name: str, data: bytes) -> list[int]:
    """The numbers of the pages that no longer look as they were reviewed; a page too many or too few counts."""
    now = pictures(data)
    if WRITES:
        FOLDER.mkdir(exist_ok=True)
        for number, picture in enumerate(now, start=1):
            picture.save(FOLDER / f"{name}-{number}.png", optimize=True)
    known = [Image.open(file) for file in _files(name)]
    alike = [differing(one, other) <= SHARE for one, other in zip(now, known, strict=False)]
    alike += [False] * abs(len(now) - len(known))
    return [number for number, is_alike in enumerate(alike, start=1) if not is_alike]


def _files(name: str) -> list[Path]:
    numbered = FOLDER.glob(f"{name}-*.png")
    return sorted(numbered, key=lambda file: int(file.stem.rpartition("-")[2]))
