"""What is said of a record that is closed: by itself to change it, and under other pages' own questions."""

from typing import Any, ClassVar, cast

from django import forms

from boroughs import grounds
from boroughs.models import Borough, Closure, ClosureCase
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, DateField, Radios
from govuk.sentences import lower_first

Exempt, Confidential = ClosureCase.Classification.EXEMPT, ClosureCase.Classification.CONFIDENTIAL
LONGEST = 2000  # characters
# Beside what belongs to the other of the two
MISPLACED = {
    "paragraphs": "Confidential information has no paragraph of Schedule 12A. Take the ticks away, or select “Exempt”",
    "public_interest": "The public interest is weighed of exempt information alone. Select “Not weighed yet”, or “Exempt” above",
    "interest_reason": "The public interest is weighed of exempt information alone. Delete this text, or select “Exempt”",
    "review_on": "A day of review belongs to exempt information. Delete the day, or select “Exempt”",
    "ground": "Exempt information has no ground of section 100A(3). Select “Not said yet”, or “Confidential” above",
    "ground_note": "What is said of a ground belongs to confidential information. Delete this text, or select “Confidential”",
}
PARTS = {Exempt.value: "closure-exempt", Confidential.value: "closure-confidential"}


def words(**rest: Any) -> CleanText:
    rest = {"max_length": LONGEST, "required": False, **rest}
    return CleanText(widget=forms.Textarea(attrs={"rows": rest.pop("rows", 3)}), **rest)


