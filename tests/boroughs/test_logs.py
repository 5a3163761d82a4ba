"""Tokens stay out of the logs."""

import logging
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from boroughs.logs import SWEEPER, RefusedInOneLine, WithoutSweeps, WithoutTokens
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


def test_both_are_at_work() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert handlers["stderr"]["filters"] == ["refused_in_one_line", "without_sweeps"]
    assert SWEEPER in {str(sweep_renderings.name).rpartition(".")[2]}


def test_the_web_servers_own_log_is_filtered_too(db: None) -> None:
    import portal.wsgi  # noqa: F401, PLC0415 - loading it is what sets the filter

    filters = logging.getLogger("gunicorn.access").filters
    assert [type(each) for each in filters].count(WithoutTokens) == 1
