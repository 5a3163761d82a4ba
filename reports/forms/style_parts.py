"""A field of the front sheet and a section of a borough's own style, changed or added."""

from typing import Any

from django import forms

from reports.house_styles import CLEARANCES, ONCE, SECTION_KINDS, Style, sections_and_parts
from reports.house_styles.editing import free_key
from reports.own_styles import StylePiece

from .own_style import Choices, PieceForm, choice, line, text, tick

BANDS: Choices = [
    ("head", "At the head, above the title or below it"),
    ("table", "In the table, its label on the left"),
    ("foot", "Below the table, as a line of its own"),
]
HOLDS: Choices = [
    ("line", "What the writer types"),
    ("choice", "One of several answers"),
    ("status", "Whether the report is open or closed, in the style’s words"),
    ("committee", "The committee, from the meeting"),
    ("date", "The date, from the meeting"),
    ("item", "The item number, from the meeting"),
]
OF_THE_MEETING = ("committee", "date", "item")
GIVEN = (*OF_THE_MEETING, "title")  # nobody is asked for them when a report is written
KINDS = {
    "narrative": "Text that people write",
    "implications": "Implications: several parts, each with its own heading",
    "benchmarks": "Text, and after it the table of ratings",
    "recommendations": "The recommendations",
    "background_papers": "The list of background papers",
    "appendices": "The list of appendices",
}
LAYOUTS: Choices = [
    ("headings", "Under a heading of its own"),
    ("run_in", "In a paragraph that begins with its heading"),
    ("table", "In a row of a table: heading, text, sign-off"),
]
SIGNS: Choices = [
    ("style", "The style’s line"),
    ("own", "A line of its own"),
    ("none", "No line"),
]


class FieldForm(PieceForm):
    """A field of the front sheet."""

    holds = choice("What it says", HOLDS)
    label = line("Label that is printed (optional)", "Such as: Wards affected", required=False)
    question = line(
        "Question to whoever writes the report (optional)",
        "Left blank, the label is asked for",
        required=False,
    )
    hint = line("Hint beside the question (optional)", required=False)
    choices = text("Answers to choose from", "One on each line")
    band = choice("Where it stands", BANDS)
    beside = tick("Beside the field before it", "Two fields to a row at most")

    def __init__(self, *args: Any, piece: StylePiece, **rest: Any) -> None:
        super().__init__(*args, piece=piece, **rest)
        value, fields = piece.value, piece.style.definition["front"]
        there = {field["key"] for field in fields if field["key"] in OF_THE_MEETING}
        there |= {"status" for field in fields if field["kind"] == "status"}
        there -= {holds_of(value)}
        if value.get("key") in GIVEN or value.get("kind") == "status":
            del self.fields["holds"]
            del self.fields["choices"]
        else:
            kept = [(key, words) for key, words in HOLDS if key not in there]
            if value:
                kept = [(key, words) for key, words in kept if key in ("line", "choice")]
            self.fields["holds"].choices = kept  # type: ignore[attr-defined]  # a field of choices
        if value.get("key") in GIVEN:
            del self.fields["question"]
            del self.fields["hint"]

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        if not value:
            return {"holds": "line", "band": "table"}
        return {**value, "holds": holds_of(value), "choices": "\n".join(value.get("choices", ()))}

    @property
    def said(self) -> Style:
        given, value = self.cleaned_data, self.piece.value
        holds = given.get("holds") or holds_of(value)
        label = given["label"]
        asked = given.get("question") or value.get("question") if value else given.get("question")
        said = {
            "key": value.get("key") or self._key(holds),
            "label": label,
            "question": asked or label or dict(HOLDS).get(holds, ""),
            "hint": given.get("hint", value.get("hint", "")),
            "kind": value.get("kind") if value.get("key") in GIVEN else kind_of(holds),
            "band": given["band"],
            "beside": given["beside"],
        }
        if said["kind"] == "choice":
            lines = (each.strip() for each in given.get("choices", "").splitlines())
            said["choices"] = [each for each in lines if each]
        return said

    @property
    def path(self) -> str:
        return self.piece.path if self.piece.value else f"front/{self.said['key']}"

    def _key(self, holds: str) -> str:
        if holds in OF_THE_MEETING:
            return holds
        words = self.cleaned_data.get("question") or self.cleaned_data["label"]
        taken = [field["key"] for field in self.piece.style.definition["front"]]
        return free_key(words, [*taken, *OF_THE_MEETING], least="field")


