"""The PDFs of several reports from one page: progress, cancelling, each failure by itself, and nothing lost without the broker."""

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from kombu.exceptions import OperationalError

from boroughs.actions.people import set_roles
from boroughs.roles import Role
from boroughs.rows import acting_as
from reports import batch_jobs, tasks
from reports.actions.batches import CANCELLED, cancel_batch, start_batch
from reports.asking import ask_for_draft
from reports.models import BatchItem, Report
from reports.pdf import Pdf
from tests.boroughs.pages import problems, says, signed_in
from tests.factories import Place, World

START = reverse("batches:batch-start")
PDF = Pdf(b"%PDF-1.7 of tests", 2)


@pytest.fixture(autouse=True)
def printed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "pdf_of", lambda snapshot, told=None: PDF)


def started(place: Place, *reports: Report) -> UUID:
    with acting_as(place.coordinator.pk):
        return start_batch(reports=reports or [place.drafting, place.report], by=place.coordinator)


def items(place: Place, batch: UUID) -> dict[UUID, BatchItem]:
    with acting_as(place.coordinator.pk):
        rows = BatchItem.objects.filter(batch=batch).select_related("rendering", "report")
        return {row.report_id: row for row in rows}


def work_off() -> None:
    for pk in batch_jobs.waiting():
        tasks.make_batch_item(str(pk))


def test_the_page_offers_the_newest_report_ticked_and_leads_to_the_progress(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    assert here.drafting.title in says(client.get(START))
    assert problems(client.post(START, {})) == ["Tick at least one report"]
    response = client.post(START, {"reports": [str(here.drafting.pk)]}, follow=True)
    assert "0 of 1 finished." in says(response)


def test_a_report_of_a_council_where_one_writes_none_cannot_be_asked_for(world: World) -> None:
    client = signed_in(world.here.coordinator)
    [problem] = problems(client.post(START, {"reports": [str(world.there.drafting.pk)]}))
    assert problem == "Select reports to make from the list"


def test_each_is_made_and_what_was_issued_is_there_already(world: World) -> None:
    here = world.here
    batch = started(here)
    work_off()
    made = items(here, batch)
    assert {row.state for row in made.values()} == {"ready"}
    assert made[here.report.pk].rendering == here.rendering
    page = says(signed_in(here.coordinator).get(reverse("batches:batch", args=[batch])))
    assert "2 of 2 finished." in page
    assert "Download the PDF" in page


def test_what_goes_wrong_with_one_is_said_there_and_the_others_are_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    batch = started(here)

    def stumble(report: Report, by: Any) -> Any:
        if report.pk == here.drafting.pk:
            raise ZeroDivisionError
        return ask_for_draft(report, by)

    monkeypatch.setattr("reports.batch_jobs.ask_for_draft", stumble)
    work_off()
    made = items(here, batch)
    assert (made[here.drafting.pk].state, made[here.report.pk].state) == ("failed", "ready")
    assert "fault in the portal" in made[here.drafting.pk].said
    assert not set(batch_jobs.waiting()) & {row.pk for row in made.values()}


def test_what_has_not_begun_is_cancelled_and_stays_so(world: World) -> None:
    here = world.here
    batch = started(here)
    client = signed_in(here.coordinator)
    response = client.post(reverse("batches:batch-cancel", args=[batch]), follow=True)
    assert "2 stopped before they were begun." in says(response)
    work_off()
    assert {row.said for row in items(here, batch).values()} == {CANCELLED}
    with acting_as(here.coordinator.pk):
        assert cancel_batch(batch=batch, by=here.coordinator) == 0


def test_a_batch_is_for_who_asked_for_it(world: World) -> None:
    here = world.here
    page = reverse("batches:batch", args=[started(here)])
    assert signed_in(world.there.coordinator).get(page).status_code == 404
    assert signed_in(here.lead).get(page).status_code == 404


def test_nothing_is_made_for_who_writes_no_reports_any_more(world: World) -> None:
    here = world.here
    batch = started(here, here.drafting)
    with acting_as(here.lead.pk):
        set_roles(user=here.coordinator, borough=here.borough, roles={Role.MEMBER}, by=here.lead)
    work_off()
    [row] = items(here, batch).values()
    assert row.said == batch_jobs.NO_LONGER_ALLOWED


def test_without_the_broker_the_sweeper_takes_them_up(
    world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(*args: Any, **options: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as broker, django_capture_on_commit_callbacks(execute=True):
        broker.setattr(tasks.make_batch_item, "delay", away)
        batch = started(world.here, world.here.drafting)
    rung: list[str] = []
    monkeypatch.setattr(
        tasks.make_batch_item, "apply_async", lambda args, **options: rung.append(args[0])
    )
    tasks.sweep_renderings()
    assert str(items(world.here, batch)[world.here.drafting.pk].pk) in rung
