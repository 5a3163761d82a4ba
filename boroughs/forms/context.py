"""What is asked of the context: what was so in the country or the area, when, and where it can be read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from boroughs.filling import said_in, version_seen
from boroughs.forms.reviews import prose
from boroughs.models import ContextFact
from boroughs.national import read_when, when_in_words
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, Radios

ADVICE = "Write the day, the month or the year, like 8 February 2023, August 2014 or 2017"


class WhenField(CleanText):
    """A date as exactly as it is known; its value is 2023-02-08, 2014-08 or 2017."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = read_when(text)
        if text and found is None:
            raise ValidationError(f"“{text[:40]}” is not a date. {ADVICE}")
        if found and found > timezone.localdate().isoformat():
            raise ValidationError("That day is still to come. Enter what has happened")
        return found or ""


class FactForm(forms.Form):
    kind = forms.ChoiceField(label="What it is", choices=ContextFact.Kind.choices, widget=Radios())
    on = WhenField(
        label="When",
        help_text=f"{ADVICE}.",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    title = ProseField(
        label="Short name",
        help_text="For example, Severe, or March in the city centre",
        max_length=150,
    )
    about = prose(
        rows=3,
        label="About it (optional)",
        help_text="In a sentence or two, as it is known in public. Do not name or describe a person.",
        required=False,
        max_length=1000,
    )
    source = CleanText(
        label="Source",
        help_text="The report or page in which this can be read, with its date.",
        max_length=300,
    )


class FactChangeForm(FactForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, fact: ContextFact) -> dict[str, Any]:
        return said_in(cls, fact) | {"on": when_in_words(fact.on)}
