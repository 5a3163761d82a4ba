"""What is hidden in one part of an Office package, told by the elements in it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import basename

from papers.inspection.verdict import Notes, Unacceptable

COMMANDS = "The file holds a command that starts another program (DDE). Take it out and upload the file again."
NO_MACROS = "The file holds macros or active controls. Save a copy without them and upload that."
OFF = {"0", "false", "off", "none"}
PLAIN_LINKS = ("/hyperlink",)
ACTIVE_LINKS = ("/vbaproject", "/xlmacrosheet", "/xlintlmacrosheet", "/control", "/activexcontrolbinary", "/worddata")  # fmt: skip
PROPERTIES = {
    "creator": "author",
    "lastModifiedBy": "last modified by",
    "title": "title",
    "subject": "subject",
    "description": "comments",
    "keywords": "keywords",
    "category": "category",
    "contentStatus": "status",
    "Company": "company",
    "Manager": "manager",
    "HyperlinkBase": "link base",
    "Template": "template",
}
TRACKED = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "numberingChange")  # fmt: skip
DULL_TEMPLATES = {"normal", "normal.dotm", "normal.dot", ""}
DULL_DATA = {"Sources", "datastoreItem"}  # what Word writes by itself
Attributes = dict[str, str]


@dataclass
class Book:
    """What is known only when all parts have been read."""

    notes: Notes
    sheets: list[Attributes] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)  # relation → part, of workbooks only
    hidden_lines: dict[tuple[str, str], int] = field(default_factory=Counter)
    hidden_styles: set[str] = field(default_factory=set)
    based_on: dict[str, str] = field(default_factory=dict)
    styles_used: Counter[str] = field(default_factory=Counter)
    slides: int = 0

    def finish(self) -> None:
        self._sheets()
        named = {self.targets.get(each.get("id", "")): each.get("name", "") for each in self.sheets}
        for (kind, part), count in self.hidden_lines.items():
            self.notes.add(kind, count, named.get(basename(part)) or basename(part))
        self._styles()
        self.notes.pages = self.slides or None

    def _sheets(self) -> None:
        hidden = []
        for each in self.sheets:
            state = each.get("state", "visible").lower()
            if state != "visible":
                hidden.append(each.get("name", ""))
                self.notes.add("very_hidden_sheets" if state == "veryhidden" else "hidden_sheets")
        for words in self.defined:
            if any(f"{name}!" in words or f"{name.replace(chr(39), chr(39) * 2)}'!" in words for name in hidden if name):  # fmt: skip
                self.notes.add("names_to_hidden")

    def _styles(self) -> None:
        for style, count in self.styles_used.items():
            if self._is_hidden(style):
                self.notes.add("hidden_text", count)

    def _is_hidden(self, style: str) -> bool:
        seen: set[str] = set()
        while style and style not in seen:
            if style in self.hidden_styles:
                return True
            seen.add(style)
            style = self.based_on.get(style, "")
        return False


class Part:
    """A visitor: the first element says which rules hold for the part."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name, self.notes = book, name, book.notes
        self.root = ""
        self.rules: dict[str, Callable[[Part, Attributes], None]] = {}
        self.inside = ""
        self.style = ""
        self.run_hidden = self.in_run = self.counted = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if not self.root:
            self.root = tag
            self.rules = ANYWHERE | RULES.get(tag, {})
            if tag in ROOTS:
                ROOTS[tag](self, attributes)
            elif self.name.lower().startswith("customxml/item") and tag not in DULL_DATA:
                self.notes.add("custom_data")
        self.inside = tag
        rule = self.rules.get(tag)
        if rule:
            rule(self, attributes)

    def end(self, tag: str) -> None:
        self.inside = ""
        if tag == "r":
            self.in_run = False
        elif tag in {"p", "si", "is", "tr", "comment"}:
            self.notes.say("\n")

    def text(self, text: str) -> None:
        if self.inside in {"t", "delText"}:
            self.notes.say(text)
            self._hidden_text(text)
        elif self.inside in {"instrText", "delInstrText"} and text.lstrip().upper().startswith(
            "DDE"
        ):
            raise Unacceptable(COMMANDS)
        elif self.root in {"coreProperties", "Properties"} and text.strip():
            self._property(text.strip())
        elif self.inside in {"definedName"}:
            self.book.defined.append(text)

    def _hidden_text(self, text: str) -> None:
        if self.in_run and self.run_hidden and not self.counted and text.strip():
            self.counted = True
            self.notes.add("hidden_text")

    def _property(self, text: str) -> None:
        named = PROPERTIES.get(self.inside)
        if named and not (named == "template" and text.lower() in DULL_TEMPLATES):
            self.notes.add("document_properties", where=named)
            self.notes.say(text + "\n")


# -- Rules: what an element means ------------------------------------------------------------------
Rule = Callable[[Part, Attributes], None]


def is_on(attributes: Attributes, key: str) -> bool:
    return attributes.get(key, "0").lower() not in OFF


def counts(kind: str) -> Rule:
    return lambda part, _: part.notes.add(kind)


def refuses(reason: str) -> Rule:
    def refuse(part: Part, attributes: Attributes) -> None:
        raise Unacceptable(reason)

    return refuse


