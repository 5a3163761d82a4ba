"""JPEG: its segments one by one, from the first byte to the last."""

import struct
from typing import BinaryIO

from papers.inspection import exif
from papers.inspection.kinds import TWO_IN_ONE, Kind
from papers.inspection.verdict import DAMAGED, Notes, Unacceptable

MOST_PIXELS = 100_000_000
TOO_WIDE = "The picture has more than 100 million points. Make it smaller and upload it again."
END, SCAN, COMMENT = 0xD9, 0xDA, 0xFE
ALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SEGMENTS = {0xE1: "EXIF", 0xED: "Photoshop", COMMENT: "comment"}


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    notes.pages = 1
    if look(file, notes):
        raise Unacceptable(TWO_IN_ONE)


def look(file: BinaryIO, notes: Notes) -> int:
    """Note what the segments tell; the number of bytes after the picture's end."""
    data = file.read()
    at, has_size = 2, False
    while True:
        marker, at = _marker(data, at)
        if marker == END:
            break
        if marker in ALONE:
            continue
        body = _body(data, at)
        at += 2 + len(body)
        has_size |= _segment(marker, body, notes)
        if marker == SCAN:
            at = _after_scan(data, at)
    if not has_size:
        raise Unacceptable(DAMAGED)
    return len(data) - at


def _marker(data: bytes, at: int) -> tuple[int, int]:
    if data[at : at + 1] != b"\xff":
        raise Unacceptable(DAMAGED)
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise Unacceptable(DAMAGED)
    return data[at], at + 1


def _body(data: bytes, at: int) -> bytes:
    length = int.from_bytes(data[at : at + 2], "big")
    body = data[at + 2 : at + length]
    if length < 2 or len(body) != length - 2:
        raise Unacceptable(DAMAGED)
    return body


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: in a scan 0xFF is followed by 0 or a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Unacceptable(DAMAGED)
        if data[at + 1] != 0 and data[at + 1] not in ALONE and data[at + 1] != 0xFF:
            return at
        at += 1


def _segment(marker: int, body: bytes, notes: Notes) -> bool:
    """Whether this segment gives the picture's size."""
    if marker in SIZES:
        height, width = struct.unpack_from(">HH", body.ljust(5, b"\0"), 1)
        if height * width > MOST_PIXELS:
            raise Unacceptable(TOO_WIDE)
        return True
    if marker == 0xE1 and body.startswith(b"Exif\0\0"):
        exif.tell(body[6:], notes)
    elif marker in SEGMENTS:
        notes.add(
            "picture_details", where="XMP" if b"ns.adobe.com/x" in body[:40] else SEGMENTS[marker]
        )
        notes.say(body[:10_000].decode("latin-1") + "\n")
    return False
