"""From the frozen snapshot to the words of the paper, with no database near."""

import html5lib
import pytest

from reports import beneath, rendering
from reports.narrative import Block
from reports.numbering import letters, roman

from . import snapshots

EVERY = ["short", "illustrative", "long", "hostile", "welsh", "blank", "live"]


def section(paper: rendering.Paper, key: str) -> rendering.Section:
    return next(each for each in paper.sections if each.key == key)


@pytest.mark.parametrize("sample", EVERY)
def test_both_documents_are_html_without_a_fault(sample: str) -> None:
    snapshot = getattr(snapshots, sample)()
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(rendering.html_of(snapshot, contents=True))
    parser.parseFragment(rendering.web_of(snapshot))


@pytest.mark.parametrize("sample", EVERY)
def test_no_inline_style_or_handler_reaches_the_web_page(sample: str) -> None:
    page = html5lib.parseFragment(
        rendering.web_of(getattr(snapshots, sample)()),
        treebuilder="etree",
        namespaceHTMLElements=False,
    )
    for element in page.iter():
        names = [str(name) for name in element.attrib]
        assert not [name for name in names if name == "style" or name.startswith("on")]
        assert element.tag not in ("script", "style", "img", "svg", "iframe", "form")


def test_the_web_page_has_one_title_and_it_is_the_reports() -> None:
    html = rendering.web_of(snapshots.short())
    assert html.count("<h1") == 1
    assert "Community safety partnership report on Prevent</h1>" in html


def test_the_same_snapshot_gives_the_same_html() -> None:
    assert rendering.html_of(snapshots.short()) == rendering.html_of(snapshots.short())


def test_sections_are_numbered_in_the_styles_order() -> None:
    paper = rendering.paper_of(snapshots.short())
    assert [(each.number, each.key) for each in paper.sections][:4] == [
        ("", "executive-summary"),
        ("1", "recommendations"),
        ("2", "background"),
        ("3", "issues"),
    ]
    assert [item.number for item in section(paper, "recommendations").items] == ["1.1", "1.2", "1.3", "1.4", "1.5"]  # fmt: skip


def numbers_of(paper: rendering.Paper, key: str) -> list[str]:
    return [block.number for block in section(paper, key).blocks]


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("barking-and-dagenham", ["(i)", "(ii)", "(iii)", "(iv)", "(v)"]),
        ("barnet", ["1.", "2.", "3.", "4.", "5."]),
        ("hammersmith-and-fulham", ["2.1", "2.2", "2.3", "2.4", "2.5"]),
        ("plain", ["(a)", "(b)", "(c)", "(d)", "(e)"]),
        ("thurrock", ["1.1", "1.2", "1.3", "1.4", "1.5"]),
    ],
)
def test_recommendations_are_numbered_as_the_style_numbers_them(
    style: str, numbers: list[str]
) -> None:
    items = section(rendering.paper_of(snapshots.short(style)), "recommendations").items
    assert [item.number for item in items] == numbers


def test_where_subheadings_have_no_number_the_paragraphs_go_on_counting() -> None:
    snapshot = snapshots.short("barnet")
    snapshot["texts"]["background"] = "One.\n\n## Local risk\n\nTwo.\n\n## Delivery\n\nThree."
    paper = rendering.paper_of(snapshot)
    assert numbers_of(paper, "background") == ["1.1", "", "1.2", "", "1.3", "1.4"]
    assert numbers_of(paper, "implications")[:3] == ["3.1", "3.1.1", "3.2"]


def test_a_run_in_heading_begins_its_first_paragraph() -> None:
    snapshot = snapshots.short("barking-and-dagenham")
    snapshot["texts"] = {
        "risk": "The threat is *severe*.\n\nIt may rise.",
        "staffing": "- one post\n- half a post",
    }
    found = section(rendering.paper_of(snapshot), "other").blocks
    assert [(block.kind, block.number) for block in found] == [
        ("paragraph", "2.1"),
        ("paragraph", ""),
        ("paragraph", "2.2"),
        ("other", ""),
    ]
    assert found[0].html == "<strong>Risk management:</strong> The threat is <em>severe</em>."
    assert found[2].html == "<strong>Staffing:</strong> "


