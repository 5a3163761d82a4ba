"""What the database's server writes into its log: that something failed, and none of the words it failed on."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from portal.local.postgres import WORDLESS

pytestmark = pytest.mark.django_db
CANARY = "CANARYINTHELOG"


def socket() -> Path:
    """Of the server of this test run; its log lies beside."""
    return Path(unquote(urlsplit(os.environ["PORTAL_TEST_OWNER_URL"]).netloc.partition("@")[2]))


def the_log() -> str:
    return socket().with_name("postgres.log").read_text()


@pytest.mark.parametrize("setting", WORDLESS)
def test_the_running_server_logs_no_words(setting: str) -> None:
    name, _, wanted = setting.partition("=")
    superuser = psycopg2.connect(host=str(socket()), user="postgres", dbname="postgres")
    try:
        with superuser.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (wanted,)
    finally:
        superuser.close()


def test_the_application_cannot_make_the_log_talk() -> None:
    for name in ("log_min_error_statement", "log_error_verbosity", "log_statement"):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET {name} = DEFAULT")


def test_a_row_that_is_refused_leaves_its_mark_and_none_of_its_words() -> None:
    before = len(the_log())
    person = User(email=f"{CANARY}@example.org", name=CANARY, is_superuser=True)
    with pytest.raises(DatabaseError, match=CANARY), transaction.atomic():
        person.save()
    said = the_log()[before:]
    assert "nobody_is_superuser" in said
    assert CANARY not in said