def holds_of(field: Style) -> str:
    """What a field says, as the form asks for it."""
    return str(field["key"] if field.get("key") in OF_THE_MEETING else field.get("kind", "line"))


def kind_of(holds: str) -> str:
    return {"committee": "line", "item": "line"}.get(holds, holds)


class PartForm(PieceForm):
    """A part of a section of implications: what it has in common with a section."""

    heading = line("Heading")
    guidance = text("Guidance to whoever writes it (optional)", "What belongs in it")
    starter = text("Words it begins with (optional)", "The writer changes them or adds to them")
    required = tick(
        "A report is not issued without it", "Of a clearance that it asks for, the same holds"
    )
    clears = forms.ChoiceField(
        label="Clearance it asks for", choices=[("", "None"), *CLEARANCES.items()], required=False
    )
    signs = choice("What is printed when it was signed off", SIGNS)
    sign_off = line("Its own line", "Such as: Seen by the {post}", required=False)

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        signs = "style" if "sign_off" not in value else "own" if value["sign_off"] else "none"
        return {"signs": signs, **value}

    @property
    def said(self) -> Style:
        given = self.cleaned_data
        names = ("heading", "guidance", "starter", "required", "clears")
        said = {**self.piece.value, **{name: given[name] for name in names}}
        said["key"] = said.get("key") or self._key()
        said.pop("sign_off", None)
        if given["signs"] != "style":
            said["sign_off"] = given["sign_off"] if given["signs"] == "own" else ""
        return said

    def clean(self) -> None:
        if self.cleaned_data.get("signs") == "own" and not self.cleaned_data.get("sign_off"):
            self.add_error("sign_off", "Enter the line, or choose another answer above")
        super().clean()

    @property
    def path(self) -> str:
        return self.piece.path if self.piece.value else f"sections/{self.said['key']}"

    def _key(self) -> str:
        taken = [each["key"] for each in sections_and_parts(self.piece.style.definition)]
        return free_key(self.cleaned_data["heading"], taken, least="section")


class NewPartForm(PartForm):
    """A part that is added to a section of implications."""

    def __init__(self, *args: Any, within: str, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.within = within

    @property
    def said(self) -> Style:
        return {**super().said, "within": self.within}


class SectionForm(PartForm):
    """A section. What kind it is, is said when it is added."""

    numbered = tick("Number its heading", "Where the style numbers headings")
    layout = choice("How each part of it stands", LAYOUTS)

    def __init__(self, *args: Any, piece: StylePiece, **rest: Any) -> None:
        super().__init__(*args, piece=piece, **rest)
        kind = piece.value.get("kind", "")
        if kind and kind != "implications":
            del self.fields["layout"]
        if kind not in ("", "narrative", "benchmarks"):  # nobody writes or clears its text
            for name in ("clears", "signs", "sign_off"):
                del self.fields[name]
        if kind in ("implications", "background_papers", "appendices"):
            del self.fields["starter"]

    @classmethod
    def answers(cls, value: Style) -> dict[str, Any]:
        return {"layout": "headings", "numbered": True, **super().answers(value)}

    @property
    def said(self) -> Style:
        given = self.cleaned_data
        given |= {"starter": given.get("starter", ""), "clears": given.get("clears", "")}
        given |= {"signs": given.get("signs", "style")}
        said = {**super().said, "numbered": given["numbered"]}
        if said.get("kind") == "implications":
            said["layout"] = given.get("layout") or "headings"
        return said


class NewSectionForm(SectionForm):
    kind = choice("What it holds", [(key, KINDS[key]) for key in SECTION_KINDS])
    field_order = ("heading", "kind", "numbered", "layout")

    def __init__(self, *args: Any, piece: StylePiece, **rest: Any) -> None:
        super().__init__(*args, piece=piece, **rest)
        there = {section["kind"] for section in piece.style.definition["sections"]}
        kept = [(key, KINDS[key]) for key in SECTION_KINDS if key not in there or key not in ONCE]
        self.fields["kind"].choices = kept  # type: ignore[attr-defined]  # a field of choices

    @property
    def said(self) -> Style:
        kind = self.cleaned_data["kind"]
        said = {**super().said, "kind": kind}
        if kind == "implications":
            return {**said, "parts": [], "layout": self.cleaned_data["layout"]}
        return said
