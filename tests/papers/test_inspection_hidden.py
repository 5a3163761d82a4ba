"""Hidden content: everything a reader of the paper would not see is found, counted and said in words."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from papers.inspection import said
from papers.inspection.examine import examine
from papers.inspection.sentences import WORDS
from tests.papers import files
from tests.papers.files import RELATIONS, S, W, sheet

CORE = '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>Ann Example</dc:creator><cp:lastModifiedBy>Bo Example</cp:lastModifiedBy><dc:title/></cp:coreProperties>'
APP = "<Properties><Application>Word</Application><Template>Normal.dotm</Template><Company>Anytown Council</Company></Properties>"
CUSTOM = '<Properties><property name="Case number"><lpwstr>7</lpwstr></property></Properties>'


def found(data: bytes, extension: str) -> list[str]:
    return [said(each) for each in examine(BytesIO(data), extension).findings]


def text(words: str, *, look: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{words}</w:t></w:r></w:p>"


def test_thirty_five_hidden_sheets_are_found_and_nothing_else() -> None:
    """A council sent a workbook with 35 hidden sheets, and 6,528 people stood in it."""
    states = {"Answer": "visible"} | {f"Data {n}": "hidden" for n in range(35)}
    assert found(files.xlsx(states), "xlsx") == ["35 hidden sheets"]


WORKBOOKS = {
    "1 hidden sheet": files.xlsx({"A": "visible", "B": "hidden"}),
    "1 sheet hidden so that Excel does not offer to show it": files.xlsx({"A": "visible", "B": "veryHidden"}),
    "3 hidden rows: Totals": files.xlsx({"Totals": "visible"}, rows=sheet('<row hidden="1"/><row hidden="true"/><row hidden="0"/><row ht="0"/><row ht="12"/>')),
    "7 hidden columns: Totals": files.xlsx({"Totals": "visible"}, rows=sheet("", '<col min="3" max="7" hidden="1"/><col min="8" max="9" width="0"/><col min="10" max="10" width="9"/>')),
    "2 hidden names for cells": files.xlsx({"A": "visible"}, names='<definedName name="a" hidden="1">A!$A$1</definedName><definedName name="b" hidden="true">1</definedName><definedName name="_xlnm._FilterDatabase" hidden="1">A!$A$1</definedName>'),
    "1 pivot table that keeps a copy of its source data": files.xlsx({"A": "visible"}, more={"xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{S}"/>', "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{S}"/>'}),
    "1 link to another file or source": files.xlsx({"A": "visible"}, more={"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{S}"/>'}),
    "2 comments or notes": files.xlsx({"A": "visible"}, more={"xl/comments1.xml": f'<comments xmlns="{S}"><commentList><comment/></commentList></comments>', "xl/threadedComments/threadedComment1.xml": "<ThreadedComments><threadedComment/></ThreadedComments>"}),
    "1 name of a person who commented": files.xlsx({"A": "visible"}, more={"xl/persons/person.xml": "<personList><person/></personList>"}),
    "1 data model with its source data": files.xlsx({"A": "visible"}, more={"xl/model/item.data": b"a"}),
}  # fmt: skip
DOCUMENTS = {
    "3 tracked changes": files.docx("<w:p><w:ins/><w:del/><w:moveFrom/></w:p>"),
    "1 stretch of hidden text": files.docx(text("seen") + text("secret", look="<w:vanish/>") + text("also seen", look='<w:vanish w:val="0"/>')),
    "2 stretches of hidden text": files.docx(text("a", look='<w:rStyle w:val="Child"/>') + text("b", look='<w:rStyle w:val="Child"/>'), word__styles_=f'<w:styles xmlns:w="{W}"><w:style w:styleId="Child"><w:basedOn w:val="Ghost"/></w:style><w:style w:styleId="Ghost"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'),
    "2 comments or notes": files.docx(word__odd_name_=f'<w:comments xmlns:w="{W}"><w:comment/><w:comment/></w:comments>'),
    "2 document properties: author, last modified by": files.docx(docProps__core_=CORE),
    "1 document property: company": files.docx(docProps__app_=APP),
    "1 document property: Case number": files.docx(docProps__custom_=CUSTOM),
    "1 file inside the file: oleObject1.bin": files.docx(**{"word__embeddings__oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
    "1 file inside the file: Data.xlsx": files.docx(**{"word__embeddings__Data.xlsx": files.xlsx({"A": "visible"})}),
    "1 link to another file or source": files.docx(**{"word___rels__document.xml.rels": files.relations(("r1", f"{RELATIONS}/attachedTemplate", "file:///C:/a.dotm"), outside=True)}),
    "1 set of data of another program": files.docx(customXml__item1_="<record><a/></record>"),
    "1 cropped picture, whose cut edges are still in the file": files.docx('<w:p><w:srcRect l="100"/><w:srcRect/></w:p>'),
    "1 hidden picture or shape": files.docx('<w:p><w:docPr hidden="1"/></w:p>'),
    "The place where 1 picture was taken": files.docx(**{"word__media__a.jpg": files.jpeg(files.segment(0xE1, b"Exif\0\0" + files.exif(0x8825)))}),
}  # fmt: skip
SLIDES = {
    "1 hidden slide": files.pptx(ppt__slides__slide1_='<p:sld xmlns:p="p" show="0"/>'),
    "Notes on 1 slide": files.pptx(ppt__notesSlides__notesSlide1_='<p:notes xmlns:p="p"><p:ph type="sldImg"/><p:ph type="body"/><t>Do not say</t></p:notes>'),
    "1 comment or note": files.pptx(ppt__comments__comment1_="<cmLst><cm/></cmLst>"),
}  # fmt: skip
STYLE = '<style:style style:name="{n}"><style:{what}-properties {look}/></style:style>'
OPEN_TEXTS = {
    "1 comment or note": files.odt('<office:annotation office:name="a"/>'),
    "1 tracked change": files.odt("<text:tracked-changes><text:changed-region/></text:tracked-changes>"),
    "1 stretch of hidden text": files.odt(STYLE.format(n="T1", what="text", look='text:display="none"') + '<text:p>a<text:span text:style-name="T1">b</text:span></text:p>'),
    "2 stretches of hidden text": files.odt('<text:hidden-text/><text:section text:display="none"/>'),
    "1 document property: author": files.odt(more={"meta.xml": "<m><meta><initial-creator>Ann Example</initial-creator><generator>x</generator></meta></m>"}),
    "1 file inside the file: report.pdf": files.odt(more={"media/report.pdf": files.pdf()}),
    "1 earlier version, still inside the file": files.odt(more={"Versions/Version1": b"a"}),
}  # fmt: skip
OPEN_SHEETS = {
    "1 hidden sheet": files.ods(STYLE.format(n="ta1", what="table", look='table:display="false"') + '<table:table table:name="B" table:style-name="ta1"/>'),
    "4 hidden rows: Totals": files.ods('<table:table table:name="Totals"><table:table-row table:visibility="collapse" table:number-rows-repeated="3"/><table:table-row table:visibility="filter"/></table:table>'),
    "2 hidden columns: Totals": files.ods('<table:table table:name="Totals"><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/></table:table>'),
}  # fmt: skip


@pytest.mark.parametrize("words", WORKBOOKS)
def test_hidden_in_a_workbook(words: str) -> None:
    assert found(WORKBOOKS[words], "xlsx") == [words]


def test_a_name_for_cells_on_a_hidden_sheet_is_found() -> None:
    name = "<definedName name='x'>'My data'!$A$1</definedName><definedName name='y'>A!$A$1</definedName>"
    data = files.xlsx({"A": "visible", "My data": "hidden"}, names=name)
    assert found(data, "xlsx") == ["1 hidden sheet", "1 name for cells on a hidden sheet"]


@pytest.mark.parametrize("words", DOCUMENTS)
def test_hidden_in_a_document(words: str) -> None:
    assert found(DOCUMENTS[words], "docx") == [words]


@pytest.mark.parametrize("words", SLIDES)
def test_hidden_in_a_presentation(words: str) -> None:
    assert found(SLIDES[words], "pptx") == [words]


@pytest.mark.parametrize("words", OPEN_TEXTS)
def test_hidden_in_an_opendocument_text(words: str) -> None:
    assert found(OPEN_TEXTS[words], "odt") == [words]


@pytest.mark.parametrize("words", OPEN_SHEETS)
def test_hidden_in_an_opendocument_spreadsheet(words: str) -> None:
    assert found(OPEN_SHEETS[words], "ods") == [words]


def test_a_part_is_read_whatever_it_is_called() -> None:
    """A document whose main part has the name of a drawing, or of a picture."""
    for name in ("word/document.vml", "word/document.png"):
        types = files.types("docx").replace("word/document.xml", name)
        body = f'<w:document xmlns:w="{W}"><w:body><w:p><w:del/></w:p></w:body></w:document>'
        data = files.packed({"[Content_Types].xml": types, name: body})
        assert found(data, "docx") == ["1 tracked change"]


def test_hidden_words_are_among_the_text_for_warnings() -> None:
    data = files.docx(f"<w:p><w:del><w:r><w:delText>withdrawn</w:delText></w:r></w:del></w:p>{text('secret', look='<w:vanish/>')}", docProps__core_=CORE)  # fmt: skip
    inspected = examine(BytesIO(data), "docx").text
    assert all(word in inspected for word in ("withdrawn", "secret", "Ann Example"))


def test_a_number_beyond_all_bounds_is_cut() -> None:
    many = '<col min="1" max="16384" hidden="1"/>' * 70_000
    inspected = examine(
        BytesIO(files.xlsx({"A": "visible"}, rows=sheet("", many + " " * 9))), "xlsx"
    )
    assert [each.count for each in inspected.findings] == [1_000_000_000]


# -- PDF ----------------------------------------------------------------------------------------------
def marked(subtype: str, /, **more: Any) -> bytes:
    pdf = files.new_pdf()
    mark = Dictionary(Type=Name.Annot, Subtype=Name("/" + subtype), Rect=[0, 0, 9, 9], **more)
    pdf.pages[0].Annots = Array([pdf.make_indirect(mark)])
    if subtype == "Widget":
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].Annots)
    return files.written(pdf)


def with_root(key: str, value: object) -> bytes:
    pdf = files.new_pdf()
    pdf.Root[key] = value
    return files.written(pdf)


def with_attachment() -> bytes:
    pdf = files.new_pdf()
    pdf.attachments["names.csv"] = b"a,b"
    return files.written(pdf)


def with_info() -> bytes:
    pdf = files.new_pdf()
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Exempt appendix"
    pdf.docinfo["/Author"] = "Ann Example"
    pdf.docinfo["/Producer"] = "A writer of PDFs"
    return files.written(pdf)


def with_earlier_version() -> bytes:
    """A second table behind the first, as programs write that save on top."""
    first = files.pdf()
    size = pikepdf.open(BytesIO(first)).trailer.Size
    at = len(first)
    start = int(first.rpartition(b"startxref\n")[2].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \n" % (size, at)
    added = b"%d 0 obj\n(new)\nendobj\n" % size
    trailer = b"trailer << /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + added + table + trailer % (size + 1, start, at + len(added))


def with_layer() -> bytes:
    pdf = files.new_pdf()
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Drafts"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary())
    return files.written(pdf)


SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
PDFS: dict[str, Callable[[], bytes]] = {
    "1 attached file: names.csv": with_attachment,
    "1 script or action that runs by itself": lambda: with_root("/OpenAction", SCRIPT),
    "1 script or action that runs by itself ": lambda: with_root("/OpenAction", Dictionary(S=Name.Launch, F="calc.exe")),
    "1 script or action that runs by itself  ": lambda: with_root("/AA", Dictionary(WC=SCRIPT)),
    "1 comment or marking": lambda: marked("Text", Contents="Ask legal"),
    "1 redaction that is marked but not carried out": lambda: marked("Redact"),
    "1 form field": lambda: marked("Widget", FT=Name.Tx, V="Ann"),
    "1 attached file: sound, film or model": lambda: marked("RichMedia"),
    "1 layer that can be hidden: Drafts": with_layer,
    "2 document properties: author, title": with_info,
    "1 earlier version, still inside the file": with_earlier_version,
    "1 page with invisible text, as scanned documents have: page 1": lambda: files.written(files.new_pdf(b"BT /F1 12 Tf 3 Tr (ghost) Tj ET")),
}  # fmt: skip


@pytest.mark.parametrize("words", PDFS)
def test_hidden_in_a_pdf(words: str) -> None:
    assert found(PDFS[words](), "pdf") == [words.rstrip()]


def test_links_and_a_first_page_are_not_hidden_content() -> None:
    assert found(marked("Link", A=Dictionary(S=Name.URI, URI="https://example.org")), "pdf") == []
    assert found(with_root("/OpenAction", Dictionary(S=Name.GoTo, D=Array([]))), "pdf") == []


def test_a_pdf_made_for_quick_showing_has_no_earlier_version() -> None:
    assert found(files.written(files.new_pdf(), linearize=True), "pdf") == []


def test_the_second_table_that_word_writes_is_no_earlier_version() -> None:
    data = files.pdf()
    start = data.rpartition(b"startxref\n")[2].split()[0]
    ending = (
        b"xref\r\n0 0\r\ntrailer\r\n<</Size 9/Root 1 0 R/Prev %b>>\r\nstartxref\r\n%d\r\n%%%%EOF"
    )
    assert found(data + ending % (start, len(data)), "pdf") == []


def test_what_libreoffice_writes_into_every_file_is_not_hidden_content() -> None:
    usual: dict[str, str | bytes] = {
        "Thumbnails/thumbnail.png": files.png(),
        "Configurations2/accelerator/current.xml": b"",
        "Configurations2/images/Bitmaps/": b"",
        "layout-cache": b"\1\2",
        "manifest.rdf": "<rdf/>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    assert found(files.odt(more=usual), "odt") == []


def test_an_action_that_no_page_shows_is_found_too() -> None:
    pdf = files.new_pdf()
    pdf.Root.Odd = pdf.make_indirect(Dictionary(Deep=Array([Dictionary(A=SCRIPT)])))
    assert found(files.written(pdf), "pdf") == ["1 script or action that runs by itself"]


# -- Pictures and tables ------------------------------------------------------------------------------
def test_hidden_in_a_jpeg() -> None:
    block = files.segment(0xE1, b"Exif\0\0" + files.exif(0x0112, 0x010F, 0x013B, 0x8825))
    comment = files.segment(0xFE, b"taken by Ann")
    assert found(files.jpeg(block, comment), "jpg") == [
        "The place where 1 picture was taken",
        "3 details about pictures’ making: author, camera, comment",
    ]
    assert found(files.jpeg(files.segment(0xE1, b"Exif\0\0" + files.exif(0x0112))), "jpg") == []


def test_hidden_in_a_png() -> None:
    words = files.chunk(b"tEXt", b"Author\0Ann Example"), files.chunk(b"tEXt", b"Software\0Paint")
    assert found(files.png(*words), "png") == ["1 detail about a picture’s making: Author"]
    assert found(files.png(files.chunk(b"eXIf", files.exif(0x8825))), "png") == ["The place where 1 picture was taken"]  # fmt: skip
    assert found(files.png(files.chunk(b"prVt", b"x")), "png") == ["1 detail about a picture’s making: other data"]  # fmt: skip


def test_formulas_in_a_table_are_said() -> None:
    assert found(b'a,=1+1\n@x,"=2"\n-3,+44 20\n', "csv") == ["3 formulas"]


def test_every_kind_of_finding_has_words_for_one_and_for_many() -> None:
    assert all("{n}" in many and "{n}" not in one for one, many in WORDS.values())
