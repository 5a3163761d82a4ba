"""The world of the tests, made."""

from typing import Any

from accounts.actions import make_administrator
from accounts.models import User
from boroughs.actions.lists import ask, grant
from boroughs.actions.plans import (
    set_organisation,
)
from boroughs.actions.purges import ask_to_erase
from boroughs.models import (
    PurgeRequest,
)
from boroughs.retention import look_for_what_is_due
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.second_factor import give_factor

from . import composing, filling, keeping
from .people import give_role, make_borough, make_ready, make_user
from .place import Place, World
from .record import make_closure, make_risk


def make_purge(
    place: Place, record: Any = None, *, kind: str = "rating", **said: Any
) -> PurgeRequest:
    """A request of the coordinator's, about the earlier period's rating unless another record is given."""
    record = record or place.earlier.ratings.get(benchmark__key="training")
    what = {"part": "", "closure": None, "category": "casework", "by": place.coordinator, **said}
    return ask_to_erase(borough=place.borough, kind=kind, record_id=record.pk, **what)


def find_due(*places: Place) -> None:
    """The nightly look: the earlier period of each place is over for more than six years."""
    look_for_what_is_due()
    for place in places:
        with acting_as(place.lead.pk):
            place.review = place.borough.retention_reviews.get(record=place.earlier.pk)


def make_world() -> World:
    administrator = make_user("Ada Administrator", email="administrator@portal.example.org")
    make_administrator(user=administrator)
    here = make_place("thurrock", administrator)
    there = make_place("barnet", administrator)
    find_due(here, there)
    return World(
        administrator, make_user("Sam Stranger", email="stranger@example.org"), here, there
    )


def make_place(slug: str, administrator: User) -> Place:
    with acting_as(administrator.pk):
        place = Place(make_borough(slug, by=administrator))
        for role in Role:
            person = make_user(
                f"{role.value.title()} of {slug.title()}", email=f"{role.value}@{slug}.example.org"
            )
            place.people[role] = give_role(person, place.borough, role, by=administrator)
    with acting_as(place.lead.pk):
        filling.furnish(place)
        filling.give_notice(place)
    with acting_as(place.coordinator.pk):
        filling.assess(place)
        keeping.plan(place)
        keeping.sit(place)
        keeping.be_asked(place)
        place.risk = make_risk(place.borough, by=place.coordinator)
        place.closure = make_closure(place.borough, by=place.coordinator)
        filling.file(place)
        composing.write(place)
        composing.go_on(place)
        filling.keep_figures(place)
        keeping.do(place)
        place.purge = make_purge(place)
        place.asked = make_closure(
            place.borough, public_line=f"Second appendix of {place.borough}", by=place.coordinator
        )
    with acting_as(place.lead.pk):
        set_organisation(
            person=place.contributor,
            borough=place.borough,
            organisation=place.organisation,
            by=place.lead,
        )
        grant(
            closure=place.closure, person=place.member, reason="Reads it on Monday", by=place.lead
        )
        filling.publish(place)
        filling.sign(place)
    with acting_as(place.observer.pk):
        place.access_request = ask(
            closure=place.asked, reason=f"asking words of {slug}", by=place.observer
        )
    composing.issue(place)
    make_ready(place.rendering)
    with acting_as(place.coordinator.pk):
        place.rendering.refresh_from_db()
    with acting_as(place.democratic.pk):
        filling.decide(place)
    filling.bring(place)
    for person in (place.coordinator, place.member):
        give_factor(person)  # they are on the closure's list
    return place
