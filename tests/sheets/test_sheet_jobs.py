"""An import is its own job: one worker at a time, healed when it dies, given up when it cannot be, and never half done."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from boroughs.actions.people import set_roles
from boroughs.actions.strategies import close_strategy
from boroughs.models import Action
from boroughs.roles import Role
from boroughs.rows import acting_as
from sheets import jobs, tasks, working
from sheets.models import SheetImport
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, World, make_closure
from tests.reports.bells import rung_for
from tests.sheets.workbooks import (
    applied,
    counts,
    matched,
    newest,
    previewed,
    send,
    sixty_rows,
    work,
    xlsx,
)


def asked(place: Place) -> SheetImport:
    """An import that waits for a worker."""
    send(place, xlsx(sixty_rows(place)))
    sheet = newest(place)
    matched(place, sheet)
    return newest(place)


def now(place: Place, sheet: SheetImport) -> SheetImport:
    with acting_as(place.coordinator.pk):
        return SheetImport.objects.get(pk=sheet.pk)


def claimed(sheet: SheetImport) -> jobs.Claim:
    held = jobs.claim(sheet.pk)
    assert held is not None
    return held


def die(place: Place, sheet: SheetImport) -> None:
    """The worker is gone, and its lease runs out."""
    with acting_as(place.coordinator.pk):
        gone = timezone.now() - dt.timedelta(seconds=1)
        assert SheetImport.objects.filter(pk=sheet.pk).update(lease_until=gone)


def test_two_workers_do_not_take_the_same_import(world: World) -> None:
    sheet = asked(world.here)
    assert jobs.waiting()[sheet.pk] == world.here.coordinator.pk
    claimed(sheet)
    assert jobs.claim(sheet.pk) is None
    assert sheet.pk not in jobs.waiting()


def test_what_a_dead_worker_left_is_done_by_another_and_the_dead_ones_word_counts_no_more(
    world: World,
) -> None:
    sheet = asked(world.here)
    first = claimed(sheet)
    die(world.here, sheet)
    second = claimed(sheet)
    jobs.run(first)
    assert now(world.here, sheet).state == "checking", "the first has lost it"
    jobs.run(second)
    assert now(world.here, sheet).state == "previewed"


def test_it_is_given_up_when_three_workers_died_of_it(world: World) -> None:
    sheet = asked(world.here)
    for _ in range(3):
        claimed(sheet)
        die(world.here, sheet)
    assert jobs.claim(sheet.pk) is None
    found = now(world.here, sheet)
    assert (found.state, found.failure) == ("uploaded", jobs.TRIED_OFTEN)


def test_a_worker_that_dies_while_writing_leaves_nothing_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    sheet = previewed(here, xlsx(sixty_rows(here)))
    url = address("sheets:sheet-apply", here.borough, sheet.pk)
    signed_in(here.coordinator).post(url, {"leave_out": "yes"})

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt  # at the last moment, when all is written

    held = claimed(sheet)
    with monkeypatch.context() as patch:
        patch.setattr(working, "record", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(held)
    with acting_as(here.coordinator.pk):
        assert Action.objects.filter(plan=here.plan).count() == 1
    assert now(here, sheet).state == "applying"
    die(here, sheet)
    assert work(here, sheet).state == "applied"
    with acting_as(here.coordinator.pk):
        assert Action.objects.filter(plan=here.plan).count() == 51


def test_a_fault_of_the_portal_is_said_in_words(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sheet = asked(world.here)
    held = claimed(sheet)

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(jobs.STEPS, "checking", broken)
    jobs.run(held)
    found = now(world.here, sheet)
    assert (found.state, found.failure) == ("uploaded", jobs.UNEXPECTED)
    page = signed_in(world.here.coordinator).get(found.get_absolute_url())
    assert jobs.UNEXPECTED in page.content.decode()


def test_nobody_imports_for_somebody_who_has_left(world: World) -> None:
    here = world.here
    sheet = asked(here)
    with acting_as(here.lead.pk):
        set_roles(user=here.coordinator, borough=here.borough, roles=set(), by=here.lead)
    assert jobs.claim(sheet.pk) is None
    assert jobs.give_up_orphans() == 1
    with acting_as(here.lead.pk):
        found = SheetImport.objects.get(pk=sheet.pk)
    assert (found.state, found.failure) == ("uploaded", jobs.NO_LONGER_ALLOWED)


def test_nobody_imports_for_somebody_whose_role_no_longer_lets_them(world: World) -> None:
    here = world.here
    sheet = asked(here)
    held = claimed(sheet)
    with acting_as(here.lead.pk):
        roles = {Role.CONTRIBUTOR}
        set_roles(user=here.coordinator, borough=here.borough, roles=roles, by=here.lead)
    jobs.run(held)
    with acting_as(here.lead.pk):
        found = SheetImport.objects.get(pk=sheet.pk)
        assert (found.state, found.checked) == ("checking", 0)
        gone = timezone.now() - dt.timedelta(seconds=1)
        SheetImport.objects.filter(pk=sheet.pk).update(lease_until=gone)
        assert jobs.give_up_orphans() == 1
        found.refresh_from_db()
    assert (found.state, found.failure) == ("uploaded", jobs.NO_LONGER_ALLOWED)


def test_a_plan_that_is_closed_meanwhile_takes_its_imports_with_it(world: World) -> None:
    here = world.here
    sheet = previewed(here, xlsx(sixty_rows(here)))
    client = signed_in(here.lead)
    page = address("sheets:sheet-show", here.borough, sheet.pk)
    assert client.get(page).status_code == 200
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
        close_strategy(strategy=here.strategy, closure=closure, by=here.coordinator)
    assert client.get(page).status_code == 404
    listed = client.get(address("sheets:sheet-list", here.borough)).content.decode()
    assert str(sheet.pk) not in listed
    assert str(here.plan.pk) not in listed
    with acting_as(here.lead.pk):
        assert not SheetImport.objects.filter(pk=sheet.pk).exists()
    assert signed_in(here.coordinator).get(page).status_code == 200


def test_the_sweeper_rings_for_what_waits(world: World) -> None:
    sheet = asked(world.here)
    tasks.sweep_sheets()
    assert rung_for(sheet.pk) == 1


def test_a_ring_too_many_does_nothing(world: World) -> None:
    here = world.here
    sheet = applied(here, previewed(here, xlsx(sixty_rows(here))), leave_out=True)
    before = counts(here, sheet)
    tasks.work(str(sheet.pk))
    assert (now(here, sheet).state, counts(here, sheet)) == ("applied", before)
