"""XML read as a stream by expat: no document type, no entities, no depth without end."""

from typing import Protocol
from xml.parsers import expat

from papers.inspection.verdict import DAMAGED, Unacceptable

DEEPEST = 256
DECLARES = "The file holds a document type or entities in its XML, which can reach other files. Open it, save it again and upload the new copy."
TOO_DEEP = "The file is nested too deeply to be read safely. Save it again, as a PDF if you can, and upload that."


class Visitor(Protocol):
    """Names and attributes come without their namespace: both editions of a format are read alike."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def text(self, text: str) -> None: ...


def walk(data: bytes, visitor: Visitor) -> None:
    """Show every element to the visitor; raises Unacceptable. Programs leave parts empty, which is no fault."""
    if not data:
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth, names = 0, Names()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unacceptable(TOO_DEEP)
        if attributes:
            attributes = {names[key]: value for key, value in attributes.items()}
        visitor.start(names[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        visitor.end(names[name])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = visitor.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.UnparsedEntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Unacceptable(DAMAGED) from None


class Names(dict[str, str]):
    """Full name → name without its namespace: a workbook says few names a million times."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(" ")[2]
        return self[name]


def _refuse(*_: object) -> None:
    raise Unacceptable(DECLARES)
