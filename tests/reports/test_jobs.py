"""Who may work on a rendering: leases, tokens, attempts, and the role of whoever asked."""

import datetime as dt
import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from boroughs.actions.people import set_roles
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports import jobs, tasks
from reports.actions.reports import make_report
from reports.models import RenderedFile, Rendering
from reports.pdf import Pdf
from tests.boroughs.pages import deeds
from tests.factories import Place, World, make_user

PDF = Pdf(b"%PDF-1.7 of tests", 2)


def queued(place: Place) -> Rendering:
    with acting_as(place.coordinator.pk):
        return make_report(report=place.report, by=place.coordinator)


def row(place: Place, pk: UUID) -> Rendering:
    with acting_as(place.lead.pk):
        return Rendering.objects.get(pk=pk)


def claimed(pk: UUID) -> jobs.Claim:
    held = jobs.claim(pk)
    assert held is not None
    return held


def let_the_lease_run_out(place: Place, pk: UUID) -> None:
    with acting_as(place.lead.pk):
        gone = timezone.now() - dt.timedelta(seconds=1)
        assert Rendering.objects.filter(pk=pk).update(lease_until=gone)


def has_file(place: Place, pk: UUID) -> bool:
    with acting_as(place.lead.pk):
        return RenderedFile.objects.filter(rendering=pk).exists()


def end_role(place: Place, *, keep: set[Role] | None = None) -> None:
    with acting_as(place.lead.pk):
        set_roles(user=place.coordinator, borough=place.borough, roles=keep or set(), by=place.lead)


def test_a_claim_holds_the_row_for_the_length_of_its_lease(world: World, settings: Any) -> None:
    asked = queued(world.here)
    before = timezone.now()
    held = claimed(asked.pk)
    taken = row(world.here, asked.pk)
    assert (taken.state, taken.attempts, taken.token) == ("rendering", 1, held.token)
    assert taken.lease_until is not None
    lease = dt.timedelta(seconds=settings.RENDER_LEASE_SECONDS)
    assert before + lease <= taken.lease_until <= timezone.now() + lease
    assert held.snapshot == asked.snapshot
    assert jobs.claim(asked.pk) is None


def test_a_lease_that_ran_out_is_taken_by_another_worker(world: World) -> None:
    asked = queued(world.here)
    first = claimed(asked.pk)
    assert asked.pk not in jobs.waiting()
    let_the_lease_run_out(world.here, asked.pk)
    assert jobs.waiting()[asked.pk] == world.here.coordinator.pk
    second = claimed(asked.pk)
    assert second.token != first.token
    assert row(world.here, asked.pk).attempts == 2


def test_a_worker_that_lost_its_lease_cannot_write_back(world: World) -> None:
    asked = queued(world.here)
    slow = claimed(asked.pk)
    let_the_lease_run_out(world.here, asked.pk)
    quick = claimed(asked.pk)
    assert jobs.finish(slow, Pdf(b"%PDF-1.7 of the slow one", 9)) is False
    assert jobs.fail(slow, "Too late") is False
    assert row(world.here, asked.pk).state == "rendering"
    assert not has_file(world.here, asked.pk)
    assert jobs.finish(quick, PDF) is True
    made = row(world.here, asked.pk)
    assert (made.state, made.pages, made.size) == ("ready", PDF.pages, len(PDF.data))
    assert jobs.finish(quick, PDF) is False
    assert jobs.fail(slow, "Too late") is False
    assert row(world.here, asked.pk).state == "ready"


def test_a_rendering_that_kills_its_worker_is_given_up_after_three_attempts(
    world: World, settings: Any
) -> None:
    asked = queued(world.here)
    for _ in range(settings.RENDER_ATTEMPTS):
        claimed(asked.pk)
        let_the_lease_run_out(world.here, asked.pk)
    assert jobs.claim(asked.pk) is None
    failed = row(world.here, asked.pk)
    assert (failed.state, failed.attempts, failed.reason) == ("failed", 3, jobs.TRIED_OFTEN)
    assert failed.finished_at is not None
    assert asked.pk not in jobs.waiting()


