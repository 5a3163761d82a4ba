"""One section of a report, and its appendices."""

import re
from collections.abc import Collection
from typing import Any

from django import forms

from boroughs.prose_field import ProseField
from govuk.forms import Radios
from papers.models import PaperQuerySet
from reports.languages import why_not_passages
from reports.live import LIVE, unknown_in
from reports.models import ReportText
from reports.places import PAPERS, RECOMMENDATIONS, Place
from reports.references import marks_in, why_not_references

from .report import LINE, TITLE, InWords

LONGEST = 20_000  # characters of one section
MARKDOWN = "Leave an empty line between paragraphs. Begin a line with “- ” for a list, with “## ” for a subheading."
# Before a line that the report counts itself: (i), 1., 1.1, a), a bullet
COUNTED = re.compile(r"^[ \t]*(?:[-•·*][ \t]+)?(?:\(?(?:[ivx]{1,5}|[a-z]|\d{1,2}(?:\.\d{1,2})*)[.)]+[ \t]+|\d{1,2}(?:\.\d{1,2})+[ \t]+)?", re.MULTILINE)  # fmt: skip
ONE_A_LINE = {
    RECOMMENDATIONS: "One on each line.",
    PAPERS: "One on each line: title | where it can be read",
}


def why_not_live(text: str) -> str | None:
    """A sentence on the first line in double brackets that asks for nothing there is, or None."""
    unknown = unknown_in(text)
    if not unknown:
        return None
    known = ", ".join(f"[[{key}]]" for key in LIVE)
    return f"There is no block [[{unknown[0]}]]. Use one of {known}."


class SectionForm(forms.Form):
    lead = ProseField(
        label="Opening words",
        help_text="For example: That the committee:",
        required=False,
        max_length=LINE,
        widget=forms.TextInput(),
    )
    body = ProseField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}))
    state = forms.ChoiceField(
        label="This section is",
        choices=[
            (ReportText.State.DRAFT, "A draft: there is more to do"),
            (ReportText.State.DONE, "Done"),
            (ReportText.State.NOT_NEEDED, "Not needed in this report"),
        ],
        widget=Radios(),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        place: Place,
        closed: bool = False,
        known: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`known` is what the rest of the report names; without it what the text refers to is not checked."""
        super().__init__(*args, **kwargs)
        self.place, self.closed, self.known = place, closed, known
        body = self.fields["body"]
        body.label = place.heading if place.is_list else "Text"
        body.help_text = f"{place.guidance} {ONE_A_LINE.get(place.key, MARKDOWN)}".strip()
        if place.key != RECOMMENDATIONS:
            del self.fields["lead"]
        if not place.is_list:
            body.widget.attrs["data-markdown"] = ""

    @classmethod
    def said_in(cls, text: ReportText) -> dict[str, Any]:
        return {"body": text.body, "state": text.state, "seen": text.version}

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if self.place.is_list:
            return COUNTED.sub("", body)
        if self.closed and "[[" in body:
            raise forms.ValidationError("A closed section shows no blocks. Write its text in full.")
        if why := why_not_live(body) or self._why_not_words(body):
            raise forms.ValidationError(why)
        return body

    def _why_not_words(self, body: str) -> str | None:
        if self.known is None:
            return None
        if why := why_not_passages(body) or why_not_references(body, self.known):
            return why
        return self._why_not_named(next(iter(marks_in(body)), ""))

    def _why_not_named(self, name: str) -> str | None:
        """Nothing leads into a text that is printed apart, or in a table."""
        if name and self.closed:
            return f"This section is closed and printed apart, so nothing in it can be referred to. Take out {{#{name}}}."
        if name and self.place.in_table:
            return f"This text stands in a table, and nothing in it can be referred to. Take out {{#{name}}}; others refer to it as a whole by {{@{self.place.key}}}."
        return None

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("state") == ReportText.State.NOT_NEEDED and said.get("body", "").strip():
            self.add_error(
                "state", "It has text. Empty the text, or say that it is done or a draft"
            )
        if said.get("state") == ReportText.State.DONE and not said.get("body", "x").strip():
            self.add_error("body", "Enter the text, or say that the section is not needed")


class AppendixForm(forms.Form):
    paper = InWords(None, label="Paper", required=False, empty_label="None of these")
    title = ProseField(
        label="Or the title of what is kept elsewhere",
        required=False,
        max_length=TITLE,
        widget=forms.TextInput(),
    )

    def __init__(self, *args: Any, papers: PaperQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = papers  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> None:
        paper, title = self.cleaned_data.get("paper"), self.cleaned_data.get("title")
        if paper and title:
            self.add_error("title", "Choose a paper or enter a title, not both")
        elif not paper and not title and not self.errors:
            self.add_error("paper", "Choose a paper, or enter the title of what is kept elsewhere")
