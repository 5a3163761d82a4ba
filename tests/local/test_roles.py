"""The roles of a fresh database server, as the launcher, the tests and docker compose make them."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest

from portal.local import postgres

ROLES = """SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication, rolcanlogin
             FROM pg_roles WHERE rolname LIKE 'portal%' ORDER BY rolname"""


@pytest.fixture
def sockets() -> Path:
    """Of the servers of this test run."""
    return Path(unquote(urlsplit(os.environ["PORTAL_TEST_OWNER_URL"]).netloc.partition("@")[2]))


def ask(
    sockets: Path, question: str, user: str = "postgres", database: str = "postgres"
) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(host=str(sockets), user=user, dbname=database)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            rows: list[tuple[object, ...]] = cursor.fetchall()
            return rows
    finally:
        connection.close()


def test_the_applications_role_can_step_over_nothing(sockets: Path) -> None:
    assert ask(sockets, ROLES) == [
        ("portal_app", False, False, False, False, False, True),
        ("portal_backup", False, True, False, False, False, True),
        ("portal_owner", False, False, True, False, False, True),
    ]


def test_the_applications_role_owns_nothing_and_makes_nothing(sockets: Path) -> None:
    owned = "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE rolname = 'portal_app'"
    assert ask(sockets, owned, database="portal") == [(0,)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(sockets, "CREATE TABLE mine (id int)", user="portal_app", database="portal")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(sockets, "SET ROLE portal_owner", user="portal_app", database="portal")


def test_making_the_roles_again_changes_nothing(sockets: Path) -> None:
    databases = "SELECT datname, datdba::regrole::text, datacl::text FROM pg_database WHERE datname = 'portal'"
    before = ask(sockets, ROLES), ask(sockets, databases)
    postgres.make_roles(sockets)
    assert (ask(sockets, ROLES), ask(sockets, databases)) == before
    assert before[1][0][:2] == ("portal", "portal_owner")
