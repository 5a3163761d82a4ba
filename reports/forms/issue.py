"""Issuing a report, and what becomes of it in public."""

from typing import Any

from django import forms

from boroughs.prose_field import ProseField
from govuk.forms import Radios
from reports.models import Issue

LATER = (Issue.Kind.CORRECTED, Issue.Kind.SUPPLEMENTARY)


class IssueForm(forms.Form):
    """Of a first version it is asked whether it is late; of a later one what is different."""

    kind = forms.ChoiceField(
        label="What this version is",
        error_messages={"required": "Select what this version is"},
        widget=Radios(),
    )
    note = ProseField(
        label="What is different from the version before",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    urgency = ProseField(
        label="Why the chair agreed that it cannot wait",
        help_text="Needed for a late report. It is minuted (section 100B(4)(b) of the Local Government Act 1972).",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = LATER if later else (Issue.Kind.FIRST, Issue.Kind.LATE)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        del self.fields["urgency" if later else "note"]

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("kind") == Issue.Kind.LATE and not said.get("urgency"):
            self.add_error("urgency", "Enter why the chair agreed that it cannot wait")
        if "note" in self.fields and "note" in said and not said["note"]:
            self.add_error("note", "Enter what is different from the version before")


class BecauseForm(forms.Form):
    """A reason that is kept with what was done."""

    because = ProseField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, shown: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].help_text = shown


class RegisterForm(forms.Form):
    on = forms.ChoiceField(
        label="Published reports on public pages",
        choices=[
            ("yes", "Everybody may read them, without signing in"),
            ("no", "Nobody outside the borough may read them"),
        ],
        widget=Radios(),
    )
