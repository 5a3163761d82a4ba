"""The questions about closing: what they offer, what they refuse beside the field, and what they hand on."""

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms

from boroughs.forms import ClosureForm
from boroughs.models import Borough

EXEMPT = {
    "classification": "exempt",
    "paragraphs": ["england-3", "england-7"],
    "reason_england-3": "A contract",
    "public_interest": "withhold",
    "interest_reason": "It would cost us more",
    "review_on_day": "4",
    "review_on_month": "7",
    "review_on_year": "2027",
    "public_line": "Appendix A, not for publication",
    "reason": "It goes to the committee",
}
CONFIDENTIAL = {
    "classification": "confidential",
    "ground": "government",
    "ground_note": "The Home Office, on terms",
    "reason": "It came with terms",
}


def borough(nation: str = "england", marking: str = "none") -> Borough:
    return Borough(name="Thurrock", nation=nation, marking=marking)


def form(data: dict[str, Any], **kind: str) -> ClosureForm:
    return ClosureForm(data=data, borough=borough(**kind))


def complaints(form: forms.Form) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def page(form: forms.Form) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html.parser")


def test_what_is_exempt_is_handed_on_with_its_paragraphs() -> None:
    filled = form(EXEMPT)
    assert filled.is_valid(), filled.errors
    said = filled.said
    assert said.pop("review_on").isoformat() == "2027-07-04"
    assert said == {
        "classification": "exempt",
        "paragraphs": {"england-3": "A contract", "england-7": ""},
        "public_interest": "withhold",
        "interest_reason": "It would cost us more",
        "ground": "",
        "ground_note": "",
        "marking": "",
        "public_line": "Appendix A, not for publication",
        "reason": "It goes to the committee",
    }


def test_what_is_confidential_is_handed_on_with_its_ground() -> None:
    filled = form(CONFIDENTIAL)
    assert filled.is_valid(), filled.errors
    assert (filled.said["ground"], filled.said["paragraphs"]) == ("government", {})
    assert filled.said["review_on"] is None


