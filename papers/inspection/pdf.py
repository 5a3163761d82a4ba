"""PDF: what it carries besides its pages, and the text of the first ones."""

import logging
import re
import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from pikepdf import Array, Dictionary, Name, Stream

from papers.inspection.kinds import LOCKED, TWO_IN_ONE, Kind
from papers.inspection.markup import walk
from papers.inspection.verdict import DAMAGED, Notes, Unacceptable

MOST_OBJECTS = 200_000
MOST_PAGES = 2_000
PAGES_READ = 60
SECONDS_OF_READING = 6.0  # of processor time
TOO_MANY = "The PDF is made of too many parts to be checked. Print it to a new PDF, or split it, and upload that."
MARKS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink", "/Caret", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"}  # fmt: skip
ATTACHED = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"}
RUNS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR", "/RichMediaExecute", "/SetOCGState"}  # fmt: skip
INFO = {"/Author": "author", "/Title": "title", "/Subject": "subject", "/Keywords": "keywords", "/Company": "company", "/Manager": "manager", "/SourceModified": "date of its source"}  # fmt: skip
DULL_INFO = {"/CreationDate", "/ModDate", "/Producer", "/Creator", "/Trapped", "/PTEX.Fullbanner"}
XMP = {"creator": "author", "title": "title", "description": "subject", "subject": "keywords", "Keywords": "keywords", "History": "history", "DerivedFrom": "history", "Company": "company"}  # fmt: skip
TELLING = re.compile(rb"/(?:JS|S|EF|Rect|OCG)\b")  # most objects of a long PDF hold none of these
INVISIBLE = re.compile(rb"(?<![\d.])[37]\s+Tr\b")
NO_CHANGE = re.compile(rb"(?<!start)xref\s+0\s+0\s+trailer")  # how Word ends a PDF


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    data = file.read()
    _check_end(data)
    with _opened(data) as pdf:
        notes.pages = len(pdf.pages)
        if not notes.pages:
            raise Unacceptable(DAMAGED)
        if notes.pages > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
            raise Unacceptable(TOO_MANY)
        _versions(pdf, data, notes)
        for each in pdf.objects:
            if _may_tell(each):
                _object(each, notes)
        _root(pdf, notes)
        _properties(pdf, notes)
        _invisible(pdf, notes)
    _text(data, notes)


def _may_tell(value: Any) -> bool:
    """Whether something may hide in the object. A number that is an object of its own, such as the length of a stream,
    comes as Python's."""
    if isinstance(value, Stream):
        return True
    return isinstance(value, pikepdf.Object) and bool(TELLING.search(value.unparse(resolved=True)))


def _check_end(data: bytes) -> None:
    """Nothing but white space may follow the last mark of the end."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Unacceptable(DAMAGED)
    if data[end + 5 :].strip(b"\0\t\n\x0c\r "):
        raise Unacceptable(TWO_IN_ONE)


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        pdf = pikepdf.open(BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unacceptable(LOCKED) from None
    except pikepdf.PdfError:
        raise Unacceptable(DAMAGED) from None
    if pdf.is_encrypted:
        raise Unacceptable(LOCKED)
    if any("reconstruct" in str(each) for each in pdf.get_warnings()):
        raise Unacceptable(DAMAGED)  # another program may see other pages in it
    return pdf


def _versions(pdf: pikepdf.Pdf, data: bytes, notes: Notes) -> None:
    """Each saving on top of the former adds a table and leaves the former in place."""
    tables = data.count(b"startxref") - len(NO_CHANGE.findall(data))
    notes.add("earlier_versions", max(0, tables - (2 if pdf.is_linearized else 1)))


def _object(value: Any, notes: Notes) -> None:
    """Count what hides in one object and in those written inside it."""
    for each in _inside(value):
        subtype, action = _name(each.get("/Subtype")), _name(each.get("/S"))
        if action in RUNS or "/JS" in each:
            notes.add("scripts")
        if "/EF" in each:
            notes.add("attachments", where=_words(each.get("/UF", each.get("/F"))))
        if "/Rect" in each:
            _annotation(subtype, each, notes)
        if _name(each.get("/Type")) == "/OCG":
            notes.add("layers", where=_words(each.get("/Name")))


def _annotation(subtype: str, value: Any, notes: Notes) -> None:
    if subtype in MARKS:
        notes.add("annotations")
        notes.say(_words(value.get("/Contents")) + "\n")
    elif subtype in ATTACHED and subtype != "/FileAttachment":
        notes.add("attachments", where="sound, film or model")
    elif subtype == "/Redact":
        notes.add("redactions")
    elif subtype == "/Widget":
        notes.add("form_fields")
        notes.say(_words(value.get("/V")) + "\n")


def _inside(value: Any) -> Iterator[Any]:
    """The dictionaries of an object; those behind references are objects of their own."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            children = [child for _, child in each.items()]
        elif isinstance(each, Array):
            children = list(each)
        else:
            continue
        waiting += [child for child in children if isinstance(child, Dictionary | Array) and not child.is_indirect]  # fmt: skip


