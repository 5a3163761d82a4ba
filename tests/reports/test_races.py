"""Two people, or a person and the worker, at the same thing at once: whoever comes second is told, and nothing is half done."""

import pytest

from boroughs.policies import ChangedMeanwhile
from boroughs.rows import acting_as
from reports import batch_jobs, jobs
from reports.actions.batches import cancel_batch, start_batch
from reports.actions.clearing import Asked, ask_to_clear, digest_of, verify
from reports.actions.issues import issue_report
from reports.actions.sections import write_section
from reports.clearing import standing_of
from reports.models import BatchItem, Clearance, Issue, Rendering, ReportText
from reports.pdf import Pdf
from reports.policies import Refused
from tests.factories import Place, World

from .at_once import at_once
from .writing import approve, now, opened, save_section

ROUNDS = 3
pytestmark = pytest.mark.django_db(transaction=True)


def asked_of(place: Place, key: str) -> Clearance:
    with acting_as(place.coordinator.pk):
        [row] = ask_to_clear(
            report=place.drafting, asked=[Asked(key, place.clearing, "Legal")], by=place.coordinator
        )
    return row


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_what_is_verified_is_what_stands_though_it_is_changed_at_that_moment(
    world: World, turn: int
) -> None:
    place = world.here
    save_section(place, place.drafting, "equality", f"Words {turn}.")
    row = asked_of(place, "equality")
    with acting_as(place.coordinator.pk):
        seen = place.drafting.texts.get(key="equality").version

    def clear() -> None:
        with acting_as(place.clearing.pk):
            verify(clearance=row, name="Clara", post="Law", seen=seen, by=place.clearing)

    def change() -> None:
        with acting_as(place.coordinator.pk):
            write_section(report=place.drafting, key="equality", body=f"Other {turn}.", state="done", seen=seen, by=place.coordinator)  # fmt: skip

    cleared, changed = at_once(clear, change)
    assert changed.error is None or isinstance(changed.error, ChangedMeanwhile)
    assert cleared.error is None or isinstance(cleared.error, ChangedMeanwhile | Refused)
    with acting_as(place.coordinator.pk):
        row.refresh_from_db()
        body = ReportText.objects.get(report=place.drafting, key="equality").body
        stands = row.pk in standing_of([place.drafting])
    assert body.startswith("Other") == (changed.error is None)
    if stands:
        assert row.digest == digest_of(body)
    assert stands == (cleared.error is None and changed.error is not None)


def test_a_text_that_is_changed_while_the_report_is_issued_is_in_it_or_refused(
    world: World,
) -> None:
    place = world.here
    opened(place)
    report = approve(place)
    with acting_as(place.coordinator.pk):
        stale = now(place)
        seen = report.texts.get(key="executive-summary").version

    def issue() -> Issue:
        with acting_as(place.democratic.pk):
            return issue_report(report=report, kind="corrected", note="x", by=place.democratic)

    def change() -> None:
        with acting_as(place.coordinator.pk):
            write_section(report=stale, key="executive-summary", body="At once.", state="done", seen=seen, by=place.coordinator)  # fmt: skip

    issued, changed = at_once(issue, change)
    errors = {type(run.error) for run in (issued, changed)}
    assert errors <= {type(None), Refused}
    with acting_as(place.coordinator.pk):
        body = report.texts.get(key="executive-summary").body
        state = now(place).state
    if issued.error is None:  # then nothing was written into what was issued
        assert issued.answer.snapshot["texts"]["executive-summary"] == body
        assert state == "issued"
    else:
        assert (body, state) == ("At once.", "clearance")


def test_a_batch_that_is_cancelled_while_the_worker_takes_it_up_has_each_report_done_or_stopped(
    world: World,
) -> None:
    place = world.here
    for _ in range(ROUNDS):
        with acting_as(place.coordinator.pk):
            reports = [place.drafting, now(place)]
            batch = start_batch(reports=reports, by=place.coordinator)
            items = list(BatchItem.objects.filter(batch=batch))

        def cancel(batch: object = batch) -> int:
            with acting_as(place.coordinator.pk):
                return cancel_batch(batch=batch, by=place.coordinator)  # type: ignore[arg-type]

        def take_up(items: list[BatchItem] = items) -> None:
            for item in items:
                made = batch_jobs.take_up(item.pk)
                claim = jobs.claim(made) if made else None
                if claim:
                    jobs.finish(claim, Pdf(b"%PDF-1.7", 1))

        stopped, taken = at_once(cancel, take_up)
        assert (stopped.error, taken.error) == (None, None)
        with acting_as(place.coordinator.pk):
            found = BatchItem.objects.filter(batch=batch).select_related("rendering")
            for item in found:
                made = item.rendering.state if item.rendering else ""
                assert bool(item.reason) != bool(made), item.reason
                assert made in ("", "ready", "failed")
            assert not Rendering.objects.filter(batch_items__in=found).unfinished().exists()
