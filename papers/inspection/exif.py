"""What the EXIF block of a picture tells: the place, the day, the camera, a name."""

import struct
from collections.abc import Iterator

from papers.inspection.verdict import Notes

DULL = frozenset({0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0112, 0x0115, 0x011A, 0x011B, 0x0128, 0x0201, 0x0202, 0x0211, 0x0213, 0x8769, 0xA005, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003})  # fmt: skip
SAYS = {
    0x010E: "description", 0x010F: "camera", 0x0110: "camera", 0x0131: "program", 0x0132: "date", 0x013B: "author",
    0x8298: "copyright", 0x9003: "date", 0x9004: "date", 0x9286: "comment", 0x927C: "camera", 0x9C9B: "title",
    0x9C9C: "comment", 0x9C9D: "author", 0x9C9E: "keywords", 0x9C9F: "subject", 0xA430: "author", 0xA431: "camera",
    0xA433: "camera", 0xA434: "camera", 0xA435: "camera",
}  # fmt: skip
PLACE, DETAILS = 0x8825, 0x8769
MOST_TAGS = 500


def tell(data: bytes, notes: Notes) -> None:
    """`data` begins with the byte order of a TIFF block."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        notes.add("picture_details", where="EXIF")
        return
    said: set[str] = set()
    for tag in _tags(data, order):
        if tag == PLACE:
            notes.add("place_of_picture")
        elif tag not in DULL:
            said.add(SAYS.get(tag, "settings"))
    for word in sorted(said):
        notes.add("picture_details", where=word)


def _tags(data: bytes, order: str) -> Iterator[int]:
    """Of the first directory, of the thumbnail's and of the one with details."""
    directories = [struct.unpack_from(order + "I", data, 4)[0]]
    seen = 0
    visited: set[int] = set()
    while directories:
        at = directories.pop()
        if at in visited or not 0 < at <= len(data) - 2:
            continue
        visited.add(at)
        (count,) = struct.unpack_from(order + "H", data, at)
        for number in range(count):
            entry = at + 2 + 12 * number
            seen += 1
            if entry + 12 > len(data) or seen > MOST_TAGS:
                return
            tag, _, _, value = struct.unpack_from(order + "HHII", data, entry)
            yield tag
            if tag == DETAILS:
                directories.append(value)
        following = at + 2 + 12 * count
        if following + 4 <= len(data):
            directories.append(struct.unpack_from(order + "I", data, following)[0])
