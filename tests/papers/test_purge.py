"""Erasing papers: rows, files and digests go, closed ones by a monitoring officer who never reads them."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from boroughs.actions.purges import erase
from boroughs.models import ClosedPassages, PurgeRequest
from boroughs.policies import Refused
from boroughs.rows import acting_as
from papers import resealing
from papers.models import Paper, PaperVersion
from papers.tasks import tidy_store
from tests.boroughs.pages import address, says, signed_in
from tests.boroughs.purging import places_of
from tests.conftest import as_owner
from tests.factories import World, make_purge, make_world


def files() -> list[Path]:
    return [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


def asked(world: World, paper: Paper, **said: Any) -> PurgeRequest:
    with acting_as(world.here.coordinator.pk):
        return make_purge(world.here, paper, kind="paper", closure=paper.closure, **said)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_closed_paper_is_left() -> None:
    world = make_world()
    here, paper = world.here, world.here.closed_paper
    with acting_as(here.coordinator.pk):
        paper.refresh_from_db()
        version = paper.versions.get()
        ClosedPassages.objects.create(closure=here.closure, source=str(version.pk), digests=[7])
    before = files()
    request = asked(world, paper)
    with acting_as(here.monitoring.pk):
        assert not Paper.objects.filter(pk=paper.pk).exists()
        erase(request=request, by=here.monitoring)
    assert len(files()) == len(before) - 1
    with as_owner(), transaction.atomic():
        assert places_of("closed words of thurrock") == []
        assert places_of(version.storage) == ["boroughs_purgerequest"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.migrating', 'on', true)")
            assert not ClosedPassages.objects.filter(source=str(version.pk)).exists()
    assert request.counts["file"] == 1
    page = signed_in(here.member).get(address("papers:paper", here.borough, paper.pk))
    assert "Erased on" in says(page)
    assert signed_in(here.democratic).get(page.request["PATH_INFO"]).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_file_is_gone_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    here, stored = world.here, world.here.version.storage
    request = asked(world, here.paper)
    with monkeypatch.context() as patched:
        patched.setattr(resealing, "remove", lambda kind, name: 1 / 0)
        with acting_as(here.lead.pk):
            erase(request=request, by=here.lead)
    assert any(stored in path.name for path in files())
    tidy_store()
    assert not any(stored in path.name for path in files())


def test_one_version_of_several_goes_by_itself_and_the_only_one_does_not(world: World) -> None:
    here = world.here
    with pytest.raises(Refused, match="nothing of this to erase"):
        asked(world, here.paper, part="1")
    with acting_as(here.coordinator.pk):
        kept = here.version
        second = PaperVersion.objects.get(pk=kept.pk)
        second.pk, second.number = None, 2
        second.id = request_id = uuid.uuid4()
        second.storage = "f" * 64
        second.save(force_insert=True)
    request = asked(world, here.paper, part="1")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        assert [v.pk for v in here.paper.versions.all()] == [request_id]
    page = signed_in(here.lead).get(address("papers:paper", here.borough, here.paper.pk))
    assert "Version 1 was erased on" in says(page)


def test_a_closed_paper_is_asked_for_by_its_list_alone(world: World) -> None:
    here = world.here
    page = address("boroughs:purge-ask", here.borough, "paper", here.closed_paper.pk)
    assert signed_in(here.coordinator).get(page).status_code == 200
    assert signed_in(here.lead).get(page).status_code == 404
    assert signed_in(here.democratic).get(page).status_code == 404
