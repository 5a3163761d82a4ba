"""A borough's settings and what about it changes over the years."""

from math import floor
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from boroughs.filling import said_in, version_seen
from boroughs.models import Borough, FundingStatus, GovernanceModel
from govuk.colours import ENOUGH, HEX, contrast
from govuk.forms import CleanText, DateField, Radios

UNDECIDED = [("", "Not decided yet")]


class ColourField(CleanText):
    """A colour as #rrggbb on which white text can be read."""

    def clean(self, value: str) -> str:
        colour = super().clean(value).lower()
        if not colour:
            return ""
        colour = colour if colour.startswith("#") else f"#{colour}"
        if not HEX.fullmatch(colour):
            raise ValidationError("Enter the colour as # and six letters or digits, like #1d70b8")
        ratio = contrast(colour, "#ffffff")
        if ratio < ENOUGH:
            raise ValidationError(
                f"White text on {colour} has a contrast of {floor(ratio * 100) / 100} to 1 and would be hard to read. "
                f"Choose a darker colour: at least {ENOUGH} to 1 is needed"
            )
        return colour


class SettingsForm(forms.Form):
    full_name = CleanText(
        label="Name in full", help_text="As it is printed on reports.", max_length=150
    )
    colour = ColourField(
        label="Colour (optional)",
        help_text="Of the page header and of printed reports, like #1d70b8. Dark enough for white text.",
        max_length=7,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    clear_days = forms.ChoiceField(
        label="Clear days before a meeting are counted in",
        help_text="As your constitution says. The day of publication and the day of the meeting never count.",
        choices=[*Borough.ClearDays.choices, *UNDECIDED],
        required=False,
        widget=Radios,
    )
    marking = forms.ChoiceField(
        label="Protective marking",
        choices=[*Borough.Marking.choices, *UNDECIDED],
        required=False,
        widget=Radios,
    )
    contact = CleanText(
        label="Who to ask (optional)",
        help_text="A post or a shared mailbox, never a person: people change.",
        max_length=200,
        required=False,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, borough: Borough) -> dict[str, Any]:
        return said_in(cls, borough)


class GovernanceForm(forms.Form):
    form = forms.ChoiceField(
        label="How decisions are taken", choices=GovernanceModel.Form.choices, widget=Radios
    )
    since = DateField(
        label="From (optional)",
        help_text="The first day, for example 23 5 2023. Leave it empty for: as long as is recorded.",
        required=False,
    )
    source = CleanText(
        label="Source (optional)",
        help_text="Where this can be read, for example the council's constitution.",
        max_length=200,
        required=False,
    )
    verified = forms.BooleanField(label="I have checked this against the source", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("verified") and not self.cleaned_data.get("source"):
            self.add_error("source", "Enter the source you have checked this against")


class GovernanceCorrectForm(GovernanceForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, row: GovernanceModel) -> dict[str, Any]:
        return said_in(cls, row)


class FundingForm(forms.Form):
    year = forms.IntegerField(
        label="Grant year",
        help_text="The year in which it begins, on 1 April: 2026 for 2026/27.",
        min_value=2011,
        max_value=2100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    status = forms.ChoiceField(
        label="Funding by the Home Office", choices=FundingStatus.Status.choices, widget=Radios
    )
    source = CleanText(
        label="Source (optional)",
        help_text="For example the date of the Home Office's letter.",
        max_length=200,
        required=False,
    )


class FundingCorrectForm(FundingForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, row: FundingStatus) -> dict[str, Any]:
        return said_in(cls, row)
