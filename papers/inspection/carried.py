"""Files and pictures that another file carries inside."""

import zlib
from io import BytesIO

from papers.inspection import jpeg, png
from papers.inspection.kinds import CFB, JPEG, PNG, ZIP
from papers.inspection.names import MACROS, PROGRAMS, WITH_MACROS
from papers.inspection.verdict import Notes, Unacceptable

ARCHIVES = (
    b"PK",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MSCF",
    b"\x28\xb5\x2f\xfd",
)
RUNS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
INSIDE_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument")
VBA = ("_VBA_PROJECT".encode("utf-16-le"), b"vbaProject.bin")
NOT_INSIDE = (
    "The file carries an archive or a program inside. Take it out, and upload the file without it."
)


def look_at_file(name: str, data: bytes, notes: Notes) -> None:
    """An embedded file is hidden content; an archive, a program or macros among them are refused."""
    ending = name.rpartition(".")[2].lower()
    if ending in WITH_MACROS or any(mark in data for mark in VBA):
        raise Unacceptable(MACROS)
    if ending in PROGRAMS or data.startswith(RUNS) or _is_archive(data):
        raise Unacceptable(NOT_INSIDE)
    notes.add("embedded_files", where=name)


def _is_archive(data: bytes) -> bool:
    if data.startswith(ZIP) and any(mark in data for mark in INSIDE_OFFICE):
        return False  # a workbook behind a chart, for one
    return data.startswith(ARCHIVES)


def look_at_picture(data: bytes, notes: Notes) -> None:
    """What a picture tells of its maker; one that cannot be read tells nothing. Not by its name: a part may lie."""
    if data.startswith((CFB, ZIP, *RUNS[:2])):
        look_at_file("", data, notes)
    reader = jpeg if data.startswith(JPEG) else png if data.startswith(PNG) else None
    if reader is None:
        return
    own = Notes()
    try:
        reader.look(BytesIO(data), own)
    except (Unacceptable, ValueError, IndexError, zlib.error):
        return
    for finding in own.findings():
        notes.add(finding.kind, finding.count, finding.where)
