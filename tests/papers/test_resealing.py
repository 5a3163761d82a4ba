"""Files follow their papers' closures, whatever dies in between, and nothing that a row knows is ever removed."""

import errno
import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from boroughs.actions.closures import release
from boroughs.closed_passages import closures_overlapping
from boroughs.rows import acting_as
from papers.actions.papers import close_paper
from papers.actions.reading import stored_file
from papers.inspection import Unacceptable
from papers.models import FileKey, Paper, PaperVersion
from papers.resealing import PartialView, collect, kept_wrongly, reseal_all
from papers.sealing import Broken
from papers.storage import NoRoom, path_of, read
from papers.tasks import keep_files_well
from papers.texts import remember_all
from tests.boroughs.pages import address, problems, says, signed_in
from tests.factories import Place, World, make_paper, tiny_pdf

CASE = {"classification": "exempt", "reason": "Names a supplier"}
LONG_AGO = time.time() - 60 * 24 * 3600


def version(place: Place, paper: Any) -> PaperVersion:
    return PaperVersion.objects.select_related("paper", "key").get(paper=paper)


def text(place: Place, paper: Any) -> bytes:
    with acting_as(place.coordinator.pk):
        return b"".join(read(stored_file(version(place, paper))))


def files(settings: Any, kind: str) -> list[Path]:
    return [path for path in (settings.FILES_ROOT / kind).rglob("*") if path.is_file()]


def grow_old(settings: Any) -> None:
    for path in settings.FILES_ROOT.rglob("*"):
        if path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


@pytest.fixture
def settled(world: World, settings: Any) -> World:
    """The world without the open files of papers that were closed: a test's transaction never ends."""
    for _ in range(2):
        grow_old(settings)
        collect()
    grow_old(settings)
    return world


@pytest.mark.parametrize("trouble", [NoRoom(), Broken("damaged")])
def test_a_paper_is_closed_though_its_file_cannot_be_sealed_and_that_is_made_good(
    world: World, monkeypatch: pytest.MonkeyPatch, trouble: Exception, settings: Any
) -> None:
    here = world.here

    def fails(*args: Any, **kwargs: Any) -> None:
        raise trouble

    monkeypatch.setattr("papers.resealing.keep", fails)
    with acting_as(here.coordinator.pk):
        close_paper(paper=here.paper, by=here.coordinator, **CASE)
        assert version(here, here.paper).key_id is None
    assert text(here, here.paper) == tiny_pdf("paper words of thurrock")
    assert len(kept_wrongly()) == 1
    monkeypatch.undo()
    assert reseal_all() == 1
    assert kept_wrongly() == []
    with acting_as(here.coordinator.pk):
        assert version(here, here.paper).key_id
    assert text(here, here.paper) == tiny_pdf("paper words of thurrock")