def test_nothing_but_the_two_answers_must_be_given() -> None:
    assert complaints(form({})) == {
        "classification": ["Select why it is closed"],
        "reason": ["Enter reason for closing it"],
    }
    assert form({"classification": "exempt", "reason": "x"}).is_valid()


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        (EXEMPT | {"ground": "court"}, "ground", "Exempt information has no ground"),
        (EXEMPT | {"ground_note": "x"}, "ground_note", "belongs to confidential"),
        (EXEMPT | {"reason_england-1": "x"}, "reason_england-1", "Tick paragraph 1, or delete"),
        (CONFIDENTIAL | {"paragraphs": ["england-1"]}, "paragraphs", "Confidential information"),
        (
            CONFIDENTIAL | {"reason_england-1": "x"},
            "reason_england-1",
            "Tick paragraph 1, or delete",
        ),
        (
            CONFIDENTIAL | {"public_interest": "withhold"},
            "public_interest",
            "of exempt information alone",
        ),
        (CONFIDENTIAL | {"interest_reason": "x"}, "interest_reason", "of exempt information alone"),
        (CONFIDENTIAL | {"review_on": "2027-07-04"}, "review_on", "belongs to exempt"),
        (EXEMPT | {"paragraphs": ["wales-12"]}, "paragraphs", "wales-12 is not one"),
        (EXEMPT | {"paragraphs": ["<script>"]}, "paragraphs", "is not one"),
        (EXEMPT | {"classification": "secret"}, "classification", "secret is not one"),
        (EXEMPT | {"public_line": "x" * 301}, "public_line", "300"),
        (EXEMPT | {"reason_england-3": "x" * 2001}, "reason_england-3", "2000"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_stays(
    said: dict[str, Any], field: str, words: str
) -> None:
    filled = form(said)
    found = complaints(filled)
    assert list(found) == [field]
    assert words in found[field][0]
    shown = page(filled)
    assert shown.find(id=f"id_{field}-error")
    for text in ("A contract", "The Home Office, on terms"):
        assert (text in said.values()) == (text in shown.get_text())


def test_a_council_is_offered_its_own_nations_paragraphs() -> None:
    welsh = page(ClosureForm(borough=borough("wales")))
    assert [box["value"] for box in welsh.select("[name=paragraphs]")] == [
        f"wales-{number}" for number in range(12, 19)
    ]
    assert "paragraphs 14 and 18 of Part 4 of Schedule 12A" in welsh.get_text()
    assert not welsh.select("[name^='reason_england']")


def test_only_the_boroughs_markings_are_offered() -> None:
    assert not page(ClosureForm(borough=borough())).select("[name=marking]")
    marked = page(ClosureForm(borough=borough(marking="official"))).select("[name=marking]")
    assert [box["value"] for box in marked] == ["", "official", "official-sensitive"]
    planted = form(EXEMPT | {"marking": "official"})
    assert planted.is_valid()
    assert planted.said["marking"] == ""


def test_a_marking_given_under_an_earlier_scheme_is_not_dropped() -> None:
    kept = ClosureForm(initial={"marking": "official"}, borough=borough())
    assert page(kept).select("[name=marking][checked]")[0]["value"] == "official"
    sent = ClosureForm(
        EXEMPT | {"marking": "official"}, initial={"marking": "official"}, borough=borough()
    )
    assert sent.is_valid()
    assert sent.said["marking"] == "official"


def test_the_suggested_line_cites_what_is_claimed() -> None:
    now = {"paragraphs": ["england-2", "england-7"]}
    shown = page(ClosureForm(initial=now, borough=borough())).get_text()
    assert "Suggested: Appendix A, not for publication: paragraphs 2 and 7 of Part 1" in shown


def test_what_may_identify_a_person_is_warned_of_in_the_line_alone() -> None:
    born = "Appendix about a man born on 4 July 1990"
    shown = page(form(EXEMPT | {"public_line": born, "interest_reason": born}))
    assert len(shown.select(".field-notice")) == 1
    assert shown.find(id="id_public_line-notice")


def test_a_reason_stands_under_its_paragraph_and_is_hidden_by_scripts_alone() -> None:
    shown = page(ClosureForm(borough=borough()))
    for box in shown.select("[name=paragraphs]"):
        assert isinstance(under := shown.find(id=box["data-aria-controls"]), Tag)
        assert under.select(f"textarea[name='reason_{box['value']}']")
        assert "govuk-checkboxes__conditional--hidden" not in str(under)
    assert len(shown.select("textarea[name^='reason_england']")) == 7


def test_a_reason_that_is_refused_stays_in_sight() -> None:
    shown = page(form(EXEMPT | {"reason_england-1": "x"}))
    first, second = shown.select("[name=paragraphs]")[:2]
    assert not first.has_attr("data-aria-controls")
    assert second.has_attr("data-aria-controls")


def test_the_part_with_something_wrong_stays_in_sight() -> None:
    shown = page(form(EXEMPT | {"ground": "court"}))
    exempt, confidential = shown.select("[name=classification]")
    assert exempt["data-reveals"] == "closure-exempt"
    assert not confidential.has_attr("data-reveals")


class UploadForm(ClosureForm):
    """A page with questions of its own, on which closing is a choice."""

    title = forms.CharField(label="Title")
    closed = forms.BooleanField(required=False)

    def closes(self) -> bool:
        return bool(self.cleaned_data.get("closed"))


def test_another_page_asks_its_own_questions_first() -> None:
    upload = UploadForm(data={"closed": "on"}, borough=borough())
    assert list(upload.fields)[:3] == ["title", "closed", "classification"]
    assert list(complaints(upload)) == ["title", "classification", "reason"]
    assert page(upload).find("input")["name"] == "title"  # type: ignore[index]  # found


def test_a_page_that_closes_nothing_asks_nothing_about_it() -> None:
    assert UploadForm(data={"title": "Open"}, borough=borough()).is_valid()
