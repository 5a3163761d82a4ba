"""Writing a report's text: paste from word processors, and the buttons above it."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from reports.narrative import blocks
from reports.numbering import Numbers
from tests.browser import clipboard
from tests.browser.conftest import Visitor
from tests.browser.driving import new_context, press_on, tab_to
from tests.factories import World

pytestmark = pytest.mark.browser
STATIC = settings.ROOT / "static"
LIVE = [{"key": "risks", "name": "Risks"}, {"key": "plan progress", "name": "Progress"}]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with one text and its buttons, on which no script but ours runs."""
    context = new_context(browser)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    said = {"of": "text", "live": LIVE, "places": [("risk-plan", "risk-plan"), ("legal", "Legal")]}
    bar = render_to_string("reports/_toolbar.html", said)
    page.set_content(f"<!doctype html><title>x</title><label for=text>Text</label>{bar}<textarea id=text data-markdown></textarea>")  # fmt: skip
    for name in ("from_html.js", "markdown.js"):
        page.add_script_tag(path=STATIC / name)
    yield page
    context.close()
    assert complaints == []


def typed(page: Page) -> str:
    return page.locator("#text").input_value()


def write(page: Page, text: str, start: int, end: int | None = None) -> None:
    page.locator("#text").fill(text)
    page.evaluate("([from, to]) => document.getElementById('text').setSelectionRange(from, to)", [start, start if end is None else end])  # fmt: skip


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


# -- Paste ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("source", ["WORD", "WORD_TABLE", "COUNTED", "ONLINE", "DOCS", "WEB"])
def test_pasted_text_keeps_its_shape_and_loses_its_styling(page: Page, source: str) -> None:
    found = page.evaluate("html => markdownFrom(html, [])", getattr(clipboard, source))
    assert found == getattr(clipboard, f"{source}_SAYS")
    assert "canary" not in found


def test_pasted_lists_are_lists_in_the_report() -> None:
    html = "".join(str(block.html) for block in blocks(clipboard.WORD_SAYS, Numbers("1"), anchor="a"))  # fmt: skip
    shape = re.sub(r"\s+", "", re.sub(r"<(?!/?[uo]l|/?li)[^>]*>", "", html))
    assert "<ul><li>Trainstaff<ul><li>inschools</li><li>inhealth</li></ul></li><li>Meeteveryquarter</li></ul>" in shape  # fmt: skip
    assert "<ol><li>firstthis<ol><li>withthis</li></ol></li><li>thenthat</li></ol>" in shape


def test_what_was_typed_as_a_sign_is_no_sign_when_pasted() -> None:
    [_, *found] = blocks(clipboard.WEB_SAYS, Numbers("1"), anchor="a")
    assert [block.kind for block in found] == ["paragraph"] * 5
    assert found[0].html == "5 * 3 * 2 and a_b and _c_ &amp;amp; [[risks]] [^1]"


def paste(page: Page, html: str, plain: str = "plain") -> None:
    page.evaluate(
        """([html, plain]) => {
            const data = new DataTransfer();
            data.setData("text/plain", plain);
            if (html) data.setData("text/html", html);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.getElementById("text").dispatchEvent(event);
        }""",
        [html, plain],
    )


def test_a_paste_goes_where_the_cursor_is_can_be_undone_and_tells_the_page(page: Page) -> None:
    page.evaluate("window.told = 0; document.getElementById('text').addEventListener('input', () => { window.told += 1; })")  # fmt: skip
    write(page, "Before. After.", 8)
    paste(page, "<p>A <b>bold</b> word. </p>")
    assert typed(page) == "Before. A **bold** word.After."
    assert page.evaluate("window.told") > 1
    page.keyboard.press("Control+Z")
    assert typed(page) == "Before. After."


def test_a_pasted_note_takes_a_number_that_is_free(page: Page) -> None:
    write(page, "One.[^1]\n\n[^1]: A note.\n\n", 0)
    paste(page, clipboard.WORD)
    assert "a file.[^2]" in typed(page)
    assert "[^2]: Minutes of *20 June* 2019." in typed(page)


def test_a_single_number_before_a_paragraph_may_be_an_amount_and_stays(page: Page) -> None:
    found = page.evaluate("markdownFrom('<p>1.5 Million people live here.</p>', [])")
    assert found == "1.5 Million people live here."


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ("1.1 The duty.\n1.2\tIts aims:\n• to know;\n· to act.", "The duty.\n\nIts aims:\n- to know;\n- to act."),
        ("- 1.1 The duty.\n\n- 1.2 Its aims.", "The duty.\n\nIts aims."),
        ("3.4\tOne alone.", "One alone."),
    ],
)  # fmt: skip
def test_plain_text_loses_the_numbers_that_the_report_counts_itself(
    page: Page, plain: str, says: str
) -> None:
    write(page, "", 0)
    paste(page, "", plain)
    assert typed(page) == says


