"""What WeasyPrint leaves undone in the tag tree, done before the file is written.

A table, list or paragraph that runs over pages becomes one structure again; running headers and the
header rows repeated on each page become artifacts; header cells get their scope; a passage in another
language says so; a note is one; and the file says that it is PDF/UA-1 as well as PDF/A-3a.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

FOLDED = {"/Table", "/THead", "/TBody", "/TR", "/TD", "/TH", "/L", "/LI", "/LBody", "/P", "/Div", "/BlockQuote", "/Note"}  # fmt: skip
BLOCKS = (boxes.BlockLevelBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableCellBox)
BAD_END = b"\r\nendstream"
LIST_NUMBERING = {"decimal": "/Decimal", "disc": "/Disc"}

UA_PROPERTY = """
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
"""
UA_SCHEMA = f"""
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">{UA_PROPERTY}</rdf:li></rdf:Seq></pdfaSchema:property>
"""
# PDF/A allows a property it does not know only when the file describes the property's schema.
UA_METADATA = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">{UA_SCHEMA}</rdf:li></rdf:Bag>
</pdfaExtension:schemas></rdf:Description></rdf:RDF>
"""

Element = Any  # a pydyf.Dictionary of the type /StructElem; pydyf has no types

# WeasyPrint keeps no link from a structure element to the HTML element it came from. This private
# function is the one place that knows both; the pinned version and the tests guard the name.
_build_plain = tags._build_box_tree
_made: list[tuple[Any, Element]] = []


def _build_and_remember(box: Any, parent: Any, *rest: Any) -> Iterator[Element]:
    for element in _build_plain(box, parent, *rest):
        block = getattr(box, "_box", box)
        _name_what_it_is(block, element)
        if _is_written_block(block) and element["S"] in FOLDED:
            _made.append((block.element, element))
            _name_list_numbering(block, element)
        yield element


def _name_what_it_is(box: Any, element: Element) -> None:
    """The language and the notes of the HTML, of which WeasyPrint keeps nothing."""
    if box.element is None or not isinstance(box, BLOCKS) or box.element_tag in ("html", "body"):
        return
    if lang := box.element.get("lang"):
        element["Lang"] = pydyf.String(lang)
    if box.element.get("class") == "note":
        element["S"], element["ID"] = "/Note", pydyf.String(box.element.get("id"))


def _is_written_block(box: Any) -> bool:
    named = box.element is not None and box.element_tag not in ("html", "body")
    return named and isinstance(box, BLOCKS)


def _name_list_numbering(box: Any, element: Element) -> None:
    if element["S"] == "/L":
        style = LIST_NUMBERING.get(str(box.style["list_style_type"]), "/None")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": style})


tags._build_box_tree = _build_and_remember


def forget() -> None:
    """Drop what an earlier document in this process left behind."""
    _made.clear()


def finish(_document: Any, pdf: Any, *, spare: int = 0) -> None:
    """WeasyPrint's finisher: the last word on the PDF before it is written.

    `spare` objects that say nothing make the two streams that are written after it, the file's own lists, come out otherwise.
    """
    objects = {each.number: each for each in pdf.objects}
    tables = _fold(objects)
    live = _reachable(pdf, objects)
    _name_first_headers(objects, live, tables)
    _unreached_becomes_artifact(pdf, objects, live)
    _scope_header_cells(objects, live)
    _declare_ua(pdf)
    _part_from_endstream(pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary({}))
    forget()


def _part_from_endstream(pdf: Any) -> None:
    """No stream ends in a carriage return: with the line feed before `endstream` it would be read as one line end,
    and the stream's length as wrong by one (ISO 32000-1, 7.3.8.1). One compressed stream in 256 would."""
    drawn = {_number(each["Contents"]) for each in pdf.objects if _is(each, "/Page")}
    for each in pdf.objects:
        if not isinstance(each, pydyf.Stream):
            continue
        drawing = each.number in drawn or each.extra.get("Subtype") == "/Form"
        while each.data.endswith(BAD_END):
            if drawing:
                each.stream.append(b"")  # an empty line more: nothing is drawn by it
            else:
                each.compress = not each.compress


def _is(each: Any, kind: str) -> bool:
    return isinstance(each, dict) and each.get("Type") == kind


def _number(reference: bytes | str) -> int:
    return int(reference.split()[0])


