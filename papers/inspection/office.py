"""DOCX, XLSX and PPTX: the packages of Office Open XML.

Every XML part is read, and known by its first element instead of its name: a part cannot hide under
another name, and both editions of the format (transitional and strict) are read alike.
"""

from collections import Counter
from posixpath import basename
from typing import BinaryIO

from papers.inspection import carried
from papers.inspection.archive import Archive, ending
from papers.inspection.kinds import Kind
from papers.inspection.markup import walk
from papers.inspection.office_parts import Book, Part
from papers.inspection.verdict import Notes, Unacceptable

CONTENT_TYPES = "[Content_Types].xml"
MAIN = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet", "pptx": "presentationml.presentation"}  # fmt: skip
MOST_XML = 120 * 1024**2
NO_MACROS = "The file holds macros or active controls. Save a copy without them, for example as DOCX, XLSX, PPTX or PDF, and upload that."
WRONG_INSIDE = "The file’s name says that it is {kind}, but it is not one inside. Open it, save it as {kind} and upload the new copy."
TOO_LONG = "The file holds too much to be checked. Save it as a PDF, or split it, and upload that."
ACTIVE = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "activex", "dialogsheet")
PLAIN_PARTS = frozenset({".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".svg", ".wdp", ".fntdata", ".odttf"})  # fmt: skip


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    archive = Archive(file)
    types = Types()
    if CONTENT_TYPES not in archive.names:
        raise Unacceptable(WRONG_INSIDE.format(kind=kind.name))
    walk(archive.read(CONTENT_TYPES), types)
    _check_types(archive, types, kind)
    book = Book(notes)
    xml = 0
    for name in archive.names:
        if types.is_xml(name):
            data = archive.read(name)
            xml += len(data)
            if xml > MOST_XML:
                raise Unacceptable(TOO_LONG)
            walk(data, Part(book, name))
        elif ending(name) in PLAIN_PARTS:
            carried.look_at_picture(archive.read(name), notes)
        else:
            _look_at_unknown(name, archive, types, notes)
    book.finish()


class Types:
    """[Content_Types].xml: what each part says it is."""

    def __init__(self) -> None:
        self.by_ending: dict[str, str] = {}
        self.by_name: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        what = attributes.get("ContentType", "").lower()
        if tag == "Default":
            self.by_ending["." + attributes.get("Extension", "").lower()] = what
        elif tag == "Override":
            self.by_name[attributes.get("PartName", "").lstrip("/").casefold()] = what

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...

    def of(self, name: str) -> str:
        return self.by_name.get(name.casefold()) or self.by_ending.get(ending(name), "")

    def is_xml(self, name: str) -> bool:
        """Legacy drawings (VML) need not be well-formed; what they show is in comments and controls too."""
        if ending(name) == ".vml" and "vmldrawing" in self.of(name):
            return False
        return ending(name) in {".xml", ".rels"} or self.of(name).endswith("xml")


def _check_types(archive: Archive, types: Types, kind: Kind) -> None:
    declared = Counter([*types.by_name.values(), *types.by_ending.values()])
    if any(word in each for each in declared for word in ACTIVE):
        raise Unacceptable(NO_MACROS)
    if any("vbaproject" in name.lower() or "/activex/" in name.lower() for name in archive.names):
        raise Unacceptable(NO_MACROS)
    mains = [each for each in declared if each.endswith(".main+xml")]
    if mains != [f"{kind.media_type}.main+xml"]:
        raise Unacceptable(WRONG_INSIDE.format(kind=kind.name))


def _look_at_unknown(name: str, archive: Archive, types: Types, notes: Notes) -> None:
    """Whatever is neither text nor picture: settings of a printer, a data model, or a file carried along."""
    what = types.of(name)
    if "printersettings" in what or "printersettings" in name.lower():
        return
    data = archive.read(name)
    if "model+data" in what or name.endswith("item.data"):
        notes.add("data_models")
    else:
        carried.look_at_file(basename(name), data, notes)
