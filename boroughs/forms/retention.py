"""What a lead or the monitoring officer says about records whose time is over."""

from collections.abc import Iterable
from typing import Any

from django import forms

from boroughs.prose_field import ProseField
from boroughs.retention import Kept
from govuk.forms import DateField, Radios

from .purges import LEAVE_OUT, refuse_people


class PeriodForm(forms.Form):
    """A number of years for each kind of record."""

    def __init__(self, *args: Any, kept: Iterable[Kept], **rest: Any) -> None:
        super().__init__(*args, **rest)
        for row in kept:
            period = row.period
            self.fields[period.kind] = forms.IntegerField(
                label=f"{period.label}: years",
                help_text=f"Counted from {period.counted_from}. Shipped: {period.years}. {period.source}.",
                min_value=1,
                max_value=100,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
            )


class ReviewForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            ("erase", "Ask for it to be erased: a second person decides"),
            ("keep", "Keep it for longer"),
        ],
        widget=Radios,
    )
    until = DateField(
        label="Keep it until",
        help_text="Only when it is kept. It is looked at again on this day. For example, 4 7 2030",
        required=False,
    )
    reason = ProseField(
        label="Why it is kept",
        help_text=f"Only when it is kept. {LEAVE_OUT}",
        max_length=300,
        required=False,
    )

    def clean(self) -> None:
        if self.cleaned_data.get("decision") == "keep":
            if not self.cleaned_data.get("until") and "until" not in self.errors:
                self.add_error("until", "Enter the day until which it is kept")
            if not self.cleaned_data.get("reason"):
                self.add_error("reason", "Enter why it is kept")
        refuse_people(self, "reason")