def test_what_was_released_lies_open_again(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        release(closure=here.closure, reason="Decided in public", by=here.coordinator)
    assert text(here, here.closed_paper) == tiny_pdf("closed words of thurrock")
    assert reseal_all() == 1
    with acting_as(here.coordinator.pk):
        assert version(here, here.closed_paper).key_id is None
    assert text(here, here.closed_paper) == tiny_pdf("closed words of thurrock")


def test_a_borough_gets_a_new_key_and_an_interrupted_turn_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, said = world.here, StringIO()

    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("papers.resealing.keep", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("rotate_borough_key", "thurrock", stdout=said)
    assert text(here, here.closed_paper) == tiny_pdf("closed words of thurrock")
    monkeypatch.undo()
    call_command("rotate_borough_key", "thurrock", stdout=said)
    assert said.getvalue() == "Files sealed anew: 1.\n"
    with acting_as(here.coordinator.pk):
        numbers = list(
            FileKey.objects.filter(borough=here.borough).values_list("number", flat=True)
        )
        assert numbers == [1, 2], "the interrupted turn was finished, not begun again"
        key = version(here, here.closed_paper).key
        assert key is not None
        assert key.number == 2
    assert text(here, here.closed_paper) == tiny_pdf("closed words of thurrock")
    with pytest.raises(CommandError, match="no borough atlantis"):
        call_command("rotate_borough_key", "atlantis")


# -- What nobody needs ---------------------------------------------------------------------------------------------
def test_only_what_no_row_knows_is_put_aside_and_removed_much_later(
    settled: World, settings: Any
) -> None:
    assert collect() == 0
    orphan = path_of("open", "f" * 64)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"nobody's")
    assert collect() == 0, "it may still be waiting for its row"
    grow_old(settings)
    assert collect() == 1
    assert not orphan.exists()
    assert len(files(settings, "unused")) == 1
    collect()
    assert len(files(settings, "unused")) == 1
    grow_old(settings)
    collect()
    assert files(settings, "unused") == []
    assert (len(files(settings, "open")), len(files(settings, "sealed"))) == (4, 2)


def test_rows_restored_from_a_backup_find_their_files_again(world: World, settings: Any) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        stored = stored_file(version(here, here.paper))
    aside = path_of("unused", stored.name).parent / f"open-{stored.name}"
    aside.parent.mkdir(parents=True)
    stored.path.rename(aside)
    collect()
    assert stored.path.exists()
    assert text(here, here.paper) == tiny_pdf("paper words of thurrock")


@pytest.mark.parametrize("who", ["there", "stranger"])
def test_nothing_is_removed_whoever_asks(settled: World, settings: Any, who: str) -> None:
    people = {"there": settled.there.lead.pk, "stranger": settled.stranger.pk}
    with (
        acting_as(people[who]),
        pytest.raises(DatabaseError, match="Only jobs"),
        transaction.atomic(),
    ):
        collect()
    assert len(files(settings, "open") + files(settings, "sealed")) == 6


def test_nothing_is_removed_when_the_rows_cannot_be_seen(
    settled: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.resealing.in_use", lambda only_this=None: set())
    with pytest.raises(PartialView):
        collect()
    assert len(files(settings, "open") + files(settings, "sealed")) == 6


def test_the_application_learns_of_the_store_what_it_needs_and_no_title(world: World) -> None:
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM papers_names_in_use()")
        said = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM papers_hold(%s)", [world.here.version.pk])
        said += repr(cursor.fetchall())
    assert "words" not in said
    assert ".pdf" not in said


# -- A disk that is full or broken when a paper is closed -------------------------------------------------------------
TROUBLES = [NoRoom(), Broken("damaged"), OSError(errno.EIO, "Input/output error")]
STILL_OPEN = "Not every file of this paper is sealed yet"


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_page_says_that_a_closed_papers_file_is_not_sealed_until_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    url = address("papers:paper", here.borough, here.paper.pk)
    monkeypatch.setattr("papers.resealing.keep", raising(trouble))
    closing = address("papers:paper-close", here.borough, here.paper.pk)
    page = says(client.post(closing, CASE, follow=True))
    assert page.count(STILL_OPEN) == 2  # once as the answer, once as what the paper is like
    assert says(client.get(url)).count(STILL_OPEN) == 1
    monkeypatch.undo()
    keep_files_well()
    assert STILL_OPEN not in says(client.get(url))


def test_a_page_of_a_sealed_paper_says_nothing_of_it(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    closing = address("papers:paper-close", here.borough, here.paper.pk)
    assert STILL_OPEN not in says(client.post(closing, CASE, follow=True))


@pytest.mark.parametrize("trouble", [*TROUBLES[1:], Unacceptable("Too much for now")])
def test_passages_that_could_not_be_read_when_a_paper_was_closed_are_remembered_later(
    world: World, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    here = world.here
    words = (
        "The supplier Acme of Tilbury lost its licence twice before the tender was opened in May"
    )
    with acting_as(here.coordinator.pk):
        paper = make_paper(here.borough, by=here.coordinator, data=tiny_pdf(words))
        monkeypatch.setattr("papers.texts.text_in", raising(trouble))
        closure = close_paper(paper=paper, by=here.coordinator, **CASE)
        assert not closure.passages.exists()
    monkeypatch.undo()
    keep_files_well()
    with acting_as(here.coordinator.pk):
        [kept] = closure.passages.all()
        assert kept.digests
        assert closures_overlapping(here.borough, words) == [closure.pk]
    assert remember_all() == 0


def test_a_paper_closed_again_before_it_was_unsealed_is_remembered_for_its_new_closure(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        release(closure=here.closure, reason="Decided in public", by=here.coordinator)
        paper = Paper.objects.get(pk=here.closed_paper.pk)
        closure = close_paper(paper=paper, by=here.coordinator, **CASE)
        assert closure.passages.count() == 1


def test_a_paper_to_be_added_closed_is_refused_when_the_disk_is_broken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("papers.storage._put", raising(OSError(errno.EIO, "Input/output error")))
    file = SimpleUploadedFile("plan.pdf", tiny_pdf("Plan"), "application/pdf")
    answer = signed_in(world.here.coordinator).post(
        address("papers:paper-add", world.here.borough),
        {"title": "A plan", "who": "closed", "file": file, **CASE},
    )
    assert "The server’s disk could not keep this file. Nothing was stored." in problems(answer)[0]
    with acting_as(world.here.coordinator.pk):
        assert not Paper.objects.filter(title="A plan").exists()


def raising(trouble: Exception) -> Any:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise trouble

    return fails
