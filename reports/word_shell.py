"""The shell of a Word document: styles, lists, language, running lines and properties; no word of a report's body.

Begins with the template that python-docx brings and takes out of it all that is not needed: a council's file must say
nothing of the program that wrote it.
"""

import datetime as dt
import io
import zipfile
from functools import partial
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FACES = {
    "sans": "Arial",
    "serif": "Times New Roman",
}  # of every council's machine; the printed paper's own are not
STYLES = {"Normal", "Heading1", "Heading2", "Heading3", "Caption", "ListParagraph", "Quote", "Header", "Footer", "TableGrid", "TableNormal", "DefaultParagraphFont", "NoList"}  # fmt: skip
UNWANTED = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of every part in the package: the same report is the same file
BULLETS, ORDERED = 1, 2  # keys of the kinds of list
FORMATS = {"digits": ("decimal", "%{}."), "letters": ("lowerLetter", "%{}."), "roman": ("lowerRoman", "%{}.")}  # fmt: skip
LEVELS = 6


def shell(*, title: str, language: str, date: dt.date, colour: str, lists: str, face: str) -> Any:
    """An empty document, ready for paragraphs."""
    document = Document()
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if any(word in relation.reltype for word in UNWANTED):
                del part.rels[key]
    _properties(document, title, language, date)
    _page(document)
    _styles(document, language, colour, face)
    _lists(document, lists)
    _settings(document, language)
    return document


def _properties(document: Any, title: str, language: str, date: dt.date) -> None:
    said = document.core_properties
    moment = dt.datetime.combine(date, dt.time())
    said.author = said.comments = said.keywords = said.subject = said.last_modified_by = ""
    said.title, said.language, said.revision = title, language, 1
    said.created = said.modified = moment
    for empty in [each for each in said._element if not each.text]:
        said._element.remove(empty)


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(24), Mm(22)


def _styles(document: Any, language: str, colour: str, face: str) -> None:
    styles = document.styles.element
    for each in list(styles):
        known = each.get(qn("w:styleId")) in STYLES
        if each.tag == qn("w:latentStyles") or (each.tag == qn("w:style") and not known):
            styles.remove(each)
    for each in list(styles.iter(qn("w:lang"))):
        each.getparent().remove(each)
    styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}").append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}"/>')
    )
    council = RGBColor.from_string(colour.lstrip("#").upper())
    black = RGBColor(0x11, 0x11, 0x11)
    dress = partial(_dress, document, FACES[face])
    dress("Normal", 12, black, after=8)
    dress("Heading 1", 20, black, bold=True, before=6, after=6)
    dress("Heading 2", 16, council, bold=True, before=18, after=6)
    dress("Heading 3", 13.5, black, bold=True, before=12, after=4)
    dress("Caption", 12, black, bold=True, before=6, after=4)
    dress("Quote", 12, black)
    for name in ("Header", "Footer"):
        dress(name, 10, RGBColor(0x33, 0x33, 0x33))
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)


def _dress(
    document: Any,
    face: str,
    name: str,
    size: float,
    colour: Any,
    *,
    bold: bool = False,
    **space: float,
) -> None:
    """The template's own letters go first: a theme's face would win over a named one."""
    style = document.styles[name]
    old = style.element.find(qn("w:rPr"))
    if old is not None:
        style.element.remove(old)
    font = style.font
    font.name, font.size, font.bold, font.color.rgb = face, Pt(size), bold, colour
    for attribute in ("cs", "eastAsia"):
        style.element.rPr.rFonts.set(qn(f"w:{attribute}"), face)
    for where, points in space.items():
        setattr(style.paragraph_format, f"space_{where}", Pt(points))


def _lists(document: Any, kind: str) -> None:
    """Two kinds: with bullets, and numbered as the style says. Each numbered list counts for itself: `new_list`."""
    numbering = document.part.numbering_part.element
    for each in list(numbering):
        numbering.remove(each)
    number, sign = FORMATS[kind]
    for key, form, text in ((BULLETS, "bullet", "•"), (ORDERED, number, sign)):
        levels = "".join(_level(at, form, text) for at in range(LEVELS))
        numbering.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            )
        )


def _level(at: int, form: str, text: str) -> str:
    said = text.format(at + 1)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{said}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{360 * (at + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


def new_list(document: Any, kind: int, start: int = 1) -> int:
    """The key of a list that counts from `start`."""
    numbering = document.part.numbering_part.element
    key = len(numbering.findall(qn("w:num"))) + 1
    counts = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{kind}"/>'
            f"{counts if kind == ORDERED else ''}</w:num>"
        )
    )
    return key


def _settings(document: Any, language: str) -> None:
    settings = document.settings.element
    for tag in (
        "w:rsids",
        "w:themeFontLang",
        "w:compat",
        "w:attachedTemplate",
        "w:proofState",
        "w:savePreviewPicture",
    ):
        for each in settings.findall(qn(tag)):
            settings.remove(each)
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    settings.insert_element_before(compat, "w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping")  # fmt: skip


def running_lines(document: Any, *, borough: str, stamp: str, title: str) -> None:
    page = document.sections[0]
    head = page.header.paragraphs[0]
    head.add_run(borough)
    if stamp:
        head.add_run(f"   {stamp}").bold = True
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{title}   Page ")
    _count(foot, "PAGE")
    foot.add_run(" of ")
    _count(foot, "NUMPAGES")


def _count(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


def link_to(document: Any, address: str) -> str:
    return str(document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))


def packed(document: Any) -> bytes:
    """The file, the same bytes whenever it is made."""
    loose, tight = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(tight, "w") as package:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, LONG_AGO)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            package.writestr(entry, parts.read(part))
    return tight.getvalue()
