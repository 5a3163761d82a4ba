"""ODT and ODS: the packages of OpenDocument."""

from collections.abc import Callable
from posixpath import basename
from typing import BinaryIO

from papers.inspection import carried
from papers.inspection.archive import Archive, ending
from papers.inspection.kinds import LOCKED, Kind
from papers.inspection.markup import walk
from papers.inspection.office import MOST_XML, NO_MACROS, PLAIN_PARTS, TOO_LONG, WRONG_INSIDE
from papers.inspection.verdict import Notes, Unacceptable

MACROS = ("basic/", "scripts/", "dialogs/")
PROPERTIES = {
    "creator": "last modified by",
    "initial-creator": "author",
    "printed-by": "printed by",
    "title": "title",
    "subject": "subject",
    "description": "comments",
    "keyword": "keywords",
    "user-defined": "",
}
TEXT = {"p", "h", "span", "a", "s", "tab", "title", "desc"}
DRAWN = (
    "ObjectReplacements/",
    "Configurations2/",
    "Thumbnails/",
    "Pictures/",
    "Fonts/",
    "layout-cache",
)
HIDDEN_LINES = {"collapse", "filter"}
SIZES = 1_100_000  # rows in a sheet
Attributes = dict[str, str]


def read(file: BinaryIO, kind: Kind, notes: Notes) -> None:
    archive = Archive(file)
    first = archive.entries[0]
    if first.filename != "mimetype" or archive.read("mimetype") != kind.media_type.encode():
        raise Unacceptable(WRONG_INSIDE.format(kind=kind.name))
    if "content.xml" not in archive.names:
        raise Unacceptable(WRONG_INSIDE.format(kind=kind.name))
    if any(name.lower().startswith(MACROS) for name in archive.names):
        raise Unacceptable(NO_MACROS)
    package = Package(notes)
    xml = 0
    for name in sorted(archive.names, key=lambda each: each != "META-INF/manifest.xml"):
        if ending(name) in {".xml", ".rdf"}:
            data = archive.read(name)
            xml += len(data)
            if xml > MOST_XML:
                raise Unacceptable(TOO_LONG)
            walk(data, Part(package, name))
        else:
            _look_at(name, archive, notes)
    package.finish()


def _look_at(name: str, archive: Archive, notes: Notes) -> None:
    data = archive.read(name)
    if name.startswith("Versions/"):
        notes.add("earlier_versions")
    elif name.startswith(DRAWN) or ending(name) in PLAIN_PARTS:
        carried.look_at_picture(data, notes)
    elif name != "mimetype":
        carried.look_at_file(basename(name), data, notes)


class Package:
    """What is known only when all parts have been read: styles may hide, and stand in another part."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.hidden_tables: set[tuple[str, str]] = set()
        self.hidden_texts: set[tuple[str, str]] = set()
        self.tables: list[tuple[str, str]] = []  # part and style
        self.texts: list[tuple[str, str]] = []

    def finish(self) -> None:
        self.notes.add("hidden_sheets", sum(each in self.hidden_tables for each in self.tables))
        hidden = self.hidden_texts
        everywhere = {name for part, name in hidden if part == "styles.xml"}
        count = sum((part, name) in hidden or name in everywhere for part, name in self.texts)
        self.notes.add("hidden_text", count)


class Part:
    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name, self.notes = package, name, package.notes
        self.inside: list[str] = []
        self.style = self.table = self.property = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        self.inside.append(tag)
        rule = RULES.get(tag)
        if rule:
            rule(self, attributes)
        if tag in PROPERTIES and "meta" in self.inside[:-1]:
            self.property = PROPERTIES[tag] or attributes.get("name", "other")

    def end(self, tag: str) -> None:
        self.inside.pop()
        self.property = ""
        if tag in {"p", "h"}:
            self.notes.say("\n")

    def text(self, text: str) -> None:
        if self.property and text.strip():
            self.notes.add("document_properties", where=self.property)
            self.property = ""
        if self.inside[-1] in TEXT or self.inside[-1] in PROPERTIES:
            self.notes.say(text)


Rule = Callable[[Part, Attributes], None]


def _style(part: Part, attributes: Attributes) -> None:
    part.style = attributes.get("name", "")


def _table_look(part: Part, attributes: Attributes) -> None:
    if attributes.get("display") == "false":
        part.package.hidden_tables.add((part.name, part.style))


def _text_look(part: Part, attributes: Attributes) -> None:
    if attributes.get("display") in {"none", "condition"}:
        part.package.hidden_texts.add((part.name, part.style))


def _table(part: Part, attributes: Attributes) -> None:
    part.table = attributes.get("name", "")
    part.package.tables.append((part.name, attributes.get("style-name", "")))


def _lines(kind: str) -> Rule:
    repeated = f"number-{kind.removeprefix('hidden_')}-repeated"

    def rule(part: Part, attributes: Attributes) -> None:
        if attributes.get("visibility") in HIDDEN_LINES:
            times = attributes.get(repeated, "1")
            count = int(times) if times.isdecimal() and len(times) < 8 else 1
            part.notes.add(kind, min(count, SIZES), part.table)

    return rule


def _styled(part: Part, attributes: Attributes) -> None:
    if "style-name" in attributes:
        part.package.texts.append((part.name, attributes["style-name"]))


def _section(part: Part, attributes: Attributes) -> None:
    if attributes.get("display", "true") in {"none", "condition"}:
        part.notes.add("hidden_text")


def _always_hidden(part: Part, _: Attributes) -> None:
    part.notes.add("hidden_text")


def _refused(reason: str) -> Rule:
    def rule(part: Part, attributes: Attributes) -> None:
        raise Unacceptable(reason)

    return rule


def _noted(kind: str) -> Rule:
    return lambda part, _: part.notes.add(kind)


def _listener(part: Part, attributes: Attributes) -> None:
    if attributes.get("language", "") or attributes.get("href", ""):
        raise Unacceptable(NO_MACROS)


RULES: dict[str, Rule] = {
    "style": _style,
    "table-properties": _table_look,
    "text-properties": _text_look,
    "table": _table,
    "table-row": _lines("hidden_rows"),
    "table-column": _lines("hidden_columns"),
    "p": _styled,
    "span": _styled,
    "section": _section,
    "hidden-text": _always_hidden,
    "hidden-paragraph": _always_hidden,
    "annotation": _noted("comments"),
    "changed-region": _noted("tracked_changes"),
    "cell-content-change": _noted("tracked_changes"),
    "dde-source": _noted("external_links"),
    "dde-link": _noted("external_links"),
    "table-source": _noted("external_links"),
    "event-listener": _listener,
    "script": _refused(NO_MACROS),
    "encryption-data": _refused(LOCKED),
}
