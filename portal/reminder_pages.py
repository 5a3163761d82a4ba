"""The pages about reminders: what one would get, how often, and the borough's rhythm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from boroughs.access import BoroughRequest, borough_view
from boroughs.forms import done, filled
from boroughs.roles import Perm
from govuk.forms import Radios

from .models import Rhythm
from .reminders import (
    DAYS,
    digest_for,
    in_words,
    next_day,
    rhythms_of,
    set_own_rhythm,
    set_rhythm,
)
from .waiting import reader_at

Every = Rhythm.Every


class RhythmForm(forms.Form):
    """How often, and on which day of the week or the month."""

    every = forms.ChoiceField(label="How often", choices=Every.choices, widget=Radios)
    week_day = forms.TypedChoiceField(
        label="Day of the week",
        help_text="Counts when reminders come every week.",
        choices=list(enumerate(DAYS, start=1)),
        coerce=int,
    )
    month_day = forms.IntegerField(
        label="Day of the month",
        help_text="Counts when reminders come every month: 1 to 28.",
        min_value=1,
        max_value=28,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
    )

    @property
    def said(self) -> dict[str, Any]:
        every = self.cleaned_data["every"]
        day = self.cleaned_data["week_day" if every == Every.WEEK else "month_day"]
        return {"every": every, "day": day}

    @staticmethod
    def said_in(rhythm: Rhythm | None) -> dict[str, Any]:
        every = rhythm.every if rhythm else ""
        day = rhythm.day if rhythm else 1
        weekly = every == Every.WEEK
        return {
            "every": every,
            "week_day": day if weekly else 1,
            "month_day": 1 if weekly else day,
        }


class OwnRhythmForm(RhythmForm):
    def __init__(self, *args: Any, theirs: Rhythm | None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        every = self.fields["every"]
        if isinstance(every, forms.ChoiceField):
            every.required = False
            as_there = ("", f"As the borough does ({in_words(theirs)})")
            every.choices = [as_there, *Every.choices]


@borough_view(Perm.ENTER)
def show(request: BoroughRequest) -> HttpResponse:
    """What the visitor would be written now, and when the next letter comes."""
    theirs, own = rhythms_of(request.borough, request.user)
    digest = digest_for(reader_at(request))
    context = {
        "digest": digest,
        "site": "",  # here its links stay in the portal
        "rhythm": in_words(own or theirs),
        "own": own,
        "borough_rhythm": in_words(theirs),
        "next_day": next_day(own or theirs, timezone.localdate()),
        "may_set": Perm.MANAGE_SETTINGS in request.granted,
    }
    return render(request, "portal/reminder_show.html", context)


@borough_view(Perm.ENTER, "GET", "HEAD", "POST")
def own(request: BoroughRequest) -> HttpResponse:
    """Nobody is reminded against their will: off, or a rhythm of one's own."""
    theirs, mine = rhythms_of(request.borough, request.user)
    form = filled(OwnRhythmForm, request, RhythmForm.said_in(mine), theirs=theirs)
    if request.method == "POST" and done(
        form, lambda: set_own_rhythm(borough=request.borough, by=request.user, **form.said)
    ):
        messages.success(request, "Your reminders were changed.")
        return redirect("portal:reminder-show", request.borough.slug)
    return render(request, "portal/reminder_form.html", {"form": form, "own": True})


@borough_view(Perm.MANAGE_SETTINGS, "GET", "HEAD", "POST")
def borough(request: BoroughRequest) -> HttpResponse:
    """The rhythm for everybody who has none of their own."""
    theirs, _ = rhythms_of(request.borough, request.user)
    form = filled(RhythmForm, request, RhythmForm.said_in(theirs))
    if request.method == "POST" and done(
        form, lambda: set_rhythm(borough=request.borough, by=request.user, **form.said)
    ):
        messages.success(request, "The borough’s reminders were changed.")
        return redirect("portal:reminder-show", request.borough.slug)
    return render(request, "portal/reminder_form.html", {"form": form, "own": False})