def _relation(part: Part, attributes: Attributes) -> None:
    kind, target = attributes.get("Type", "").lower(), attributes.get("Target", "")
    if kind.endswith(ACTIVE_LINKS):
        raise Unacceptable(NO_MACROS)
    if basename(part.name) == "workbook.xml.rels":
        part.book.targets[attributes.get("Id", "")] = basename(target)
    if attributes.get("TargetMode", "").lower() == "external" and not kind.endswith(PLAIN_LINKS):
        part.notes.add("external_links")


def _sheet(part: Part, attributes: Attributes) -> None:
    part.book.sheets.append(attributes)


def _row(part: Part, attributes: Attributes) -> None:
    if attributes and (is_on(attributes, "hidden") or _is_nothing(attributes.get("ht"))):
        part.book.hidden_lines["hidden_rows", part.name] += 1


def _column(part: Part, attributes: Attributes) -> None:
    if is_on(attributes, "hidden") or _is_nothing(attributes.get("width")):
        first, last = _number(attributes.get("min")), _number(attributes.get("max"))
        part.book.hidden_lines["hidden_columns", part.name] += max(1, min(last - first + 1, 16_384))


def _rows_by_default(part: Part, attributes: Attributes) -> None:
    if is_on(attributes, "zeroHeight"):
        part.book.hidden_lines["hidden_rows", part.name] += 1


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1


def _defined(part: Part, attributes: Attributes) -> None:
    if is_on(attributes, "hidden") and not attributes.get("name", "").startswith("_xlnm"):
        part.notes.add("hidden_names")


def _slide(part: Part, attributes: Attributes) -> None:
    part.book.slides += 1
    if attributes.get("show", "1").lower() in OFF:
        part.notes.add("hidden_slides")


def _cropped(part: Part, attributes: Attributes) -> None:
    if any(attributes.get(side, "0") not in {"0", ""} for side in "ltrb"):
        part.notes.add("cropped_pictures")


def _drawn(part: Part, attributes: Attributes) -> None:
    if is_on(attributes, "hidden"):
        part.notes.add("hidden_objects")


def _run(part: Part, _: Attributes) -> None:
    part.in_run, part.run_hidden, part.counted = True, False, False


def _vanish(part: Part, attributes: Attributes) -> None:
    if attributes.get("val", "1").lower() in OFF:
        return
    if part.in_run:
        part.run_hidden = True
    elif part.root == "styles" and part.style:
        part.book.hidden_styles.add(part.style)


def _style(part: Part, attributes: Attributes) -> None:
    part.style = attributes.get("styleId", "")


def _based_on(part: Part, attributes: Attributes) -> None:
    part.book.based_on[part.style] = attributes.get("val", "")


def _style_used(part: Part, attributes: Attributes) -> None:
    part.book.styles_used[attributes.get("val", "")] += 1


def _placeholder(part: Part, attributes: Attributes) -> None:
    if attributes.get("type") == "body":
        part.notes.add("speaker_notes")


def _field(part: Part, attributes: Attributes) -> None:
    if attributes.get("instr", "").lstrip().upper().startswith("DDE"):
        raise Unacceptable(COMMANDS)


def _named_property(part: Part, attributes: Attributes) -> None:
    if "name" in attributes:
        part.notes.add("document_properties", where=attributes["name"])


ANYWHERE: dict[str, Rule] = {
    "cNvPr": _drawn,
    "docPr": _drawn,
    "srcRect": _cropped,
}
WORD: dict[str, Rule] = {
    **{tag: counts("tracked_changes") for tag in TRACKED},
    "r": _run,
    "vanish": _vanish,
    "specVanish": _vanish,
    "rStyle": _style_used,
    "pStyle": _style_used,
    "fldSimple": _field,
}
RULES: dict[str, dict[str, Rule]] = {
    "Relationships": {"Relationship": _relation},
    "workbook": {"sheet": _sheet, "definedName": _defined},
    "worksheet": {"row": _row, "col": _column, "sheetFormatPr": _rows_by_default},
    "document": WORD,
    "hdr": WORD,
    "ftr": WORD,
    "footnotes": WORD,
    "endnotes": WORD,
    "glossaryDocument": WORD,
    "styles": {"style": _style, "vanish": _vanish, "basedOn": _based_on},
    "comments": {**WORD, "comment": counts("comments")},
    "ThreadedComments": {"threadedComment": counts("comments")},
    "cmLst": {"cm": counts("comments")},
    "people": {"person": counts("people")},
    "personList": {"person": counts("people")},
    "cmAuthorLst": {"cmAuthor": counts("people")},
    "authorLst": {"author": counts("people")},
    "connections": {"connection": counts("external_links")},
    "externalLink": {"ddeLink": refuses(COMMANDS)},
    "notes": {"ph": _placeholder},
    "Properties": {"property": _named_property},
    "revisions": {tag: counts("tracked_changes") for tag in ("rcc", "rrc", "rm", "ris", "rsnm")},
}
ROOTS: dict[str, Rule] = {
    "sld": _slide,
    "pivotCacheDefinition": counts("pivot_caches"),
    "externalLink": counts("external_links"),
    "macrosheet": refuses(NO_MACROS),
    "dialogsheet": refuses(NO_MACROS),
    "ocx": refuses(NO_MACROS),
}
