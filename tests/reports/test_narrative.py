"""What people write becomes safe HTML, block by block, and numbered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.narrative import blocks, inline, tidy, unprintable, why_not_printable
from reports.numbering import Numbers


def numbered(text: str, section: str = "3") -> list[tuple[str, str]]:
    return [
        (each.number, str(each.html).strip()) for each in blocks(text, Numbers(section), anchor="a")
    ]


def test_paragraphs_are_numbered_and_lists_are_not() -> None:
    assert numbered("One\n\n- a\n- b\n\nTwo") == [
        ("3.1", "One"),
        ("", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3.2", "Two"),
    ]


def test_a_subheading_takes_a_number_and_gives_its_paragraphs_a_third() -> None:
    assert numbered("One\n\n## Head\n\nTwo\n\nThree\n\n# Next\n\nFour") == [
        ("3.1", "One"),
        ("3.2", "Head"),
        ("3.2.1", "Two"),
        ("3.2.2", "Three"),
        ("3.3", "Next"),
        ("3.3.1", "Four"),
    ]


def test_a_section_without_a_number_numbers_nothing() -> None:
    assert [number for number, _ in numbered("One\n\n## Head\n\nTwo", section="")] == ["", "", ""]


def test_under_a_subheading_of_the_style_a_typed_heading_is_only_bold() -> None:
    found = blocks(
        "## Head\n\nOne", Numbers("7", major=1, under_heading=True), anchor="a", headings=False
    )
    assert [(each.kind, each.number) for each in found] == [("minor", ""), ("paragraph", "7.1.1")]


@given(st.text(alphabet="ab#-| \n1.", max_size=80))
def test_no_number_is_given_twice(text: str) -> None:
    given_out = [number for number, _ in numbered(text) if number]
    assert len(given_out) == len(set(given_out))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a <b>c</b>", "a &lt;b&gt;c&lt;/b&gt;"),
        ("**b** *i*", "<strong>b</strong> <em>i</em>"),
        ("`x`", "`x`"),
        ("one\ntwo", "one<br>\ntwo"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVaScRiPt&#58;alert(1))", "[x](JaVaScRiPt:alert(1))"),
        ("[x](file:///etc/passwd)", "[x](file:///etc/passwd)"),
        ("[x](/inside)", '<a rel="noopener noreferrer">x</a>'),
        ("[x](//example.org)", '<a rel="noopener noreferrer">x</a>'),
        ("[x](ftp://example.org)", '<a rel="noopener noreferrer">x</a>'),
        ('[x](https://example.org "t")', '<a href="https://example.org" rel="noopener noreferrer">x</a>'),
        ("<https://example.org>", '<a href="https://example.org" rel="noopener noreferrer">https://example.org</a>'),
    ],
)  # fmt: skip
def test_typed_text_comes_out_safe(typed: str, shown: str) -> None:
    assert inline(typed) == shown
    assert numbered(typed) == [("3.1", shown)]


@pytest.mark.parametrize("typed", ["    four spaces", "---", "```\nfence\n```", "Under\n---", "[a]: http://x"])  # fmt: skip
def test_nothing_typed_is_swallowed(typed: str) -> None:
    shown = " ".join(html for _, html in numbered(typed))
    for word in typed.split():
        assert word in shown


def test_a_picture_is_never_one() -> None:
    assert "<img" not in inline("![x](https://example.org/x.png)")


def test_a_table_has_scoped_heads_and_no_style() -> None:
    [(_, html)] = numbered("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert html.count('<th scope="col">') == 2
    assert "style" not in html


def test_an_empty_corner_of_a_table_is_no_head() -> None:
    [(_, html)] = numbered("|  | b |\n|---|---|\n| 1 | 2 |")
    assert html.count("<th ") == 1
    assert "<tr>\n<td></td>\n<th scope" in html


def test_tidy_composes_and_drops_what_cannot_be_seen() -> None:
    assert tidy("w\u0302\r\nx\u202ey\x07\ufeffz\ufe0f") == "ŵ\nxyz"
    assert tidy("soft\u00adhyphen") == "soft\u00adhyphen"


def test_the_typeface_has_what_councils_write() -> None:
    assert unprintable("£–—’‘“”•→←↑↓ŵŷẁẃẅỳŴŶâêîôû€½¼²°§≥≤±×✓✗●▲■…\u00a0\u2011 ąłńșțćđő Ωβ Д") == []


def test_what_cannot_be_printed_is_named() -> None:
    assert why_not_printable("plain") is None
    assert why_not_printable("a 😀", "the comment") == (
        "The character “😀” (U+1F600) in the comment cannot be printed. Replace it with words."
    )
    many = why_not_printable("漢字漢語学習")
    assert many is not None
    assert "“漢” (U+6F22), “字” (U+5B57), “語” (U+8A9E) and 2 more" in many
