"""Committees, their meetings and who sits on them."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from boroughs.access import people_of
from boroughs.filling import said_in, version_seen
from boroughs.models import Borough, Committee, Meeting, Seat
from boroughs.policies import day
from boroughs.prose_field import ProseField
from govuk.forms import CleanText, DateField, Radios

HELP = "For example, 4 7 2026"


class CommitteeForm(forms.Form):
    name = CleanText(label="Name", max_length=150)
    kind = forms.ChoiceField(label="Kind", choices=Committee.Kind.choices, widget=Radios)
    regime = forms.ChoiceField(
        label="Law on access to its papers",
        help_text="It decides when papers are published and how the public may be excluded.",
        choices=Committee.Regime.choices,
        widget=Radios(
            hints={
                "act_1972": "The council itself, its committees and sub-committees",
                "regs_2012": "The cabinet and its committees, in England",
                "wales_2001": "The cabinet and its committees, in Wales",
                "none": "Partnership boards and working groups",
            }
        ),
    )
    remit = ProseField(
        label="Remit (optional)",
        help_text="What it decides or scrutinises, in a sentence or two.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> None:
        kind, regime = self.cleaned_data.get("kind"), self.cleaned_data.get("regime")
        if kind == Committee.Kind.BOARD and regime not in (None, Committee.Regime.NONE):
            self.add_error(
                "regime",
                "A partnership board is not a council committee and has no statutory regime. "
                "Select “None”, or choose another kind.",
            )


class CommitteeChangeForm(CommitteeForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, committee: Committee) -> dict[str, Any]:
        return said_in(cls, committee)


class CommitteeEndForm(forms.Form):
    ended_on = DateField(
        label="Last day",
        help_text=f"{HELP}. Leave it empty when the committee sits after all.",
        required=False,
    )
    seen = version_seen()

    @classmethod
    def said_in(cls, committee: Committee) -> dict[str, Any]:
        return said_in(cls, committee)


class MeetingForm(forms.Form):
    date = DateField(label="Date of the meeting", help_text=HELP)
    agenda_published_on = DateField(
        label="Agenda published on (optional)",
        help_text="The day the agenda and its reports were, or will be, open to the public.",
        required=False,
    )

    def clean(self) -> None:
        date = self.cleaned_data.get("date")
        published = self.cleaned_data.get("agenda_published_on")
        if date and published and published > date:
            self.add_error(
                "agenda_published_on",
                f"An agenda is published before the meeting. Enter a day no later than {day(date)}",
            )


class MeetingChangeForm(MeetingForm):
    seen = version_seen()

    @classmethod
    def said_in(cls, meeting: Meeting) -> dict[str, Any]:
        return said_in(cls, meeting)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: User) -> str:
        return f"{obj}, {obj.post}" if obj.post else str(obj)


class SeatForm(forms.Form):
    person = PersonField(label="Person", queryset=None, empty_label="Choose a person")
    since = DateField(label="The first day of the seat", help_text=HELP)
    until = DateField(
        label="The last day of the seat (optional)",
        help_text="Only when the day is known already.",
        required=False,
    )
    substitute = forms.BooleanField(label="Sits as a substitute", required=False)
    co_opted = forms.BooleanField(
        label="Is co-opted",
        help_text="Sits on the committee without being one of its councillors.",
        required=False,
    )

    def __init__(self, *args: Any, borough: Borough, **rest: Any) -> None:
        super().__init__(*args, **rest)
        person = self.fields["person"]
        if isinstance(person, PersonField):
            person.queryset = people_of(borough)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        _refuse_backwards(self, since, until)


class SeatEndForm(forms.Form):
    until = DateField(label="Last day", help_text=HELP)
    seen = version_seen()

    def __init__(self, *args: Any, seat: Seat, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.seat = seat

    @staticmethod
    def said_in(seat: Seat) -> dict[str, Any]:
        """The day recorded, or today as the likely one."""
        likely = max(seat.since, timezone.localdate())
        return {"until": seat.until or likely, "seen": seat.version}

    def clean(self) -> None:
        _refuse_backwards(self, self.seat.since, self.cleaned_data.get("until"))


def _refuse_backwards(form: forms.Form, since: dt.date | None, until: dt.date | None) -> None:
    if since and until and until < since:
        form.add_error("until", f"A seat ends after it began. Enter {day(since)} or a later day")
