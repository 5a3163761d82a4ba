"""Handing a person's duties to a successor: in one act, what was ticked and no more, and never a place on a list."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.models import User
from boroughs.actions.committees import give_seat
from boroughs.actions.handover import hand_over
from boroughs.actions.lists import grant_seats
from boroughs.actions.people import set_roles
from boroughs.actions.plans import add_organisation, set_organisation
from boroughs.models import ClosureUserPermission, Membership, Seat
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, give_role, make_user


@pytest.fixture
def successor(world: World) -> User:
    """A second observer, who takes over."""
    here = world.here
    with acting_as(here.lead.pk):
        return give_role(make_user("Sue Successor"), here.borough, Role.OBSERVER, by=here.lead)


def page_of(place: Place, person: User) -> str:
    return address("boroughs:person-handover", place.borough, person.pk)


def roles(place: Place, person: User) -> set[str]:
    live = Membership.objects.live().filter(user=person, borough=place.borough)
    return set(live.values_list("role", flat=True))


def ticked(response: Any) -> dict[str, bool]:
    page = BeautifulSoup(response.content, "html.parser")
    return {str(box["value"]): box.has_attr("checked") for box in page.select("input[name=keys]")}


def hands(place: Place, person: User, to: User, *keys: str) -> Any:
    data = {"keys": list(keys), "successor": to.pk}
    return signed_in(place.lead).post(page_of(place, person), data)


def seats(place: Place, person: User) -> list[Seat]:
    with acting_as(place.lead.pk):
        return list(
            Seat.objects.held_on(timezone.localdate())
            .select_related("committee")
            .filter(person=person)
        )


# -- What moves ------------------------------------------------------------------------------------------
def test_everything_that_moves_is_ticked_and_the_rest_says_why(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        grant_seats(closure=here.closure, committee=here.committee, reason="Item", by=here.lead)
    answer = signed_in(here.lead).get(page_of(here, here.member))
    assert ticked(answer) == {"role-member": True, f"seat-{here.seat.pk}": True}
    said = says(answer)
    assert "reads what is closed to that committee: 1 of its records" in said
    assert "Places on access lists: 1." in said
    assert "Appendix of Thurrock" not in said
    coordinator = says(signed_in(here.lead).get(page_of(here, here.coordinator)))
    assert "Requests to erase that wait for a second person: 1" in coordinator
    assert "their owners are posts" in coordinator


def test_roles_and_seats_go_over_at_once(world: World, successor: User) -> None:
    here, seat = world.here, f"seat-{world.here.seat.pk}"
    assert hands(here, here.member, successor, "role-member", seat).status_code == 302
    assert roles(here, here.member) == set()
    assert roles(here, successor) == {"observer", "member"}
    assert seats(here, here.member) == []
    (taken,) = seats(here, successor)
    assert (taken.committee, taken.since) == (here.committee, timezone.localdate())
    assert deeds(here)[-1] == "duties.handed-over"
    page = says(signed_in(here.lead).get(address("boroughs:trail-list", here.borough)))
    assert "handed duties of Member of Thurrock to Sue Successor: 1 roles, 1 seats" in page


def test_what_is_not_ticked_stays(world: World, successor: User) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        wanted = {Role.MEMBER, Role.OBSERVER}
        set_roles(user=here.member, borough=here.borough, roles=wanted, by=here.lead)
    assert hands(here, here.member, successor, "role-member").status_code == 302
    assert roles(here, successor) == {"observer", "member"}
    assert roles(here, here.member) == {"observer"}
    assert [seat.pk for seat in seats(here, here.member)] == [here.seat.pk]


def test_a_seat_goes_to_whom_may_sit_there(world: World, successor: User) -> None:
    here = world.here
    answer = hands(here, here.member, successor, f"seat-{here.seat.pk}")
    assert "is not a committee member" in problems(answer)[0]


def test_a_contributors_organisation_goes_with_the_role(world: World, successor: User) -> None:
    here = world.here
    assert "Reports for Trust of thurrock" in says(
        signed_in(here.lead).get(page_of(here, here.contributor))
    )
    assert hands(here, here.contributor, successor, "role-contributor").status_code == 302
    row = Membership.objects.live().get(user=successor, role=Role.CONTRIBUTOR)
    assert row.organisation_id == here.organisation.pk
    assert "action words of thurrock" in says(signed_in(successor).get("/thurrock/actions/own/"))


def test_places_on_access_lists_never_move(world: World, successor: User) -> None:
    here = world.here
    hands(here, here.member, successor, "role-member")
    with acting_as(here.lead.pk):
        listed = ClosureUserPermission.objects.filter(content_object=here.closure)
        assert set(listed.values_list("user", flat=True)) == {here.coordinator.pk}


def test_a_lead_who_leaves_hands_over_their_own(world: World, successor: User) -> None:
    """Also the last one: the successor is a lead before they are none."""
    here = world.here
    assert hands(here, here.lead, successor, "role-lead").status_code == 302
    assert (roles(here, here.lead), roles(here, successor)) == (set(), {"observer", "lead"})


# -- What does not go ---------------------------------------------------------------------------------------
def test_it_is_all_or_nothing(world: World, successor: User) -> None:
    """The successor sits on the committee already: the role does not move either."""
    here = world.here
    with acting_as(here.lead.pk):
        since = dt.date(2020, 1, 1)
        give_seat(
            committee=here.committee, person=successor, since=since, co_opted=True, by=here.lead
        )
    answer = hands(here, here.member, successor, "role-member", f"seat-{here.seat.pk}")
    assert "has a seat on this committee" in problems(answer)[0]
    assert roles(here, here.member) == {"member"}
    assert roles(here, successor) == {"observer"}
    assert [seat.pk for seat in seats(here, here.member)] == [here.seat.pk]


def test_nobody_reports_for_two_organisations(world: World, successor: User) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        wanted = {Role.CONTRIBUTOR, Role.OBSERVER}
        set_roles(user=successor, borough=here.borough, roles=wanted, by=here.lead)
    with acting_as(here.coordinator.pk):
        other = add_organisation(borough=here.borough, name="Probation", by=here.coordinator)
    with acting_as(here.lead.pk):
        set_organisation(person=successor, borough=here.borough, organisation=other, by=here.lead)
    answer = hands(here, here.contributor, successor, "role-contributor")
    assert "reports for Probation already" in problems(answer)[0]
    assert roles(here, here.contributor) == {"contributor"}


def test_nobody_hands_anything_to_themselves_a_stranger_or_a_neighbour(world: World) -> None:
    here = world.here
    offered = says(signed_in(here.lead).get(page_of(here, here.member)))
    assert (
        "Lead of Thurrock" not in offered.partition("Choose a person")[2].partition("Hand over")[0]
    )
    for other in (here.lead, here.member, world.stranger, world.there.member):
        answer = hands(here, here.member, other, "role-member")
        assert problems(answer) == ["Choose somebody from the list of people"]
        with acting_as(here.lead.pk), pytest.raises(Refused):
            hand_over(
                person=here.member,
                successor=other,
                borough=here.borough,
                keys=["role-member"],
                by=here.lead,
            )
    assert problems(hands(here, here.member, here.observer)) == [
        "Select at least one thing that moves"
    ]


def test_what_is_held_no_longer_is_refused(world: World, successor: User) -> None:
    here = world.here
    with acting_as(here.lead.pk), pytest.raises(Refused, match="no longer"):
        hand_over(
            person=here.member,
            successor=successor,
            borough=here.borough,
            keys=["role-coordinator"],
            by=here.lead,
        )
