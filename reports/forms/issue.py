"""Issuing a report, and what becomes of it in public."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, Radios
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


class TakeDownForm(BecauseForm):
    """Other versions of the report may say the same."""

    also = forms.MultipleChoiceField(
        label="Other versions to take down with it",
        help_text="What must not stand in this version may stand in them too.",
        required=False,
        widget=Checkboxes(),
    )
    field_order = ["also", "because"]

    def __init__(self, *args: Any, others: Iterable[Issue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {str(issue.number): issue for issue in others}
        self.fields["also"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (number, f"Version {number}, issued {day(timezone.localdate(issue.issued_at))}")
            for number, issue in self.by_number.items()
        ]
        if not self.by_number:
            del self.fields["also"]

    @property
    def also_these(self) -> list[Issue]:
        return [self.by_number[number] for number in self.cleaned_data.get("also", ())]


class RegisterForm(forms.Form):
    on = forms.ChoiceField(
        label="Published reports on public pages",
        choices=[
            ("yes", "Everybody may read them, without signing in"),
            ("no", "Nobody outside the borough may read them"),
        ],
        widget=Radios(),
    )
