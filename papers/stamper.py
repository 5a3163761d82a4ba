"""The program that stamps a PDF: `python -I stamper.py`, a line of JSON and the PDF in, the stamped PDF out.

It runs apart from the web server with little memory and time: a PDF is somebody else's, and whatever it does to the
parser must not be done to the portal. It knows pikepdf only.
"""

import io
import json
import resource
import sys
import unicodedata

import pikepdf
from pikepdf import Name, Pdf

MEMORY, SECONDS = 1024**3, 30
A4_WIDTH, SIZE, MARGIN = 595, 8.0, 10.0  # points
AVERAGE_WIDTH = 0.56  # of a letter in Helvetica, as a part of the size; a wide one
FONT = Name("/PortalStamp")
CLAIMS = ("aiim.org/pdfa", "aiim.org/pdfua")  # of standards that a stamped copy no longer meets


def in_latin(text: str) -> bytes:
    """In the letters a PDF's own Helvetica has; others lose their accents or become a question mark."""

    def letter(char: str) -> bytes:
        try:
            return char.encode("cp1252")
        except UnicodeEncodeError:
            return unicodedata.normalize("NFKD", char).encode("ascii", "ignore") or b"?"

    return b"".join(letter(char) for char in text)


def placed(box: list[float], rotation: int) -> tuple[str, float]:
    """What puts the origin into the corner that is seen at the bottom left, and how wide the page then looks."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    matrix, seen = {
        0: ((1, 0, 0, 1, x0, y0), width),
        90: ((0, 1, -1, 0, x1, y0), height),
        180: ((-1, 0, 0, -1, x1, y1), width),
        270: ((0, -1, 1, 0, x0, y1), height),
    }[rotation % 360 // 90 * 90]
    return " ".join(f"{number:.3f}" for number in matrix), seen


def drawing(lines: list[bytes], box: list[float], rotation: int) -> bytes:
    """Black letters with a white rim along the lower edge, marked as no part of the text."""
    matrix, width = placed(box, rotation)
    wish = SIZE * max(1.0, width / A4_WIDTH / 1.5)
    longest = max(map(len, lines))
    size = max(1.0, min(wish, (width - 2 * MARGIN) / (AVERAGE_WIDTH * longest)))
    shown = []
    for number, line in enumerate(reversed(lines)):
        place = f"1 0 0 1 {MARGIN:.2f} {MARGIN + number * size * 1.25:.2f} Tm <{line.hex()}> Tj"
        shown.append(f"1 G {size / 4:.2f} w 1 j 1 Tr {place} 0 g 0 Tr {place}")
    text = f"BT {FONT} {size:.2f} Tf {' '.join(shown)} ET"
    return f"q {matrix} cm /Artifact BMC {text} EMC Q".encode()


def unbalanced(page: pikepdf.Page) -> tuple[int, int]:
    """How many graphics states the page's own drawing takes away, and how many it leaves open."""
    depth = lowest = 0
    try:
        for instruction in pikepdf.parse_content_stream(page, "q Q"):
            depth += 1 if str(instruction.operator) == "q" else -1
            lowest = min(lowest, depth)
    except pikepdf.PdfError:
        return 0, 0
    return -lowest, depth - lowest


def visible(page: pikepdf.Page) -> list[float]:
    numbers = [float(str(number)) for number in page.cropbox]
    x0, x1 = sorted(numbers[0::2])
    y0, y1 = sorted(numbers[1::2])
    return [x0, y0, x1, y1]


def stamp_page(pdf: Pdf, page: pikepdf.Page, lines: list[bytes], font: pikepdf.Object) -> None:
    before, after = unbalanced(page)
    page.add_resource(font, Name.Font, FONT)
    drawn = drawing(lines, visible(page), page.rotation)
    page.contents_add(pdf.make_stream(b"q " * (before + 1)), prepend=True)
    page.contents_add(pdf.make_stream(b"\n" + b"Q " * (after + 1) + drawn))


def drop_claims(pdf: Pdf) -> None:
    """A stamp's letters are not embedded, so the copy claims no archive's standard. The original still does."""
    if Name.Metadata not in pdf.Root:
        return
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as data:
            for key in [key for key in data if any(claim in key for claim in CLAIMS)]:
                del data[key]
    except Exception:  # somebody else's XML, in which anything may be wrong
        del pdf.Root.Metadata


def stamped(data: bytes, lines: list[str]) -> bytes:
    latin = [in_latin(line) for line in lines]
    with Pdf.open(io.BytesIO(data)) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=Name.Font,
                Subtype=Name.Type1,
                BaseFont=Name.Helvetica,
                Encoding=Name.WinAnsiEncoding,
            )
        )
        for page in pdf.pages:
            stamp_page(pdf, page, latin, font)
        drop_claims(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    lines = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(stamped(sys.stdin.buffer.read(), lines))


if __name__ == "__main__":
    main()
