"""`make screenshots`: the README's pictures, taken of the demonstration on servers that are gone afterwards."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from portal.local.places import ROOT
from portal.local.programs import Program
from portal.local.ready import manage
from portal.local.supervisor import portal_programs
from tests.browser import driving

INTO = ROOT / "docs" / "screenshots"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
COLOURS = 64
DOTS = 80  # an inch of the PDF
SECONDS = 90.0


def prepared(folder: Path) -> Mapping[str, str]:
    """The environment of a portal with the demonstration in it."""
    env = {**os.environ, "SITE_URL": SITE, "STATIC_ROOT": str(folder / "static")}
    owner = {**env, "DATABASE_URL": env["PORTAL_TEST_OWNER_URL"]}
    manage(owner, "migrate", "--noinput", failing="The database could not be migrated")
    manage(env, "load_reference", failing="The reference data could not be loaded")
    manage(env, "load_demonstration", failing="The sample boroughs could not be loaded")
    manage(env, "collectstatic", "--noinput", failing="The static files could not be collected")
    return env


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Web and worker, for a while."""
    (folder / "logs").mkdir()
    programs: list[Program] = portal_programs(PORT, prepared(folder), folder)
    try:
        for program in programs:
            program.start()
        wait_until_it_answers(programs[0])
        yield
    finally:
        for program in programs:
            program.ask_to_stop()
        for program in programs:
            program.wait_stopped()


def wait_until_it_answers(web: Program) -> None:
    until = time.monotonic() + SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{SITE}/health/", timeout=5).close()  # noqa: S310 - our own address
        except OSError:
            if web.exit_code() is not None or time.monotonic() > until:
                sys.exit(f"The web server did not start:\n{web.last_words()}")
            time.sleep(0.2)
        else:
            return


def keep(picture: Image.Image, name: str) -> None:
    """Few colours and no metadata: small, and the same again tomorrow."""
    INTO.mkdir(parents=True, exist_ok=True)
    file = INTO / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB\n")


def shoot(page: Page, path: str, name: str, *, height: int) -> None:
    page.goto(f"{SITE}{path}")
    page.wait_for_load_state("networkidle")
    width = page.evaluate("innerWidth")
    page.set_viewport_size({"width": width, "height": height})
    keep(Image.open(BytesIO(page.screenshot())), name)


def sample_password() -> str:
    """As the portal itself says it."""
    said = manage(os.environ, "demonstration_accounts", failing="The sample sign-ins are not known")
    return said.rpartition(":")[2].strip()


def window(browser: Browser, email: str, password: str, *, width: int = 1400) -> Page:
    page = driving.new_context(browser, width=width).new_page()
    driving.sign_in(page, SITE, email, password)
    return page


def address(page: Page, name: str) -> str:
    """Where the link of that name leads."""
    return str(page.get_by_role("link", name=name).first.get_attribute("href"))


def take(browser: Browser, folder: Path) -> None:
    password = sample_password()
    coordinator = "coordinator@thurrock.example.org"
    page = window(browser, coordinator, password)
    shoot(page, "/thurrock/", "dashboard", height=1000)
    page.get_by_role("button", name="Open this assessment").click()
    rating = address(page, "Change Training programme")
    shoot(page, rating, "rating", height=1000)
    shoot(window(browser, coordinator, password, width=320), rating, "rating-narrow", height=900)
    shoot(
        window(browser, "lead@thurrock.example.org", password),
        "/thurrock/people/",
        "people",
        height=800,
    )
    member = window(browser, "member@thurrock.example.org", password)
    shoot(member, ready_report(member), "report", height=1000)
    with member.expect_download() as coming:
        member.get_by_role("button", name="Download the PDF").click()
    coming.value.save_as(folder / "report.pdf")
    keep(pages_of(folder), "report-pdf-1")


def ready_report(page: Page) -> str:
    """The report's address, once the worker has made it."""
    until = time.monotonic() + SECONDS
    while True:
        page.goto(f"{SITE}/thurrock/reports/")
        if page.locator("main td").count():
            return str(page.locator("main th a").first.get_attribute("href"))
        if time.monotonic() > until:
            sys.exit("The worker did not make the report")
        time.sleep(0.5)


def pages_of(folder: Path) -> Image.Image:
    """The first two pages, side by side."""
    command = ["pdftoppm", "-r", str(DOTS), "-l", "2", "-png", "report.pdf", "page"]
    subprocess.run(command, check=True, cwd=folder)
    pages = [Image.open(file) for file in sorted(folder.glob("page-*.png"))]
    gap = 12
    width = sum(page.width for page in pages) + gap * (len(pages) + 1)
    sheet = Image.new("RGB", (width, pages[0].height + 2 * gap), "#b1b4b6")
    for place, page in enumerate(pages):
        sheet.paste(page, (gap + place * (page.width + gap), gap))
    return sheet


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        running(Path(name)),
        sync_playwright() as playwright,
    ):
        browser = driving.launch(playwright)
        take(browser, Path(name))
        browser.close()


if __name__ == "__main__":
    main()
