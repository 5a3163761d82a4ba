"""CSV: text, in UTF-8 or in the encoding Excel writes in Britain (Windows-1252)."""

import re
from typing import BinaryIO

from papers.inspection.kinds import Kind
from papers.inspection.verdict import Notes, Unacceptable

NOT_TEXT = (
    "The file is not text in UTF-8 or Windows-1252. Save it as “CSV UTF-8” and upload it again."
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
FORMULA = re.compile(r"""(?:^|[,;\t])[ ]*["']?[=@]""", re.MULTILINE)


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    text = decoded(file.read())
    if CONTROLS.search(text):
        raise Unacceptable(NOT_TEXT)
    notes.add("formulas", sum(1 for _ in FORMULA.finditer(text)))
    notes.say(text)


def decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unacceptable(NOT_TEXT)
