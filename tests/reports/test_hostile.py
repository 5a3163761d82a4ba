"""Texts that were written to break the paper: each comes out safe or fails by itself, with a sentence."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.rows import acting_as
from reports import pdf, rendering
from reports.forms.section import LONGEST
from reports.narrative import blocks
from reports.numbering import Numbers
from reports.word import document_of
from tests.boroughs.pages import signed_in
from tests.factories import World

from . import snapshots
from .writing import form_of, page

DEEP = 1000
HOSTILE = {
    "lists in lists": "\n".join(f"{'  ' * n}- x" for n in range(130)) + "\n" + "- " * DEEP + "x",
    "quotes in quotes": "> " * DEEP + "x",
    "numbers in numbers": "1. " * DEEP + "x",
    "a wide table": "|" + "a|" * 600 + "\n|" + "-|" * 600 + "\n|" + "b|" * 600,
    "a long table": "| a | b |\n|---|---|\n" + "| c | d |\n" * 1900,
    "brackets": "[" * 9000 + "]" * 9000,
    "signs of weight": "*_" * 9000,
    "backticks": "`" * 9999 + "x" + "`" * 9998,
    "a link that runs": "[x](javascript:alert(1)) <javascript:alert(1)> [y](JaVaScRiPt&#58;alert(1)) [z](vbscript:x)",
    "a link to data": "[x](data:text/html;base64,PHNjcmlwdD4=) ![x](data:image/png;base64,AAAA)",
    "a picture": "![alt words](https://example.org/x.png) ![x](file:///etc/passwd)",
    "raw HTML": "<script>alert(1)</script><iframe src=//x></iframe><img src=x onerror=alert(1)><style>*{}</style><svg onload=x>",
    "HTML in a table": "| <b onclick=x>a</b> | <td colspan=65534> |\n|---|---|\n| c | d |",
    "an end of the page": "</div></body></html><!-- ]]> --> &lt;script&gt; &#60;script>",
    "notes that go round": "One.[^1]\n\n[^1]: See [^2].\n[^2]: See [^1].\n",
    "a note in itself": "One.[^1]\n\n[^1]: One.[^1][^1]\n" * 50,
    "references that go round": "See {@one}. {#two}\n\nSee {@two} and [x](#one). {#one}\n\nSee {@self}. {#self}",
    "names without end": "\n\n".join(f"See {{@n{n}}}. {{#n{n}}}" for n in range(800)),
    "languages in languages": "::: cy\n" * 500 + "x\n" + ":::\n" * 500,
    "blocks of themselves": "[[risks]]\n\n[[[risks]]]\n\n[[risks]][[risks]]\n\n[["
    + "risks" * 99
    + "]]",
    "entities": "&" * 5000 + "&#x110000; &#0; &amp;" * 500,
    "unseen signs": "\u202e\u0000\ufeff\u200b" * 2000 + "x",
    "one long word": "x" * LONGEST,
}
ALLOWED = {"http", "https", "mailto", ""}


def harmless(html: str) -> None:
    """Nothing runs, nothing is fetched, and nothing leads but to pages and places."""
    found = BeautifulSoup(html, "html5lib")
    assert not found.select(
        "script, iframe, object, embed, style, link, img, form, input, base, meta"
    )
    for each in found.select("*"):
        for name, value in each.attrs.items():
            assert not name.startswith("on"), (name, value)
            if name in ("href", "src", "xlink:href"):
                scheme = re.match(r"\s*([a-z.+-]*):", str(value), re.IGNORECASE)
                assert (scheme[1].lower() if scheme else "") in ALLOWED, value
            assert name not in ("style", "colspan", "rowspan"), (name, value)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_drawn_harmlessly(kind: str) -> None:
    found = blocks(HOSTILE[kind][:LONGEST], Numbers("3"), anchor="x")
    harmless("".join(str(block.html) for block in found))


def with_text(text: str) -> dict[str, Any]:
    snapshot = snapshots.short()
    snapshot["texts"]["issues"] = text[:LONGEST]
    return snapshot


def said_of(snapshot: dict[str, Any]) -> str:
    """Whether it is made, or the sentence that says why not."""
    try:
        data = rendering.pdf_of(snapshot).data
    except pdf.CannotRender as why:
        return why.reason
    return "made" if data.startswith(b"%PDF") else "no PDF"


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_paper_with_it_is_made_or_refused_with_a_sentence_and_the_next_one_is_made(
    kind: str,
) -> None:
    snapshot = with_text(HOSTILE[kind])
    said = said_of(snapshot)
    assert said == "made" or said.endswith(".")
    assert document_of(snapshot).startswith(b"PK")


def test_after_all_of_them_an_ordinary_paper_is_made() -> None:
    assert rendering.pdf_of(snapshots.short()).data.startswith(b"%PDF")


@pytest.mark.parametrize("kind", HOSTILE)
def test_typed_into_a_section_it_is_kept_or_refused_plainly_and_shown_harmlessly(
    world: World, kind: str
) -> None:
    place = world.here
    client = signed_in(place.coordinator)
    at = page("section", place.drafting, "background")
    said = form_of(client.get(at)) | {"body": HOSTILE[kind][:LONGEST]}
    answers = [
        client.post(page("section-preview", place.drafting, "background"), said),
        client.post(at, said),
        client.get(page("report-draft", place.drafting)),
        client.get(page("report-checks", place.drafting)),
    ]
    assert [answer.status_code for answer in answers if answer.status_code >= 400] == []
    harmless(answers[0].content.decode())
    with acting_as(place.coordinator.pk):
        kept = place.drafting.texts.get(key="background").body
    assert (answers[1].status_code == 302) == (kept != "The duty.")
