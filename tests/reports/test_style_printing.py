"""What a style says of labels, sign-offs, layout and look is what its papers print."""

import copy
import io
from typing import Any

import html5lib
import pikepdf
import pypdfium2
import pytest
from docx import Document

from reports import pdf, rendering
from reports.word import document_of

from . import snapshots

SIGNED = {"name": "A. N. Officer", "post": "Head of Law", "at": "2019-06-20T09:00:00+00:00"}


def paper(style: str = "thurrock", **changed: Any) -> rendering.Paper:
    return rendering.paper_of(copy.deepcopy(snapshots.short(style)) | changed)


def of_style(snapshot: Any, **changed: Any) -> Any:
    return {**snapshot, "style": {**snapshot["style"], **changed}}


def words_of(found: rendering.Paper, key: str) -> list[str]:
    return [
        block.html
        for section in found.sections
        if section.key == key
        for block in section.blocks
        if block.kind != "heading"
    ]


def status_of(found: rendering.Paper) -> str:
    bands = (found.front.head, found.front.table, found.front.foot)
    fields = [field for band in bands for row in band for field in row]
    return next(field.value for field in fields if field.kind == "status")


def shut(classification: str = "exempt", *paragraphs: str) -> dict[str, Any]:
    return {
        "public_line": "Not for publication.",
        "classification": classification,
        "ground": "",
        "paragraphs": list(paragraphs),
    }


def appendix(closed: Any) -> list[dict[str, Any]]:
    return [{"label": "Appendix 1", "title": "", "closed": closed}]


EXEMPT, SECRET = shut("exempt", "england-7", "england-3"), shut("confidential")
SAID = {"executive-summary": "What is open to all."}


@pytest.mark.parametrize(
    ("texts", "sections", "appendices", "words"),
    [
        (SAID, {}, [], "This report is public"),
        (SAID, {}, appendix(EXEMPT), "This report is public, with exempt appendices"),
        (SAID, {"legal": EXEMPT}, appendix(SECRET), "This report is public, with confidential appendices"),
        ({}, {"legal": EXEMPT}, [], "This report is exempt under paragraphs 3 and 7 of Part 1 of Schedule 12A to the Local Government Act 1972"),
        ({}, {"legal": SECRET}, [], "This report is confidential"),
    ],
)  # fmt: skip
def test_the_front_sheet_says_how_much_is_closed_in_the_words_of_the_style(
    texts: Any, sections: Any, appendices: Any, words: str
) -> None:
    front = {**snapshots.short()["front"], "status": ""}
    found = paper(texts=texts, closed=sections, appendices=appendices, front=front)
    assert status_of(found) == words


def test_the_words_of_a_style_may_name_what_is_closed() -> None:
    snapshot = {
        **snapshots.short(),
        "closed": {},
        "appendices": appendix(shut("exempt", "england-3")),
    }
    labels = {**snapshot["style"]["labels"], "part_exempt": "Open; {appendices} is exempt by {paragraphs}"}  # fmt: skip
    found = rendering.paper_of(of_style(snapshot, labels=labels))
    assert status_of(found).splitlines()[0] == "Open; Appendix 1 is exempt by paragraph 3"


def test_what_was_typed_follows_the_words_of_the_style_and_is_not_said_twice() -> None:
    front = {**snapshots.short()["front"], "status": "Appendix 1 names a grant."}
    found = paper(closed={}, appendices=appendix(EXEMPT), front=front)
    assert status_of(found).splitlines() == [
        "This report is public, with exempt appendices",
        "Appendix 1 names a grant.",
    ]
    front["status"] = "This report is public"
    assert status_of(paper(closed={}, appendices=[], front=front)) == "This report is public"


def test_a_paper_frozen_before_it_said_how_much_is_closed_prints_what_was_typed() -> None:
    found = paper()
    assert status_of(found) == snapshots.short()["front"]["status"]


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [
        ("above", "Verified by A. N. Officer, Head of Law on 20 June 2019 (Legal)", None),
        ("below", None, "Verified by A. N. Officer, Head of Law on 20 June 2019 (Legal)"),
    ],
)
def test_a_sign_off_stands_where_the_style_puts_it(
    place: str, first: str | None, last: str | None
) -> None:
    line = "Verified by {name}, {post} on {date} ({heading})"
    snapshot = of_style(snapshots.short(), sign_off={"line": line, "place": place, "names": True})
    snapshot["texts"] = {"legal": "No implications."}
    found = words_of(
        rendering.paper_of({**snapshot, "sign_offs": {"legal": SIGNED}}), "implications"
    )
    assert found == [words for words in (first, "No implications.", last) if words]


def test_a_numbered_sign_off_is_the_last_paragraph_of_its_section() -> None:
    snapshot = snapshots.short("hammersmith-and-fulham")
    snapshot["texts"] = {"legal": "No implications."}
    found = rendering.paper_of({**snapshot, "sign_offs": {"legal": SIGNED}})
    legal = next(section for section in found.sections if section.key == "legal")
    assert [(block.number, block.html) for block in legal.blocks][-1] == (
        f"{legal.number}.2",
        "Implications verified by: A. N. Officer, Head of Law.",
    )


