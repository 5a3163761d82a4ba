"""Whatever happens to lists, seats, roles and accounts, in whatever order: both locks say what a simple model says."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from boroughs.actions.closures import close, release
from boroughs.actions.committees import end_committee, end_seat, give_seat
from boroughs.actions.lists import (
    give_emergency_access,
    grant,
    grant_seats,
    revoke,
    revoke_seats,
)
from boroughs.actions.people import set_roles
from boroughs.models import Closure, ClosureUserPermission, Seat
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import Place, World

PEOPLE = (Role.COORDINATOR, Role.MEMBER, Role.CLEARING, Role.CONTRIBUTOR)
YESTERDAY = dt.timedelta(days=1)


@dataclass
class Model:
    """What ought to be so, in sets."""

    members: set[Role] = field(default_factory=lambda: set(PEOPLE))
    active: set[Role] = field(default_factory=lambda: set(PEOPLE))
    seated: set[Role] = field(default_factory=lambda: {Role.MEMBER})
    closures: list[Closure] = field(default_factory=list)
    released: set[int] = field(default_factory=set)
    named: set[tuple[int, Role]] = field(default_factory=set)
    run_out: set[tuple[int, Role]] = field(default_factory=set)
    by_seat: set[int] = field(default_factory=set)
    observers: set[Role] = field(default_factory=set)
    sitting: bool = True

    def may_read(self, number: int, who: Role) -> bool:
        by_seat = self.sitting and number in self.by_seat and who in self.seated
        listed = ((number, who) in self.named or by_seat) and who not in self.observers
        there = who in self.members and who in self.active
        return there and (listed or number in self.released)


Step = tuple[str, int, Role]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "close",
                "release",
                "grant",
                "emergency",
                "revoke",
                "expire",
                "seats on",
                "seats off",
                "sit",
                "rise",
                "leave",
                "return",
                "deactivate",
                "activate",
                "observe",
                "end committee",
                "sit again",
            ]
        ),
        st.integers(0, 2),
        st.sampled_from(PEOPLE),
    ),
    min_size=4,
    max_size=14,
)


@dataclass
class Play:
    """The same steps done to the portal and to the model."""

    place: Place
    model: Model

    def step(self, deed: str, number: int, who: Role) -> None:
        if deed != "close" and number >= len(self.model.closures):
            number = 0
        person, m = self.place.people[who], self.model
        with suppress(Refused):  # the portal refuses: then the model must not have changed either
            DEEDS[deed](self, number, who, person)
        assert len(m.closures) <= 3

    def as_(self, role: Role, deed: Callable[[User], object]) -> None:
        by = self.place.people[role]
        with acting_as(by.pk), transaction.atomic():
            deed(by)

    def close(self, number: int, who: Role, person: User) -> None:
        m = self.model
        there = who in m.members - m.observers and who in m.active
        if len(m.closures) == 3 or not there:
            return
        borough = self.place.borough
        with acting_as(person.pk):
            m.closures.append(
                close(borough=borough, classification="exempt", reason="x", by=person)
            )
        m.named.add((len(m.closures) - 1, who))

    def release(self, number: int, who: Role, person: User) -> None:
        m = self.model
        if not m.may_read(number, who) or number in m.released:
            return
        with acting_as(person.pk):
            release(closure=m.closures[number], reason="x", by=person)
        m.released.add(number)

    def grant(self, number: int, who: Role, person: User) -> None:
        closure = self.model.closures[number]
        self.as_(Role.LEAD, lambda by: grant(closure=closure, person=person, reason="x", by=by))
        self._named(number, who)

    def emergency(self, number: int, who: Role, person: User) -> None:
        closure = self.model.closures[number]
        self.as_(
            Role.MONITORING,
            lambda by: give_emergency_access(
                closure=closure, person=person, hours=2, reason="x", by=by
            ),
        )
        self._named(number, who)

    def _named(self, number: int, who: Role) -> None:
        assert who in self.model.members - self.model.observers, "nobody without a role is listed"
        self.model.named.add((number, who))
        self.model.run_out.discard((number, who))

    def revoke(self, number: int, who: Role, person: User) -> None:
        closure = self.model.closures[number]
        self.as_(Role.LEAD, lambda by: revoke(closure=closure, person=person, reason="x", by=by))
        self.model.named.discard((number, who))
        self.model.run_out.discard((number, who))

    def expire(self, number: int, who: Role, person: User) -> None:
        began = timezone.now() - 2 * YESTERDAY
        with second_lock_off():
            ClosureUserPermission.objects.filter(
                content_object=self.model.closures[number], user=person
            ).update(granted_at=began, expires_at=began + YESTERDAY)
        if (number, who) in self.model.named:
            self.model.named.discard((number, who))
            self.model.run_out.add((number, who))

    def seats_on(self, number: int, who: Role, person: User) -> None:
        closure, committee = self.model.closures[number], self.place.committee
        self.as_(
            Role.LEAD,
            lambda by: grant_seats(closure=closure, committee=committee, reason="x", by=by),
        )
        self.model.by_seat.add(number)

    def seats_off(self, number: int, who: Role, person: User) -> None:
        closure, committee = self.model.closures[number], self.place.committee
        self.as_(
            Role.LEAD,
            lambda by: revoke_seats(closure=closure, committee=committee, reason="x", by=by),
        )
        self.model.by_seat.discard(number)

    def sit(self, number: int, who: Role, person: User) -> None:
        today, committee = timezone.localdate(), self.place.committee
        self.as_(
            Role.DEMOCRATIC,
            lambda by: give_seat(
                committee=committee, person=person, since=today, co_opted=True, by=by
            ),
        )
        self.model.seated.add(who)

    def rise(self, number: int, who: Role, person: User) -> None:
        if who not in self.model.seated:
            return
        today, committee = timezone.localdate(), self.place.committee

        def stand_up(by: User) -> None:
            seat = Seat.objects.filter(committee=committee, person=person).latest("since")
            seat.since = min(seat.since, today - YESTERDAY)
            seat.save(update_fields=["since"])
            end_seat(seat=seat, until=today - YESTERDAY, seen=seat.version, by=by)

        self.as_(Role.DEMOCRATIC, stand_up)
        self.model.seated.discard(who)

    def leave(self, number: int, who: Role, person: User) -> None:
        borough = self.place.borough
        self.as_(Role.LEAD, lambda by: set_roles(user=person, borough=borough, roles=set(), by=by))
        m = self.model
        m.members.discard(who)
        m.named = {row for row in m.named if row[1] != who}
        m.run_out = {row for row in m.run_out if row[1] != who}
        m.seated.discard(who)
        m.observers.discard(who)

    def observe(self, number: int, who: Role, person: User) -> None:
        """From their role to the observer's alone: they stay on lists, which no longer count."""
        if who not in self.model.members:
            return
        borough = self.place.borough
        self.as_(
            Role.LEAD,
            lambda by: set_roles(user=person, borough=borough, roles={Role.OBSERVER}, by=by),
        )
        self.model.observers.add(who)

    def end_committee(self, number: int, who: Role, person: User) -> None:
        self._ended_on(timezone.localdate() - YESTERDAY)
        self.model.sitting = False

    def sit_again(self, number: int, who: Role, person: User) -> None:
        self._ended_on(None)
        self.model.sitting = True

    def _ended_on(self, day: dt.date | None) -> None:
        committee = self.place.committee

        def end(by: User) -> None:
            committee.refresh_from_db(
                fields=["version"]
            )  # what an earlier play saved was rolled back
            end_committee(committee=committee, ended_on=day, seen=committee.version, by=by)

        self.as_(Role.DEMOCRATIC, end)

    def come_back(self, number: int, who: Role, person: User) -> None:
        borough = self.place.borough
        self.as_(Role.LEAD, lambda by: set_roles(user=person, borough=borough, roles={who}, by=by))
        self.model.members.add(who)
        self.model.observers.discard(who)

    def deactivate(self, number: int, who: Role, person: User) -> None:
        self._switch(person, on=False)
        self.model.active.discard(who)

    def activate(self, number: int, who: Role, person: User) -> None:
        self._switch(person, on=True)
        self.model.active.add(who)

    def _switch(self, person: User, *, on: bool) -> None:
        person.is_active = on
        person.save(update_fields=["is_active"])

    def agree(self) -> None:
        for who in PEOPLE:
            person = self.place.people[who]
            ought = {c.pk for n, c in enumerate(self.model.closures) if self.model.may_read(n, who)}
            assert self._by_rows(person) == ought, (who, "row security")
            assert self._by_door(person, who) == ought, (who, "the door")

    def _by_rows(self, person: User) -> set[Any]:
        with acting_as(person.pk), connection.cursor() as cursor:
            cursor.execute("SELECT unnest(app_open_closures())")
            return {pk for (pk,) in cursor.fetchall()} & {c.pk for c in self.model.closures}

    def _by_door(self, person: User, who: Role) -> set[Any]:
        """As `visible_to` asks, with row security put aside; the door has asked for a role before."""
        if who not in self.model.members or not person.is_active:
            return set()
        with acting_as(person.pk), second_lock_off():
            listed = set(Closure.objects.listing(person).values_list("pk", flat=True))
            free = set(Closure.objects.exclude(released_at=None).values_list("pk", flat=True))
        return (listed | free) & {c.pk for c in self.model.closures}


DEEDS: dict[str, Callable[[Play, int, Role, User], None]] = {
    "close": Play.close,
    "release": Play.release,
    "grant": Play.grant,
    "emergency": Play.emergency,
    "revoke": Play.revoke,
    "expire": Play.expire,
    "seats on": Play.seats_on,
    "seats off": Play.seats_off,
    "sit": Play.sit,
    "rise": Play.rise,
    "leave": Play.leave,
    "return": Play.come_back,
    "deactivate": Play.deactivate,
    "activate": Play.activate,
    "observe": Play.observe,
    "end committee": Play.end_committee,
    "sit again": Play.sit_again,
}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_both_locks_agree_with_the_model_after_anything(world: World, steps: list[Step]) -> None:
    for person in world.here.people.values():
        person.is_active = True  # as the database has it: each round is taken back
    with transaction.atomic():
        play = Play(world.here, Model())
        play.step("close", 0, Role.COORDINATOR)
        for deed, number, who in steps:
            play.step(deed, number, who)
            play.agree()
        transaction.set_rollback(True)
