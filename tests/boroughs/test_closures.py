"""A closed record is visible to nobody but the people on its list; the list is kept by others than those it lets in."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from boroughs import grounds
from boroughs.actions.closures import change_closure, release
from boroughs.actions.committees import end_committee, end_seat, give_seat
from boroughs.actions.lists import (
    answer,
    ask,
    give_emergency_access,
    grant,
    grant_seats,
    revoke,
    revoke_seats,
)
from boroughs.actions.people import set_roles
from boroughs.closure_policies import is_due_for_review, missing_from
from boroughs.models import (
    AccessRequest,
    Closure,
    ClosureCase,
    ClosureAct,
    ClosureUserPermission,
    Seat,
    SeatGrant,
)
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import World, make_closure

SOON = dt.date(2030, 1, 1)


def may_read(user: User, closure: Closure) -> bool:
    """By both locks, which must agree: the list of the door, and the rows."""
    with acting_as(user.pk):
        by_rows = _listed(closure)
        by_door = Closure.objects.listing(user).filter(pk=closure.pk).exists()
        with second_lock_off():
            assert Closure.objects.listing(user).filter(pk=closure.pk).exists() == by_door
    assert by_rows == by_door
    return by_rows


def _listed(closure: Closure) -> bool:
    found = Closure.objects.raw(
        "SELECT id FROM boroughs_closure WHERE id = ANY (app_listed_closures()) AND id = %s",
        [closure.pk],
    )
    return len(list(found)) == 1


# -- Closing ------------------------------------------------------------------------------------------
def test_who_closes_is_on_the_list_and_nobody_else_is(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
    people = [*here.people.values(), *world.there.people.values(), world.administrator]
    assert [p for p in people if may_read(p, closure)] == [here.coordinator]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"paragraphs": {"wales-12": ""}}, "apply in England"),
        ({"classification": "confidential"}, "Confidential information has no paragraph"),
        ({"ground": "government"}, "Exempt information has no ground"),
        (
            {"classification": "confidential", "paragraphs": {}, "ground": "whim"},
            "section 100A",
        ),
        ({"marking": "official"}, "prints no protective marking"),
    ],
)
def test_what_the_law_does_not_know_is_refused(
    world: World, said: dict[str, Any], why: str
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk), pytest.raises(Refused, match=why):
        make_closure(here.borough, by=here.coordinator, **said)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, []),
        ({"paragraphs": {}}, ["Exempt, but no paragraph of Schedule 12A is given."]),
        ({"paragraphs": {"england-7": ""}}, ["Paragraph 7 is cited without a reason."]),
        (
            {"public_interest": "", "interest_reason": "", "review_on": None},
            [
                "The public interest in withholding has not been weighed (Schedule 12A, paragraph 10 in England, 21 in Wales).",
                "There is no day on which the closure is reviewed.",
            ],
        ),
        (
            {"interest_reason": ""},
            ["The public interest was weighed, but no reason is given."],
        ),
        (
            {"classification": "confidential", "paragraphs": {}},
            ["Confidential, but no ground of section 100A(3) is given."],
        ),
        (
            {"classification": "confidential", "paragraphs": {}, "ground": "government"},
            [],
        ),
    ],
)
def test_what_is_incomplete_is_saved_and_said(
    world: World, said: dict[str, Any], missing: list[str]
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator, **said)
        assert missing_from(closure.case) == missing


def test_the_public_interest_is_not_asked_of_what_is_confidential(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(
            here.borough, by=here.coordinator, classification="confidential", paragraphs={}
        )
        assert (closure.case.public_interest, closure.case.interest_reason) == ("", "")


def test_a_closure_is_due_for_review_on_its_day(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        case = world.here.closure.case
    with time_machine.travel("2029-12-31 12:00", tick=False):
        assert not is_due_for_review(case)
    with time_machine.travel("2030-01-01 12:00", tick=False):
        assert is_due_for_review(case)


def again(world: World, **said: Any) -> None:
    closure = Closure.objects.get(pk=world.here.closure.pk)
    now: dict[str, Any] = {
        "classification": "exempt",
        "reason": "Better advice",
        "paragraphs": {"england-1": "Names people", "england-7": "A plan"},
        "ground": "",
        "ground_note": "",
        "public_interest": "",
        "interest_reason": "",
        "marking": "",
        "public_line": "",
        "review_on": None,
        "seen": 1,
        "by": world.here.coordinator,
    }
    change_closure(closure=closure, **{**now, **said})


def test_a_change_is_an_act_with_its_reason(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        again(world)
        closure = Closure.objects.get(pk=world.here.closure.pk)
        assert closure.case.cited() == "paragraphs 1 and 7"
        assert closure.acts.filter(deed="changed").get().reason == "Better advice"
        assert closure.case.version == 2


def test_a_closure_keeps_a_marking_of_an_earlier_scheme_and_gets_no_other(world: World) -> None:
    closure = world.here.closure
    with acting_as(world.here.coordinator.pk):
        ClosureCase.objects.filter(closure=closure).update(marking="official")
        again(world, marking="official")
        assert ClosureCase.objects.get(closure=closure).marking == "official"
        with pytest.raises(Refused, match="prints no protective marking"):
            again(world, marking="official-sensitive", seen=2)


def test_two_editors_do_not_overwrite_each_other(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        again(world)
        with pytest.raises(Refused, match="Somebody else changed this closure"):
            again(world, public_line="Lost")
        assert not Closure.objects.filter(public_line="Lost").exists()


def test_a_lead_who_is_not_on_the_list_changes_and_releases_nothing(world: World) -> None:
    with acting_as(world.here.lead.pk):
        with pytest.raises(Refused):
            again(world, by=world.here.lead)
        with (
            pytest.raises((Refused, DatabaseError)),
            transaction.atomic(),
        ):
            release(closure=world.here.closure, reason="Curious", by=world.here.lead)
    with acting_as(world.here.coordinator.pk):
        assert Closure.objects.get(pk=world.here.closure.pk).released_at is None


def test_a_release_is_an_act_and_happens_once(world: World) -> None:
    closure, by = world.here.closure, world.here.coordinator
    with acting_as(by.pk):
        release(closure=closure, reason="The talks are over", by=by)
        assert closure.acts.filter(deed="released").get().reason == "The talks are over"
        with pytest.raises(Refused, match="released already"):
            release(closure=closure, reason="Again", by=by)


def test_the_reasons_are_for_the_list_and_its_keepers_alone(world: World) -> None:
    here = world.here
    readers = {Role.COORDINATOR, Role.MEMBER, Role.LEAD, Role.MONITORING}
    for role, person in here.people.items():
        with acting_as(person.pk):
            closure = Closure.objects.filter(pk=here.closure.pk).first()
            assert closure is not None, "the public line is for everybody in the borough"
            said = [closure.paragraphs.exists(), closure.acts.exists()]
            said.append(type(closure.case).objects.exists() if role in readers else False)
        assert set(said) == {role in readers}, role


def test_a_closure_without_a_public_line_is_not_even_known(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        silent = make_closure(here.borough, by=here.coordinator, public_line="")
    for role, person in here.people.items():
        with acting_as(person.pk):
            known = Closure.objects.filter(pk=silent.pk).exists()
        assert known == (role in {Role.COORDINATOR, Role.LEAD, Role.MONITORING}), role


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


def run_out(world: World, closure: Closure, person: User) -> None:
    """Put the grant into the past, as time would."""
    began = timezone.now() - dt.timedelta(days=2)
    with second_lock_off():
        rows = ClosureUserPermission.objects.filter(content_object=closure, user=person)
        assert rows.update(granted_at=began, expires_at=began + dt.timedelta(days=1)) == 1


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
        end_seat(seat=seat, until=yesterday, by=here.democratic)
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
            end_seat(seat=seat, until=SOON, by=here.lead)
        with pytest.raises(DatabaseError, match="Nobody gives a seat"), transaction.atomic():
            Seat.objects.filter(pk=seat.pk).update(until=None)
        end_seat(seat=seat, until=dt.date(2019, 5, 15), by=here.lead)


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
        end_committee(committee=here.committee, ended_on=yesterday, by=here.democratic)
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
        assert not _listed(world.here.closure)


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


# -- Requests ------------------------------------------------------------------------------------------------
def waiting(world: World) -> AccessRequest:
    asker = world.here.observer  # any member of the borough who is not on the list will do here
    with acting_as(asker.pk):
        return ask(closure=world.here.closure, reason="Before Monday", by=asker)


def test_a_request_is_answered_with_a_reason(world: World) -> None:
    here = world.here
    with acting_as(here.clearing.pk):
        request = ask(closure=here.closure, reason="To advise", by=here.clearing)
    with acting_as(here.lead.pk):
        answer(request=request, granted=True, reason="Needs it", by=here.lead)
    assert may_read(here.clearing, here.closure)
    with acting_as(here.clearing.pk):
        request.refresh_from_db()
        assert (request.answer, request.answer_reason) == ("granted", "Needs it")
    with acting_as(here.lead.pk):
        said = set(Event.objects.filter(borough_id=here.borough.pk).values_list("deed", flat=True))
        with pytest.raises(Refused, match="answered already"):
            answer(request=request, granted=False, reason="No", by=here.lead)
    assert {"closure.asked", "closure.answered", "closure.granted"} <= said


def test_a_refusal_opens_nothing(world: World) -> None:
    request, here = waiting(world), world.here
    with acting_as(here.lead.pk):
        answer(request=request, granted=False, reason="Not on the committee", by=here.lead)
    assert not may_read(here.observer, here.closure)


def test_who_can_read_need_not_ask_and_nobody_asks_twice(world: World) -> None:
    request, here = waiting(world), world.here
    with acting_as(here.observer.pk), pytest.raises(Refused, match="You have asked"):
        ask(closure=here.closure, reason="Again", by=here.observer)
    with acting_as(here.member.pk), pytest.raises(Refused, match="on the access list"):
        ask(closure=here.closure, reason="x", by=here.member)
    with acting_as(here.member.pk):
        assert not AccessRequest.objects.filter(pk=request.pk).exists()


def test_nobody_answers_themselves(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        request = ask(closure=here.closure, reason="x", by=here.lead)
        with pytest.raises(Refused, match="their own request"):
            answer(request=request, granted=True, reason="x", by=here.lead)
        rows = AccessRequest.objects.filter(pk=request.pk)
        assert rows.update(answer_reason="planted") == 0


def test_a_request_arrives_unanswered(world: World) -> None:
    here = world.here
    with (
        acting_as(here.observer.pk),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        AccessRequest.objects.create(
            closure=here.closure,
            asked_by=here.observer,
            reason="x",
            answer="granted",
            answered_by=here.lead,
            answered_at=timezone.now(),
            answer_reason="Planted",
        )


# -- What is kept --------------------------------------------------------------------------------------------
def test_acts_are_neither_changed_nor_removed(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        acts = ClosureAct.objects.filter(closure=world.here.closure)
        assert acts.exists()
        assert acts.update(reason="Rewritten") == 0
        assert acts._raw_delete(acts.db) == 0


def test_the_trail_says_what_was_done_and_none_of_the_words(world: World) -> None:
    with acting_as(world.here.lead.pk):
        facts = str(list(Event.objects.values_list("deed", "facts")))
    assert "closure.closed" in facts
    for words in ("closing words", "paragraph words", "interest words", "Reads it on Monday"):
        assert words not in facts


# -- The law's catalogue -----------------------------------------------------------------------------------
def test_each_nation_has_its_seven_paragraphs() -> None:
    assert [p.number for p in grounds.paragraphs("england")] == [str(n) for n in range(1, 8)]
    assert [p.number for p in grounds.paragraphs("wales")] == [str(n) for n in range(12, 19)]
    assert [g.key for g in grounds.grounds()] == ["government", "enactment", "court"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], ""),
        (["england-7"], "paragraph 7"),
        (
            ["england-7", "england-1", "england-2", "england-3", "england-6"],
            "paragraphs 1, 2, 3, 6 and 7",
        ),
        (["wales-13", "wales-12"], "paragraphs 12 and 13"),
    ],
)
def test_paragraphs_are_cited_in_order(keys: list[str], words: str) -> None:
    assert grounds.cited(keys) == words
