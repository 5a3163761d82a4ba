"""A report's PDF against a warm headless Chromium printing the same HTML, and how many a core makes in a minute."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

from portal.local.places import ROOT
from reports import pdf, pdf_maker
from reports.print.fonts import BUNDLE
from reports.rendering import Snapshot, html_of
from tests.reports import snapshots

from .figures import Bar, Figure, ratios
from .rounds import Timed, Variant, in_ms, interleaved, medians

PART = "Printing a report"
CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
REPORTS: dict[str, tuple[Callable[[], Snapshot], Bar | None]] = {
    "report of two pages": (snapshots.two_pages, None),
    "report of nine pages": (snapshots.live, Bar("B6", 1.8)),
    "long report": (snapshots.long, None),
}
A_MINUTE = ("report of two pages", Bar("B6", 60, at_least=True))
MEGABYTES = Bar("B6", 200)
TIMES = 1  # in a block: each takes seconds


def measure(*, rounds: int) -> list[Figure]:
    figures = []
    for name, (snapshot, bar) in REPORTS.items():
        figures += _one(name, snapshot(), bar, rounds)
    pdf.stop()
    return figures


def _one(name: str, snapshot: Snapshot, bar: Bar | None, rounds: int) -> list[Figure]:
    html = html_of(snapshot)
    made = pdf.render(html)
    pages = f"{made.pages} pages, {len(made.data) / 1000:.0f} kB"
    meter = json.loads(_metered(html))
    return [
        *_against_chromium(name, html, bar, pages, rounds),
        Figure(
            PART,
            f"{name}, a core's minute",
            "reports",
            [60 / seconds for seconds in meter["cpu"]],
            A_MINUTE[1] if name == A_MINUTE[0] else None,
            "by processor time",
        ),
        Figure(PART, f"{name}, memory at most", "MB", [meter["megabytes"]], MEGABYTES),
    ]


def _against_chromium(
    name: str, html: str, bar: Bar | None, pages: str, rounds: int
) -> list[Figure]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        seconds = interleaved({"ours": _warm(_ours(html))}, rounds=rounds, times=TIMES)["ours"]
        note = f"{pages}; no Chromium here to hold it against"
        return [Figure(PART, name, "s", medians(seconds), None, note)]
    with _browser(program) as browser, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(_dressed(html))
        variants = {"ours": _warm(_ours(html)), "theirs": _warm(_theirs(browser, file))}
        found = interleaved(variants, rounds=rounds, times=TIMES)
    ours, chromium = (medians(found[each]) for each in variants)
    note = f"Chromium itself: {in_ms(chromium)}"
    return [
        Figure(PART, name, "× Chromium", ratios(ours, chromium), bar, note),
        Figure(PART, f"{name}, to print once", "s", ours, None, pages),
    ]


@contextmanager
def _browser(program: str) -> Iterator[Page]:
    """A browser that runs already and has a page open, as the press does."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(CHROMIUM))
        try:
            yield browser.new_page()
        finally:
            browser.close()


def _warm(timed: Timed) -> Variant:
    return Variant(timed, warm_up=1)


def _ours(html: str) -> Timed:
    def once() -> float:
        start = perf_counter()
        pdf.render(html)
        return perf_counter() - start

    return once


def _theirs(browser: Page, file: Path) -> Timed:
    """Tagged and with bookmarks, as ours is; from the file to the bytes."""

    def once() -> float:
        start = perf_counter()
        browser.goto(file.as_uri())
        made = browser.pdf(prefer_css_page_size=True, tagged=True, outline=True)
        if not made:
            raise RuntimeError("Chromium printed nothing")
        return perf_counter() - start

    return once


def _dressed(html: str) -> str:
    """The same document for a browser: the stylesheet written into it, the faces by their files."""
    css = pdf_maker.STYLESHEET.read_text().replace("bundle:", f"{BUNDLE.as_uri()}/")
    return html.replace("</head>", f"<style>{css}</style></head>")


def _metered(html: str) -> str:
    """In a process of its own, whose only children are the press and what it starts."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.meter"],
        check=True,
        cwd=ROOT,
        input=html,
        capture_output=True,
        text=True,
    )
    return done.stdout
