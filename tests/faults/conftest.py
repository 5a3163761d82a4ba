"""A whole portal of its own for each fault: PostgreSQL, Valkey and gunicorn that may be killed without hurting other tests."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import psycopg2
import pytest
from bs4 import BeautifulSoup
from celery import Celery

from portal.demonstration import PASSWORD
from portal.local import postgres, throwaway, valkey
from portal.local.programs import Program
from portal.local.ready import manage
from portal.local.services import Services

PATIENCE = 12.0  # seconds that anything here may take


def wait_until(true: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := true():
            return found
        time.sleep(0.02)
    raise AssertionError(f"In {seconds} seconds: {what}")


@dataclass
class Page:
    status: int
    url: str
    body: str

    @property
    def words(self) -> str:
        return " ".join(BeautifulSoup(self.body, "html5lib").get_text(" ").split())


class Browser:
    """A signed-in visitor over real HTTP, who follows redirects."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, said: Mapping[str, str] | None = None) -> Page:
        url = path if path.startswith("http") else self.site + path
        data = urlencode(said).encode() if said is not None else None
        try:
            with self.opener.open(url, data, timeout=PATIENCE) as answer:
                return Page(answer.status, answer.url, answer.read().decode())
        except HTTPError as refusal:
            with refusal:
                return Page(refusal.code, url, refusal.read().decode())

    def press(self, page: Page, path: str, **said: str) -> Page:
        """Post a form of that page."""
        token = BeautifulSoup(page.body, "html5lib").select_one("[name=csrfmiddlewaretoken]")
        assert token is not None, page.words
        return self.open(path, {"csrfmiddlewaretoken": str(token["value"]), **said})

    def sign_in(self, email: str) -> None:
        page = self.open("/account/sign-in/")
        assert self.press(page, "/account/sign-in/", login=email, password=PASSWORD).status == 200


def chosen_on(page: Page) -> dict[str, str]:
    """What the lists of a page have chosen beforehand."""
    selects = BeautifulSoup(page.body, "html5lib").select("main select:has(option[selected])")
    return {
        str(one["name"]): str(one.select_one("option[selected]")["value"])  # type: ignore[index]
        for one in selects
    }


@dataclass
class Installation:
    services: Services
    folder: Path
    env: Mapping[str, str]
    site: str

    @property
    def database(self) -> Program:
        return self.services.started[0]

    @property
    def broker(self) -> Program:
        return self.services.started[1]

    def stop_database(self) -> None:
        self.database.ask_to_stop()
        self.database.wait_stopped()

    def start_database(self) -> None:
        postgres.start(self.database, self.folder / "postgres", self.folder / "pg")

    def start_broker(self) -> None:
        valkey.start(self.broker, self.folder / "valkey.sock")

    def worker(self, name: str) -> Program:
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency=1"]
        quiet = ["--without-gossip", "--without-mingle", "--loglevel=INFO"]
        log = self.folder / f"{name}.log"
        worker = Program(name=name, command=[*command, *quiet], log=log, environment=self.env)
        worker.start()
        return worker

    def sweep(self) -> None:
        """What beat does every ten seconds."""
        url = self.services.redis.replace("unix://", "redis+socket://", 1)
        with Celery(broker=url.replace("?db=", "?virtual_host=")) as app:
            app.send_task("reports.tasks.sweep_renderings", ignore_result=True)

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """As the server's superuser, who sees every row and moves clocks."""
        address = {"host": str(self.folder / "pg"), "user": "postgres", "dbname": "portal"}
        with closing(psycopg2.connect(**address)) as db, db, db.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def coordinator(self) -> Browser:
        browser = Browser(self.site)
        browser.sign_in("coordinator@thurrock.example.org")
        return browser

    def make_the_report(self, browser: Browser) -> Page:
        """Start a report on Thurrock's newest assessment and ask for its draft; the page of the new rendering."""
        [(assessment,)] = self.sql(
            """SELECT a.id FROM toolkit_assessment a JOIN boroughs_borough b ON b.id = a.borough_id
               WHERE b.slug = 'thurrock' ORDER BY ends_on DESC LIMIT 1"""
        )
        start = browser.open(f"/thurrock/reports/new/?assessment={assessment}")
        report = browser.press(start, start.url, **chosen_on(start), title="How we keep the duty")
        return browser.press(report, f"{report.url}make/")

    def rendering(self, page: Page) -> dict[str, Any]:
        names = ("state", "attempts", "reason", "files")
        [row] = self.sql(
            """SELECT state, attempts, reason, (SELECT count(*) FROM reports_renderedfile WHERE rendering_id = r.id)
               FROM reports_rendering r WHERE id = %s""",
            page.url.rstrip("/").rpartition("/")[2],
        )
        return dict(zip(names, row, strict=True))


def kill_family(program: Program) -> None:
    """kill -9, children and all: nobody has time to say goodbye."""
    assert program.process is not None
    with suppress(ProcessLookupError):
        os.killpg(program.process.pid, signal.SIGKILL)
    program.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def web_server(port: int, env: Mapping[str, str], folder: Path) -> Program:
    bind = ["--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *bind, "--worker-class=gthread"]
    web = Program(name="web", command=command, log=folder / "web.log", environment=env)
    web.start()
    return web


def answers(site: str) -> bool:
    try:
        return Browser(site).open("/health/").status == 200
    except (OSError, HTTPException):
        return False


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    services, folder = throwaway.start_throwaway()
    started: list[Program] = []
    try:
        env = {**throwaway.environment(services), "STATIC_ROOT": str(folder / "static")}
        env["EMAIL_URL"] = "dummymail://"
        owner = {**env, "DATABASE_URL": services.owner}
        manage(owner, "migrate", "--noinput", "--verbosity=0", failing="No tables")
        for command in ("load_reference", "load_demonstration"):
            manage(env, command, failing="No data")
        manage(env, "collectstatic", "--noinput", "--verbosity=0", failing="No static files")
        port = free_port()
        started.append(web_server(port, env, folder))
        site = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(site), "no answer from gunicorn", 30)
        yield Installation(services, folder, env, site)
    finally:
        for program in started:
            program.ask_to_stop()
            program.wait_stopped()
        throwaway.stop_throwaway(services, folder)
