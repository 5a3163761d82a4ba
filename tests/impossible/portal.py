"""Rows of `portal` that the database refuses: the constraint, and a deed that breaks it."""

import datetime as dt
import uuid

from django.utils import timezone

from portal.letters import plan
from portal.models import Letter, Rhythm, ShownFigure
from portal.reminders import set_own_rhythm
from tests.factories import World

from .deeds import (
    NOW,
    Case,
    again,
    change,
)


def shown(world: World) -> ShownFigure:
    return ShownFigure.objects.get(borough=world.here.borough, position=1)


def rhythm(world: World) -> Rhythm:
    """One's own: the borough's is the lead's to set."""
    by = world.here.coordinator
    set_own_rhythm(borough=world.here.borough, every="week", day=1, by=by)
    return Rhythm.objects.get(user=by)


def letter(world: World, weeks: int = 1) -> Letter:
    """Planned for a Monday to come."""
    rhythm(world)
    plan(timezone.localdate() + dt.timedelta(weeks=weeks))
    return Letter.objects.filter(person=world.here.coordinator).order_by("-period_on")[0]


CASES: list[Case] = [
    ("one_figure_a_place_of_the_front_page", lambda w: again(shown(w), indicator="panels")),
    ("a_figure_stands_once_on_the_front_page", lambda w: again(shown(w), position=3)),
    ("the_front_page_has_three_figures", lambda w: change(shown(w), position=4)),
    ("one_rhythm_of_reminders", lambda w: again(rhythm(w))),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), day=8)),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), every="month", day=29)),
    ("reminders_come_on_a_day_there_is", lambda w: change(rhythm(w), every="year", day=0)),
    (
        "one_letter_a_person_and_period",
        lambda w: change(letter(w), period_on=letter(w, weeks=2).period_on),
    ),
    *(
        ("a_letter_tells_the_truth", lambda w, facts=facts: change(letter(w), **facts))
        for facts in (
            {"state": "sent"},
            {"state": "queued", "finished_at": NOW},
            {"state": "making", "attempts": 1, "lease_until": NOW},
            {"state": "handed", "token": uuid.uuid4(), "lease_until": NOW},
            {"state": "failed", "finished_at": NOW, "token": uuid.uuid4()},
            {"state": "lost", "finished_at": NOW},
        )
    ),
]
