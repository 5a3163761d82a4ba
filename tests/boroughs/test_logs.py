"""Tokens and rows stay out of the logs."""

import logging
from collections.abc import Iterator
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import User
from boroughs.logs import SWEEPER, RefusedInOneLine, WithoutRows, WithoutSweeps, WithoutTokens
from reports.tasks import sweep_renderings
from tests.factories import World
from tests.second_factor import enter


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/invitations/3pFGeiW-skQ_Ti/", "/invitations/…/"),
        ("/account/password/reset/a-bcd123-0f/?next=/", "/account/password/reset/…/?next=/"),
        ("/thurrock/people/", "/thurrock/people/"),
    ],
)
def test_a_logged_address_is_without_its_token(path: str, logged: str) -> None:
    args = ({"r": f"GET {path} HTTP/1.1"},)
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, '"%(r)s" 200', args, None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == f'"GET {logged} HTTP/1.1" 200'


def test_a_refused_attempt_is_one_line_and_a_fault_keeps_its_traceback(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = StringIO()
    handler = logging.StreamHandler(lines)
    handler.addFilter(RefusedInOneLine())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    client = Client(raise_request_exception=False)
    enter(client, world.here.member)
    try:
        assert client.get("/thurrock/committees/add/").status_code == 403
        assert len(lines.getvalue().splitlines()) == 1
        assert lines.getvalue().startswith("Forbidden")
        monkeypatch.setattr("boroughs.views.committees.timezone", None)
        assert client.get("/thurrock/committees/").status_code == 500
        assert "Traceback" in lines.getvalue()
    finally:
        logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("name", "message", "level", "logged"),
    [
        (
            "celery.worker.strategy",
            "Task reports.tasks.sweep_renderings[1] received",
            logging.INFO,
            False,
        ),
        (
            "celery.app.trace",
            "Task reports.tasks.sweep_renderings[1] succeeded",
            logging.INFO,
            False,
        ),
        ("celery.app.trace", "Task reports.tasks.sweep_renderings[1] raised", logging.ERROR, True),
        ("celery.app.trace", "Task reports.tasks.render[1] succeeded", logging.INFO, True),
    ],
)
def test_the_sweepers_rounds_are_not_logged(
    name: str, message: str, level: int, logged: bool
) -> None:
    record = logging.LogRecord(name, level, "", 0, message, (), None)
    assert WithoutSweeps().filter(record) is logged


def test_all_of_them_are_at_work() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    wanted = ["refused_in_one_line", "without_sweeps", "without_rows"]
    assert handlers["stderr"]["filters"] == wanted
    assert SWEEPER in {str(sweep_renderings.name).rpartition(".")[2]}


def test_the_web_servers_own_log_is_filtered_too(db: None) -> None:
    import portal.wsgi  # noqa: F401, PLC0415 - loading it is what sets the filter

    filters = logging.getLogger("gunicorn.access").filters
    assert [type(each) for each in filters].count(WithoutTokens) == 1
    filters = logging.getLogger("gunicorn.error").filters
    assert [type(each) for each in filters].count(WithoutRows) == 1


# -- The rows of a database error -----------------------------------------------------------------------------------
CANARY = "CANARYINTHELOG"


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the log of a process gets, by the very handler that writes it."""
    [handler] = [
        each
        for each in logging.getLogger().handlers
        if isinstance(each, logging.StreamHandler) and each.filters
    ]
    found = StringIO()
    before = handler.setStream(found)
    yield found
    handler.setStream(before)


def integrity(*_: Any) -> None:
    User(email="one@example.org", name=f"{CANARY}\nB", is_superuser=True).save()


def data(*_: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [CANARY])


@pytest.mark.parametrize("fault", [integrity, data])
def test_a_database_error_in_a_view_leaves_no_row_in_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, lines: StringIO, fault: Any
) -> None:
    monkeypatch.setattr("boroughs.views.committees.timezone", SimpleNamespace(localdate=fault))
    client = Client(raise_request_exception=False)
    enter(client, world.here.member)
    assert client.get("/thurrock/committees/").status_code == 500
    assert CANARY not in lines.getvalue()
    assert "Traceback" in lines.getvalue()
    assert f"in {fault.__name__}" in lines.getvalue()
    assert "django.db.utils." in lines.getvalue()
    assert ("nobody_is_superuser" in lines.getvalue()) is (fault is integrity)


@pytest.mark.parametrize("fault", [integrity, data])
@pytest.mark.django_db(transaction=True)
def test_a_database_error_in_a_task_leaves_no_row_in_the_workers_log(
    lines: StringIO, fault: Any
) -> None:
    shared_task(name=f"tests.{fault.__name__}")(fault).apply()
    assert f"Task tests.{fault.__name__}" in lines.getvalue()
    assert "Traceback" in lines.getvalue()
    assert CANARY not in lines.getvalue()


def test_an_error_among_others_or_merely_mentioned_is_without_its_row_too(
    db: None, lines: StringIO
) -> None:
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        integrity()
    logger = logging.getLogger("portal")
    logger.error("It failed: %s", caught.value)
    both = ExceptionGroup("both", [ValueError("plain"), caught.value])
    logger.error("They failed: %r", caught.value, exc_info=both)
    assert lines.getvalue().count("nobody_is_superuser") >= 3
    assert "plain" in lines.getvalue()
    assert CANARY not in lines.getvalue()
