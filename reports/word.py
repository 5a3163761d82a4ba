"""The same snapshot as a Word document: the printed paper's HTML, element by element.

So the two say the same words in the same order, and whatever a paper gains stands in both. What is drawn stays away: of a
chart there is its table.
"""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import html as markup

from .rendering import Snapshot, paper_of
from .word_shell import BULLETS, ORDERED, link_to, new_list, packed, running_lines, shell

HEADINGS = {"h1": "Heading1", "h2": "Heading2", "h3": "Heading3", "h4": "Heading3"}
BLOCKS = {*HEADINGS, "p", "ul", "ol", "table", "div", "section", "blockquote", "figure", "figcaption"}  # fmt: skip
NOT_WORDS = {"svg", "style", "script", "colgroup", "head"}
SPACES = re.compile(r"[ \t\r\n\f]+")
NUMBER_ENDS, LINE_ENDS = "\x1e", "\x1f"  # no text of a report has them
TIDY = re.compile(rf" *([{NUMBER_ENDS}{LINE_ENDS}]) *")
HANGING = 794  # twentieths of a point, 14 mm: where the text begins after a number
WIDTHS = {"front__table": (32, 24, 18, 26), "benchmarks": (24, 20, 28, 28)}  # of a hundred
SIGNS = {NUMBER_ENDS: "w:tab", LINE_ENDS: "w:br"}


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""
    language: str = ""


def document_of(snapshot: Snapshot) -> bytes:
    paper = paper_of(snapshot)
    document = shell(
        title=paper.title,
        language=paper.language,
        date=dt.date.fromisoformat(paper.date),
        colour=paper.colour,
        lists=paper.lists,
        face=paper.look["face"],
    )
    running_lines(document, borough=paper.borough, stamp=paper.running_stamp, title=paper.title)
    written = render_to_string("reports/_paper.html", {"paper": paper, "contents": False})
    writer = Writer(document)
    writer.blocks(markup.fragment_fromstring(written, create_parent="div"), writer.body)
    return packed(document)


class Writer:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.body = document.element.body
        self.bullets = new_list(document, BULLETS)
        self.marks = 0

    # -- Blocks --------------------------------------------------------------------------------------
    def blocks(self, element: Any, into: Any, **form: Any) -> None:
        """What an element holds: runs of words between blocks are paragraphs of their own."""
        loose = [Run(element.text or "")]
        for child in element:
            if child.tag in BLOCKS:
                self._paragraph(loose, into, **form)
                self._block(child, into, **form)
                loose = [Run(child.tail or "")]
            else:
                loose += [*_runs(child, Run("")), Run(child.tail or "")]
        self._paragraph(loose, into, **form)

    def _block(self, element: Any, into: Any, **form: Any) -> None:
        if element.tag == "table":
            self._table(element, into)
        elif element.tag in ("ul", "ol"):
            self._list(element, into, form.get("level", -1) + 1)
        elif element.tag == "blockquote":
            self.blocks(element, into, style="Quote")
        elif element.tag in HEADINGS or element.tag == "p":
            self._written(element, into, **form)
        else:
            self.blocks(element, into, **form)

    def _written(self, element: Any, into: Any, **form: Any) -> None:
        classes = element.get("class", "")
        said = {
            **form,
            "style": HEADINGS.get(element.tag, form.get("style", "")),
            "name": element.get("id", ""),
            "keep": "para--lead" in classes or "para--minor" in classes,
        }
        bold = "front__" in classes and element.tag == "p"
        self._paragraph(list(_inside(element, Run("", bold=bold))), into, **said)

    def _list(self, element: Any, into: Any, level: int) -> None:
        start = int(element.get("start", "1")) if element.tag == "ol" else 1
        plain = element.tag == "ul"
        key = self.bullets if plain else new_list(self.document, ORDERED, start)
        for item in element.iterchildren("li"):
            self.blocks(item, into, style="ListParagraph", key=key, level=level)

    # -- Tables --------------------------------------------------------------------------------------
    def _table(self, element: Any, into: Any) -> None:
        for caption in element.iterchildren("caption"):
            self._paragraph(list(_inside(caption, Run(""))), into, style="Caption", keep=True)
        rows = [row for row in element.iter("tr") if _table_of(row) is element]
        columns = max(sum(_span(cell) for cell in row) for row in rows)
        table = _add(into, "w:tbl")
        self._shape(table, element, columns)
        for row in rows:
            self._row(row, table, heads=row.getparent().tag == "thead")

    def _shape(self, table: Any, element: Any, columns: int) -> None:
        shape = _add(table, "w:tblPr")
        _add(shape, "w:tblStyle", val="TableGrid")
        _add(shape, "w:tblW", w="5000", type="pct")
        _add(shape, "w:tblLayout", type="fixed")
        look = {"firstRow": "1" if element.find("thead") is not None else "0", "lastRow": "0"}
        first = "1" if element.find(".//th[@scope='row']") is not None else "0"
        _add(
            shape, "w:tblLook", **look, firstColumn=first, lastColumn="0", noHBand="1", noVBand="1"
        )
        for caption in element.iterchildren("caption"):
            _add(shape, "w:tblCaption", val=_words(caption))
        grid = _add(table, "w:tblGrid")
        for part in _widths(element, columns):
            _add(grid, "w:gridCol", w=str(part * 96))  # of a hundredth of 170 mm

    def _row(self, row: Any, table: Any, *, heads: bool) -> None:
        line = _add(table, "w:tr")
        how = _add(line, "w:trPr")
        if "benchmarks__tall" not in row.get("class", ""):
            _add(how, "w:cantSplit")
        if heads:
            _add(how, "w:tblHeader")
        for cell in row:
            self._cell(cell, line, heads=heads)

    def _cell(self, cell: Any, line: Any, *, heads: bool) -> None:
        box = _add(line, "w:tc")
        shape = _add(box, "w:tcPr")
        if (span := _span(cell)) > 1:
            _add(shape, "w:gridSpan", val=str(span))
        if heads:
            _add(shape, "w:shd", val="clear", color="auto", fill="EEF1F4")
        self.blocks(cell, box, bold=cell.tag == "th", tight=True)
        if box[-1].tag != qn("w:p"):
            _add(box, "w:p")

    # -- Paragraphs ----------------------------------------------------------------------------------
    def _paragraph(self, runs: list[Run], into: Any, **form: Any) -> None:
        runs = _tidied(runs)
        if not runs:
            return
        paragraph = _add(into, "w:p")
        self._form(paragraph, numbered=any(NUMBER_ENDS in run.text for run in runs), **form)
        if name := form.get("name"):
            self._mark(paragraph, name)
        for run in runs:
            bold = run.bold or form.get("bold", False)
            self._run(replace(run, bold=bold), paragraph)

    def _form(self, paragraph: Any, *, numbered: bool, **form: Any) -> None:
        shape = _add(paragraph, "w:pPr")
        if form.get("style"):
            _add(shape, "w:pStyle", val=form["style"])
        if form.get("keep"):
            _add(shape, "w:keepNext")
        if "key" in form:
            counted = _add(shape, "w:numPr")
            _add(counted, "w:ilvl", val=str(form["level"]))
            _add(counted, "w:numId", val=str(form["key"]))
        if numbered:
            _add(_add(shape, "w:tabs"), "w:tab", val="left", pos=str(HANGING))
        if form.get("tight"):
            _add(shape, "w:spacing", before="40", after="40")
        if numbered:
            _add(shape, "w:ind", left=str(HANGING), hanging=str(HANGING))

    def _mark(self, paragraph: Any, name: str) -> None:
        """What a link inside the paper leads to."""
        self.marks += 1
        _add(paragraph, "w:bookmarkStart", id=str(self.marks), name=_mark(name))
        _add(paragraph, "w:bookmarkEnd", id=str(self.marks))

    def _run(self, run: Run, paragraph: Any) -> None:
        one = _add(self._linked(run, paragraph) if run.href else paragraph, "w:r")
        shape = _add(one, "w:rPr")
        for name, meant in (("w:b", run.bold), ("w:i", run.italic)):
            if meant:
                _add(shape, name)
        if run.href:
            _add(shape, "w:color", val="003A70")
            _add(shape, "w:u", val="single")
        if run.language:
            _add(shape, "w:lang", val=run.language)
        _say(run.text, one)

    def _linked(self, run: Run, paragraph: Any) -> Any:
        if run.href.startswith("#"):
            return _add(paragraph, "w:hyperlink", anchor=_mark(run.href[1:]))
        link = _add(paragraph, "w:hyperlink")
        link.set(qn("r:id"), link_to(self.document, run.href))
        return link


