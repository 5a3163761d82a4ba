"""The gallery in a real browser, at the widths of a phone and of a desk, under the portal's own content policy."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

from govuk import views
from govuk.build import AXE, FRONTEND, ROOT

pytestmark = pytest.mark.browser
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-n0nce'; style-src 'self' 'nonce-n0nce'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def static_file(name: str) -> Path:
    ours = ROOT / "static" / name
    return ours if ours.exists() else FRONTEND / name


@pytest.fixture
def opened(browser: Browser, page: HttpRequest, settings: Any) -> Iterator[Opener]:
    """Opens the gallery without a server; complaints of the browser fail the test."""
    settings.DEBUG = True
    complaints: list[str] = []
    pages: list[Page] = []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            file = static_file(address.path.removeprefix("/static/"))
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
            return
        page.META["QUERY_STRING"] = address.query
        page.__dict__.pop("GET", None)
        html = views.gallery(page).content.decode()
        route.fulfill(
            body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY}
        )

    def open_gallery(
        *, width: int = 1400, query: str = "", scripts: bool = True, axe: bool = False
    ) -> Page:
        size: Any = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, bypass_csp=axe, java_script_enabled=scripts)
        shown = context.new_page()
        pages.append(shown)
        shown.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.route("**/*", answer)
        shown.goto(f"http://portal.test/gallery/{query}")
        return shown

    yield open_gallery
    for shown in pages:
        shown.context.close()
    assert not complaints


@pytest.mark.parametrize("width", [320, 1400])
@pytest.mark.parametrize("query", ["", "?errors"])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(
    opened: Opener, width: int, query: str
) -> None:
    shown = opened(width=width, query=query, axe=True)
    shown.evaluate(AXE.read_text())
    found = shown.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_the_components_come_to_life_under_the_content_policy(opened: Opener) -> None:
    shown = opened()
    shown.wait_for_selector("text=You have 200 characters remaining")
    shown.fill("[name=comment]", "x" * 12)
    shown.wait_for_selector("text=You have 188 characters remaining")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(opened: Opener) -> None:
    shown = opened(query="?errors")
    shown.wait_for_selector(".govuk-error-summary:focus")
    shown.click("text=Select rating")
    assert shown.evaluate("document.activeElement.id") == "id_level_0"


def test_the_first_tab_stop_skips_to_the_content(opened: Opener) -> None:
    shown = opened(scripts=False)
    shown.keyboard.press("Tab")
    assert shown.locator(":focus").inner_text() == "Skip to main content"
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#main-content")


def test_leaving_with_unsaved_text_is_asked_about_once_something_is_typed(opened: Opener) -> None:
    shown = opened()
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    shown.on("dialog", leave)
    shown.goto("http://portal.test/gallery/?again")
    assert asked == []
    shown.type("[name=post]", "Head of community safety")
    shown.goto("http://portal.test/gallery/")
    assert asked == ["beforeunload"]


def test_a_page_that_waits_loads_anew_when_the_state_changes(opened: Opener) -> None:
    shown = opened()
    states = iter(["queued", "ready"])
    asked: list[str] = []

    def status(route: Route) -> None:
        asked.append(next(states, "ready"))
        route.fulfill(json={"state": asked[-1], "finished": asked[-1] == "ready"})

    html = (
        '<!doctype html><html lang="en"><title>Wait</title><body>'
        '<script src="/static/portal.js" data-govuk="/static/govuk.js"></script>'
        '<p data-poll="/status/" data-poll-seconds="0.05" data-poll-state="queued">Waiting</p>'
    )
    loads: list[str] = []

    def waiting(route: Route) -> None:
        loads.append(route.request.url)
        done = html.replace('data-poll-state="queued"', 'data-poll-state="ready"')
        route.fulfill(body=done if len(loads) > 1 else html, content_type="text/html")

    shown.route("**/status/", status)
    shown.route("**/wait/", waiting)
    shown.goto("http://portal.test/wait/")
    shown.wait_for_selector('[data-poll-state="ready"]')
    assert asked[:2] == ["queued", "ready"]
    assert len(loads) == 2
