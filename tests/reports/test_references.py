"""Places that a text names and refers to, notes, and passages in another language: on the page and in the PDF."""

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

from reports import rendering
from reports.languages import LANGUAGES, passages, why_not_passages
from reports.narrative import blocks
from reports.numbering import Numbers
from reports.references import (
    References,
    Target,
    names_of,
    targets_of,
    why_not_references,
    without_links,
)

from . import snapshots
from .printing import elements, opened, text_of

SIGNS = ["a", "{#plan}", "{@plan}", "{@aims}", "[", "](#plan)", "](#no)", "[^1]", "[^1]: ", "\n", "\n\n", "**", "| ", "- ", "::: cy\n", ":::\n", "<b>"]  # fmt: skip
KNOWN = {"plan": Target("place-plan", "3.10", "Issues"), "aims": Target("place-aims", "", "Issues")}


def written(text: str) -> list[str]:
    found = blocks(text, Numbers("2"), anchor="a", references=References(KNOWN))
    return [re.sub(r' rel="[^"]*"', "", str(block.html)).strip() for block in found]


def paper() -> BeautifulSoup:
    return BeautifulSoup(rendering.web_of(snapshots.words()), "html5lib")


def leads_to(page: BeautifulSoup, words: str) -> Tag:
    """What the link with these words leads to."""
    [link, *_] = [a for a in page.select("a") if " ".join(a.get_text().split()) == words]
    [place] = page.select(f"[id='{str(link['href'])[1:]}']")
    return place


# -- References -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("See {@plan}.", 'See <a href="#place-plan">3.10</a>.'),
        ("See {@PLAN}.", 'See <a href="#place-plan">3.10</a>.'),
        ("[see **this**](#plan)", '<a href="#place-plan">see <strong>this</strong> 3.10</a>'),
        ("{@aims}", '<a href="#place-aims">“Issues”</a>'),
        ("[the aims](#aims)", '<a href="#place-aims">the aims</a>'),
        ("{@nothing} there", "{@nothing} there"),
        ("[words](#nothing) stay", "words stay"),
        ("[x](#section-background)", "x"),
        ("{#plan} in the middle", "{#plan} in the middle"),
    ],
)
def test_a_reference_is_a_link_with_the_number_of_its_place(typed: str, shown: str) -> None:
    assert written(typed) == [shown]


def test_the_name_of_a_place_is_not_printed() -> None:
    [heading, paragraph] = blocks("## Aims {#aims}\n\nOne. {#One-b}", Numbers("3"), anchor="a")
    assert (heading.html, heading.name, heading.anchor) == ("Aims", "aims", "place-aims")
    assert (paragraph.html, paragraph.name, paragraph.number) == ("One.", "one-b", "3.1.1")


def test_a_paper_leads_to_its_places_before_and_after_them() -> None:
    page = paper()
    assert leads_to(page, "3.1").name == "h3"
    assert leads_to(page, "the training 3.1.2").get_text().startswith("3.1.2 Each school")
    assert leads_to(page, "recommendation 1.2")["id"] == "recommendation-2"
    assert leads_to(page, "Appendix 1").name == "li"
    assert leads_to(page, "7.1").get_text() == "7.1 Financial"


def test_nothing_in_a_paper_leads_nowhere_and_no_place_stands_twice() -> None:
    page = paper()
    places = Counter(str(each["id"]) for each in page.select("[id]"))
    assert set(places.values()) == {1}
    within = [str(a["href"])[1:] for a in page.select("a[href^='#']")]
    assert len(within) > 10
    assert set(within) <= set(places)


def test_a_part_that_is_run_into_its_paragraph_is_a_place() -> None:
    snapshot = snapshots.short()
    [section] = [s for s in snapshot["style"]["sections"] if s["kind"] == "implications"]
    section["run_in"] = True
    snapshot["texts"] |= {"financial": "None. {#money}", "legal": "See {@money} and {@financial}."}
    page = BeautifulSoup(rendering.web_of(snapshot), "html5lib")
    [to_the_mark, to_the_part] = page.select("#section-implications-legal a")
    assert (to_the_mark.get_text(), to_the_part.get_text()) == ("7.1", "7.1")
    assert to_the_mark["href"] == to_the_part["href"] == "#section-implications-financial"
    assert leads_to(page, "7.1").get_text() == "7.1 Financial: None."


def test_a_text_that_is_printed_apart_says_numbers_and_leads_nowhere() -> None:
    snapshot = snapshots.words()
    places = targets_of(rendering.sections_of(snapshot), snapshot["style"]["sections"])
    known = without_links(places)
    [block] = blocks("See {@risk-plan} and [the law](#legal).", Numbers(""), anchor="a", references=known)  # fmt: skip
    assert block.html == "See 3.1 and the law 7.2."


@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
def test_whatever_is_typed_leads_to_known_places_only(typed: str) -> None:
    html = "".join(written(typed))
    leads = re.findall(r'href="#([^"]*)"', html)
    assert all(to in ("place-plan", "place-aims") or re.fullmatch(r"note-\d+(-from)?", to) for to in leads)  # fmt: skip
    places = re.findall(r' id="([^"]*)"', html)
    assert len(places) == len(set(places))
    assert "<b>" not in html


