"""Files made byte by byte: ordinary ones of every kind, and what the hostile ones are made from."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary

OFFICE = "application/vnd.openxmlformats-officedocument."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:"
MAINS = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
Parts = dict[str, str | bytes]


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=stored)
    return out.getvalue()


def types(kind: str, more: str = "") -> str:
    part, main = MAINS[kind]
    return (
        f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{part}" ContentType="{OFFICE}{main}.main+xml"/>{more}</Types>'
    )


def relations(*links: tuple[str, str, str], outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    rows = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{to}"{mode}/>' for i, t, to in links)
    return f'<Relationships xmlns="{PACKAGE}relationships">{rows}</Relationships>'


def office(kind: str, main: str, more: Parts | None = None, more_types: str = "") -> bytes:
    part = MAINS[kind][0]
    start = relations(("rId1", f"{RELATIONS}/officeDocument", part))
    parts: Parts = {
        "[Content_Types].xml": types(kind, more_types),
        "_rels/.rels": start,
        part: main,
    }
    return packed(parts | (more or {}))


def docx(body: str = "<w:p><w:r><w:t>Minutes</w:t></w:r></w:p>", /, **more: str | bytes) -> bytes:
    """Other parts by name, with __ for / and a trailing _ for .xml: `word__comments_`."""
    return office(
        "docx", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>', named(more)
    )


def named(more: dict[str, str | bytes]) -> Parts:
    return {key.replace("__", "/").removesuffix("_") + ".xml" * key.endswith("_"): data for key, data in more.items()}  # fmt: skip


def xlsx(sheets: dict[str, str], *, rows: str = "", names: str = "", more: Parts | None = None) -> bytes:  # fmt: skip
    """`sheets` is name → state; every sheet has the same rows."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state) in enumerate(sheets.items(), start=1)
    )
    book = f'<workbook xmlns="{S}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>'
    links = relations(*[(f"rId{n}", f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)])  # fmt: skip
    parts: Parts = {"xl/_rels/workbook.xml.rels": links}
    for n in range(1, len(sheets) + 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = rows or sheet('<row r="1"><c t="inlineStr"><is><t>Total</t></is></c></row>')  # fmt: skip
    return office("xlsx", book, parts | (more or {}))


def sheet(rows: str, columns: str = "") -> str:
    return f'<worksheet xmlns="{S}"><cols>{columns}</cols><sheetData>{rows}</sheetData></worksheet>'


def pptx(**slides: str) -> bytes:
    main = f'<p:presentation xmlns:p="{P}"/>'
    slides = slides or {"ppt__slides__slide1_": f'<p:sld xmlns:p="{P}"><t>Hello</t></p:sld>'}
    return office("pptx", main, named(dict(slides)))


def opened(kind: str, body: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{OPEN}{name}:1.0"'
        for name in ("office", "text", "table", "style", "script")
    )
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": content, **(more or {})})


def odt(
    body: str = "<text:p>Minutes</text:p>", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    return opened("text", f"<office:body><office:text>{body}</office:text></office:body>", more)


def ods(body: str = '<table:table table:name="Totals"/>', more: Parts | None = None) -> bytes:
    return opened("spreadsheet", f"<office:body>{body}</office:body>", more)


def new_pdf(content: bytes = b"BT /F1 12 Tf 72 720 Td (Minutes) Tj ET") -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(content)
    font = Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    return pdf


def written(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def pdf() -> bytes:
    return written(new_pdf())


def pdf_with_a_number_apart() -> bytes:
    """One of whose objects is a number and nothing else, as other programs write the length of a stream."""
    pdf = new_pdf()
    pdf.Root.Kept = pdf.make_indirect(Dictionary(Number=12345))
    data = written(pdf)
    entry = b"<< /Number 12345 >>"
    assert entry in data
    return data.replace(entry, b"12345".ljust(len(entry)))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*more: bytes, width: int = 2, height: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + rows + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(*more: bytes) -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, 2, 2, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + b"".join(more) + frame + scan + b"\xff\xd9"


def exif(*tags: int) -> bytes:
    """A block whose first directory has these tags."""
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, 0) for tag in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + rows + b"\0\0\0\0"


ORDINARY: dict[str, Callable[[], bytes]] = {
    "paper.pdf": pdf,
    "apart.pdf": pdf_with_a_number_apart,
    "paper.docx": docx,
    "paper.xlsx": lambda: xlsx({"Totals": "visible"}),
    "paper.pptx": pptx,
    "paper.odt": odt,
    "paper.ods": ods,
    "paper.csv": lambda: b"ward,number\nAddison,3\n",
    "paper.png": png,
    "paper.jpg": jpeg,
    "photo.JPEG": jpeg,
}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
