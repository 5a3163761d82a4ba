"""What is typed about the reporting calendar."""

import datetime as dt
from typing import Any

from django import forms

from boroughs.duties import Suggestion
from boroughs.models import Borough, Committee, Duty, Meeting, meetings_of
from boroughs.prose_field import ProseField
from govuk.forms import Checkboxes, CleanText, DateField, Radios

HELP = "For example, 31 7 2026"
NEWEST = 60  # meetings to choose from


class DutyForm(forms.Form):
    title = ProseField(
        label="What is owed",
        help_text="A title that may stand in a calendar: Report to the Prevent board.",
        max_length=150,
    )
    told = CleanText(
        label="Who is told (optional)",
        help_text="A body or a post, not a name.",
        max_length=150,
        required=False,
    )
    board: "forms.ModelChoiceField[Committee]" = forms.ModelChoiceField(
        label="Board or committee (optional)",
        help_text="When it is one that is kept here.",
        queryset=None,
        empty_label="None",
        required=False,
    )
    owner_post = CleanText(
        label="Owner’s post (optional)",
        help_text="Who sees to it: a post, not a name.",
        max_length=150,
        required=False,
    )
    every_months = forms.TypedChoiceField(
        label="How often", choices=Duty.Every.choices, coerce=int, widget=Radios
    )
    next_due = DateField(label="The day it is next due", help_text=HELP)

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        board = self.fields["board"]
        if isinstance(board, forms.ModelChoiceField):
            board.queryset = borough.committees.sitting()


class DutyChangeForm(DutyForm):
    ended_on = DateField(
        label="Owed no longer since (optional)",
        help_text="The duty then leaves the calendar and keeps its history.",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @classmethod
    def said_in(cls, duty: Duty) -> dict[str, Any]:
        said = {name: getattr(duty, name) for name in cls.base_fields if name != "seen"}
        return said | {"seen": duty.version}


class DutyRoundForm(forms.Form):
    became = forms.ChoiceField(
        label="What became of it", choices=[("done", "Done"), ("missed", "Missed")], widget=Radios
    )
    done_on = DateField(label="Done on", help_text="Only when it was done.", required=False)
    meeting: "forms.ModelChoiceField[Meeting]" = forms.ModelChoiceField(
        label="At the meeting (optional)",
        help_text="Reports to that meeting are found there.",
        queryset=None,
        empty_label="No meeting",
        required=False,
    )
    note = ProseField(
        label="Note",
        help_text="Where it can be found, or, when it was missed, why.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, borough: Borough, today: dt.date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        meeting = self.fields["meeting"]
        if isinstance(meeting, forms.ModelChoiceField):
            past = meetings_of(borough).filter(date__lte=today).values("pk")[:NEWEST]
            meeting.queryset = meetings_of(borough).filter(
                pk__in=list(past.values_list("pk", flat=True))
            )

    @staticmethod
    def said_in(duty: Duty) -> dict[str, Any]:
        """Nothing is recorded of the day that is due; `seen` tells whether it still is."""
        return {"seen": duty.version}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        became = said.pop("became", None)
        if became == "done" and not said.get("done_on") and "done_on" not in self.errors:
            self.add_error("done_on", "Enter the day it was done")
        if became == "missed" and (said.get("done_on") or said.get("meeting")):
            self.add_error(
                "became",
                "A duty that was missed has no day and no meeting. Clear them, or select “Done”",
            )
        if became == "missed" and not said.get("note") and "note" not in self.errors:
            self.add_error("note", "Say why it was missed")
        return said


class DutySuggestForm(forms.Form):
    keys = forms.MultipleChoiceField(label="Duties that this council has", widget=Checkboxes)

    def __init__(self, *args: Any, suggestions: list[Suggestion], **rest: Any) -> None:
        super().__init__(*args, **rest)
        keys = self.fields["keys"]
        assert isinstance(keys, forms.MultipleChoiceField)  # noqa: S101  # nosec B101
        keys.choices = [(each.key, each.title) for each in suggestions]
        hints = {
            each.key: f"{Duty.Every(each.every_months).label}. {each.source}"
            for each in suggestions
        }
        keys.widget.hints = hints
