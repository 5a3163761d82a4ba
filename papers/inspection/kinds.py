"""The kinds of file the portal takes, and what the first bytes must be for each."""

from dataclasses import dataclass
from typing import BinaryIO

from papers.inspection.verdict import Unacceptable

PDF, ZIP, CFB = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
TAIL = 66_000  # a zip archive's last record stands within these bytes of its end
END_OF_ZIP = b"PK\x05\x06"


@dataclass(frozen=True)
class Kind:
    """`reader` is the module of this package that reads it: only the one needed is loaded."""

    name: str
    media_type: str
    magic: bytes
    reader: str


KINDS = {
    "pdf": Kind("a PDF", "application/pdf", PDF, "pdf"),
    "docx": Kind("a Word document", OFFICE + "wordprocessingml.document", ZIP, "office"),
    "xlsx": Kind("an Excel workbook", OFFICE + "spreadsheetml.sheet", ZIP, "office"),
    "pptx": Kind(
        "a PowerPoint presentation", OFFICE + "presentationml.presentation", ZIP, "office"
    ),
    "odt": Kind("an OpenDocument text", OPEN + "text", ZIP, "opendocument"),
    "ods": Kind("an OpenDocument spreadsheet", OPEN + "spreadsheet", ZIP, "opendocument"),
    "csv": Kind("a CSV file", "text/csv", b"", "separated"),
    "png": Kind("a PNG picture", "image/png", PNG, "png"),
    "jpg": Kind("a JPEG picture", "image/jpeg", JPEG, "jpeg"),
}
SAME = {"jpeg": "jpg"}

NAMES = "PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV, PNG or JPEG"
LOCKED = "The file is protected by a password. Remove the password in the program that made it and upload the copy without one."
OLDER = "The file is of an older Office format. Save it as DOCX, XLSX, PPTX or PDF and upload that."
TWO_IN_ONE = (
    "The file holds a second file after its end. Open it, save it again and upload the new copy."
)
EMPTY = "The file is empty. Choose the file again."


def kind_of(extension: str) -> Kind:
    return KINDS[SAME.get(extension, extension)]


def check_first_bytes(file: BinaryIO, extension: str) -> None:
    """The content must begin as the extension promises, and be nothing else besides."""
    file.seek(0)
    head = file.read(1024)
    kind = kind_of(extension)
    if not head:
        raise Unacceptable(EMPTY)
    if head.startswith(CFB):
        file.seek(0)
        raise Unacceptable(LOCKED if _is_encrypted_office(file.read()) else OLDER)
    if not head.startswith(kind.magic) or (not kind.magic and _looks_like_another(head)):
        raise Unacceptable(_other(head, kind, extension))
    if kind.magic != ZIP and ends_as_archive(file):
        raise Unacceptable(TWO_IN_ONE)


def _is_encrypted_office(data: bytes) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in data


def _looks_like_another(head: bytes) -> bool:
    """A CSV file has no first bytes of its own: these belong to other kinds."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    others = (b"%pdf-", b"pk\x03\x04", b"mz\x90", b"\x7felf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"<script", b"<svg", b"#!", b"gif8", b"\x89png", b"\xff\xd8\xff")  # fmt: skip
    return begins.startswith(others) or b"%PDF-" in head or b"<script" in head.lower()


def _other(head: bytes, kind: Kind, extension: str) -> str:
    found = next(
        (each for each in KINDS.values() if each.magic and head.startswith(each.magic)), None
    )
    promise = f"The file’s name ends in .{extension}, but its content is not {kind.name}."
    if found and found.magic != ZIP:
        return f"{promise} It is {found.name}. Give it the right name, or choose another file."
    return f"{promise} Open it, save it as {kind.name} and upload the new copy."


def ends_as_archive(file: BinaryIO) -> bool:
    """Whether a program looking for a zip archive from the end would find one."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - TAIL))
    return END_OF_ZIP in file.read()
