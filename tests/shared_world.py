"""The world of the tests and the demonstration are made once a worker, each in a database of its own; every test begins
with a copy of one.

Making the world by actions costs most of a second, loading the demonstration twenty. A test that rolls back leaves them as
they were; one that commits makes its own world in the plain database, which is emptied after it.
"""

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from portal.demonstration.load import load
from tests.factories import make_world

CHEAP_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SHARED: dict[str, Callable[[], Any]] = {"world": make_world, "demonstration": load}
_made: dict[str, Any] = {}  # of this worker, once they are


def wanted(request: Any) -> str:
    """What the test asks for by its fixture; nothing where it commits."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    names = request.fixturenames
    if commits or "transactional_db" in names:
        return ""
    return next((name for name in SHARED if name in names), "")


def name_of_plain() -> str:
    """The database in which tests commit, whichever the connection speaks to now."""
    name = str(connection.settings_dict["NAME"])
    for shared in SHARED:
        name = name.removesuffix(f"_{shared}")
    return name


def use_database(shared: str = "") -> None:
    """Lets the connection speak to the database of the world or of the demonstration, or to the plain one."""
    plain = name_of_plain()
    name = f"{plain}_{shared}" if shared else plain
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def made(shared: str) -> bool:
    return shared in _made


def make_database(shared: str) -> None:
    """A copy of the plain database. To be called as portal_owner."""
    use_database()
    plain = connection.settings_dict["NAME"]
    connection.close()
    _drop(shared)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{plain}_{shared}" TEMPLATE "{plain}"')


def drop_databases() -> None:
    """To be called as portal_owner."""
    use_database()
    for shared in SHARED:
        _drop(shared)


def _drop(shared: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}_{shared}"')


def fill_database(shared: str, files: Path) -> None:
    """Makes what is shared and commits it; its doorbells are not rung. Its files are kept in that folder."""
    use_database(shared)
    quick = {
        "PASSWORD_HASHERS": CHEAP_PASSWORDS,
        "FILES_ROOT": files / shared,
        "FILES_KEEP_FREE": 0,
    }
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # private to Django: durable blocks may stand inside
    with override_settings(**quick), block:
        _made[shared] = SHARED[shared]()
        connection.run_on_commit.clear()


def copy_of(shared: str, files: Path) -> Any:
    """What was made, as it was, for one test, and its files in the store of that test."""
    if (files / shared).exists():
        shutil.copytree(files / shared, settings.FILES_ROOT, dirs_exist_ok=True)
    return deepcopy(_made[shared])