def test_who_may_no_longer_make_reports_gets_none(world: World) -> None:
    asked = queued(world.here)
    end_role(world.here, keep={Role.MEMBER})
    assert jobs.claim(asked.pk) is None
    failed = row(world.here, asked.pk)
    assert (failed.state, failed.reason) == ("failed", jobs.NO_LONGER_ALLOWED)


def test_what_was_asked_for_by_someone_who_left_is_given_up_by_the_sweeper(world: World) -> None:
    asked, neighbours = queued(world.here), queued(world.there)
    end_role(world.here)
    assert jobs.claim(asked.pk) is None
    assert row(world.here, asked.pk).state == "queued"
    tasks.sweep_renderings()
    failed = row(world.here, asked.pk)
    assert (failed.state, failed.reason) == ("failed", jobs.NO_LONGER_ALLOWED)
    assert row(world.there, neighbours.pk).state == "queued"


def test_somebody_who_left_while_it_was_printed_gets_no_report(world: World) -> None:
    asked = queued(world.here)
    held = claimed(asked.pk)
    end_role(world.here)
    assert jobs.finish(held, PDF) is False
    let_the_lease_run_out(world.here, asked.pk)
    tasks.sweep_renderings()
    assert row(world.here, asked.pk).state == "failed"
    assert not has_file(world.here, asked.pk)


def test_a_role_that_shrank_while_it_was_printed_gets_no_report(world: World) -> None:
    asked = queued(world.here)
    held = claimed(asked.pk)
    end_role(world.here, keep={Role.MEMBER})
    assert jobs.finish(held, PDF) is False
    failed = row(world.here, asked.pk)
    assert (failed.state, failed.reason) == ("failed", jobs.NO_LONGER_ALLOWED)
    assert not has_file(world.here, asked.pk)


def test_nothing_is_made_for_a_closed_account(world: World) -> None:
    asked = queued(world.here)
    world.here.coordinator.is_active = False
    world.here.coordinator.save(update_fields=["is_active"])
    assert jobs.claim(asked.pk) is None
    assert row(world.here, asked.pk).reason == jobs.NO_LONGER_ALLOWED


def test_a_report_that_could_not_be_made_stands_in_the_trail(world: World) -> None:
    asked = queued(world.here)
    jobs.fail(claimed(asked.pk), "A reason")
    assert deeds(world.here)[-1] == "report.not-made"


def published(world: World) -> set[UUID]:
    """The PDFs that anybody may read."""
    return {world.here.rendering.pk, world.there.rendering.pk}


def test_the_sweeper_learns_keys_and_nothing_else(world: World) -> None:
    asked = queued(world.here)
    with acting_as(None):
        drafts = (world.here.draft, world.there.draft)
        wait = {draft.pk: draft.requested_by_id for draft in drafts}
        assert jobs.waiting() == {**wait, asked.pk: world.here.coordinator.pk}
        assert not Rendering.objects.exclude(pk__in=published(world)).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_function_result('reports_waiting'::regproc)")
            assert cursor.fetchone() == ("TABLE(id uuid, requested_by bigint)",)
            cursor.execute("SELECT current_setting('app.migrating', true)")
            assert cursor.fetchone()[0] in {"", None}


def test_a_setting_that_opens_rows_to_migrations_opens_none_to_the_application(
    world: World,
) -> None:
    with acting_as(make_user().pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        assert set(Rendering.objects.values_list("pk", flat=True)) == published(world)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_one_bell_one_takes_the_rendering(world: World) -> None:
    asked = queued(world.here)
    start, claims = threading.Barrier(6), list[jobs.Claim | None]()

    def worker() -> None:
        try:
            start.wait(10)
            claims.append(jobs.claim(asked.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(claims) == 6
    assert sum(held is not None for held in claims) == 1
    assert row(world.here, asked.pk).attempts == 1
