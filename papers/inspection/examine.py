"""One file, read in this process: only the worker and the tests call this."""

import importlib
from types import ModuleType
from typing import BinaryIO

from papers.inspection.kinds import check_first_bytes, kind_of
from papers.inspection.verdict import Inspected, Notes


def examine(file: BinaryIO, extension: str, reader: ModuleType | None = None) -> Inspected:
    """Raises Unacceptable, or whatever a library says of a damaged file."""
    kind = kind_of(extension)
    check_first_bytes(file, extension)
    reader = reader or importlib.import_module(f"papers.inspection.{kind.reader}")
    notes = Notes()
    file.seek(0)
    reader.read(file, kind, notes)
    return notes.inspected(kind.media_type, extension)
