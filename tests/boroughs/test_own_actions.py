"""The second lock on plans: whatever the portal's code asks for, a contributor reports on their own organisation's actions alone."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from accounts.models import User
from boroughs.actions.plan_actions import add_action
from boroughs.actions.plans import add_organisation
from boroughs.models import Action, DeliveryPlan, Organisation, Priority, ProgressNote, Strategy
from boroughs.rows import acting_as
from tests.conftest import second_lock_off
from tests.factories import Place, World

RLS = "row-level security"


def someone_elses(place: Place) -> Action:
    """An action of another partner."""
    by = place.coordinator
    with acting_as(by.pk):
        trust = add_organisation(borough=place.borough, name="Another trust", by=by)
        return add_action(plan=place.plan, title="Theirs", organisation=trust, by=by)


def report(person: User, action: Action, **said: Any) -> int:
    """As many rows as PostgreSQL lets the person write, with no rule of the portal's before it."""
    with acting_as(person.pk):
        return Action.objects.filter(pk=action.pk).update(**{"state": "complete", **said})


def note(person: User, action: Action, by: User | None = None) -> None:
    with acting_as(person.pk):
        ProgressNote.objects.create(action=action, on="2018-01-01", text="x", by=by or person)


def test_a_contributor_reports_on_their_own_organisations_action(world: World) -> None:
    here = world.here
    assert here.action.organisation_id == here.organisation.pk
    assert report(here.contributor, here.action) == 1
    note(here.contributor, here.action)


def test_of_anothers_action_they_change_nothing(world: World) -> None:
    here, theirs = world.here, someone_elses(world.here)
    assert report(here.contributor, theirs) == 0
    with pytest.raises(ProgrammingError, match=RLS), transaction.atomic():
        note(here.contributor, theirs)


def test_without_the_policies_they_would(world: World) -> None:
    """So that the tests above can fail."""
    here, theirs = world.here, someone_elses(world.here)
    with second_lock_off("boroughs_action"):
        assert report(here.contributor, theirs) == 1
    with second_lock_off("boroughs_progressnote"):
        note(here.contributor, theirs)


def test_of_their_own_they_change_nothing_but_the_report(world: World) -> None:
    here, theirs = world.here, someone_elses(world.here)
    for said in (
        {"title": "Mine now"},
        {"owner_post": "Somebody else"},
        {"organisation": theirs.organisation},
        {"due_on": None, "success_measure": "Less"},
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            report(here.contributor, here.action, **said)
    assert report(here.coordinator, here.action, title="Another title") == 1


def test_a_note_is_written_under_ones_own_name(world: World) -> None:
    here = world.here
    with pytest.raises(ProgrammingError, match=RLS), transaction.atomic():
        note(here.contributor, here.action, by=here.coordinator)


@pytest.mark.parametrize("role", ["contributor", "member", "democratic", "monitoring"])
def test_nobody_but_who_keeps_the_record_writes_strategies_and_plans(
    world: World, role: str
) -> None:
    here = world.here
    with acting_as(getattr(here, role).pk):
        assert Priority.objects.filter(pk=here.priority.pk).update(title="x") == 0
        assert DeliveryPlan.objects.filter(pk=here.plan.pk).update(title="x") == 0
        assert Organisation.objects.filter(pk=here.organisation.pk).update(name="x") == 0
        rows = Action.objects.filter(pk=here.action.pk)
        assert rows._raw_delete(rows.db) == 0
        with pytest.raises(ProgrammingError, match=RLS), transaction.atomic():
            Priority.objects.create(strategy=here.strategy, position=9, title="x")


def test_a_role_that_ended_reports_no_more(world: World) -> None:
    here = world.here
    held = here.contributor.memberships.get(borough=here.borough)
    held.until = held.since
    held.save(update_fields=["until"])
    assert report(here.contributor, here.action) == 0


def test_a_closed_plan_is_closed_to_its_contributors_as_well(world: World) -> None:
    here, by = world.here, world.here.coordinator
    with acting_as(by.pk):
        closure = here.closure
        Strategy.objects.filter(pk=here.strategy.pk).update(closure=closure)
    assert report(here.contributor, here.action) == 0
