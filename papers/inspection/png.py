"""PNG: its chunks one by one, from the first byte to the last."""

import struct
import zlib
from typing import BinaryIO

from papers.inspection import exif
from papers.inspection.jpeg import MOST_PIXELS, TOO_WIDE
from papers.inspection.kinds import PNG, TWO_IN_ONE, Kind
from papers.inspection.verdict import DAMAGED, Notes, Unacceptable

TEXTS = {b"tEXt", b"zTXt", b"iTXt"}
KNOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"bKGD", b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"tIME"}  # fmt: skip
DULL_KEYS = {"Software", "date:create", "date:modify", "date:timestamp"}


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    notes.pages = 1
    if look(file, notes):
        raise Unacceptable(TWO_IN_ONE)


def look(file: BinaryIO, notes: Notes) -> int:
    """Note what the chunks tell; the number of bytes after the picture's end."""
    data = file.read()
    at, seen = len(PNG), 0
    name = b""
    while name != b"IEND":
        name, body, at = _chunk(data, at)
        if (seen == 0) != (name == b"IHDR"):
            raise Unacceptable(DAMAGED)
        seen += 1
        _tell(name, body, notes)
    return len(data) - at


def _chunk(data: bytes, at: int) -> tuple[bytes, bytes, int]:
    if at + 12 > len(data):
        raise Unacceptable(DAMAGED)
    length, name = struct.unpack_from(">I4s", data, at)
    body = data[at + 8 : at + 8 + length]
    after = at + 12 + length
    if after > len(data) or zlib.crc32(name + body) != int.from_bytes(
        data[after - 4 : after], "big"
    ):
        raise Unacceptable(DAMAGED)
    return name, body, after


def _tell(name: bytes, body: bytes, notes: Notes) -> None:
    if name == b"IHDR":
        _check_size(body)
    elif name == b"eXIf":
        exif.tell(body, notes)
    elif name in TEXTS:
        key = body.partition(b"\0")[0].decode("latin-1")
        if key not in DULL_KEYS:
            notes.add("picture_details", where="XMP" if "xmp" in key.lower() else key)
            notes.say(body[:10_000].decode("latin-1") + "\n")
    elif name not in KNOWN:
        notes.add("picture_details", where="other data")


def _check_size(body: bytes) -> None:
    if len(body) != 13:
        raise Unacceptable(DAMAGED)
    width, height = struct.unpack_from(">II", body)
    if not width or not height:
        raise Unacceptable(DAMAGED)
    if width * height > MOST_PIXELS:
        raise Unacceptable(TOO_WIDE)