# -- Notes --------------------------------------------------------------------------------------------
def test_notes_are_counted_through_the_report_and_lead_there_and_back() -> None:
    page = paper()
    notes = page.select(".note")
    assert [note["id"] for note in notes] == ["note-1", "note-2", "note-3"]
    assert "Section 26 of the Counter-Terrorism" in notes[0].get_text()
    assert [sup.get_text() for sup in page.select("sup")] == ["1", "2", "3", "2"]
    for note in notes:
        [back] = {str(a["href"]) for a in note.select("a.note__back, a.note__number")}
        [origin] = page.select(back)
        assert origin["href"] == f"#{note['id']}"
    assert page.select("#note-3 strong")


def test_a_reference_in_a_note_leads_to_its_place() -> None:
    assert [a["href"] for a in paper().select("#note-1 a")][1] == "#section-implications-legal"


@pytest.mark.parametrize("typed", ["One.[^1]", "[^1]: Nobody refers to it.", "a [^1]\n\n[^1]: b\n\n[^1]: c"])  # fmt: skip
def test_a_note_that_is_not_whole_shows_as_it_was_typed(typed: str) -> None:
    shown = " ".join(written(typed))
    for word in re.findall(r"[A-Za-z]+\.?", typed):
        assert word in shown


# -- Passages in another language --------------------------------------------------------------------
def test_a_passage_in_welsh_says_so_and_keeps_its_numbers() -> None:
    found = blocks("One\n\n::: cy\nUn\n\n- dau\n:::\n\nTwo", Numbers("3"), anchor="a")
    assert [(b.kind, b.number, b.lang) for b in found] == [
        ("paragraph", "3.1", ""),
        ("paragraph", "3.2", "cy"),
        ("other", "", "cy"),
        ("paragraph", "3.3", ""),
    ]
    welsh = paper().select("[lang=cy]")
    assert [each.name for each in welsh] == ["p", "div", "h3", "p"]


def test_an_unknown_language_is_no_passage() -> None:
    assert list(passages('::: xx"><b>\none')) == [("", '::: xx"><b>\none')]


# -- What is refused beside the field ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("See {@plan}.", None),
        ("See {@own}.\n\nHere. {#own}", None),
        ("a[^1]\n\n[^1]: b", None),
        ("See {@plann}.", "There is no place “plann” in this report. End its paragraph with {#plann}. There are plan, legal."),
        ("[see](#Nope)", "There is no place “nope” in this report. End its paragraph with {#nope}. There are plan, legal."),
        ("One. {#plan}", "The name {#plan} is given more than once in this report. Give this place another."),
        ("One. {#a}\n\nTwo. {#a}", "The name {#a} is given more than once in this report. Give this place another."),
        ("a[^1]", "The note [^1] says nothing. Write it on a line of its own: [^1]: What it says."),
        ("[^1]: b", "Nothing refers to the note [^1]. Put [^1] where it belongs, or take the note out."),
        ("a[^1]\n\n[^1]: b\n[^1]: c", "The note [^1] is written more than once. Give the other another number."),
    ],
)  # fmt: skip
def test_what_a_text_refers_to_is_there(typed: str, sentence: str | None) -> None:
    assert why_not_references(typed, ["plan", "legal"]) == sentence


def test_a_report_knows_what_can_be_referred_to() -> None:
    style = snapshots.short()["style"]
    found = names_of(style, {"issues": "One. {#own}"}, recommendations=2, appendices=1)
    assert {"own", "background", "legal", "recommendation-2", "appendix-1"} <= set(found)
    assert found[0] == "own"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", None),
        ("::: cy\nUn\n:::", None),
        ("::: CY\nUn\n:::\n\n::: pl\nDwa\n:::", None),
        ("::: cy\nUn", "The passage in Welsh has no end. Close it with a line of three colons."),
        ("::: cy\nUn\n::: pl\n:::", "The passage in Welsh has no end. Close it with a line of three colons."),
        ("Un\n:::", "A line of three colons closes a passage, and none is open there."),
    ],
)  # fmt: skip
def test_a_passage_begins_and_ends(typed: str, sentence: str | None) -> None:
    assert why_not_passages(typed) == sentence


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    said = why_not_passages("::: welsh\nUn\n:::") or ""
    assert said.startswith(
        "“welsh” is no language that a passage can have. There are cy for Welsh, "
    )
    assert all(name in said for name in LANGUAGES.values())


# -- In the PDF -----------------------------------------------------------------------------------------
def test_a_note_is_a_note_in_the_tag_tree_with_a_name_of_its_own() -> None:
    with opened("words") as document:
        notes = elements(document, "/Note")
        assert [str(each.ID) for each in notes] == ["note-1", "note-2", "note-3"]
    assert "Minutes of the board" in text_of("words")
    assert "↑" not in text_of("words")


def test_the_tag_tree_says_which_passages_are_welsh() -> None:
    with opened("words") as document:
        marked = [(str(each.S), str(each.Lang)) for each in elements(document, "/P", "/Div", "/L", "/H3") if "/Lang" in each]  # fmt: skip
    assert marked == [("/P", "cy"), ("/Div", "cy"), ("/H3", "cy"), ("/P", "cy")]


def test_references_lead_within_the_pdf() -> None:
    with opened("words") as document:
        links = [a for sheet in document.pages for a in sheet.get("/Annots", []) if "/Dest" in a]
        assert len(links) >= 10