def test_a_paper_frozen_before_styles_said_so_numbers_its_subheadings() -> None:
    snapshot = snapshots.short()
    for newer in ("subheadings", "lists"):
        del snapshot["style"]["numbering"][newer]
    assert "3.1" in numbers_of(rendering.paper_of(snapshot), "issues")


def test_a_section_nobody_wrote_is_left_out_and_the_numbers_close_up() -> None:
    snapshot = snapshots.short()
    snapshot["texts"]["reasons"] = " \n"
    for key in ("financial", "legal", "equality", "other"):
        del snapshot["texts"][key]
    numbers = [(each.number, each.key) for each in rendering.paper_of(snapshot).sections]
    assert ("4", "consultation") in numbers
    assert numbers[-2:] == [("6", "background-papers"), ("7", "appendices")]


def test_the_ratings_follow_the_text_of_their_section() -> None:
    found = section(rendering.paper_of(snapshots.short()), "background")
    last: Block = found.blocks[-1]
    assert last.number == "2.4"
    assert "5 green, 4 amber, 1 red" in last.html
    assert found.benchmarks is not None
    assert [row.number for row in found.benchmarks.rows] == [str(n) for n in range(1, 11)]


def test_a_rating_says_what_it_was() -> None:
    rows = section(rendering.paper_of(snapshots.short()), "background").benchmarks
    assert rows is not None
    assert [row.before.replace("\u00a0", " ") for row in rows.rows][4:8] == [
        "Improved: was Red",
        "Not rated before",
        "Fallen back: was Amber",
        "No change: was Amber",
    ]


def test_a_front_sheet_field_left_blank_is_left_out() -> None:
    snapshot = snapshots.short()
    snapshot["front"].update(item="", report_of=None)
    front = rendering.paper_of(snapshot).front
    keys = [field.key for band in (front.head, front.table) for row in band for field in row]
    assert "item" not in keys
    assert "report_of" not in keys
    assert "None" not in rendering.html_of(snapshot)


def test_the_author_stands_where_the_style_says() -> None:
    thurrock, plain = (rendering.web_of(snapshots.short(key)) for key in ("thurrock", "plain"))
    assert thurrock.index("Report author") > thurrock.index("Appendices")
    assert plain.index("Report author") < plain.index("Summary")


def test_a_council_colour_that_is_none_is_not_used() -> None:
    html = rendering.html_of(snapshots.hostile())
    assert f"--council: {rendering.COLOUR_OF_NO_COUNCIL};" in html
    assert "url(file:" not in html


def test_a_background_paper_at_an_address_is_a_link_and_elsewhere_is_text() -> None:
    html = rendering.web_of(snapshots.hostile())
    assert 'href="https://www.gov.uk/government/publications/prevent-duty-guidance"' in html
    assert "&lt;i&gt;Paper&lt;/i&gt;<br>javascript:alert(1)" in html


@pytest.mark.parametrize(
    ("number", "written"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (49, "xlix"), (90, "xc")]
)
def test_roman_numbers(number: int, written: str) -> None:
    assert roman(number) == written


def test_where_nothing_is_recommended_the_section_says_so_and_begins_no_sentence() -> None:
    snapshot = snapshots.short()
    snapshot["recommendations"]["items"] = []
    html = rendering.web_of(snapshot)
    assert "That the committee:" not in html
    shown = html[html.index('id="section-recommendations"') :]
    assert "None." in shown[: shown.index('id="section-background"')]


def test_recommendations_by_letter_never_run_out() -> None:
    assert [letters(number) for number in (1, 26, 27, 28, 53)] == ["a", "z", "aa", "ab", "ba"]


def test_dates_are_read_out() -> None:
    assert beneath.in_words("2019-07-04") == "4 July 2019"
    assert beneath.in_words("early July") == "early July"
