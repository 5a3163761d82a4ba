"""A PDF of the same content is made once: what is being made is joined, what was made last is served at once."""

from typing import Any

import pytest

from boroughs.rows import acting_as
from reports import jobs
from reports.actions.reports import retry
from reports.made_with import LAYOUT, differences, programs
from reports.models import Rendering
from reports.pdf import Pdf
from reports.policies import Refused
from reports.snapshot import without_head
from tests.boroughs.pages import deeds
from tests.factories import Place, World, rate_as

from .test_jobs import claimed, queued, row


def made(place: Place, **others: str) -> Rendering:
    """A PDF of the report as it stands, made with the programs of now unless told otherwise."""
    asked = queued(place)
    assert jobs.finish(claimed(asked.pk), Pdf(b"%PDF-1.7", 1, {**programs(), **others}))
    return asked


def change_something(place: Place, level: str) -> None:
    with acting_as(place.coordinator.pk):
        rate_as(place.assessment, "training", level, by=place.coordinator)


def test_what_was_made_last_is_served_at_once(world: World) -> None:
    first = made(world.here)
    before = deeds(world.here)
    again = queued(world.here)
    assert (again.pk, again.state) == (first.pk, "ready")
    assert deeds(world.here) == before


def test_what_is_being_made_is_joined(world: World) -> None:
    asked = queued(world.here)
    claimed(asked.pk)
    assert queued(world.here).pk == asked.pk


def test_a_list_among_the_live_blocks_keeps_nobody_from_joining(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        text = world.here.report.texts.exclude(key__startswith="front").first()
        assert text is not None
        world.here.report.texts.filter(pk=text.pk).update(body="[[priorities]]\n\n[[risks]]")
    asked = queued(world.here)
    assert asked.snapshot["live"]
    assert queued(world.here).pk == asked.pk


def test_an_earlier_pdf_of_the_same_words_is_not_put_before_a_later_one(world: World) -> None:
    """The newest is what people read: gone back to, the words of before are made anew."""
    first = made(world.here)
    change_something(world.here, "red")
    made(world.here)
    change_something(world.here, "green")
    change_something(world.here, "red")
    assert queued(world.here).state == "ready"
    change_something(world.here, "amber")
    assert queued(world.here).pk != first.pk


def test_what_other_programs_made_is_made_again(world: World) -> None:
    first = made(world.here, WeasyPrint="1.0")
    again = queued(world.here)
    assert (again.pk != first.pk, again.state) == (True, "queued")


def test_what_failed_is_made_again(world: World) -> None:
    first = queued(world.here)
    jobs.fail(claimed(first.pk), "No reason")
    assert queued(world.here).pk != first.pk


def test_what_failed_is_not_tried_again_while_the_same_is_being_made(world: World) -> None:
    first = queued(world.here)
    jobs.fail(claimed(first.pk), "No reason")
    queued(world.here)
    with acting_as(world.here.coordinator.pk), pytest.raises(Refused, match="being made already"):
        retry(rendering=first, by=world.here.coordinator)
    assert row(world.here, first.pk).state == "failed"


def test_the_digest_is_of_the_words_and_not_of_the_trail(world: World) -> None:
    asked = queued(world.here)
    other = {**asked.snapshot, "trail": {"seq": 1, "hash": "0" * 64}}
    changed = {**asked.snapshot, "illustrative": "Other words"}
    with acting_as(world.here.coordinator.pk):
        same = Rendering.objects.filter(pk=asked.pk)
        assert same.saying(other).exists()
        assert same.saying(without_head(asked.snapshot)).exists()
        assert not same.saying(changed).exists()


def test_another_layout_or_library_is_named() -> None:
    then: dict[str, Any] = {**programs(), LAYOUT: "0", "Pango": "15012"}
    assert differences(then, then) == []
    assert differences(then, {**then, LAYOUT: "1"}) == ["the portal’s layout 0, now 1"]
    assert differences({}, {"Pango": "15012"}) == ["Pango not known, now 15012"]
