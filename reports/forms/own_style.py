"""The pieces of a borough's own house style, each as a form."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from boroughs.filling import version_seen
from boroughs.prose_field import ProseField
from govuk.forms import Radios
from reports.house_styles import (
    STATUSES,
    SWITCHES,
    Style,
    faults_of,
)
from reports.house_styles.editing import with_piece
from reports.own_styles import StylePiece

LINE, TEXT = 200, 1000
# A fault of what is on the page: its key, which the form gave it, is no word of the council's
OF_THIS = "^The (?:front sheet )?(field|section) “{}”"
Choices = list[tuple[str, str]]


def line(label: str, hint: str = "", *, required: bool = True, most: int = LINE) -> ProseField:
    return ProseField(label=label, help_text=hint, required=required, max_length=most)


def text(label: str, hint: str = "") -> ProseField:
    widget = forms.Textarea(attrs={"rows": 3})
    return ProseField(label=label, help_text=hint, required=False, max_length=TEXT, widget=widget)


def choice(label: str, choices: Choices, hint: str = "", **hints: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, widget=Radios(hints=hints)
    )


def tick(label: str, hint: str = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


class PieceForm(forms.Form):
    """The values of one piece. The rule of house styles has the last word, beside the field it is about."""

    about = ""
    seen = version_seen()

    def __init__(self, *args: Any, piece: StylePiece, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.piece = piece

    @classmethod
    def said_in(cls, piece: StylePiece) -> dict[str, Any]:
        return {**cls.answers(piece.value), "seen": piece.version}

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        """What the form asks for, out of the piece's values."""
        return value

    @property
    def said(self) -> Style:
        """The piece's values out of the answers."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "seen"}

    @property
    def path(self) -> str:
        return self.piece.path

    @property
    def definition(self) -> Style:
        """The whole style with what is in the form."""
        return with_piece(self.piece.style.definition, self.path, self.said)

    def clean(self) -> None:
        if self.errors:
            return
        before = faults_of(self.piece.style.definition)
        for fault in faults_of(self.definition):
            if fault not in before:
                here = re.escape(self.path.partition("/")[2])
                said = re.sub(OF_THIS.format(here), r"This \1", fault.sentence)
                self.add_error(fault.field if fault.field in self.fields else None, said)


class NameForm(PieceForm):
    about = "Name"
    title = line("Name of the style", "As it is chosen from the list", most=100)
    note = text(
        "What it is for (optional)", "Which committees use it, and what is particular about it"
    )


class NumberingForm(PieceForm):
    about = "Numbering"
    headings = tick("Number the headings", "1. Background, 2. Options")
    paragraphs = tick("Number the paragraphs", "1.1, 1.2 under the heading 1")
    subheadings = tick(
        "Number the subheadings", "1.3 for a subheading, 1.3.1 for the paragraph under it"
    )
    recommendations = choice(
        "Recommendations",
        [
            ("decimal", "1.1, 1.2: as the paragraphs of the section"),
            ("plain", "1., 2., 3."),
            ("letters", "(a), (b), (c)"),
            ("roman", "(i), (ii), (iii)"),
        ],
    )
    lists = choice(
        "Numbered lists in the text",
        [("digits", "1., 2., 3."), ("letters", "a., b., c."), ("roman", "i., ii., iii.")],
    )
    appendices = choice(
        "Appendices", [("digits", "Appendix 1, Appendix 2"), ("letters", "Appendix A, Appendix B")]
    )

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return {"appendices": "digits", **value["numbering"]}

    @property
    def said(self) -> Style:
        names = (*SWITCHES, "recommendations", "lists", "appendices")
        return {"numbering": {name: self.cleaned_data[name] for name in names}}


class LabelsForm(PieceForm):
    about = "Open and closed"
    open = line("All of it is open", "Such as: For general release")
    part_exempt = line("A part of it is exempt", "Such as: Part exempt")
    exempt = line(
        "All of it is exempt",
        "{paragraphs} becomes the paragraphs of Schedule 12A, {appendices} the closed appendices",
    )
    part_confidential = line("A part of it is confidential")
    confidential = line("All of it is confidential")

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return dict(value["labels"])

    @property
    def said(self) -> Style:
        return {"labels": {status: self.cleaned_data[status] for status in STATUSES}}


class SigningForm(PieceForm):
    about = "Signing off"
    line = line(
        "Line under what was signed off (optional)",
        "Such as: Implications verified by: {name}, {post}. {date} and {heading} may stand in it, too. "
        "Left blank, who signed off stays inside the portal.",
        required=False,
    )
    names = tick("Print the names of clearing officers", "If not, {name} may not stand in the line")
    place = choice(
        "Where it stands",
        [
            ("above", "Above the text"),
            ("below", "Below the text"),
            ("numbered", "Below it, as a numbered paragraph"),
        ],
    )

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return dict(value["sign_off"])

    @property
    def said(self) -> Style:
        return {"sign_off": {name: self.cleaned_data[name] for name in ("line", "names", "place")}}


class AuthorForm(PieceForm):
    about = "Author and contents"
    author_heading = line("Heading over the author", "Such as: Report author, or Contact officer")
    place = choice(
        "Where the author stands",
        [
            ("front", "Under the front sheet"),
            ("table", "In the table of the front sheet"),
            ("end", "At the end of the report"),
        ],
    )
    contents_heading = line("Heading over the list of contents")
    from_pages = forms.IntegerField(
        label="A list of contents from how many pages on",
        min_value=2,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        author, contents = value["author"], value["contents"]
        return {
            "author_heading": author["heading"],
            "place": author["place"],
            "contents_heading": contents["heading"],
            "from_pages": contents["from_pages"],
        }

    @property
    def said(self) -> Style:
        given = self.cleaned_data
        contents = {"heading": given["contents_heading"], "from_pages": given["from_pages"]}
        author = {"heading": given["author_heading"], "place": given["place"]}
        return {"author": author, "contents": contents}


class LookForm(PieceForm):
    about = "Colour and type"
    colour = forms.CharField(
        label="Colour (optional)",
        help_text="Of the front sheet and the headings, like #1d70b8. Left blank, the council’s colour.",
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    heading_colour = choice("Headings in", [("colour", "That colour"), ("black", "Black")])
    headings = choice("Weight of the headings", [("bold", "Bold"), ("light", "Regular")])
    face = choice("Typeface", [("sans", "Without serifs"), ("serif", "With serifs")])
    text = choice(
        "Size of the text", [("standard", "12.5 point"), ("large", "14 point: large, more pages")]
    )
    frame = choice(
        "Front sheet", [("box", "In a box"), ("lines", "Between two lines, open at the sides")]
    )

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return {"face": "sans"} | dict(value["look"])

    @property
    def said(self) -> Style:
        names = ("colour", "heading_colour", "headings", "face", "text", "frame")
        look = {name: self.cleaned_data[name] for name in names}
        colour = look["colour"].strip().lower()
        look["colour"] = f"#{colour.removeprefix('#')}" if colour else ""
        return {"look": look}


class WordsForm(PieceForm):
    """One line for each wording of a group; what each is for stands beside it."""

    group = "wording"
    labels: Mapping[str, str] = {}
    about = "Words of tables"

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name, label in self.labels.items():
            self.fields[name] = line(label)

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return dict(value[cls.group])

    @property
    def said(self) -> Style:
        group = self.piece.value[self.group]
        return {self.group: {**group, **{name: self.cleaned_data[name] for name in self.labels}}}


class TableWordsForm(WordsForm):
    labels = {
        "benchmark": "Column of the benchmarks",
        "rating": "Column of the ratings",
        "actions": "Column of the actions",
        "comments": "Column of the comments",
        "reason": "Before a reason",
        "key": "Over what the ratings mean",
        "not_rated": "Where there is no rating",
        "nothing": "Where a list has nothing",
        "better": "Better than before: {previous} is the rating before",
        "worse": "Worse than before",
        "same": "As before",
        "was": "What it was before, where no direction can be told",
        "new": "Not rated before",
        "source": "Before the source",
        "illustrative": "Beside what is invented",
        "differs": "Where assessors differ",
        "old": "Beside old evidence: {months} is how many months",
        "issue": "Column of a table of implications: what they are about",
        "implications": "Column of a table of implications: what they are",
        "sign_off": "Column of a table of implications: who signed off",
        "exclusion": "Heading over why the public leaves",
    }


class RatingWordsForm(WordsForm):
    group = "benchmarks"
    about = "Sentences about the ratings"
    labels = {
        "lead": "Before the table: {period}, {toolkit} and {counts} are filled in",
        "rated_by": "Who rated: {assessor}",
        "signed_off": "The board’s sign-off: {signed_on} and {where}",
        "previous": "That it is compared: {previous_period}",
        "caption": "Over the table",
        "judged": "How many were judged afresh: {afresh} and {unchanged}",
        "changed": "Heading over what changed",
        "nothing_changed": "Where nothing changed",
        "beside": "Heading over the ratings by several assessors",
        "differ": "On how many they differ: {differing} of {benchmarks}",
        "agree": "Where they differ on none",
        "evidence": "Heading over the evidence",
        "evidence_lead": "What is said of the evidence",
    }


PIECE_FORMS: dict[str, type[PieceForm]] = {
    "name": NameForm,
    "labels": LabelsForm,
    "numbering": NumberingForm,
    "signing": SigningForm,
    "author": AuthorForm,
    "look": LookForm,
    "ratings": RatingWordsForm,
    "words": TableWordsForm,
}
