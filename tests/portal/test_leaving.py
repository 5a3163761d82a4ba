"""A borough leaves: the export is complete and verifies by itself, and afterwards nothing of it is left."""

import hashlib
import json
import shutil
from collections import deque
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from accounts.models import User
from audit.models import Event
from audit.verify import why_not_whole as why_trail_not_whole
from boroughs.actions.borough import open_borough
from boroughs.actions.lists import ask, grant_seats
from boroughs.actions.people import set_roles
from boroughs.actions.purges import erase
from boroughs.models import Borough
from boroughs.roles import Role
from boroughs.rows import acting_as
from papers.models import PaperCopy
from portal.leaving import removing
from portal.leaving.tables import NOT_WRITTEN, PATHS, rows_of
from portal.leaving.verifying import why_not_whole, written
from reports.actions.styles import choose_style
from reports.models import HouseStyle
from tests.boroughs.purging import places_of
from tests.conftest import as_owner
from tests.factories import World, make_world

WHO = [
    "--asked-by",
    "lead@thurrock.example.org",
    "--approved-by",
    "administrator@portal.example.org",
]
# Tables that point at a borough by a number and not by a key
BY_NUMBER = {"audit.Event", "audit.Link", "audit.Head", "audit.Checked"}


@pytest.fixture
def world(transactional_db: None) -> World:
    world = make_world()
    here = world.here
    with acting_as(here.lead.pk):
        choose_style(borough=here.borough, style=HouseStyle.objects.get(key="plain"), by=here.lead)
        grant_seats(closure=here.closure, committee=here.committee, reason="Item", by=here.lead)
        erase(request=here.purge, by=here.lead)
    with acting_as(here.coordinator.pk):
        PaperCopy.objects.create(version=here.version, number=1, reader=here.member)
    with acting_as(here.clearing.pk):
        ask(closure=here.closure, reason="To advise", by=here.clearing)
    with acting_as(world.there.lead.pk):
        set_roles(
            user=here.coordinator,
            borough=world.there.borough,
            roles={Role.OBSERVER},
            by=world.there.lead,
        )
    return world


@pytest.fixture
def folder(world: World, tmp_path: Path) -> Path:
    target = tmp_path / "thurrock"
    with as_owner():
        call_command("export_borough", "thurrock", "--to", str(target))
    return target


def remove(folder: Path, *who: str) -> None:
    with as_owner():
        call_command("remove_borough", "thurrock", "--exported", str(folder), *(who or WHO))


def leads_to_a_borough(model: type[models.Model]) -> bool:
    """Whether any way of keys leads from the table to a borough, not through people."""
    waiting, seen = deque([model]), {model}
    while waiting:
        for field in waiting.popleft()._meta.concrete_fields:
            other: Any = field.related_model
            if other is Borough:
                return True
            if other not in (None, *seen):
                seen.add(other)
                waiting.append(other)
    return model is Borough


def files() -> list[Path]:
    return [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]


# -- Complete -----------------------------------------------------------------------------------------------------
def test_every_table_that_leads_to_a_borough_is_named() -> None:
    found = {m._meta.label for m in apps.get_models() if leads_to_a_borough(m)}
    assert found | BY_NUMBER == set(PATHS), "name it in portal/leaving/tables.py"
    assert set(NOT_WRITTEN) < set(PATHS)


def test_every_table_is_written_with_every_row(world: World, folder: Path) -> None:
    manifest, filled = json.loads((folder / "manifest.json").read_text()), 0
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        for label in set(PATHS) - set(NOT_WRITTEN):
            rows = rows_of(label, world.here.borough).count()
            filled += bool(rows)
            assert manifest["parts"][f"tables/{label}.jsonl"]["lines"] == rows, label
    assert filled >= 30
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for word in ("present words of", "paragraph words of", "closed words of", "summary words of"):
        assert f"{word} thurrock".encode() in everything
        assert f"{word} barnet".encode() not in everything
    assert b"%PDF" in everything
    call_command("verify_export", str(folder))


# -- Verified ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("tables/toolkit.Rating.jsonl", "present", "changed", "is not what was written"),
        ("tables/audit.Link.jsonl", None, None, "is missing"),
        ("manifest.json", '"format": 1', '"format": 9', "of format 9"),
        ("manifest.json", "{", "", "no manifest"),
    ],
)
def test_a_changed_folder_is_found_out(
    folder: Path, name: str, old: str | None, new: str | None, said: str
) -> None:
    path = folder / name
    if old is None or new is None:
        path.unlink()
    else:
        path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(CommandError, match=said):
        call_command("verify_export", str(folder))


