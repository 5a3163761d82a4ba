"""The world of the tests is made once a worker, in a database of its own; every test begins with a copy of it.

Making it by actions costs most of a second. A test that rolls back leaves it as it was; one that commits makes its own
in the plain database, which is emptied after it.
"""

import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from tests.factories import World, make_world

_SUFFIX = "_world"
CHEAP_PASSWORDS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
_made: list[World] = []  # the world of this worker, once it is made


def wanted(request: Any) -> bool:
    """Whether the test asks for the world and rolls back."""
    marker = request.node.get_closest_marker("django_db")
    commits = bool(marker and marker.kwargs.get("transaction"))
    names = request.fixturenames
    return "world" in names and not commits and "transactional_db" not in names


def name_of_plain() -> str:
    """The database in which tests commit, whichever the connection speaks to now."""
    return str(connection.settings_dict["NAME"]).removesuffix(_SUFFIX)


def use_database(*, of_world: bool) -> None:
    """Lets the connection speak to the database of the world, or to the plain one."""
    plain = name_of_plain()
    name = plain + _SUFFIX if of_world else plain
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def made() -> bool:
    return bool(_made)


def make_database() -> None:
    """A copy of the plain database. To be called as portal_owner."""
    use_database(of_world=False)
    plain = connection.settings_dict["NAME"]
    connection.close()
    drop_database()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{plain}{_SUFFIX}" TEMPLATE "{plain}"')


def drop_database() -> None:
    """To be called as portal_owner."""
    use_database(of_world=False)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{connection.settings_dict["NAME"]}{_SUFFIX}"')


def fill_database(files: Path) -> None:
    """Makes the world and commits it; its doorbells are not rung. Its files are kept in that folder."""
    use_database(of_world=True)
    quick = {"PASSWORD_HASHERS": CHEAP_PASSWORDS, "FILES_ROOT": files, "FILES_KEEP_FREE": 0}
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # private to Django: durable blocks may stand inside
    with override_settings(**quick), block:
        _made.append(make_world())
        connection.run_on_commit.clear()


def copy_of(files: Path) -> World:
    """The world as it was made, for one test, and its files in the store of that test."""
    shutil.copytree(files, settings.FILES_ROOT, dirs_exist_ok=True)
    return deepcopy(_made[0])