class ClosureForm(forms.Form):
    """Why a record is closed. `said` is what `close` wants to know.

    A page with questions of its own inherits from it: they are asked first. One on which closing is a choice answers in
    `closes()`, read after the fields were cleaned; unless it closes, nothing is asked and nothing is said.
    """

    template_name = "boroughs/closure_fields.html"

    classification = forms.ChoiceField(
        label="Why is it closed?",
        help_text="These are two different things in law, and a record is one or the other.",
        choices=ClosureCase.Classification.choices,
        required=False,
        widget=Radios(
            parts=PARTS,
            hints={
                Exempt.value: "The council may keep it from the public: a paragraph of the Schedule describes it, "
                "and withholding it serves the public better than telling.",
                Confidential.value: "The council must keep it from the public: a government department, an enactment "
                "or a court forbids telling. The public interest is not weighed.",
            },
        ),
    )
    paragraphs = forms.MultipleChoiceField(
        label="Paragraphs that describe it",
        help_text="Tick each one that applies and say why.",
        required=False,
        widget=Checkboxes(),
    )
    public_interest = forms.ChoiceField(
        label="Public interest",
        help_text="If telling the public weighs more than withholding, the information is not exempt: leave it open.",
        choices=ClosureCase.Interest.choices,
        required=False,
        widget=Radios(),
    )
    interest_reason = words(
        label="Why withholding weighs more (optional)",
        help_text="What speaks for telling the public, what against, and why the one outweighs the other.",
        rows=4,
    )
    review_on = DateField(
        label="Review on (optional)",
        help_text="The day on which somebody looks again whether it must stay closed. For example, 4 7 2027",
        required=False,
    )
    ground = forms.ChoiceField(
        label="Ground",
        help_text="Section 100A(3) of the Local Government Act 1972.",
        required=False,
        widget=Radios(),
    )
    ground_note = words(
        label="About the ground (optional)",
        help_text="Which department and on what terms, which enactment, or which court and order.",
    )
    marking = forms.ChoiceField(
        label="Protective marking",
        help_text="It is stamped on pages and downloads, and says nothing about exempt or confidential.",
        required=False,
        widget=Radios(),
    )
    public_line = ProseField(label="Public line (optional)", max_length=300, required=False)
    reason = words(
        label="Reason for closing it",
        help_text="Kept with what was done. People on the access list and those who keep lists read it.",
    )

    GROUPS: ClassVar[dict[str, tuple[str, ...]]] = {
        "opening": ("classification",),
        "exempt": ("paragraphs", "public_interest", "interest_reason", "review_on"),
        "confidential": ("ground", "ground_note"),
        "closing": ("marking", "public_line", "reason"),
    }

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.borough = borough
        self._offer_paragraphs()
        self._offer(
            "ground", [("", "Not said yet"), *((g.key, g.about) for g in grounds.grounds())]
        )
        if borough.marking == Borough.Marking.OFFICIAL or self.initial.get("marking"):
            self._offer("marking", ClosureCase.Marking.choices)
        else:
            del self.fields["marking"]
        self.fields["public_line"].help_text = self._about_the_line()
        self.order_fields(self._own())

    def _own(self) -> list[str]:
        """The fields of the page that inherits."""
        asked = {name for names in self.GROUPS.values() for name in names} | {
            *self.reasons.values()
        }
        return [name for name in self.fields if name not in asked]

    def _offer(self, name: str, choices: Any) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def _offer_paragraphs(self) -> None:
        """The nation's own, each with a reason under it, asked for where the paragraphs are."""
        offered = grounds.paragraphs(self.borough.nation)
        self._offer("paragraphs", [(p.key, str(p)) for p in offered])
        self.reasons = {p.key: f"reason_{p.key}" for p in offered}
        cast("Checkboxes", self.fields["paragraphs"].widget).reveals = self.reasons
        rows = {
            self.reasons[p.key]: words(label=f"Why paragraph {p.number} applies (optional)", rows=2)
            for p in offered
        }
        fields: dict[str, forms.Field] = {}
        for name, field in self.fields.items():
            fields |= {name: field} | (rows if name == "paragraphs" else {})
        self.fields = fields

    def _about_the_line(self) -> str:
        keys = list(self.get_initial_for_field(self.fields["paragraphs"], "paragraphs") or [])
        return (
            "Everybody in the borough reads it, and nothing else of the record: do not say in it what is withheld. Without "
            "one, only the people on the access list and those who keep lists know that something is closed. "
            f"{'Suggested' if keys else 'For example'}: {suggested_line(self.borough, keys)}"
        )

    @classmethod
    def said_in(cls, closure: Closure) -> dict[str, Any]:
        """What the closure says now, as the form's initial values; its paragraphs' reasons under their own names."""
        case, claims = closure.case, list(closure.paragraphs.all())
        same = ("classification", "ground", "ground_note", "public_interest", "interest_reason")
        return {
            **{name: getattr(case, name) for name in (*same, "marking", "review_on")},
            "public_line": closure.public_line,
            "paragraphs": [claim.key for claim in claims],
            **{f"reason_{claim.key}": claim.reason for claim in claims},
        }

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, as the arguments of `close`."""
        given = self.cleaned_data
        asked = [name for names in self.GROUPS.values() for name in names]
        return {name: given.get(name, "") for name in asked} | {
            "paragraphs": {key: given.get(self.reasons[key], "") for key in given["paragraphs"]},
        }

    def closes(self) -> bool:
        """Whether the record is to be closed at all."""
        return True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.closes():
            self._ask_for("classification", "Select why it is closed")
            self._ask_for("reason", f"Enter {lower_first(str(self.fields['reason'].label))}")
            self._refuse_confusion(given.get("classification", ""))
        return given

    def _ask_for(self, name: str, complaint: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, complaint)

    def _refuse_confusion(self, classification: str) -> None:
        """What belongs to the other of the two is refused beside the field, so that nothing typed is lost unseen."""
        other = {Exempt.value: "confidential", Confidential.value: "exempt"}.get(classification, "")
        for name in self.GROUPS.get(other, ()):
            self._refuse(name, MISPLACED[name])
        ticked = self.cleaned_data.get("paragraphs")
        for key, name in self.reasons.items():
            if ticked is not None and key not in ticked:
                number = grounds.paragraph(key).number
                self._refuse(name, f"Tick paragraph {number}, or delete the reason why it applies")

    def _refuse(self, name: str, complaint: str) -> None:
        if self.cleaned_data.get(name):
            self.add_error(name, complaint)

    def get_context(self) -> dict[str, Any]:
        """The fields in their groups, as the page shows them; a paragraph's reason stands under the paragraph."""
        groups = {
            group: [self[name] for name in names if name in self.fields]
            for group, names in self.GROUPS.items()
        }
        classification = cast("Radios", self.fields["classification"].widget)
        classification.parts = {key: part for key, part in PARTS.items() if not self._is_wrong(key)}
        own = [self[name] for name in self._own() if not self[name].is_hidden]
        return {**super().get_context(), **groups, "own": own, "parts": PARTS}

    def _is_wrong(self, group: str) -> bool:
        """What is wrong stays in sight, whatever is selected."""
        reasons = self.reasons.values() if group == Exempt else ()
        return any(name in self.errors for name in (*self.GROUPS[group], *reasons))


class ClosureChangeForm(ClosureForm):
    """The same, of a closure that stands. `seen` is the version that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["reason"].label = "Reason for the change"

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, "seen": self.cleaned_data["seen"]}

    @classmethod
    def said_in(cls, closure: Closure) -> dict[str, Any]:
        return {**super().said_in(closure), "seen": closure.case.version}


def suggested_line(borough: Borough, keys: list[str]) -> str:
    """A public line for these paragraphs; with none, for two that are often cited."""
    offered = grounds.paragraphs(borough.nation)
    known = [key for key in keys if key in {p.key for p in offered}]
    part = offered[0].schedule.partition(" to the ")[0]
    cited = grounds.cited(known or [offered[2].key, offered[6].key])
    return f"Appendix A, not for publication: {cited} of {part}"
