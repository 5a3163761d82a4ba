"""What a reader finds in the printed report."""

import io
import re
from typing import Any

import pytest
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

from reports import rendering

from . import snapshots
from .printing import opened, printed, text_of


def words(sample: str) -> str:
    return re.sub(r"\s+", " ", text_of(sample))


def test_a_rating_is_said_in_words() -> None:
    text = words("short")
    assert "5 green, 4 amber, 1 red" in text
    # The rating, once more for each benchmark that was so before, and once in the key; others say theirs beneath.
    before = text.partition("What changed since")[0]
    assert (before.count("Amber"), before.count("Red")) == (4 + 6 + 1, 1 + 1 + 1)
    assert "What the ratings mean" in text
    assert "Not in place." in text
    assert "Fallen back: was Amber" in text
    assert "January 2019 (illustrative)" in text


def test_what_was_left_blank_is_blank() -> None:
    text = words("blank")
    assert "Not rated" in text
    assert "Not applicable" in text
    assert "Reason: The council owns no venues." in text
    assert "Met through a partner" in text
    assert "4 green, 2 amber, 1 red, 1 met through a partner, 1 not rated, 1 not applicable" in text
    assert "None" not in text.replace("None.", "")  # no papers, no appendices: said in a sentence
    assert "was " not in text.split("Benchmark Rating")[1].split("Issues")[0]


def test_html_that_someone_typed_is_printed_as_typed() -> None:
    text = words("hostile")
    assert "<script>alert(1)</script>" in text
    assert "<b>markup</b>" in text
    assert "{{ secret }}" in text
    assert "root:" not in text


def test_hostile_text_leaves_no_link_but_the_honest_ones() -> None:
    with opened("hostile") as document:
        targets = {
            str(note.A.URI)
            for sheet in document.pages
            for note in sheet.get("/Annots", [])
            if "/A" in note
        }
    assert targets == {
        "http://127.0.0.1/x",  # typed as a link to a picture: a link, never fetched
        "https://www.elearning.prevent.homeoffice.gov.uk",
        "https://www.example.org/training",  # evidence
        "https://www.gov.uk/government/publications/prevent-duty-guidance",
    }


def test_the_trails_head_is_printed_at_the_end_where_the_snapshot_has_one() -> None:
    head = "when this report was made: 123:0123456789abcdef" + " 0123456789abcdef" * 3
    assert words("illustrative").count(head) == 1
    assert "trail" not in words("short")


def test_welsh_names_and_signs_are_printed_whole() -> None:
    text = words("welsh")
    for name in ("Tŷ Ddewi", "Dŵr", "Ŵyl", "Ynys Môn", "Y ŵyl yn Nhŷ’r Cyngor → £1,000 • “gair”"):
        assert name in text


def test_an_illustrative_report_says_so_on_every_page() -> None:
    stamp = "Illustrative: January 2019 was invented to show a history."
    assert words("illustrative").count(stamp) == printed("illustrative").pages + 1
    assert stamp not in words("short")


@pytest.mark.parametrize("sample", ["short", "long"])
def test_every_page_carries_its_number_and_the_title(sample: str) -> None:
    pages = printed(sample).pages
    for number in range(1, pages + 1):
        assert f"Page {number} of {pages}" in words(sample)


def test_only_a_long_report_has_a_page_of_contents() -> None:
    assert printed("short").pages < 8 <= printed("long").pages
    assert "Contents" not in text_of("short")
    assert "Contents" in text_of("long")


def test_the_contents_give_the_page_on_which_a_section_begins() -> None:
    across = extract_text(io.BytesIO(printed("long").data), laparams=LAParams(char_margin=1000))
    found = re.search(r"Reasons for recommendation *\.+ *(\d+)\n", across)
    assert found
    with opened("long") as document, document.open_outline() as outline:
        titles: dict[str, Any] = {item.title: item for item in outline.root[0].children}
        target = titles["4. Reasons for recommendation"].destination[0]
        sheets = [each.objgen for each in document.pages]
    assert sheets.index(target.objgen) + 1 == int(found[1])


def test_the_print_document_and_the_web_page_share_their_blocks() -> None:
    snapshot = snapshots.short()
    assert rendering.web_of(snapshot).strip() in rendering.html_of(snapshot)
