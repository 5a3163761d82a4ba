"""A closed record is visible to nobody but the people on its list; the list is kept by others than those it lets in."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.utils import timezone

from boroughs.actions.committees import end_committee, end_seat, give_seat
from boroughs.actions.lists import (
    give_emergency_access,
    grant,
    grant_seats,
    revoke,
    revoke_seats,
)
from boroughs.actions.people import set_roles
from boroughs.models import (
    Closure,
    ClosureUserPermission,
    Seat,
    SeatGrant,
)
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.reading import SOON, listed_by_rows, may_read, run_out
from tests.factories import World


# -- The list -------------------------------------------------------------------------------------------
def test_a_lead_grants_and_revokes_and_the_reader_sees_it_at_once(world: World) -> None:
    here, closure = world.here, world.here.closure
    with acting_as(here.lead.pk):
        grant(closure=closure, person=here.clearing, reason="Advises", by=here.lead)
    assert may_read(here.clearing, closure)
    with acting_as(here.lead.pk):
        revoke(closure=closure, person=here.clearing, reason="Done", by=here.lead)
    assert not may_read(here.clearing, closure)
    with acting_as(here.lead.pk):
        said = list(closure.acts.filter(person=here.clearing).values_list("deed", flat=True))
        with pytest.raises(Refused, match="not on the list any more"):
            revoke(closure=closure, person=here.clearing, reason="Done", by=here.lead)
    assert sorted(said) == ["granted", "withdrawn"]


def test_a_grant_ends_with_its_last_day(world: World) -> None:
    here, closure = world.here, world.here.closure
    today = timezone.localdate()
    with acting_as(here.lead.pk):
        grant(closure=closure, person=here.clearing, reason="Advises", until=today, by=here.lead)
        ends = closure.grants.get(user=here.clearing).expires_at
    assert ends is not None
    assert timezone.localtime(ends).date() == today + dt.timedelta(days=1)
    assert may_read(here.clearing, closure)


def test_a_grant_that_ran_out_opens_nothing_and_can_be_given_again(world: World) -> None:
    here, closure = world.here, world.here.closure
    with acting_as(here.lead.pk):
        run_out(world, closure, here.member)
    assert not may_read(here.member, closure)
    with acting_as(here.lead.pk):
        grant(closure=closure, person=here.member, reason="Again", by=here.lead)
    assert may_read(here.member, closure)


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (lambda w: w.here.lead, "Nobody puts themselves on a list"),
        (lambda w: w.here.member, "is on the list already"),
        (lambda w: w.here.observer, "reads nothing closed"),
        (lambda w: w.stranger, "holds no role"),
        (lambda w: w.there.coordinator, "holds no role"),
        (lambda w: w.administrator, "holds no role"),
    ],
)
def test_who_may_not_be_put_on_a_list(world: World, who: Any, why: str) -> None:
    lead = world.here.lead
    with acting_as(lead.pk), pytest.raises(Refused, match=why):
        grant(closure=world.here.closure, person=who(world), reason="x", by=lead)


def test_a_day_in_the_past_is_refused(world: World) -> None:
    lead, past = world.here.lead, dt.date(2019, 1, 1)
    with acting_as(lead.pk), pytest.raises(Refused, match="cannot end before"):
        grant(
            closure=world.here.closure, person=world.here.clearing, reason="x", until=past, by=lead
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_the_database_lets_nobody_write_a_grant_to_themselves(world: World, role: Role) -> None:
    person = world.here.people[role]
    with acting_as(person.pk):
        closure = world.here.closure
        ClosureUserPermission.objects.filter(user=person).delete()
        row = ClosureUserPermission(
            user=person,
            permission=Permission.objects.get(codename=Closure.READ),
            content_object=closure,
            granted_by=person,
            reason="Planted",
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ClosureUserPermission.objects.bulk_create([row])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_the_database_lets_only_leads_put_others_on_a_list(world: World, role: Role) -> None:
    here, by = world.here, world.here.people[role]
    with (
        acting_as(by.pk),
        pytest.raises(
            (DatabaseError, Closure.DoesNotExist, Refused),
            match=r"row-level security|does not exist|Nobody puts",
        ),
        transaction.atomic(),
    ):
        grant(closure=here.closure, person=here.contributor, reason="x", by=by)
    assert not may_read(here.contributor, here.closure)


def test_a_neighbours_lead_reaches_no_list(world: World) -> None:
    lead = world.there.lead
    with acting_as(lead.pk):
        assert not ClosureUserPermission.objects.filter(content_object=world.here.closure).exists()
        with pytest.raises(Closure.DoesNotExist):
            grant(closure=world.here.closure, person=world.there.member, reason="x", by=lead)


# -- Seats ------------------------------------------------------------------------------------------------
def test_a_grant_to_seats_follows_who_sits(world: World) -> None:
    here, closure = world.here, world.here.closure
    with acting_as(here.lead.pk):
        revoke(closure=closure, person=here.member, reason="By seat instead", by=here.lead)
        grant_seats(closure=closure, committee=here.committee, reason="Item 9", by=here.lead)
    assert may_read(here.member, closure)
    assert not may_read(here.coordinator, world.there.closure)
    with acting_as(here.democratic.pk):
        seat = Seat.objects.get(pk=here.seat.pk)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        end_seat(seat=seat, until=yesterday, seen=seat.version, by=here.democratic)
    assert not may_read(here.member, closure)
    with acting_as(here.democratic.pk):
        give_seat(
            committee=here.committee,
            person=here.member,
            since=timezone.localdate(),
            by=here.democratic,
        )
    assert may_read(here.member, closure)
    with acting_as(here.lead.pk):
        revoke_seats(closure=closure, committee=here.committee, reason="Over", by=here.lead)
    assert not may_read(here.member, closure)


def test_nobody_reaches_a_list_through_a_seat_of_their_own(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        with pytest.raises(Refused, match="gives a seat to themselves"):
            give_seat(
                committee=here.committee, person=here.lead, since=SOON, co_opted=True, by=here.lead
            )
        with pytest.raises(DatabaseError, match="Nobody gives a seat"), transaction.atomic():
            Seat.objects.create(committee=here.committee, person=here.lead, since=SOON)
        with pytest.raises(DatabaseError, match="Nobody gives a seat"), transaction.atomic():
            Seat.objects.filter(pk=here.seat.pk).update(person=here.lead)
    with acting_as(here.democratic.pk):
        give_seat(
            committee=here.committee,
            person=here.lead,
            since=dt.date(2019, 5, 1),
            co_opted=True,
            by=here.democratic,
        )
    with acting_as(here.lead.pk):
        with pytest.raises(Refused, match="You sit on"):
            grant_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            SeatGrant.objects.create(
                closure=here.closure, committee=here.committee, granted_by=here.lead, reason="x"
            )


def test_nobody_makes_their_own_seat_last_longer(world: World) -> None:
    here = world.here
    with acting_as(here.democratic.pk):
        seat = give_seat(
            committee=here.committee,
            person=here.lead,
            since=dt.date(2019, 5, 1),
            until=dt.date(2019, 6, 1),
            co_opted=True,
            by=here.democratic,
        )
    with acting_as(here.lead.pk):
        with pytest.raises(Refused, match="last longer"):
            end_seat(seat=seat, until=SOON, seen=seat.version, by=here.lead)
        with pytest.raises(DatabaseError, match="Nobody gives a seat"), transaction.atomic():
            Seat.objects.filter(pk=seat.pk).update(until=None)
        end_seat(seat=seat, until=dt.date(2019, 5, 15), seen=seat.version, by=here.lead)


# -- Roles that end, accounts that close ---------------------------------------------------------------------
def test_whose_last_role_ends_leaves_every_list_for_good(world: World) -> None:
    here, closure = world.here, world.here.closure
    with acting_as(here.lead.pk):
        set_roles(user=here.member, borough=here.borough, roles=set(), by=here.lead)
        assert closure.acts.filter(deed="withdrawn", person=here.member).exists()
        set_roles(user=here.member, borough=here.borough, roles={Role.MEMBER}, by=here.lead)
    assert not may_read(here.member, closure)


def test_another_role_keeps_the_place_on_the_list(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        set_roles(user=here.member, borough=here.borough, roles={Role.CLEARING}, by=here.lead)
    assert may_read(here.member, here.closure)


def test_an_observer_reads_nothing_closed_whatever_was_granted_before(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        set_roles(user=here.member, borough=here.borough, roles={Role.OBSERVER}, by=here.lead)
        grant_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)
    assert not may_read(here.member, here.closure)


def test_the_seats_of_a_committee_that_has_ended_open_nothing(world: World) -> None:
    here, yesterday = world.here, timezone.localdate() - dt.timedelta(days=1)
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.member, reason="By seat", by=here.lead)
        grant_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)
    assert may_read(here.member, here.closure)
    with acting_as(here.democratic.pk):
        end_committee(
            committee=here.committee,
            ended_on=yesterday,
            seen=here.committee.version,
            by=here.democratic,
        )
    assert not may_read(here.member, here.closure)
    with acting_as(here.lead.pk):
        revoke_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)
        with pytest.raises(Refused, match="has ended"):
            grant_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)


def test_a_seat_ends_with_the_last_role_so_that_coming_back_opens_nothing(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.member, reason="By seat", by=here.lead)
        grant_seats(closure=here.closure, committee=here.committee, reason="x", by=here.lead)
        set_roles(user=here.member, borough=here.borough, roles=set(), by=here.lead)
        set_roles(user=here.member, borough=here.borough, roles={Role.MEMBER}, by=here.lead)
    assert not may_read(here.member, here.closure)


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": timezone.now() + dt.timedelta(days=30)},
        {"user": "stranger"},
        {"user": "observer"},
    ],
)
def test_the_database_bounds_an_emergency_too(world: World, wrong: dict[str, Any]) -> None:
    here = world.here
    people = {"stranger": world.stranger, "observer": here.observer}
    said = {"user": here.clearing, "expires_at": timezone.now() + dt.timedelta(hours=2), **wrong}
    said["user"] = people.get(str(wrong.get("user")), here.clearing)
    with acting_as(here.monitoring.pk):
        row = ClosureUserPermission(
            permission=Permission.objects.get(codename=Closure.READ),
            content_object=here.closure,
            granted_by=here.monitoring,
            reason="Planted",
            emergency=True,
            **said,
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            ClosureUserPermission.objects.bulk_create([row])


def test_nobody_is_taken_off_lists_while_they_hold_a_role(world: World) -> None:
    with (
        acting_as(world.here.lead.pk),
        pytest.raises(DatabaseError, match="still holds a role"),
        transaction.atomic(),
    ):
        Closure.objects.raw(
            "SELECT app_leave_lists(%s, %s) AS id",
            [world.here.member.pk, world.here.borough.pk],
        )[0]


def test_a_closed_account_reads_nothing(world: World) -> None:
    member = world.here.member
    member.is_active = False
    member.save(update_fields=["is_active"])
    with acting_as(member.pk):
        assert not listed_by_rows(world.here.closure)


# -- Emergency ---------------------------------------------------------------------------------------------
def test_the_monitoring_officer_lets_somebody_read_for_some_hours(world: World) -> None:
    here, closure = world.here, world.here.closure
    with acting_as(here.monitoring.pk):
        give_emergency_access(
            closure=closure, person=here.lead, hours=4, reason="Flood", by=here.monitoring
        )
        row = closure.grants.get(user=here.lead)
    assert row.emergency
    assert may_read(here.lead, closure)
    with acting_as(here.lead.pk):
        act = closure.acts.get(deed="emergency")
    assert (act.person, act.reason, act.by) == (here.lead, "Flood", here.monitoring)
    with acting_as(here.monitoring.pk):
        run_out(world, closure, here.lead)
    assert not may_read(here.lead, closure)


@pytest.mark.parametrize("hours", [0, 169])
def test_emergency_access_is_bounded(world: World, hours: int) -> None:
    by = world.here.monitoring
    with acting_as(by.pk), pytest.raises(Refused, match="between 1 and 168 hours"):
        give_emergency_access(
            closure=world.here.closure, person=world.here.lead, hours=hours, reason="x", by=by
        )


def test_the_monitoring_officer_gives_none_to_themselves_and_no_lasting_access(
    world: World,
) -> None:
    by, closure = world.here.monitoring, world.here.closure
    with acting_as(by.pk):
        with pytest.raises(Refused, match="Nobody puts themselves"):
            give_emergency_access(closure=closure, person=by, hours=1, reason="x", by=by)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            grant(closure=closure, person=world.here.clearing, reason="x", by=by)