def test_a_trail_that_was_rewritten_with_its_manifest_is_found_out(folder: Path) -> None:
    path = folder / "tables" / "audit.Event.jsonl"
    path.write_text(
        path.read_text().replace('"deed": "closure.granted"', '"deed": "closure.asked"', 1)
    )
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["parts"]["tables/audit.Event.jsonl"]["sha256"] = hashlib.sha256(
        path.read_bytes()
    ).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert any("of the trail is not what was written" in said for said in why_not_whole(folder))


def test_json_is_written_as_the_database_writes_it(db: None) -> None:
    value = {
        "zz": 1,
        "a": [True, None, 'é“\n\t\\"\x01'],
        "until": "2026",
        "b": {"c": -3},
        "long": {},
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::jsonb::text", [json.dumps(value)])
        assert cursor.fetchone()[0] == written(value)


# -- Removed --------------------------------------------------------------------------------------------------------
def test_nothing_is_left_but_a_tombstone_and_the_neighbours(world: World, folder: Path) -> None:
    kept = {p for p in files() if p.name in storages(world.there.borough)}
    remove(folder)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        for label in PATHS:
            assert not rows_of(label, world.here.borough).exists(), label
        assert places_of("words of thurrock") == []
        assert places_of("Prevent in Thurrock") == []
        assert set(places_of("thurrock.example.org")) == {"accounts_user"}
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        stone = Event.objects.get(deed="borough.removed")
        assert stone.borough_id is None
        assert "thurrock" not in str(stone.facts).lower()
        names = set(User.objects.values_list("email", flat=True))
        assert "coordinator@thurrock.example.org" in names  # holds a role elsewhere
        assert "member@thurrock.example.org" not in names
        assert "coordinator@barnet.example.org" in names
        assert why_trail_not_whole() == []
    assert set(files()) == kept
    with acting_as(world.administrator.pk):
        again = open_borough(
            slug="thurrock",
            name="Thurrock",
            full_name="Thurrock Council",
            gss_code=world.here.borough.gss_code,
            kind="unitary",
            nation="england",
            by=world.administrator,
        )
    assert again.pk != world.here.borough.pk


def storages(borough: Borough) -> set[str]:
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.migrating', 'on', true)")
        rows: Any = rows_of("papers.PaperVersion", borough)
        return set(rows.values_list("storage", flat=True))


def test_history_is_kept_from_changes_again_afterwards(world: World, folder: Path) -> None:
    remove(folder)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgname = ANY(%s)",
            [[t for _, t in removing.KEEPERS]],
        )
        assert {enabled for _, enabled in cursor.fetchall()} == {"O"}


@pytest.mark.parametrize(
    "who",
    [
        ["lead@thurrock.example.org", "lead@thurrock.example.org"],
        ["lead@thurrock.example.org", "monitoring@thurrock.example.org"],
        ["coordinator@thurrock.example.org", "administrator@portal.example.org"],
        ["lead@barnet.example.org", "administrator@portal.example.org"],
        ["lead@thurrock.example.org", "nobody@example.org"],
    ],
)
def test_two_people_who_answer_for_it_are_needed(
    world: World, folder: Path, who: list[str]
) -> None:
    with pytest.raises(CommandError, match=r"two different people|One of the two must be"):
        remove(folder, "--asked-by", who[0], "--approved-by", who[1])
    assert Borough.objects.filter(slug="thurrock").exists()


def test_what_changed_since_the_export_stops_it(world: World, folder: Path) -> None:
    with acting_as(world.here.lead.pk):
        grant_seats_again(world)
    with pytest.raises(CommandError, match="changed since the export"):
        remove(folder)


def grant_seats_again(world: World) -> None:
    here = world.here
    set_roles(user=here.clearing, borough=here.borough, roles={Role.OBSERVER}, by=here.lead)


def test_killed_between_rows_and_files_it_is_finished_by_running_it_again(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = storages(world.here.borough)
    with monkeypatch.context() as patched:
        patched.setattr(removing, "forget", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            remove(folder)
    assert any(path.name in mine for path in files())
    remove(folder)
    assert not any(path.name in mine for path in files())


def test_an_export_that_was_stopped_leaves_no_folder(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "stopped"
    shutil.rmtree(settings.FILES_ROOT)
    with as_owner(), pytest.raises(CommandError, match="not in the store"):
        call_command("export_borough", "thurrock", "--to", str(target))
    assert not target.exists()


def test_the_applications_role_cannot_export(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="portal_owner"):
        call_command("export_borough", "thurrock", "--to", str(tmp_path / "x"))
