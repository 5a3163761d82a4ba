"""What somebody with SQL of their own still cannot do to papers and their files."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from boroughs.actions.closures import close, release
from boroughs.models import Closure
from boroughs.rows import acting_as
from papers.actions.papers import close_paper
from papers.models import Paper, PaperVersion
from tests.conftest import second_lock_off
from tests.factories import Place, World, make_paper, tiny_pdf

CASE: dict[str, Any] = {"classification": "exempt", "reason": "Names a supplier"}


def refused(person: User | None, deed: Callable[[], object], why: str) -> None:
    with (
        acting_as(person.pk if person else None),
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
    ):
        deed()


def run(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return list(cursor.fetchall())


def change(paper: Paper, **fields: Any) -> int:
    return Paper.objects.filter(pk=paper.pk).update(**fields)


def closure_of(place: Place, by: User, *, released: bool = False) -> Closure:
    with acting_as(by.pk):
        found = close(borough=place.borough, by=by, **CASE)
        if released:
            release(closure=found, reason="Decided in public", by=by)
        return found


# -- Papers --------------------------------------------------------------------------------------------------------
def test_who_reads_a_closed_paper_and_does_not_keep_papers_changes_nothing_of_it(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.member.pk):
        assert Paper.objects.filter(pk=here.closed_paper.pk).exists()
        for fields in ({"closure": None}, {"title": "x"}):
            assert change(here.closed_paper, **fields) == 0
            assert change(here.paper, **fields) == 0
        for model in (Paper, PaperVersion):
            assert model._default_manager.all()._raw_delete("default") == 0
    extra = Paper(borough=here.borough, title="Planted", added_by=here.member)
    refused(here.member, lambda: extra.save(force_insert=True), "row-level security")
    copy = PaperVersion(**{**fields_of(here), "number": 2})
    refused(here.member, lambda: copy.save(force_insert=True), "row-level security")


def fields_of(place: Place) -> dict[str, Any]:
    with acting_as(place.coordinator.pk):
        row = PaperVersion.objects.filter(paper=place.paper).values().get()
    return {name: value for name, value in row.items() if name != "id"}


def test_a_closed_paper_stays_under_its_closure_until_it_is_released(world: World) -> None:
    here, by = world.here, world.here.coordinator
    for to in (None, closure_of(here, by), closure_of(here, by, released=True)):
        refused(by, partial(change, here.closed_paper, closure=to), "stays under its closure")
    with acting_as(by.pk):
        release(closure=here.closure, reason="Decided in public", by=by)
    done = closure_of(here, by, released=True)
    for to in (None, done):
        refused(by, partial(change, here.closed_paper, closure=to), "that is in force")
    with acting_as(by.pk):
        close_paper(paper=Paper.objects.get(pk=here.closed_paper.pk), by=by, **CASE)


def test_a_paper_goes_under_no_closure_of_another_borough(world: World) -> None:
    refused(
        world.here.coordinator,
        lambda: change(world.here.paper, closure_id=world.there.closure.pk),
        "that is in force",
    )


# -- Files ---------------------------------------------------------------------------------------------------------
def test_equal_files_of_two_papers_lie_under_two_names(world: World) -> None:
    here, data = world.here, tiny_pdf("The same")
    with acting_as(here.coordinator.pk):
        two = [make_paper(here.borough, data=data, by=here.coordinator).latest() for _ in "ab"]
    assert two[0].sha256 == two[1].sha256
    assert two[0].storage != two[1].storage


@pytest.mark.parametrize("how", ["row", "function"])
def test_no_version_is_pointed_at_the_file_of_another_paper(world: World, how: str) -> None:
    here = world.here
    with second_lock_off():
        closed = PaperVersion.objects.get(paper=here.closed_paper)
    with acting_as(here.lead.pk):
        mine = make_paper(here.borough, by=here.lead, closing=CASE).latest()
    rows = PaperVersion.objects.filter(pk=mine.pk)
    deeds: dict[str, Callable[[], object]] = {
        "row": lambda: rows.update(storage=closed.storage, sha256=closed.sha256, size=closed.size),
        "function": lambda: run(
            "SELECT papers_kept(%s, %s, %s, %s)", mine.pk, mine.storage, closed.storage, mine.key_id
        ),
    }
    refused(here.lead, deeds[how], "belongs to another paper")
    planted = PaperVersion(
        **{**fields_of(here), "paper_id": mine.paper_id, "number": 2, "storage": closed.storage}
    )
    refused(here.lead, lambda: planted.save(force_insert=True), "belongs to another paper")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT papers_names_in_use()",
        "SELECT papers_names_in_use('sealed/' || repeat('0', 64))",
        "SELECT * FROM papers_keys_under_another('')",
        "SELECT papers_rewrap(gen_random_uuid(), '', '', '')",
        "SELECT papers_turn_key(1, gen_random_uuid(), '', '')",
        "SELECT papers_kept_wrongly()",
        "SELECT * FROM papers_unremembered()",
    ],
)
def test_what_looks_at_every_boroughs_files_answers_jobs_alone(world: World, sql: str) -> None:
    refused(world.here.lead, lambda: run(sql), "Only jobs and commands")
    with acting_as(None), transaction.atomic():
        run(sql)
        transaction.set_rollback(True)


def test_who_is_not_on_the_list_has_nothing_sealed_or_shown(world: World) -> None:
    here = world.here
    with second_lock_off():
        closed = PaperVersion.objects.get(paper=here.closed_paper)
        PaperVersion.objects.filter(pk=closed.pk).update(key=None)
    calls = [
        "SELECT borough_id FROM papers_hold(%s)",
        "SELECT version FROM papers_unremembered(%s)",
        "SELECT 1 WHERE papers_kept(%s, repeat('0', 64), repeat('0', 64), NULL)",
    ]
    with acting_as(here.lead.pk):
        assert [run(sql, closed.pk) for sql in calls] == [[], [], []]
    with acting_as(here.coordinator.pk):
        assert run(calls[0], closed.pk) == [(here.borough.pk,)]
