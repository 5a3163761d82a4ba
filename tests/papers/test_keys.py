"""The master key opens a borough's keys; both can be changed, and an interrupted change goes on."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from boroughs.models import Borough
from boroughs.rows import acting_as
from papers import keys
from papers.keys import DataKey, key_of, open_key, turn_key
from papers.models import FileKey
from papers.sealing import Broken, new_key, wrap, written
from tests.factories import World


@pytest.fixture
def here(world: World) -> Iterator[Borough]:
    with acting_as(world.here.lead.pk):
        yield world.here.borough


def rows() -> list[FileKey]:
    return list(FileKey.objects.order_by("number"))


def test_a_borough_keeps_its_key(here: Borough) -> None:
    first = key_of(here)
    assert key_of(here) == first
    assert len(first.secret) == 32
    assert first.secret not in bytes(rows()[0].wrapped)
    assert str(first.secret) not in repr(first)


def test_two_boroughs_have_two_keys(world: World) -> None:
    found: list[DataKey] = []
    for place in (world.here, world.there):
        with acting_as(place.lead.pk):
            found.append(key_of(place.borough))
    assert found[0].secret != found[1].secret
    assert found[0].for_names != found[1].for_names


def test_a_key_moved_to_another_borough_opens_nothing(world: World, here: Borough) -> None:
    key_of(here)
    row = rows()[0]
    row.borough = world.there.borough
    with pytest.raises(Broken):
        open_key(row)


def test_a_turned_key_leaves_the_former_one_to_open_what_it_sealed(here: Borough) -> None:
    first = key_of(here)
    with acting_as(None):
        turn_key(here)
    second = key_of(here)
    assert second.secret != first.secret
    assert [(row.number, row.retired_at is None) for row in rows()] == [(1, False), (2, True)]
    assert open_key(rows()[0]) == first


def test_the_master_key_is_changed_without_touching_files(here: Borough, settings: Any) -> None:
    before, was = key_of(here), settings.FILES_MASTER_KEY
    settings.FILES_MASTER_KEY = written(new_key())
    with pytest.raises(Broken, match="FILES_MASTER_KEY_OLD"):
        key_of(here)
    with acting_as(None), pytest.raises(CommandError, match="FILES_MASTER_KEY_OLD"):
        call_command("rotate_master_key", stdout=StringIO())
    settings.FILES_MASTER_KEY_OLD = [was]
    assert key_of(here) == before
    said = StringIO()
    with acting_as(None):
        call_command("rotate_master_key", stdout=said)
    assert said.getvalue().startswith("Keys wrapped anew: 2;")
    settings.FILES_MASTER_KEY_OLD = []
    assert key_of(here) == before


def test_a_change_that_was_interrupted_goes_on(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets: dict[int, bytes] = {}
    for place in (world.here, world.there):
        with acting_as(place.lead.pk):
            secrets[place.borough.pk] = key_of(place.borough).secret
    settings.FILES_MASTER_KEY_OLD = [settings.FILES_MASTER_KEY]
    settings.FILES_MASTER_KEY = written(new_key())
    done: list[bytes] = []

    def killed_after_one(*args: Any, **kwargs: Any) -> bytes:
        if done:
            raise KeyboardInterrupt
        done.append(b"")
        return wrap(*args, **kwargs)

    monkeypatch.setattr("papers.keys.wrap", killed_after_one)
    with pytest.raises(KeyboardInterrupt):
        keys.rewrap_all()
    monkeypatch.undo()
    assert keys.rewrap_all() == 1
    assert keys.rewrap_all() == 0
    settings.FILES_MASTER_KEY_OLD = []
    for place in (world.here, world.there):
        with acting_as(place.lead.pk):
            assert key_of(place.borough).secret == secrets[place.borough.pk]
