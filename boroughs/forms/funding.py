"""What is asked about funding lines."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from boroughs.filling import version_seen
from boroughs.forms.closures import ClosureForm
from boroughs.forms.reviews import RowField, post, prose
from boroughs.funding_policies import next_states, why_not_on, why_not_say_why
from boroughs.models import Borough, Closure, FundingAmount, FundingLine
from boroughs.models.funding import FIRST
from boroughs.periods import financial, year_of
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField, Radios

MOST = Decimal(1_000_000_000)
AHEAD = 3  # years that can be planned for
LINE, AMOUNT = "line", "amount"
BOTH = "You have answered questions about closing it by itself. Empty them, or choose “By itself”"


class PoundsField(forms.Field):
    """An amount as people write it: £48,500 or 48500.50. Empty is not known."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10"})

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        for mark in ("£", ",", " ", "\u00a0"):
            text = text.replace(mark, "")
        if not text:
            return None
        try:
            pounds = Decimal(text)
        except InvalidOperation:
            pounds = Decimal("NaN")
        if not pounds.is_finite() or "e" in text.lower():
            raise ValidationError("Enter the amount in pounds, like 48,500 or 48,500.50")
        if pounds < 0:
            raise ValidationError(
                "An amount is not below nought. Enter what is paid to the council"
            )
        if pounds >= MOST:
            raise ValidationError("That is a billion pounds or more. Check the amount")
        if pounds != round(pounds, 2):
            raise ValidationError("Enter at most two digits after the decimal point")
        return pounds

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else value


def years(today: dt.date) -> list[tuple[int, str]]:
    """The financial years that can be recorded, newest first."""
    newest = year_of(today) + AHEAD
    return [(year, str(financial("year", year))) for year in range(newest, FIRST - 1, -1)]


class LineForm(forms.Form):
    year = forms.TypedChoiceField(label="Financial year", coerce=int)
    programme = ProseField(
        label="Programme",
        help_text="Who pays, and from what. For example, Home Office Prevent grant",
        max_length=150,
    )
    kind = forms.ChoiceField(
        label="What it pays for", choices=FundingLine.Kind.choices, widget=Radios(inline=True)
    )
    purpose = post(label="Post or purpose", max_length=200, required=True)
    about = prose(
        rows=3,
        label="About it (optional)",
        help_text="For how long it is given, on what terms, and what hangs on it.",
        required=False,
        max_length=2000,
    )
    pounds = PoundsField(
        label="Amount in pounds (optional)",
        help_text="For the year. It can be closed while the rest of the line stays open.",
        required=False,
    )
    source = CleanText(
        label="Source (optional)",
        help_text="The report or letter in which this can be read, with its date.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        today = timezone.localdate()
        cast("forms.TypedChoiceField", self.fields["year"]).choices = years(today)
        self.fields["year"].initial = year_of(today)


class StateForm(forms.Form):
    """The state a line is in, since when and why."""

    was = ""

    state = forms.ChoiceField(label="State", choices=FundingLine.State.choices, widget=Radios())
    since = DateField(
        label="Since (optional)",
        help_text="The day of the application, the offer, the agreement or the end. For example, 1 4 2017",
        required=False,
    )
    reason = prose(
        rows=3,
        label="Why (optional)",
        help_text="What it rests on. When it ended, or was not given after all, say why.",
        required=False,
        max_length=1000,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        complaints = {
            "since": why_not_on(said.get("since")),
            "reason": why_not_say_why(self.was, said.get("state", ""), said.get("reason", "")),
        }
        for name, why in complaints.items():
            if why and name not in self.errors:
                self.add_error(name, why)
        return said


class LineAddForm(LineForm, StateForm):
    field_order = ("year", "programme", "kind", "purpose", "about", "state", "since", "reason")


class LineChangeForm(LineForm):
    seen = version_seen()

    def __init__(self, *args: Any, amount: FundingAmount | None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if amount and amount.is_closed:
            self.fields[
                "pounds"
            ].help_text = "It is closed, and stays closed when you change it. An empty field leaves it as it is."

    @staticmethod
    def said_in(line: FundingLine) -> dict[str, Any]:
        """The amount is the one that was found for whoever asks."""
        names = ("year", "programme", "kind", "purpose", "about", "source")
        said = {name: getattr(line, name) for name in names}
        pounds = line.amount.pounds if line.amount else None
        return said | {"pounds": pounds, "seen": line.version}


class LineMoveForm(StateForm):
    seen = version_seen()

    def __init__(self, *args: Any, line: FundingLine, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.was = line.state
        states = [(state.value, state.label) for state in next_states(line)]
        cast("forms.ChoiceField", self.fields["state"]).choices = states

    @staticmethod
    def said_in(line: FundingLine) -> dict[str, Any]:
        return {
            "state": line.state,
            "since": line.since,
            "reason": line.reason,
            "seen": line.version,
        }


class LineCloseForm(ClosureForm):
    what = forms.ChoiceField(
        label="What is closed?",
        choices=[
            (AMOUNT, "The amount alone: the rest of the line stays open"),
            (LINE, "The whole line, with its amount and history"),
        ],
        widget=Radios(),
    )
    pounds = PoundsField(
        label="Amount in pounds, if it is not recorded yet",
        help_text="It is closed from the start.",
        required=False,
    )
    together = RowField(
        label="Together with (optional)",
        help_text="A closed record on whose list you are, such as the financial appendix: one list for both, and nothing below is asked.",
        empty_label="By itself",
    )

    def __init__(
        self, *args: Any, closures: QuerySet[Closure], borough: Borough, **rest: Any
    ) -> None:
        super().__init__(*args, borough=borough, **rest)
        cast("RowField", self.fields["together"]).queryset = closures

    def closes(self) -> bool:
        """Whether it gets a closure of its own."""
        return not self.cleaned_data.get("together")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        answered = [name for name in ("classification", "reason", "public_line") if given.get(name)]
        if given.get("together") and answered:
            self.add_error("together", BOTH)
        return given
