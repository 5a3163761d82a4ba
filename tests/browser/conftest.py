"""A real browser against a real server; where a PDF is made, a real worker beside it."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Page, sync_playwright

from accounts.models import User
from portal.local.programs import Program
from reports.tasks import render
from sheets.tasks import work
from tests import shared_world
from tests.browser import driving
from tests.factories import PASSWORD, World, make_world
from tests.second_factor import recovery_code, shown

SECONDS_TO_START = 60.0
NEUTRAL = (
    "Failed to load resource: the server responded with a status of",
)  # a 403 or 404 asked for


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium. Its event loop runs in the tests' thread, which Django takes for an asynchronous one."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = driving.launch(playwright)
        yield found
        found.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of the running portal, also in the e-mails it sends."""
    settings.SITE_URL = live_server.url
    return str(live_server.url)


@pytest.fixture
def portal(transactional_db: None, site: str) -> World:
    """The world of the tests behind a running server; its reports and imports are made without the worker's help."""
    with pytest.MonkeyPatch.context() as quiet:
        for task in (render, work):
            quiet.setattr(task, "delay", lambda pk: None)
        return make_world()


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Makes a browser window of its own for each person; what the browser complains of fails the test."""
    complaints: list[str] = []
    contexts = []

    def arrive(
        user: User | None = None,
        *,
        width: int = 1400,
        scripts: bool = True,
        proven: bool = False,
    ) -> Page:
        """`proven`: by a session in which the password and every factor were shown a moment ago."""
        context = driving.new_context(browser, width=width, scripts=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.extend([said.text] * (said.type == "error")))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if user and (proven or not user.has_usable_password()):
            context.add_cookies([_session_of(user, site)])
        elif user:
            email = user.email
            driving.sign_in(page, site, email, PASSWORD, code=lambda: recovery_code(email))
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert [text for text in complaints if not text.startswith(NEUTRAL)] == []


def _session_of(user: User, site: str) -> SetCookieParam:
    """Of somebody who came in otherwise than by a password."""
    client = Client()
    client.force_login(user)
    shown(client, user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}


class Worker:
    """A Celery worker of its own on the tests' database and broker; what earlier tests rang there is forgotten."""

    def __init__(self, log: Path) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "portal", "worker"]
        options = [
            "--purge",
            "--pool=solo",
            "--without-gossip",
            "--without-mingle",
            "--loglevel=INFO",
        ]
        where = urlsplit(os.environ["DATABASE_URL"])._replace(
            path=f"/{shared_world.name_of_plain()}"
        )
        env = {**os.environ, "DATABASE_URL": urlunsplit(where)}
        self.program = Program("worker", [*celery, *options], log, env)

    def start(self) -> None:
        self.program.start()
        until = time.monotonic() + SECONDS_TO_START
        while " ready." not in self.program.log.read_text(errors="replace"):
            assert self.program.exit_code() is None, self.program.last_words()
            assert time.monotonic() < until, self.program.last_words()
            time.sleep(0.1)

    def stop(self) -> None:
        self.program.ask_to_stop()
        self.program.wait_stopped()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A stretch in which it takes nothing up, as when others are served first."""
        assert self.program.process
        self.program.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.program.process.send_signal(signal.SIGCONT)


@pytest.fixture(scope="package")
def worker(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    found = Worker(tmp_path_factory.mktemp("worker") / "worker.log")
    try:
        found.start()
        yield found
    finally:
        found.stop()
