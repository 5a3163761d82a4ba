"""Every style with every live block and every kind of text: valid, well built, and set as a professional would."""

import io
from functools import lru_cache

import page
import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextContainer
from PIL import ImageChops

from reports import pdf, rendering
from reports.house_styles import load
from reports.live import LIVE

from . import snapshots
from .everything import everything
from .golden import differing, pages_unlike, pictures, reviewed, words_printed
from .structure import faults_of

STYLES = [style["key"] for style in load()]
every_style = pytest.mark.parametrize("style", STYLES)


@lru_cache
def printed(style: str) -> pdf.Pdf:
    return rendering.pdf_of(everything(style))


@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
@every_style
def test_a_validator_finds_nothing_wrong_in_any_style_or_block(style: str, profile: str) -> None:
    result = page.validate_pdf_bytes(printed(style).data, profile=profile)
    assert [(each.rule_id, each.message) for each in result.failures] == []


@every_style
def test_the_tags_say_what_no_validator_asks_for(style: str) -> None:
    assert faults_of(printed(style).data, day="20190704") == []


@every_style
def test_every_live_block_is_printed(style: str) -> None:
    words = " ".join(words_printed(printed(style).data).split())
    assert [block.name for block in LIVE.values() if block.name not in words] == []


def test_the_look_at_the_tags_finds_faults() -> None:
    html = "<html lang=en-GB><title>t</title><h1>One</h1><h3>Three</h3><table><tr><td>x</table><h1>Two</h1>"
    assert faults_of(pdf.render(html).data, day="20190704") == [
        "A table has no heading cell.",
        "The headings do not begin with the one title.",
        "A level of heading is skipped.",
        "The bookmarks are not the headings.",
        "The file’s dates are not the snapshot’s.",
    ]


def last_words(data: bytes) -> list[str]:
    """The last line above the running title of each page."""
    found = []
    for sheet in extract_pages(io.BytesIO(data)):
        boxes = [box for box in sheet if isinstance(box, LTTextContainer) and box.y0 > 55]
        lowest = min(boxes, key=lambda box: float(box.y0))
        found.append(lowest.get_text().strip().splitlines()[-1])
    return found


@every_style
def test_no_heading_and_no_sentence_that_leads_in_a_table_ends_a_page(style: str) -> None:
    snapshot = everything(style)
    leads = {
        piece["lead"] for piece in snapshot["live"].values() if piece["rows"] or piece["lines"]
    }
    headings = {section.heading for section in rendering.paper_of(snapshot).sections}
    alone = {"A subheading", "Two questions:", *leads, *headings}
    assert alone.isdisjoint(last_words(printed(style).data)[2:-1])  # behind the contents


@every_style
def test_contents_stand_on_one_page(style: str) -> None:
    pages = words_printed(printed(style).data).split("\n----\n")
    with_leaders = [number for number, text in enumerate(pages) if "......" in text]
    assert len(with_leaders) == 1


def test_the_words_of_two_pages_are_as_they_were_reviewed() -> None:
    text = words_printed(rendering.pdf_of(snapshots.two_pages()).data)
    assert text == reviewed("two-pages", text)


def test_the_look_of_two_pages_is_as_it_was_reviewed() -> None:
    assert pages_unlike("two-pages", rendering.pdf_of(snapshots.two_pages()).data) == []


def test_a_picture_is_unlike_when_a_line_is_added_and_alike_when_nothing_is() -> None:
    snapshot = snapshots.two_pages()
    first = rendering.pdf_of(snapshot).data
    snapshot["texts"]["background"] += "\n\nOne sentence more."
    one, other = pictures(first)[0], pictures(rendering.pdf_of(snapshot).data)[0]
    assert differing(one, one) == 0
    assert differing(one, ImageChops.offset(one, 0, 3)) > 0.002
    assert differing(one, other) > 0.002
    assert pages_unlike("two-pages", rendering.pdf_of(snapshot).data)
