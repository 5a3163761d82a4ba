"""Asking for an erasure and deciding on it."""

from typing import Any

from django import forms

from boroughs.models import PurgeRequest
from boroughs.prose import identifiers
from boroughs.prose_field import ProseField
from boroughs.purging import Erasable
from govuk.forms import Radios

WHOLE = "whole"
LEAVE_OUT = "Do not repeat here what is to be erased."


def refuse_people(form: forms.Form, name: str) -> None:
    """A note about an erasure does not say again what is erased."""
    if identifiers(str(form.cleaned_data.get(name) or "")):
        form.add_error(
            name, "This may identify a person. Say it without names, dates of birth or numbers"
        )


class AskToEraseForm(forms.Form):
    part = forms.ChoiceField(label="What is to be erased", widget=Radios)
    category = forms.ChoiceField(
        label="Why",
        choices=PurgeRequest.Category.choices,
        widget=Radios,
    )
    reason = ProseField(
        label="Note for the second person (optional)",
        help_text=f"{LEAVE_OUT} The note is deleted when the request is decided.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, record: Erasable, **rest: Any) -> None:
        super().__init__(*args, **rest)
        part = self.fields["part"]
        if isinstance(part, forms.ChoiceField):
            part.choices = [(key or WHOLE, label) for key, label in record.parts.items()]
        if len(record.parts) == 1:
            part.widget = forms.HiddenInput()
            self.initial["part"] = next(iter(record.parts)) or WHOLE

    def clean_part(self) -> str:
        part = str(self.cleaned_data["part"])
        return "" if part == WHOLE else part

    def clean(self) -> None:
        refuse_people(self, "reason")


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("erase", "Erase it for good"), ("refuse", "Refuse, and leave it as it is")],
        widget=Radios,
    )
    answer = ProseField(
        label="Why it is refused",
        help_text=f"Only when you refuse. {LEAVE_OUT}",
        max_length=300,
        required=False,
    )

    def clean(self) -> None:
        if self.cleaned_data.get("decision") == "refuse" and not self.cleaned_data.get("answer"):
            self.add_error("answer", "Enter why it is refused")
        refuse_people(self, "answer")