def _structures(objects: dict[int, Any]) -> Iterator[Element]:
    for each in objects.values():
        if isinstance(each, dict) and each.get("Type") == "/StructElem":
            yield each


def _fold(objects: dict[int, Any]) -> dict[int, int]:
    """Give later pages' pieces to the first; returns the number of each table's first piece."""
    first: dict[tuple[Any, str], Element] = {}
    tables: dict[int, int] = {}
    repeated: set[int] = set()
    for html, element in sorted(_made, key=lambda made: int(made[1].number)):
        one: Element = first.setdefault((html, element["S"]), element)
        if one is element or one["Pg"] == element["Pg"]:
            continue
        if element["S"] == "/THead" or _number(element["P"]) in repeated:
            repeated.add(element.number)  # drawn again for the eye only
        elif element["S"] == "/Table":
            tables[element.number] = one.number
        if element.number not in repeated:
            _move_children(objects, element, one)
            _detach(objects, element)
        elif element["S"] == "/THead":
            _detach(objects, element)
    return tables


def _move_children(objects: dict[int, Any], piece: Element, one: Element) -> None:
    for child in piece["K"]:
        one["K"].append(child)
        if objects[_number(child)].get("Type") == "/StructElem":
            objects[_number(child)]["P"] = one.reference
    piece["K"] = pydyf.Array([])


def _detach(objects: dict[int, Any], element: Element) -> None:
    siblings = objects[_number(element["P"])]["K"]
    if element.reference in siblings:  # a running header never was a child of the document
        siblings.remove(element.reference)


def _reachable(pdf: Any, objects: dict[int, Any]) -> set[int]:
    live: set[int] = set()
    waiting = list(objects[_number(pdf.catalog["StructTreeRoot"])]["K"])
    while waiting:
        child = waiting.pop()
        if isinstance(child, int) or _number(child) in live:
            continue
        element = objects[_number(child)]
        if element.get("Type") == "/StructElem":
            live.add(element.number)
            waiting.extend(element["K"])
    return live


def _name_first_headers(objects: dict[int, Any], live: set[int], tables: dict[int, int]) -> None:
    """Cells of a later piece name the header cells of the first, theirs being gone."""
    cells = [each for each in _structures(objects) if each.number in live]
    kept = {each["ID"].string for each in cells if "ID" in each}
    for cell in cells:
        headers = cell.get("A", {}).get("Headers", [])
        for place, header in enumerate(headers):
            table, rest = header.string.split("-", 1)
            if header.string not in kept and int(table) in tables:
                headers[place] = pydyf.String(f"{tables[int(table)]}-{rest}")


def _unreached_becomes_artifact(pdf: Any, objects: dict[int, Any], live: set[int]) -> None:
    parents = objects[_number(objects[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])][
        "Nums"
    ]
    for page in objects.values():
        if not isinstance(page, dict) or page.get("Type") != "/Page":
            continue
        owners = parents[page["StructParents"] * 2 + 1]
        dead = {mcid for mcid, owner in enumerate(owners) if _number(owner) not in live}
        for mcid in dead:
            owners[mcid] = "null"
        _mark_artifacts(objects[_number(page["Contents"])].stream, dead)
    for element in _structures(objects):
        if element.number not in live:
            element.free = "f"


def _mark_artifacts(stream: list[Any], dead: set[int]) -> None:
    for place in range(2, len(stream)):
        properties = stream[place - 1]
        if (
            stream[place] == b"BDC"
            and isinstance(properties, dict)
            and properties.get("MCID") in dead
        ):
            stream[place - 2] = "/Artifact"
            stream[place - 1] = pydyf.Dictionary({"Type": "/Pagination"})


def _scope_header_cells(objects: dict[int, Any], live: set[int]) -> None:
    for cell in _structures(objects):
        if cell["S"] == "/TH" and "A" in cell and cell.number in live:
            group = objects[_number(objects[_number(cell["P"])]["P"])]["S"]
            cell["A"]["Scope"] = "/Column" if group == "/THead" else "/Row"


def _declare_ua(pdf: Any) -> None:
    """Stored plain: a validator reads metadata without unpacking the file."""
    for each in pdf.objects:
        if isinstance(each, pydyf.Stream) and each.extra.get("Type") == "/Metadata":
            each.compress = False
            each.stream = [each.stream[0].replace(b"</rdf:RDF>", UA_METADATA.encode(), 1)]