def _name(value: Any) -> str:
    return str(value) if isinstance(value, Name) else ""


def _words(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""


def _root(pdf: pikepdf.Pdf, notes: Notes) -> None:
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        notes.add("form_fields")
    if isinstance(pdf.Root.get("/Collection"), Dictionary):
        notes.add("attachments", where="portfolio")


def _properties(pdf: pikepdf.Pdf, notes: Notes) -> None:
    named: set[str] = set()
    info = pdf.trailer.get("/Info")
    for key, value in info.items() if isinstance(info, Dictionary) else ():
        if key not in DULL_INFO and _words(value).strip():
            named.add(INFO.get(key, key.lstrip("/")))
            notes.say(_words(value) + "\n")
    metadata = pdf.Root.get("/Metadata")
    if isinstance(metadata, Stream):
        visitor = Xmp(notes)
        walk(metadata.read_bytes(), visitor)
        named |= visitor.named
    for name in sorted(named):
        notes.add("document_properties", where=name)


class Xmp:
    """The second place for properties: XML in a stream."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.inside: list[str] = []
        self.named: set[str] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.inside.append(tag)
        self.named |= {
            XMP[key] for key, value in attributes.items() if key in XMP and value.strip()
        }

    def end(self, tag: str) -> None:
        self.inside.pop()

    def text(self, text: str) -> None:
        named = next((XMP[tag] for tag in reversed(self.inside) if tag in XMP), None)
        if named and text.strip():
            self.named.add(named)
            self.notes.say(text + "\n")


def _invisible(pdf: pikepdf.Pdf, notes: Notes) -> None:
    for number, page in enumerate(pdf.pages, start=1):
        if any(INVISIBLE.search(each) for each in _drawings(page)):
            notes.add("invisible_text", where=f"page {number}")


def _drawings(page: pikepdf.Page) -> Iterator[bytes]:
    """What draws the page: its own content and the forms it uses."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    forms = page.resources.get("/XObject")
    streams += [
        each
        for _, each in (forms.items() if isinstance(forms, Dictionary) else ())
        if _name(each.get("/Subtype")) == "/Form"
    ]
    for each in streams:
        if isinstance(each, Stream):
            try:
                yield each.read_bytes()
            except pikepdf.PdfError:
                raise Unacceptable(DAMAGED) from None


def _text(data: bytes, notes: Notes) -> None:
    """Page by page, until there is enough or time is up: warnings need no last page."""
    logging.disable(logging.CRITICAL)
    try:
        for page in extract_pages(BytesIO(data), maxpages=PAGES_READ):
            for each in page:
                if isinstance(each, LTTextContainer):
                    notes.say(each.get_text())
            if notes.is_full() or time.process_time() > SECONDS_OF_READING:
                return
    except MemoryError:
        raise
    except (
        Exception
    ):  # what is hidden was found by pikepdf: an odd typeface must not refuse an honest paper
        return