def _say(words: str, run: Any) -> None:
    for piece in re.split(rf"([{NUMBER_ENDS}{LINE_ENDS}])", words):
        if piece in SIGNS:
            _add(run, SIGNS[piece])
        elif piece:
            text = _add(run, "w:t")
            text.text = piece
            text.set(qn("xml:space"), "preserve")


def _add(into: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    if into.tag == qn("w:body"):  # the page's shape stays last
        into.insert(len(into) - 1, element)
    else:
        into.append(element)
    return element


def _mark(name: str) -> str:
    """A name as Word takes it: letters, figures and underscores, forty at most."""
    return f"_{re.sub(r'[^A-Za-z0-9]', '_', name)}"[-40:]


def _inside(element: Any, like: Run) -> list[Run]:
    found = [replace(like, text=element.text or "")]
    for child in element:
        found += [*_runs(child, like), replace(like, text=child.tail or "")]
    return found


def _runs(element: Any, like: Run) -> list[Run]:
    """The words of an element within a paragraph, and how they look."""
    if element.tag == "br":
        return [replace(like, text=LINE_ENDS)]
    if not isinstance(element.tag, str) or element.tag in NOT_WORDS:
        return []
    like = replace(like, language=element.get("lang", like.language))
    if element.tag in ("strong", "b"):
        like = replace(like, bold=True)
    elif element.tag in ("em", "i"):
        like = replace(like, italic=True)
    elif element.tag == "a":
        like = replace(like, href=element.get("href", ""))
    found = _inside(element, like)
    is_number = "number" in element.get("class", "").split()
    return [*found, replace(like, text=NUMBER_ENDS)] if is_number else found


def _tidied(runs: list[Run]) -> list[Run]:
    """Spaces as a browser shows them: one between words, none where a line begins or ends."""
    found: list[Run] = []
    for run in runs:
        text = TIDY.sub(r"\1", SPACES.sub(" ", run.text))
        before = found[-1].text[-1] if found else " "
        text = text.lstrip(" ") if before in f" {NUMBER_ENDS}{LINE_ENDS}" else text
        if text and text[0] in SIGNS and before == " " and found:
            found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
        if text:
            found.append(replace(run, text=text))
    while found and not (rest := found[-1].text.rstrip(f" {LINE_ENDS}")):
        found.pop()
    return [*found[:-1], replace(found[-1], text=rest)] if found else []


def _words(element: Any) -> str:
    return SPACES.sub(" ", element.text_content()).strip()


def _span(cell: Any) -> int:
    return int(cell.get("colspan", "1"))


def _table_of(row: Any) -> Any:
    return next(row.iterancestors("table"))


def _widths(element: Any, columns: int) -> list[int]:
    for name in element.get("class", "").split():
        if len(WIDTHS.get(name, ())) == columns:
            return list(WIDTHS[name])
    return [100 // columns] * columns
