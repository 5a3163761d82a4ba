"""A report that is far too long fails alone, with a sentence; the one behind it is made."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from boroughs.rows import acting_as
from reports import pdf, pdf_press, tasks
from reports.live.piece import Cell, Piece
from reports.models import Rendering
from tests.boroughs.pages import deeds, says, signed_in
from tests.factories import World

from .test_jobs import has_file, queued, row
from .test_rendering_pages import page

ACTIONS = 5_000


@pytest.fixture
def _hurried_press(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in production, but that three seconds of work are too much, for a report of 5,000 rows takes more than forty."""
    hurried = partial(pdf.render, limits=pdf.Limits(seconds=3))
    monkeypatch.setattr(pdf, "render", hurried)
    yield
    pdf.stop()


def with_actions(snapshot: dict[str, Any]) -> dict[str, Any]:
    action = "Work with each school, college and mosque on the offer for the coming year"
    rows: list[list[Cell]] = [
        [f"{number}", action, "Community safety", "Overdue"] for number in range(ACTIONS)
    ]
    head = ["No.", "Action", "Led by", "State"]
    key = next(key for key, text in snapshot["texts"].items() if text)
    piece = Piece("All of them:", "Overdue actions", head, rows).as_json()
    texts = {**snapshot["texts"], key: "[[overdue actions]]"}
    return {**snapshot, "texts": texts, "live": {"overdue actions": piece}}


@pytest.mark.usefixtures("_hurried_press")
def test_five_thousand_actions_fail_their_own_report_with_a_sentence(world: World) -> None:
    long, short = queued(world.here), queued(world.there)
    with acting_as(world.here.coordinator.pk):
        huge = with_actions(long.snapshot)
        assert Rendering.objects.filter(pk=long.pk).update(snapshot=huge)
    tasks.render(str(long.pk))
    tasks.render(str(short.pk))

    failed = row(world.here, long.pk)
    assert (failed.state, failed.reason) == ("failed", pdf_press.TOO_LONG)
    assert not has_file(world.here, long.pk)
    assert deeds(world.here)[-1] == "report.not-made"
    shown = says(signed_in(world.here.coordinator).get(page("rendering", long)))
    assert pdf_press.TOO_LONG in shown
    assert row(world.there, short.pk).state == "ready"
    assert has_file(world.there, short.pk)
