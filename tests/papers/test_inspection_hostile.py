"""Hostile files: each is refused in plain words, and the one who asked goes on as before."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from papers.inspection import Unacceptable, inspect
from papers.inspection.archive import Archive
from papers.inspection.examine import examine
from papers.inspection.process import Limits
from tests.papers import files
from tests.papers.files import OFFICE, RELATIONS

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SECOND = "second file after its end"
MACROS = "holds macros|hold macros"
ENTITIES = "document type or entities"


def with_types(kind: str, more: str) -> bytes:
    return files.office(kind, "<a/>", {}, more)


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    assert len(old) == len(new)
    return data.replace(old, new)


def encrypted_pdf() -> bytes:
    return files.written(files.new_pdf(), encryption=pikepdf.Encryption(owner="a", user="b"))


def owner_locked_pdf() -> bytes:
    return files.written(files.new_pdf(), encryption=pikepdf.Encryption(owner="a", user=""))


def bomb(size: int = 60 * 1024**2) -> bytes:
    return files.office("docx", "<a/>", {"word/media/a.xml": bytes(size)})


def lying_bomb() -> bytes:
    """The same, with headers that say the entry is a thousand bytes long."""
    size = 60 * 1024**2
    return bomb(size).replace(struct.pack("<I", size), struct.pack("<I", 1000))


def twice_the_same_entry() -> bytes:
    out = BytesIO(files.docx())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", "<other/>")
    return out.getvalue()


def entries(count: int) -> bytes:
    return files.office("docx", "<a/>", {f"word/{n}.xml": "" for n in range(count)})


def overlapping() -> bytes:
    """Two directory entries that share one place in the file."""
    data = bytearray(files.packed({"[Content_Types].xml": files.types("docx"), "a1.xml": b"<a/>", "a2.xml": b"<a/>"}))  # fmt: skip
    with zipfile.ZipFile(BytesIO(bytes(data))) as archive:
        first, second = (archive.getinfo(name).header_offset for name in ("a1.xml", "a2.xml"))
    at = data.rfind(struct.pack("<I", second) + b"a2.xml")
    data[at : at + 4] = struct.pack("<I", first)
    return bytes(data)


def unnamed_entry() -> bytes:
    """An entry between two others that the directory does not name: some programs find it all the same."""
    parts: dict[str, str | bytes] = {"[Content_Types].xml": files.types("docx"), "word/document.xml": "<a/>", "x.html": "<script>", "y.xml": "<a/>"}  # fmt: skip
    data = files.packed(parts)
    start, end = data.rindex(b"x.html") - 46, data.rindex(b"PK\5\6")
    record = data[start : start + 46 + len("x.html")]
    assert record.startswith(b"PK\1\2")
    _, _, _, here, entries, size, at, comment = struct.unpack("<4sHHHHIIH", data[end:])
    last = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, here - 1, entries - 1, size - len(record), at, comment)  # fmt: skip
    return data[:end].replace(record, b"") + last


def local_name_differs() -> bytes:
    data = files.docx()
    return data.replace(b"word/document.xml", b"word/documenT.xml", 1)


def encrypted_entry() -> bytes:
    data = bytearray(files.docx())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def link() -> bytes:
    out = BytesIO(files.docx())
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("word/link.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def deep(depth: int = 5000) -> bytes:
    return files.docx("<w:p>" * depth + "</w:p>" * depth)


def laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return files.office("docx", f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]><d>&l9;</d>')


def outside(kind: str = "docx") -> bytes:
    return files.office(kind, '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>')


def utf16(text: str) -> bytes:
    return ('<?xml version="1.0" encoding="utf-16"?>' + text).encode("utf-16")


def relation(kind: str, target: str) -> bytes:
    links = files.relations(("rId9", f"{RELATIONS}/{kind}", target))
    return files.docx(**{"word___rels__document.xml.rels": links})


PARTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "PDF not at the first byte": ("pdf", lambda: b"GIF89a" + files.pdf(), "content is not a PDF"),
    "PDF with a line before it": ("pdf", lambda: b"\n" + files.pdf(), "content is not a PDF"),
    "PDF and ZIP": ("pdf", lambda: files.pdf() + files.docx(), SECOND),
    "PDF with a page behind it": ("pdf", lambda: files.pdf() + b"<html><script>", SECOND),
    "PDF without a page": ("pdf", lambda: files.written(pikepdf.new()), "damaged"),
    "PDF without an end": ("pdf", lambda: files.pdf()[:-20], "damaged"),
    "PDF with a broken table": ("pdf", lambda: files.pdf().replace(b"startxref\n", b"startxref\n9"), "damaged"),
    "PDF with a password": ("pdf", encrypted_pdf, "Remove the password"),
    "PDF locked by its owner": ("pdf", owner_locked_pdf, "Remove the password"),
    "JPEG and ZIP": ("jpg", lambda: files.jpeg() + files.docx(), SECOND),
    "JPEG and HTML": ("jpg", lambda: files.jpeg() + b"<html><script>", SECOND),
    "JPEG without an end": ("jpg", lambda: files.jpeg()[:-2], "damaged"),
    "JPEG of a billion points": ("jpg", lambda: files.jpeg(files.segment(0xC0, struct.pack(">BHH", 8, 60000, 60000))), "100 million"),
    "GIF and JAR": ("jpg", lambda: b"GIF89a" + files.docx(), "content is not a JPEG"),
    "PNG with more behind it": ("png", lambda: files.png() + b"<?php", SECOND),
    "PNG and ZIP": ("png", lambda: files.png() + files.docx(), SECOND),
    "PNG with a ZIP in a chunk": ("png", lambda: files.png(files.chunk(b"zZzz", files.docx())), SECOND),
    "PNG of a billion points": ("png", lambda: files.png(width=60000, height=60000), "100 million"),
    "PNG with a wrong check sum": ("png", lambda: renamed(files.png(), b"IHDR\0\0\0\2", b"IHDR\0\0\0\3"), "damaged"),
    "ZIP behind something": ("docx", lambda: b"MZ" + files.docx(), "content is not a Word"),
    "ZIP with more behind it": ("docx", lambda: files.docx() + b"<html>", SECOND),
    "ZIP with a comment": ("docx", lambda: files.docx()[:-2] + b"\x05\0<html", SECOND),
    "plain ZIP": ("docx", lambda: files.packed({"a.xml": "<a/>"}), "not one inside"),
    "bomb": ("docx", bomb, "far too large"),
    "bomb that lies": ("docx", lying_bomb, "damaged"),
    "too many entries": ("docx", lambda: entries(5001), "too many parts"),
    "nested archive": ("docx", lambda: files.docx(word__a=files.packed({"a": b"a"})), "archive or a program"),
    "nested gzip": ("docx", lambda: files.docx(word__a=b"\x1f\x8b\x08" + bytes(20)), "archive or a program"),
    "program inside": ("docx", lambda: files.docx(word__media__a="MZ\x90"), "archive or a program"),
    "program called a picture": ("docx", lambda: files.docx(**{"word__media__a.png": b"MZ\x90"}), "archive or a program"),
    "the same entry twice": ("docx", twice_the_same_entry, "stand twice"),
    "entry that differs by case": ("docx", lambda: files.docx(word__Document_="<a/>"), "stand twice"),
    "absolute entry": ("docx", lambda: files.office("docx", "<a/>", {"/etc/a.xml": "<a/>"}), "point out of it"),
    "entry that goes up": ("docx", lambda: files.office("docx", "<a/>", {"word/../../a.xml": "<a/>"}), "point out of it"),
    "entry with a drive": ("docx", lambda: files.office("docx", "<a/>", {"C:/a.xml": "<a/>"}), "point out of it"),
    "entry with a backslash": ("docx", lambda: files.office("docx", "<a/>", {"..\\a.xml": "<a/>"}), "point out of it"),
    "link": ("docx", link, "point out of it"),
    "encrypted entry": ("docx", encrypted_entry, "Remove the password"),
    "overlapping entries": ("docx", overlapping, "damaged"),
    "entry that the directory hides": ("docx", unnamed_entry, "damaged"),
    "header and directory differ": ("docx", local_name_differs, "damaged"),
    "XML that is none": ("docx", lambda: files.docx("<w:p>"), "damaged"),
    "entity from outside": ("docx", outside, ENTITIES),
    "entity from outside in a workbook": ("xlsx", lambda: outside("xlsx"), ENTITIES),
    "entity in UTF-16": ("docx", lambda: files.docx(word__comments_=utf16("<!DOCTYPE a SYSTEM 'http://example.org/a'><a/>")), ENTITIES),
    "entity in OpenDocument": ("odt", lambda: files.odt(more={"meta.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}), ENTITIES),
    "billion laughs": ("docx", laughs, ENTITIES),
    "nested deeply": ("docx", deep, "nested too deeply"),
    "macros": ("docx", lambda: files.docx(**{"word__vbaProject.bin": CFB}), MACROS),
    "macros under another name": ("docx", lambda: files.docx(**{"word__media__a.emf": CFB + "_VBA_PROJECT".encode("utf-16-le")}), MACROS),
    "macros declared": ("docx", lambda: with_types("docx", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'), MACROS),
    "DOCM called DOCX": ("docx", lambda: files.packed({"[Content_Types].xml": files.types("docx").replace(f"{OFFICE}wordprocessingml.document.main", "application/vnd.ms-word.document.macroEnabled.main"), "word/document.xml": "<a/>"}), MACROS),
    "old macro sheet": ("xlsx", lambda: files.xlsx({"A": "visible"}, more={"xl/macrosheets/sheet1.xml": "<x:macrosheet xmlns:x='x'/>"}), MACROS),
    "macro sheet declared": ("xlsx", lambda: with_types("xlsx", '<Override PartName="/xl/m.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/>'), MACROS),
    "relation to macros": ("docx", lambda: relation("vbaProject", "a.bin"), MACROS),
    "ActiveX": ("docx", lambda: files.docx(word__activeX__activeX1_="<ax:ocx xmlns:ax='a'/>"), MACROS),
    "ActiveX elsewhere": ("docx", lambda: files.docx(word__a_="<ax:ocx xmlns:ax='a'/>"), MACROS),
    "DDE in a field": ("docx", lambda: files.docx('<w:p><w:fldSimple w:instr=" DDEAUTO cmd a"/></w:p>'), "starts another program"),
    "DDE in an instruction": ("docx", lambda: files.docx('<w:p><w:r><w:instrText>DDE cmd a</w:instrText></w:r></w:p>'), "starts another program"),
    "DDE in a workbook": ("xlsx", lambda: files.xlsx({"A": "visible"}, more={"xl/externalLinks/externalLink1.xml": "<externalLink><ddeLink/></externalLink>"}), "starts another program"),
    "embedded workbook with macros": ("docx", lambda: files.docx(**{"word__embeddings__a.xlsx": files.xlsx({"A": "visible"}, more={"xl/vbaProject.bin": CFB})}), MACROS),
    "two main parts": ("docx", lambda: with_types("docx", f'<Override PartName="/x.xml" ContentType="{OFFICE}spreadsheetml.sheet.main+xml"/>'), "not one inside"),
    "Office with a password": ("docx", lambda: CFB + "EncryptedPackage".encode("utf-16-le"), "Remove the password"),
    "older Office": ("xlsx", lambda: CFB, "older Office format"),
    "OpenDocument with Basic": ("odt", lambda: files.odt(more={"Basic/Standard/Module1.xml": "<a/>"}), MACROS),
    "OpenDocument with Python": ("ods", lambda: files.ods(more={"Scripts/python/a.py": "a"}), MACROS),
    "OpenDocument with a listener": ("odt", lambda: files.odt('<script:event-listener script:language="ooo:script"/>'), MACROS),
    "OpenDocument with a password": ("odt", lambda: files.odt(more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "Remove the password"),
    "OpenDocument of another kind": ("ods", files.odt, "not one inside"),
    "CSV with zeros": ("csv", lambda: b"a,b\0\n", "not text"),
    "CSV in UTF-16": ("csv", lambda: "a,b".encode("utf-16"), "not text"),
    "CSV with escapes": ("csv", lambda: b"a,\x1b[2J\n", "not text"),
    "CSV in no encoding": ("csv", lambda: b"a,\x81\xff\n", "not text"),
    "CSV that is a page": ("csv", lambda: b"<html>", "content is not a CSV"),
    "CSV with a script": ("csv", lambda: b"a,<script>alert(1)</script>", "content is not a CSV"),
    "CSV that is a PDF further on": ("csv", lambda: b"a,b\n" + files.pdf(), "content is not a CSV"),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_a_hostile_file_is_refused_with_words_that_say_what_to_do(case: str) -> None:
    extension, make, words = PARTS[case]
    with pytest.raises(Unacceptable, match=words) as refused:
        examine(BytesIO(make()), extension)
    assert "pload" in str(refused.value) or "again" in str(refused.value)


@pytest.mark.parametrize("case", ["bomb", "billion laughs", "nested deeply", "PDF and ZIP"])
def test_the_one_who_asked_goes_on(tmp_path: Path, case: str) -> None:
    extension, make, words = PARTS[case]
    with pytest.raises(Unacceptable, match=words):
        inspect(files.put(tmp_path, "bad", make()), name=f"bad.{extension}")
    assert inspect(files.put(tmp_path, "good", files.pdf()), name="good.pdf").pages == 1
    assert {each.name for each in tmp_path.iterdir()} == {"bad", "good"}


def test_a_bomb_that_lies_is_left_where_it_breaks_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, inflated = [], Archive._inflated

    def counted(self: Archive, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        for piece in inflated(self, entry):
            seen.append(len(piece))
            yield piece

    monkeypatch.setattr(Archive, "_inflated", counted)
    with pytest.raises(Unacceptable):
        examine(BytesIO(lying_bomb()), "docx")
    assert sum(seen) < 1024**2


def test_a_bomb_inside_a_pdf_costs_the_child_not_us(tmp_path: Path) -> None:
    pdf = files.new_pdf()
    packed = zlib.compressobj(1)
    data = b"".join(packed.compress(bytes(2**24)) for _ in range(30)) + packed.flush()
    pdf.pages[0].Contents = pikepdf.Stream(pdf, data, Filter=pikepdf.Name.FlateDecode)
    path = files.put(tmp_path, "bad", files.written(pdf, compress_streams=False))
    with pytest.raises(Unacceptable, match=r"too complicated|damaged"):
        inspect(path, name="bad.pdf", limits=Limits(memory=400 * 1024**2))


def test_a_document_of_many_changes_and_tables_is_no_bomb() -> None:
    cells = "<w:tc><w:p><w:r><w:t>Number</w:t></w:r></w:p></w:tc>" * 20_000
    assert examine(BytesIO(files.docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")), "docx").findings == ()  # fmt: skip
