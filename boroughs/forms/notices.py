"""Notices of executives, and how their decisions are called in."""

from typing import Any

from django import forms

from boroughs.filling import said_in, version_seen
from boroughs.models import CallInRule, Committee, Meeting, Notice
from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField, Radios

HELP = "For example, 4 7 2026"


class MeetingOfField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A meeting of one committee, by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return day(obj.date)


class NoticeForm(forms.Form):
    kind = forms.ChoiceField(label="Notice", choices=Notice.Kind.choices, widget=Radios)
    meeting = MeetingOfField(
        label="Meeting",
        help_text="A notice without its meeting is kept, and counts for none.",
        queryset=None,
        required=False,
        empty_label="Not known yet",
    )
    matter = ProseField(label="What it is about", max_length=300)
    published_on = DateField(label="Published on", help_text=HELP)
    reasons = ProseField(
        label="Reasons (optional)",
        help_text="Why the meeting is private, or why full notice was impracticable. Nothing closed belongs here.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    representations = ProseField(
        label="Representations received (optional)",
        help_text="For the second notice of a private meeting. Enter “None” where there were none.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    response = ProseField(
        label="Response to them (optional)",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed_by = CleanText(
        label="Who agreed that it is urgent (optional)",
        help_text="A post, such as the chair of the overview and scrutiny committee.",
        max_length=150,
        required=False,
    )
    agreed_on = DateField(label="Agreed on (optional)", required=False)

    def __init__(self, *args: Any, committee: Committee, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["meeting"].queryset = committee.meetings.all()  # type: ignore[attr-defined]  # a ModelChoiceField


class NoticeChangeForm(NoticeForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, notice: Notice) -> dict[str, Any]:
        return said_in(cls, notice)


class CallInForm(forms.Form):
    since = DateField(label="From", help_text=f"The first day on which it holds. {HELP}")
    starts = forms.ChoiceField(
        label="The days count from", choices=CallInRule.Starts.choices, widget=Radios
    )
    days = forms.IntegerField(
        label="How many days",
        min_value=1,
        max_value=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    counted = forms.ChoiceField(
        label="Counted in", choices=CallInRule.Counted.choices, widget=Radios
    )
    until = forms.TimeField(
        label="Time on the last day (optional)",
        help_text="For example, 12:00 for noon. Leave it empty where the whole day counts.",
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Enter the time as hours and minutes, such as 12:00"},
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input--width-5", "type": "text"}
        ),
    )
    members = forms.IntegerField(
        label="How many members call a decision in (optional)",
        min_value=1,
        max_value=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    urgency = CleanText(
        label="Who agrees that an urgent decision is exempt (optional)",
        help_text="A post, such as the chair of the overview and scrutiny committee.",
        max_length=200,
        required=False,
    )
    source = CleanText(
        label="Source (optional)",
        help_text="Where this can be read, for example the council’s constitution.",
        max_length=200,
        required=False,
    )

    @staticmethod
    def said_in(rule: CallInRule | None) -> dict[str, Any]:
        """What holds now, to be changed; the first day is asked anew."""
        if rule is None:
            return {}
        names = ("starts", "days", "counted", "until", "members", "urgency", "source")
        return {name: getattr(rule, name) for name in names}
