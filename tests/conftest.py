"""The test database is made and emptied by portal_owner; everything a test does runs as portal_app."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests import shared_world
from tests.factories import World, make_world

SECOND_LOCK_OFF = "lock2_off"


@contextmanager
def as_owner() -> Iterator[None]:
    """A stretch of work as the role that owns the tables."""
    connection.close()
    connection.settings_dict["USER"] = "portal_owner"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = "portal_app"


@contextmanager
def second_lock_off(table: str = "off") -> Iterator[None]:
    """A stretch of a test in which rows are not guarded, or those of one table; an error inside undoes it with the rest."""
    with transaction.atomic():
        _lock_rows(table)
        yield
        _lock_rows("on")


def _lock_rows(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', %s, true)", [word])


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
) -> Iterator[None]:
    """One migrated database a worker, with the reference data every test may count on."""
    with django_db_blocker.unblock():
        with as_owner():
            old = setup_databases(
                verbosity=0, interactive=False, aliases={"default": None}, keepdb=django_db_keepdb
            )
            _let_tests_take_a_lock_off()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            assert cursor.fetchone() == (f"{_name()}", "portal_app")
        call_command("load_reference", verbosity=0, stdout=StringIO())
    yield
    with django_db_blocker.unblock(), as_owner():
        shared_world.drop_databases()
        teardown_databases(old, verbosity=0, keepdb=django_db_keepdb)


def _name() -> str:
    name = str(connection.settings_dict["NAME"])
    assert name.startswith("test_"), f"Tests empty their database, so it must not be {name}"
    return name


def _let_tests_take_a_lock_off() -> None:
    """In the test database alone: rows can be unlocked by a setting, so that the first lock is tried by itself."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS audit_never_truncate ON audit_event")
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"DROP POLICY IF EXISTS {SECOND_LOCK_OFF} ON {table}")
            cursor.execute(
                f"CREATE POLICY {SECOND_LOCK_OFF} ON {table} TO portal_app "
                f"USING (current_setting('app.lock2', true) IN ('off', '{table}'))"
            )


@pytest.fixture(scope="session", autouse=True)
def the_owner_empties_tables() -> Iterator[None]:
    """A transactional test ends with TRUNCATE, a right that portal_app lacks; then the reference data comes back."""
    plain = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # private to Django

    def teardown(self: Any) -> None:
        with as_owner():
            plain(self)
        call_command("load_reference", verbosity=0, stdout=StringIO())

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = shared_world.CHEAP_PASSWORDS
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _own_counters(settings: Any, worker_id: str) -> None:
    """Rate limits count for each test alone."""
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "KEY_PREFIX": f"{worker_id}-{os.urandom(4).hex()}",
        }
    }


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test has a store of its own, made when something is kept in it."""
    settings.FILES_ROOT = tmp_path_factory.getbasetemp() / f"files-{os.urandom(6).hex()}"
    settings.FILES_KEEP_FREE = 0


@pytest.fixture(scope="session")
def _shared_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared-files")


@pytest.fixture
def _right_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    _shared_files: Path,
) -> None:
    """Before a test opens its transaction: which database it speaks to, a shared one or the plain one."""
    shared = shared_world.wanted(request)
    with django_db_blocker.unblock():
        if shared and not shared_world.made(shared):
            with as_owner():
                shared_world.make_database(shared)
            shared_world.fill_database(shared, _shared_files)
        shared_world.use_database(shared)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> None:
    if fixturedef.argname == "_django_db_helper":  # pytest-django's, which opens the transaction
        request.getfixturevalue("_right_database")


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None, _shared_files: Path) -> World:
    """Two boroughs, one of everything, one person a role in each."""
    if shared_world.wanted(request):
        return cast("World", shared_world.copy_of("world", _shared_files))
    return make_world()


@pytest.fixture
def demonstration(db: None, _shared_files: Path) -> None:
    """What `make run` loads."""
    shared_world.copy_of("demonstration", _shared_files)


@pytest.fixture
def url() -> Any:
    return lambda name, *args: reverse(name, args=args)
