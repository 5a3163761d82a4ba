"""The Word document of a report: the PDF's words, Word's own headings, lists and tables, and nothing hidden."""

import io
import re
import zipfile
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

from papers.inspection import Inspected, inspect
from reports import rendering
from reports.word import document_of

from . import snapshots
from .printing import SAMPLES
from .test_pdf_standards import text_without_artifacts

every_sample = pytest.mark.parametrize("sample", SAMPLES)
MARKS = re.compile(r"•|\d+\.|[a-z]\.")  # what a list draws before its items


@lru_cache
def made(sample: str) -> bytes:
    return document_of(getattr(snapshots, sample)())


def opened(sample: str) -> Any:
    return docx.Document(io.BytesIO(made(sample)))


def said_in(document: Any) -> str:
    """Every word of the body in its order, lines ending in a space."""
    every = document.element.body.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:p"))
    said = [each.text if each.tag == qn("w:t") else " " for each in every]
    return " ".join("".join(said).split())


def together(text: str) -> str:
    return "".join(text.split())


@every_sample
def test_it_says_what_the_web_page_says_in_the_same_order(sample: str) -> None:
    page = BeautifulSoup(rendering.web_of(getattr(snapshots, sample)()), "html5lib")
    for chart in page.select("svg"):  # the table beneath says the same
        chart.decompose()
    assert together(said_in(opened(sample))) == together(page.get_text())


def words_of(text: str) -> Counter[str]:
    return Counter(text.replace("-", " ").split())  # a line may end behind a hyphen


@pytest.mark.parametrize("sample", ["short", "welsh"])
def test_it_has_the_words_of_the_pdf_and_no_others(sample: str) -> None:
    printed = words_of(text_without_artifacts(sample))
    written = words_of(said_in(opened(sample)))
    assert {word for word in printed - written if not MARKS.fullmatch(word)} == set()
    assert written - printed == Counter()


def test_it_has_all_words_of_a_pdf_with_contents() -> None:
    written = words_of(said_in(opened("live")))
    assert written - words_of(text_without_artifacts("live")) == Counter()


@every_sample
def test_headings_are_words_headings_and_begin_with_one_title(sample: str) -> None:
    names = [paragraph.style.name for paragraph in opened(sample).paragraphs]
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_number_stands_before_its_paragraph_as_it_is_printed() -> None:
    texts = [paragraph.text for paragraph in opened("short").paragraphs]
    assert "1.\tRecommendations" in texts
    assert any(text.startswith("2.3\tThe Channel panel") for text in texts)


@every_sample
def test_heading_rows_are_marked_and_rows_are_not_cut(sample: str) -> None:
    tables = opened(sample).tables
    assert len(tables) > 1
    for table in tables[1:]:  # the front sheet's heads its rows alone
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None


def test_lists_are_words_own_and_each_numbered_one_begins_anew() -> None:
    snapshot = snapshots.short()
    snapshot["texts"]["background"] = "1. one\n2. two\n\nWords.\n\n7. seven\n8. eight\n\n- a\n  - b"
    document: Any = docx.Document(io.BytesIO(document_of(snapshot)))
    items = {p.text: p._p.pPr.numPr for p in document.paragraphs if p.style.style_id == "ListParagraph"}  # fmt: skip
    assert items["one"].numId.val == items["two"].numId.val
    assert items["one"].numId.val != items["seven"].numId.val
    assert (items["a"].ilvl.val, items["b"].ilvl.val) == (0, 1)
    numbering = document.part.numbering_part.element
    starts = {
        each.numId: each.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for each in numbering.findall(qn("w:num"))
        if each.find(f".//{qn('w:startOverride')}") is not None
    }
    assert starts[items["one"].numId.val] == "1"
    assert starts[items["seven"].numId.val] == "7"


@pytest.mark.parametrize(("style", "form"), [("thurrock", "decimal"), ("barking-and-dagenham", "")])
def test_numbered_lists_count_as_the_style_says(style: str, form: str) -> None:
    snapshot = snapshots.short(style)
    wanted = {"digits": "decimal", "letters": "lowerLetter", "roman": "lowerRoman"}
    form = form or wanted[snapshot["style"]["numbering"]["lists"]]
    document: Any = docx.Document(io.BytesIO(document_of(snapshot)))
    kinds = document.part.numbering_part.element.findall(qn("w:abstractNum"))
    assert kinds[1].find(f".//{qn('w:numFmt')}").get(qn("w:val")) == form


def test_a_rating_is_a_word() -> None:
    ratings = opened("short").tables[1]
    assert [cell.text.split("\n")[0] for cell in ratings.columns[1].cells][:4] == ["Rating", "Green", "Amber", "Green"]  # fmt: skip


def test_links_lead_out_by_http_alone() -> None:
    document = opened("hostile")
    links = [each.target_ref for each in document.part.rels.values() if each.is_external]
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in links)


@every_sample
def test_properties_say_title_language_and_day_and_nobody(sample: str) -> None:
    said = opened(sample).core_properties
    assert said.title == rendering.paper_of(getattr(snapshots, sample)()).title
    assert said.language == "en-GB"
    assert (said.author, said.last_modified_by, said.comments, said.keywords) == ("", "", "", "")
    assert {f"{said.created:%Y-%m-%d}", f"{said.modified:%Y-%m-%d}"} == {"2019-07-04"}


@every_sample
def test_the_portals_own_inspection_finds_its_title_and_nothing_hidden(
    sample: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(made(sample))
    found = inspect(file, name=file.name)
    assert isinstance(found, Inspected)
    assert [(each.kind, each.where) for each in found.findings] == [
        ("document_properties", "title")
    ]


def test_the_package_names_no_program_and_holds_no_picture() -> None:
    with zipfile.ZipFile(io.BytesIO(made("short"))) as package:
        names = package.namelist()
        words = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name]
    assert b"python" not in words.lower()


def test_the_same_snapshot_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = document_of(snapshots.live())
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 1, 2, 3, 4, 5, 0, 1, 0))
    assert document_of(snapshots.live()) == first


def test_a_drawing_stays_away_and_its_words_do_not() -> None:
    snapshot = snapshots.short()
    snapshot["texts"]["reasons"] = "Words before.\n\n> A quotation with **weight**.\n\nWords after."
    document: Any = docx.Document(io.BytesIO(document_of(snapshot)))
    quoted = [p for p in document.paragraphs if p.style.name == "Quote"]
    assert [p.text for p in quoted] == ["A quotation with weight."]
    assert [run.text for run in quoted[0].runs if run.bold] == ["weight"]
