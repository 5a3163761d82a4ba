"""Every page of a reader's copy says whose it is, where it can be read, and the paper is otherwise the same."""

import hashlib
import io
from decimal import Decimal

import pikepdf
import pytest
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTTextContainer
from pikepdf import Dictionary, Name, Pdf

from papers.stamp import CannotStamp, stamped

LINES = ("OFFICIAL-SENSITIVE. Closed: not for publication.", "Copy 3 for Ann Other, 4 July 2019")


def paper(
    pages: int = 1,
    *,
    box: tuple[float, ...] = (0, 0, 595, 842),
    rotate: int = 0,
    content: bytes = b"BT /F1 12 Tf 72 700 Td (Appendix A) Tj ET",
) -> bytes:
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _ in range(pages):
        pdf.add_blank_page(page_size=(box[2] - box[0], box[3] - box[1]))
        page = pdf.pages[-1]
        page.mediabox = pikepdf.Array(list(map(Decimal, box)))
        page.obj.Rotate = rotate
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def opened(data: bytes) -> Pdf:
    pdf = Pdf.open(io.BytesIO(data))
    assert pdf.check_pdf_syntax() == []
    return pdf


def letters(data: bytes) -> list[LTChar]:
    """The stamp's letters as they lie on the first page."""
    [page] = list(extract_pages(io.BytesIO(data)))[:1]
    found = [
        char
        for box in page
        if isinstance(box, LTTextContainer)
        for line in box
        for char in line
        if isinstance(char, LTChar)
    ]
    return [char for char in found if char.size < 9.5]


def test_every_page_says_whose_copy_it_is_and_keeps_its_text() -> None:
    data = stamped(paper(3), *LINES)
    for number in range(3):
        text = extract_text(io.BytesIO(data), page_numbers=[number])
        assert "Appendix A" in text
        for line in LINES:
            assert line in text
    assert len(opened(data).pages) == 3


def test_the_original_is_untouched() -> None:
    original = paper()
    before = hashlib.sha256(original).hexdigest()
    assert stamped(original, *LINES) != original
    assert hashlib.sha256(original).hexdigest() == before


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize(
    "box", [(0, 0, 595, 842), (-300, -50, 295, 792), (0, 0, 2384, 3370), (0, 0, 200, 90)]
)
def test_it_lies_on_the_page_however_that_is_turned(box: tuple[float, ...], rotate: int) -> None:
    data = stamped(paper(box=box, rotate=rotate, content=b""), *LINES)
    opened(data)
    [page] = list(extract_pages(io.BytesIO(data)))
    shown = [
        char
        for found in page
        if isinstance(found, LTTextContainer)
        for line in found
        for char in line
        if isinstance(char, LTChar)
    ]
    assert shown
    x0, y0, x1, y1 = page.bbox
    assert all(x0 <= c.x0 and c.x1 <= x1 and y0 <= c.y0 and c.y1 <= y1 for c in shown)
    assert max(c.y1 for c in shown) < y0 + (y1 - y0) / 2, "it lies at the lower edge as it is seen"


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.1 0 0 0.1 5000 5000 cm q",
        b"Q Q 0.1 0 0 0.1 5000 5000 cm",
        b"q q Q Q Q 3 0 0 3 0 0 cm",
        b"BT",
        b"this is not a page (",
    ],
)
def test_what_a_page_leaves_open_does_not_move_it(content: bytes) -> None:
    shown = letters(stamped(paper(content=content), *LINES))
    if content == b"this is not a page (":
        return
    assert shown
    assert all(0 <= char.x0 < 595 and 0 <= char.y0 < 60 for char in shown)


def test_a_name_of_any_letters_is_stamped() -> None:
    data = stamped(paper(), "Siân Ŵyn Łukasz Øre", "Σωκράτης")
    assert "Siân Wyn ?ukasz Øre" in extract_text(io.BytesIO(data))


def test_tags_stay_and_the_stamp_is_none_of_them() -> None:
    pdf = Pdf.open(io.BytesIO(paper(content=b"/P <</MCID 0>> BDC EMC")))
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    with pdf.open_metadata() as data:
        data["pdfaid:part"] = "3"
        data["dc:title"] = "Appendix A"
    out = io.BytesIO()
    pdf.save(out)
    copy = opened(stamped(out.getvalue(), *LINES))
    assert copy.Root.MarkInfo.Marked
    assert Name.StructTreeRoot in copy.Root
    text = b"".join(stream.read_bytes() for stream in copy.pages[0].obj.Contents)
    assert b"/Artifact BMC" in text
    with copy.open_metadata() as data:
        assert "pdfaid:part" not in data
        assert data["dc:title"] == "Appendix A"


def test_hundreds_of_pages_that_share_one_drawing_are_stamped_once_each() -> None:
    pdf = Pdf.open(io.BytesIO(paper(300)))
    shared = pdf.make_indirect(pikepdf.Array([pdf.pages[0].obj.Contents]))
    for page in pdf.pages:
        page.obj.Contents = shared
    out = io.BytesIO()
    pdf.save(out)
    copy = opened(stamped(out.getvalue(), *LINES))
    assert len(copy.pages) == 300
    for number in (0, 150, 299):
        drawn = b"".join(part.read_bytes() for part in copy.pages[number].obj.Contents)
        assert drawn.count(b"/Artifact BMC") == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and nothing", b"PK\x03\x04", paper()[:200]])
def test_what_cannot_be_stamped_is_not_handed_out(data: bytes) -> None:
    with pytest.raises(CannotStamp, match="could not be made"):
        stamped(data, *LINES)


def test_a_paper_that_needs_a_password_is_not_handed_out() -> None:
    pdf = Pdf.open(io.BytesIO(paper()))
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(CannotStamp):
        stamped(out.getvalue(), *LINES)