@pytest.mark.parametrize("plain", ["1.5 Million people", "Words alone\n- and a list", "21.7 was the day"])  # fmt: skip
def test_plain_text_without_such_numbers_is_left_to_the_browser(page: Page, plain: str) -> None:
    assert page.evaluate("text => markdownFromText(text)", plain) == ""


def test_text_without_markup_is_left_to_the_browser(page: Page) -> None:
    write(page, "", 0)
    paste(page, "")
    assert typed(page) == ""  # an event made by a script pastes nothing by itself


# -- The buttons -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("button", "text", "start", "end", "after"),
    [
        ("Bold", "one two", 4, 7, "one **two**"),
        ("Bold", "one **two**", 6, 9, "one two"),
        ("Bold", "one **two**", 4, 11, "one two"),
        ("Bold", "one two three", 4, 8, "one **two** three"),
        ("Italic", "", 0, 0, "*title*"),
        ("Italic", "**one**", 2, 5, "***one***"),
        ("Bold", "***one***", 3, 6, "*one*"),
        ("Italic", "***one***", 0, 9, "**one**"),
        ("Subheading", "Words\nmore", 2, 2, "## Words\nmore"),
        ("Subheading", "## Words", 5, 5, "Words"),
        ("List", "a\nb\n\nc", 0, 6, "- a\n- b\n\n- c"),
        ("List", "- a\n- b", 0, 7, "a\nb"),
        ("Numbered list", "- a\n- b", 0, 7, "1. a\n2. b"),
        ("Link", "the plan", 4, 8, "the [plan](https://)"),
        ("Table", "Before", 6, 6, "Before\n\n| Heading | Heading |\n|---|---|\n| Words | Words |\n\n"),
        ("Note", "One. Two.[^1]\n\n[^1]: x", 4, 4, "One.[^2] Two.[^1]\n\n[^1]: x\n[^2]: What it says."),
        ("Note", "One.", 4, 4, "One.[^1]\n\n[^1]: What it says."),
        ("Name this place", "One.\n\nTwo.", 2, 2, "One. {#name-of-this-place}\n\nTwo."),
        ("Put it in", "One.\n\nTwo.", 4, 4, "One.\n\n[[risks]]\n\nTwo."),
        ("Put its number in", "See .", 4, 4, "See {@risk-plan}."),
    ],
)  # fmt: skip
def test_a_button_puts_its_marks(
    page: Page, button: str, text: str, start: int, end: int, after: str
) -> None:
    write(page, text, start, end)
    press(page, button)
    assert typed(page) == after
    assert page.evaluate("document.activeElement.id") == "text"


def test_what_is_to_be_replaced_is_selected(page: Page) -> None:
    write(page, "See the plan", 8, 12)
    press(page, "Link")
    page.keyboard.type("https://example.org")
    assert typed(page) == "See the [plan](https://example.org)"
    write(page, "", 0)
    press(page, "Table")
    page.keyboard.type("Step")
    assert typed(page).startswith("| Step | Heading |")


def test_keys_do_what_the_buttons_do(page: Page) -> None:
    write(page, "one", 0, 3)
    page.keyboard.press("Control+B")
    page.keyboard.press("Control+I")
    assert typed(page) == "***one***"


def test_the_buttons_are_one_stop_and_the_arrows_lead_on(page: Page) -> None:
    bold, italic, last = (page.get_by_role("button", name=name, exact=True) for name in ("Bold", "Italic", "Name this place"))  # fmt: skip
    tab_to(page, bold)
    page.keyboard.press("ArrowRight")
    assert italic.evaluate("e => e === document.activeElement")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert last.evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    assert page.get_by_label("Part of the record").evaluate("e => e === document.activeElement")
    press_on(page, page.get_by_role("button", name="Put it in"))
    assert "[[risks]]" in typed(page)


def test_without_scripts_there_are_no_buttons_and_the_marks_are_told(browser: Browser) -> None:
    context = new_context(browser, scripts=False)
    page = context.new_page()
    page.set_content(render_to_string("reports/_toolbar.html", {"of": "text", "live": LIVE, "places": [("legal", "Legal")]}))  # fmt: skip
    assert page.get_by_role("button").count() == 0
    assert "[[plan progress]]" in (page.locator("details").text_content() or "")
    context.close()


def test_the_buttons_work_on_the_section_page_under_its_content_policy(
    portal: World, site: str, visitor: Visitor
) -> None:
    here = portal.here
    page = visitor(here.coordinator)
    page.goto(f"{site}/{here.borough.slug}/reports/{here.drafting.pk}/sections/background/")
    area = page.get_by_label("Text", exact=True)
    area.fill("One two")
    area.press("End")
    press(page, "Table")
    assert "|---|---|" in area.input_value()
    page.get_by_label("Part of the record").select_option("risks")
    press(page, "Put it in")
    assert "[[risks]]" in area.input_value()
    page.locator("#preview table").first.wait_for()
    assert page.locator("#preview").inner_text().count("Heading") == 2
