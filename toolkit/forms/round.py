"""Submitting a round, the board's sign-off, and the round's rule."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from boroughs.models import Borough, meetings_of
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField
from toolkit.models import Rating, RoundRule


class SubmitForm(forms.Form):
    """Nothing to fill in: what is missing stands on the page."""


class MeetingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.committee}, {obj.date.day} {obj.date:%B %Y}"


class SignOffForm(forms.Form):
    signed_on = DateField(label="Day of the sign-off", help_text="For example, 4 7 2019")
    meeting = MeetingField(
        label="Meeting at which the board signed them off",
        queryset=None,
        required=False,
        empty_label="Not at a meeting",
    )
    otherwise = CleanText(
        label="How they were signed off, where it was not at a meeting",
        help_text="For example, by e-mail to the board’s members",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        meeting = self.fields["meeting"]
        if isinstance(meeting, MeetingField):
            meeting.queryset = _meetings(borough)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("meeting") and not said.get("otherwise") and "meeting" not in self.errors:
            self.add_error("meeting", "Choose the meeting, or say below how they were signed off")
        return said


def _meetings(borough: Borough) -> Any:
    """Those that were to be held until today, the newest first."""
    meetings = meetings_of(borough).filter(date__lte=timezone.localdate())
    return meetings.exclude(outcome="not_held").order_by("-date", "pk")


class ReopenForm(forms.Form):
    reason = ProseField(
        label="Why the ratings are reopened",
        help_text="What was signed off stays readable beside what will be signed off next.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UnchangedForm(forms.Form):
    """“No change, still true”: the day on which it was."""

    on = DateField(label="Still true on")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    IDS = "unchanged_%s"  # it stands beside the form of a fresh judgement

    @classmethod
    def of(cls, rating: Rating, today: dt.date) -> "UnchangedForm":
        return cls(initial={"on": today, "seen": rating.version}, auto_id=cls.IDS)


class RoundRuleForm(forms.Form):
    by_another = forms.BooleanField(
        label="Somebody other than who submitted the ratings records the sign-off",
        required=False,
    )
    stale_after = forms.IntegerField(
        label="Evidence is shown as old after (months)",
        min_value=1,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    @staticmethod
    def said_in(rule: RoundRule) -> dict[str, Any]:
        return {"by_another": rule.by_another, "stale_after": rule.stale_after}
