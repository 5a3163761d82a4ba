"""The file keeps PDF/UA-1 and PDF/A-3a, and what no validator looks at."""

import io
import re
from html import unescape
from itertools import pairwise
from typing import Any, cast

import page
import pikepdf
import pytest
from pdfminer.high_level import extract_text

from reports import rendering

from . import snapshots
from .printing import SAMPLES, children, elements, marked_text, opened, printed, text_of, walk

every_sample = pytest.mark.parametrize("sample", SAMPLES)


@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
@every_sample
def test_a_validator_finds_nothing_wrong(sample: str, profile: str) -> None:
    result = page.validate_pdf_bytes(printed(sample).data, profile=profile)

    assert [(each.rule_id, each.message) for each in result.failures] == []
    assert result.is_compliant


@every_sample
def test_every_table_has_header_cells_that_say_what_they_head(sample: str) -> None:
    with opened(sample) as document:
        tables = elements(document, "/Table")
        assert tables
        for table in tables:
            heads = [each for each in walk(table) if each.S == "/TH"]
            assert heads
            assert {str(each.A.Scope) for each in heads} <= {"/Column", "/Row"}


@every_sample
def test_every_cell_names_headers_that_exist_once(sample: str) -> None:
    with opened(sample) as document:
        heads = [str(each.ID) for each in elements(document, "/TH") if "/ID" in each]
        named = {
            str(header)
            for each in elements(document, "/TD")
            for header in each.A.get("/Headers", [])
        }
        assert len(heads) == len(set(heads))
        assert named
        assert named <= set(heads)


@every_sample
def test_headings_begin_with_one_title_and_skip_no_level(sample: str) -> None:
    with opened(sample) as document:
        levels = [int(str(each.S)[2]) for each in elements(document, "/H1", "/H2", "/H3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@every_sample
def test_bookmarks_are_the_headings_in_order(sample: str) -> None:
    with opened(sample) as document:
        headings = elements(document, "/H1", "/H2", "/H3")
        titles = _titles(document)
    assert len(titles) == len(headings)
    html = rendering.html_of(getattr(snapshots, sample)(), contents=printed(sample).pages >= 8)
    assert titles == [
        re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", heading))).strip()
        for heading in re.findall(r"<h[123][^>]*>(.*?)</h[123]>", html, re.DOTALL)
    ]


def _titles(document: pikepdf.Pdf) -> list[str]:
    with document.open_outline() as outline:
        return [title for item in outline.root for title in _below(item)]


def _below(item: Any) -> list[str]:
    return [str(item.title), *(title for child in item.children for title in _below(child))]


@every_sample
def test_running_lines_and_page_numbers_are_artifacts(sample: str) -> None:
    """Whoever hears the report read is not told “Page 2 of 5” in the middle of a sentence."""
    with opened(sample) as document:
        assert ("/Artifact", None) in {(tag, mark) for tag, mark, _ in marked_text(document)}
        assert not [each for each in _lines_in_tree(document) if each.startswith("Page ")]
    assert f"Page 1 of {printed(sample).pages}" in text_of(sample)


def text_without_artifacts(sample: str) -> str:
    with opened(sample) as document:
        return str(extract_text(io.BytesIO(_without_artifacts(document))))


def _lines_in_tree(document: pikepdf.Pdf) -> list[str]:
    """The lines that are left when everything marked as an artifact is cut out."""
    left = extract_text(io.BytesIO(_without_artifacts(document)))
    assert "Accountable director" in left or "Responsible director" in left
    return [line.strip() for line in left.splitlines()]


def _without_artifacts(document: pikepdf.Pdf) -> bytes:
    for sheet in document.pages:
        kept, inside = [], 0
        for operands, operator in cast("Any", pikepdf.parse_content_stream(sheet)):
            name = str(operator)
            opens = name == "BDC" and str(operands[0]) == "/Artifact"
            if opens or (inside and name in ("BDC", "BMC")):
                inside += 1
            if not inside:
                kept.append((operands, operator))
            elif name == "EMC":
                inside -= 1
        sheet.Contents = document.make_stream(pikepdf.unparse_content_stream(kept))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@every_sample
def test_every_marked_run_belongs_to_the_tree_once(sample: str) -> None:
    with opened(sample) as document:
        reached = {each.objgen for each in walk(document.Root.StructTreeRoot)}
        owners = list(document.Root.StructTreeRoot.ParentTree.Nums)[1::2]
        runs = marked_text(document)
        for number, sheet in enumerate(document.pages):
            owner = owners[int(sheet.StructParents)]
            marks = [mark for _, mark, on in runs if on == number and mark is not None]
            assert len(marks) == len(set(marks))
            assert all(owner[mark].objgen in reached for mark in marks)


def test_a_child_knows_the_parent_that_holds_it() -> None:
    with opened("long") as document:
        for element in walk(document.Root.StructTreeRoot):
            assert all(child.P.objgen == element.objgen for child in children(element))


def test_a_table_over_several_pages_is_one_table_with_one_heading_row() -> None:
    with opened("long") as document:
        tables = elements(document, "/Table")
        assert (
            len(tables) == 4
        )  # front sheet, benchmarks, several assessors, the table someone wrote
        benchmarks, _, written = tables[1:]
        for table, rows in ((benchmarks, 10), (written, 30)):
            groups = [str(each.S) for each in children(table) if each.S != "/Caption"]
            assert groups == ["/THead", "/TBody"]
            assert len(children(children(table)[-1])) == rows
            head = next(each for each in children(table) if each.S == "/THead")
            assert _pages(document, head) == 1
        assert _pages(document, written) > 1
        assert _pages(document, benchmarks) > 1


def _pages(document: pikepdf.Pdf, element: Any) -> int:
    return len({each.Pg.objgen for each in walk(element)})


def test_a_list_over_several_pages_is_one_list() -> None:
    with opened("long") as document:
        longest = max(elements(document, "/L"), key=lambda each: len(children(each)))
        assert len(children(longest)) == 30
        assert _pages(document, longest) > 1
        assert longest.A.ListNumbering == "/Disc"


@every_sample
def test_the_file_says_its_language_and_title_and_no_author(sample: str) -> None:
    with opened(sample) as document:
        assert document.Root.Lang == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo["/Title"])
        assert "/Author" not in document.docinfo
        assert str(document.docinfo["/CreationDate"]).startswith("D:20190704")
        assert list(document.attachments) == []