def test_a_style_without_names_prints_the_post_alone() -> None:
    snapshot = snapshots.short("plain")
    snapshot["texts"] = {"legal": "No implications."}
    found = rendering.web_of({**snapshot, "sign_offs": {"legal": SIGNED}})
    assert "Verified by the Head of Law on 20 June 2019." in found
    assert "A. N. Officer" not in found


@pytest.mark.parametrize("style", ["thurrock", "barnet"])
def test_what_nobody_signed_off_and_what_the_style_keeps_inside_print_nothing(style: str) -> None:
    snapshot = snapshots.short(style)
    signed = {} if style == "thurrock" else {"legal": SIGNED}
    assert "Head of Law" not in rendering.web_of({**snapshot, "sign_offs": signed})
    assert "verified by" not in rendering.web_of({**snapshot, "sign_offs": signed})


def test_a_part_may_have_a_line_of_its_own_and_a_run_in_heading_stays_first() -> None:
    snapshot = snapshots.short("barking-and-dagenham")
    snapshot["texts"] = {"risk": "Low.", "health": "None."}
    other = next(each for each in snapshot["style"]["sections"] if each["key"] == "other")
    other["parts"] = [{**part, "sign_off": "" if part["key"] == "health" else "Seen by {post}"} for part in other["parts"]]  # fmt: skip
    found = rendering.paper_of({**snapshot, "sign_offs": {"risk": SIGNED, "health": SIGNED}})
    assert words_of(found, "other") == [
        "<strong>Risk management:</strong> Low.",
        "Seen by Head of Law",
        "<strong>Health:</strong> None.",
    ]


def test_a_closed_part_shows_its_pointer_and_who_signed_it_off() -> None:
    snapshot = {**snapshots.short(), "closed": {"legal": EXEMPT}, "sign_offs": {"legal": SIGNED}}
    snapshot["texts"] = {}
    assert words_of(rendering.paper_of(snapshot), "implications") == [
        "Implications verified by: A. N. Officer, Head of Law",
        "Not for publication.",
    ]


def in_a_table(signed: Any) -> Any:
    snapshot = snapshots.short()
    section = next(each for each in snapshot["style"]["sections"] if each["key"] == "implications")
    section["layout"] = "table"
    return {**snapshot, "sign_offs": signed}


def test_implications_in_a_table_have_a_column_of_sign_offs_where_there_are_any() -> None:
    shown = rendering.web_of(in_a_table({"legal": SIGNED}))
    html5lib.HTMLParser(strict=True).parseFragment(shown)
    assert "Implications verified by: A. N. Officer, Head of Law" in shown
    assert ">Sign-off</th>" in shown
    assert ">Sign-off</th>" not in rendering.web_of(in_a_table({}))


def test_the_author_may_stand_in_the_table_of_the_front_sheet_and_then_nowhere_else() -> None:
    found = paper("barnet")
    assert found.front.table[-1][0].label == "Officer contact details"
    shown = rendering.web_of(snapshots.short("barnet"))
    assert shown.count("Officer contact details") == 1


def test_the_colour_of_the_style_goes_before_the_colour_of_the_borough() -> None:
    snapshot = snapshots.short()
    assert rendering.paper_of(snapshot).colour == snapshot["borough"]["colour"]
    own = {**snapshot["style"]["look"], "colour": "#5a1a5a"}
    assert rendering.paper_of(of_style(snapshot, look=own)).colour == "#5a1a5a"
    bad = {**own, "colour": "red; } body { display: none"}
    assert rendering.paper_of(of_style(snapshot, look=bad)).colour == rendering.COLOUR_OF_NO_COUNCIL


def faces_in(data: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = [
            each for page in document.pages for each in page.Resources.get("/Font", {}).values()
        ]
        return {str(font.BaseFont).rpartition("+")[2].split("-")[0] for font in fonts}


def test_a_style_chooses_letters_with_serifs_for_all_but_the_running_lines() -> None:
    snapshot = snapshots.short()
    look = snapshot["style"]["look"]
    plain = pdf.render(rendering.html_of(snapshot))
    serif = of_style(snapshot, look={**look, "face": "serif"})
    assert faces_in(plain.data) == {"Paper"}
    assert faces_in(pdf.render(rendering.html_of(serif)).data) == {"Paper", "Serif"}
    document = Document(io.BytesIO(document_of(serif)))
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_a_letter_that_has_none_with_serifs_is_drawn_without() -> None:
    snapshot = snapshots.short()
    serif = of_style(snapshot, look={**snapshot["style"]["look"], "face": "serif"})
    serif["texts"] = {**serif["texts"], "legal": "Done ✔"}
    made = pypdfium2.PdfDocument(pdf.render(rendering.html_of(serif)).data)
    assert any("✔" in page.get_textpage().get_text_range() for page in made)


def test_a_paper_frozen_before_styles_had_a_look_is_printed_as_it_was() -> None:
    snapshot = snapshots.short()
    for newer in ("look", "labels", "sign_off"):
        del snapshot["style"][newer]
    shown = rendering.web_of({**snapshot, "sign_offs": {"legal": SIGNED}})
    assert "paper--frame-box" in shown
    assert "Head of Law" not in shown
