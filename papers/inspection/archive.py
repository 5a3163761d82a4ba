"""Zip archives, measured before anything in them is read.

What an archive says of itself must be within bounds, and then is not believed: every entry is inflated once,
counted and thrown away, with a stop where it grows beyond its word. The entries must lie one behind the other from the first byte to the directory, so
that no two programs can see different files in it.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from papers.inspection.kinds import END_OF_ZIP, LOCKED, TAIL, TWO_IN_ONE
from papers.inspection.verdict import DAMAGED, Unacceptable

MOST_ENTRIES = 5_000
MOST_EXPANDED = 250 * 1024**2
MOST_TIMES = 100  # expanded to packed, once it is more than FLOOR
FLOOR = 5 * 1024**2
CHUNK = 64 * 1024
GAP = 24  # a data descriptor between two entries
LOCAL = struct.Struct("<4sHHHHHIIIHH")
END = struct.Struct("<4sHHHHIIH")
ENCRYPTED = 0x41

TOO_MANY = (
    "The file is made of too many parts. Save it again, as a PDF if you can, and upload that."
)
TOO_BIG = "The file grows far too large when it is opened. Save it again, as a PDF if you can, and upload that."
NAMES = "The file holds parts whose names point out of it or stand twice. Open it, save it again and upload the new copy."


class Archive:
    """An archive that has passed; `read` gives an entry whole."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = file.seek(0, 2)
        self._check_end()
        try:
            self.zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
            raise Unacceptable(DAMAGED) from None
        self.entries = sorted(self.zip.infolist(), key=lambda each: each.header_offset)
        self._check_names()
        self._check_places()
        self._measure()
        self.names = [each.filename for each in self.entries if not each.is_dir()]

    def read(self, name: str) -> bytes:
        return b"".join(self._inflated(self.zip.getinfo(name)))

    def _check_end(self) -> None:
        """One last record, at the very end, with few entries. Read by hand: zipfile would list them all first."""
        self.file.seek(max(0, self.size - TAIL))
        tail = self.file.read()
        at = tail.rfind(END_OF_ZIP)
        if at < 0 or len(tail) - at < END.size:
            raise Unacceptable(DAMAGED)
        _, disk, start, here, entries, _, _, comment = END.unpack_from(tail, at)
        if comment or at + END.size != len(tail):
            raise Unacceptable(TWO_IN_ONE)
        if disk or start or here != entries or entries == 0:
            raise Unacceptable(DAMAGED)
        if entries > MOST_ENTRIES:
            raise Unacceptable(TOO_MANY)

    def _check_names(self) -> None:
        if len(self.entries) > MOST_ENTRIES:
            raise Unacceptable(TOO_MANY)
        if any(each.flag_bits & ENCRYPTED for each in self.entries):
            raise Unacceptable(LOCKED)
        names = [each.filename.casefold().rstrip("/") for each in self.entries]
        if len(set(names)) != len(names) or any(map(_points_out, self.entries)):
            raise Unacceptable(NAMES)

    def _check_places(self) -> None:
        """From the first byte to the directory without overlap and without room for anything else."""
        expected = 0
        for each in self.entries:
            if not expected <= each.header_offset <= expected + GAP * bool(expected):
                raise Unacceptable(DAMAGED)
            expected = self._data_starts(each) + each.compress_size
        if not expected <= self.zip.start_dir <= expected + GAP:
            raise Unacceptable(DAMAGED)

    def _data_starts(self, entry: zipfile.ZipInfo) -> int:
        """Where its bytes begin; what its own header says must be what the directory says."""
        self.file.seek(entry.header_offset)
        head = self.file.read(LOCAL.size)
        if len(head) < LOCAL.size:
            raise Unacceptable(DAMAGED)
        mark, _, flags, method, _, _, _, _, _, name, extra = LOCAL.unpack(head)
        same = mark == b"PK\x03\x04" and method == entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # fmt: skip
        if not same or self.file.read(name) != _raw_name(entry):
            raise Unacceptable(DAMAGED)
        if flags & ENCRYPTED:
            raise Unacceptable(LOCKED)
        return entry.header_offset + LOCAL.size + int(name) + int(extra)

    def _measure(self) -> None:
        """First what the directory says, then whether it is true: nothing is inflated beyond that."""
        most = min(MOST_EXPANDED, max(FLOOR, MOST_TIMES * self.size))
        if sum(each.file_size for each in self.entries) > most:
            raise Unacceptable(TOO_BIG)
        for each in self.entries:
            size = check = 0
            for piece in self._inflated(each):
                size, check = size + len(piece), zlib.crc32(piece, check)
                if size > each.file_size:
                    raise Unacceptable(DAMAGED)
            if (size, check) != (each.file_size, each.CRC):
                raise Unacceptable(DAMAGED)

    def _inflated(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        self.file.seek(self._data_starts(entry))
        if entry.compress_type == zipfile.ZIP_STORED:
            yield self.file.read(entry.compress_size)
            return
        inflate = zlib.decompressobj(-15)
        packed = self.file.read(entry.compress_size)
        try:
            while packed and not inflate.eof:
                yield inflate.decompress(packed, CHUNK)
                packed = inflate.unconsumed_tail
            yield inflate.flush() if inflate.eof else b""
        except zlib.error:
            raise Unacceptable(DAMAGED) from None
        if not inflate.eof or inflate.unused_data:
            raise Unacceptable(DAMAGED)


def _raw_name(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace")


def _points_out(entry: zipfile.ZipInfo) -> bool:
    """Absolute, going up, with a drive, a backslash or a control character, or a link."""
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    return (
        not name.isprintable()
        or "\\" in name
        or any(part in {"", ".", ".."} or ":" in part for part in parts)
        or stat.S_ISLNK(entry.external_attr >> 16)
    )


def ending(name: str) -> str:
    """“.xml” for word/document.XML, “.rels” for _rels/.rels."""
    return "." + name.rpartition(".")[2].lower()
