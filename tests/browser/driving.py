"""Driving Chromium: where it is, how it starts, and what a person at the keyboard does."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright

PLACES = (Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"))
STEP_PAGE = "/account/second-factor/step/"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TABS = 80  # more than any page has places to stop at
PATIENCE = 15_000  # milliseconds


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium. Raises FileNotFoundError with what to do when there is none."""
    found = next((place for place in PLACES if place.exists()), None)
    if found is None:
        raise FileNotFoundError(
            "Chromium is missing, so the pages cannot be tried in a browser: install it with "
            "`apt-get install chromium`, or let `make test` do it."
        )
    return playwright.chromium.launch(executable_path=str(found), args=FLAGS)


def sign_in(
    page: Page, site: str, email: str, password: str, *, code: Callable[[], str] | None = None
) -> None:
    """Through the sign-in page, by mouse; `code` is asked for where there is a second factor."""
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/sign-in/" not in url)
    if STEP_PAGE in page.url and code:
        page.get_by_label("Code", exact=True).fill(code())
        page.get_by_role("main").get_by_role("button", name="Continue").click()
        page.wait_for_url(lambda url: STEP_PAGE not in url)


def tab_to(page: Page, wanted: Locator) -> Locator:
    """Press Tab until it has the focus; a place that the keyboard does not reach fails."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return wanted
    raise AssertionError(f"Tab does not lead to {wanted} on {page.url}")


def press_on(page: Page, wanted: Locator) -> None:
    """Go to a link or button by Tab and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def type_over(page: Page, wanted: Locator, text: str) -> None:
    """Go to a text field by Tab and replace what stands in it."""
    tab_to(page, wanted)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def heading(page: Page) -> str:
    """The page's h1, one space between words."""
    return re.sub(r"\s+", " ", page.locator("h1").inner_text()).strip()


def new_context(browser: Browser, *, width: int = 1400, scripts: bool = True) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts, locale="en-GB"
    )
    context.set_default_timeout(PATIENCE)
    return context
