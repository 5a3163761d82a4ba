"""Rounds that a board signed off, made through the actions."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from accounts.models import User
from boroughs.models import Borough
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.factories import World, give_role, level, make_borough, make_user, version
from toolkit.actions.assessments import open_assessment, rate
from toolkit.actions.round import sign_off, submit
from toolkit.models import Assessment

QUARTER = 91  # days


def ended(quarters: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=10 + QUARTER * quarters)


def submitted_round(
    borough: Borough,
    people: Mapping[Role, User],
    *,
    ago: int = 0,
    words: Mapping[str, str] | None = None,
    standings: Mapping[str, str] | None = None,
    assessor: str = "board",
    key: str = "la-2018",
) -> Assessment:
    """A quarter that ended `ago` quarters back; what has no word is not rated, for a reason."""
    by = people[Role.COORDINATOR]
    with acting_as(by.pk):
        assessment = open_assessment(
            borough=borough,
            version=version(key),
            starts_on=ended(ago + 1) + dt.timedelta(days=1),
            ends_on=ended(ago),
            assessor=assessor,
            by=by,
        )
        for benchmark, word in (words or {}).items():
            rating = assessment.ratings.get(benchmark__key=benchmark)
            rate(
                rating=rating,
                level=level(word) if word else None,
                standing=(standings or {}).get(benchmark, ""),
                reason="secret reason of the council",
                comment="secret comment of the council",
                seen=1,
                by=by,
            )
        assessment.ratings.blank().update(reason="secret reason of the council")
        submit(assessment=assessment, by=by)
    return assessment


def signed_round(borough: Borough, people: Mapping[Role, User], **said: object) -> Assessment:
    assessment = submitted_round(borough, people, **said)  # type: ignore[arg-type]
    lead = people[Role.LEAD]
    with acting_as(lead.pk):
        sign_off(
            assessment=assessment,
            meeting=None,
            otherwise="By e-mail to the board",
            signed_on=assessment.ends_on,
            by=lead,
        )
    return assessment


def boroughs_of_an_observer(
    world: World, number: int
) -> tuple[User, list[Borough], dict[Role, User]]:
    """So many boroughs kept by the same two people, and an observer of all of them."""
    people = {role: make_user() for role in (Role.COORDINATOR, Role.LEAD, Role.OBSERVER)}
    boroughs = more_boroughs(world, people, number)
    return people[Role.OBSERVER], boroughs, people


def more_boroughs(world: World, people: Mapping[Role, User], number: int) -> list[Borough]:
    boroughs = []
    for _ in range(number):
        with acting_as(world.administrator.pk):
            borough = make_borough(by=world.administrator)
            for role, person in people.items():
                give_role(person, borough, role, by=world.administrator)
        boroughs.append(borough)
    return boroughs
