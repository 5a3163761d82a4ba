"""A report's PDF against headless Chromium printing the same HTML, and how many a core makes in a minute."""

import json
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

from portal.local.places import ROOT
from reports import pdf, pdf_maker
from reports.print.fonts import BUNDLE
from reports.rendering import Snapshot, html_of, pdf_of
from tests.reports import snapshots

from .figures import Bar, Figure, ratios
from .rounds import Timed, Variant, in_ms, interleaved, medians

PART = "Printing a report"
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--no-pdf-header-footer",
)
# The bars are written for an action plan of 100 and of 1,000 actions, which the portal has not got yet
REPORTS = {
    "short": (snapshots.short, Bar("B6", 1.0)),
    "long": (snapshots.long, Bar("B6", 2.0)),
}
A_MINUTE = Bar("B6", 60, at_least=True)
MEGABYTES = Bar("B6", 200)
TIMES = 1  # in a block: each takes seconds


def measure(*, rounds: int) -> list[Figure]:
    figures = []
    for name, (snapshot, bar) in REPORTS.items():
        figures += _one(name, snapshot(), bar, rounds)
    pdf.stop()
    return figures


def _one(name: str, snapshot: Snapshot, bar: Bar, rounds: int) -> list[Figure]:
    html = html_of(snapshot)
    made = pdf_of(snapshot)
    pages = f"{made.pages} pages, {len(made.data) / 1000:.0f} kB"
    meter = json.loads(_metered(html))
    return [
        *_against_chromium(f"{name} report", html, bar, pages, rounds),
        Figure(
            PART,
            f"{name} report, a core's minute",
            "reports",
            [60 / seconds for seconds in meter["cpu"]],
            A_MINUTE if name == "short" else None,
            "by processor time, one pass",
        ),
        Figure(PART, f"{name} report, memory at most", "MB", [meter["megabytes"]], MEGABYTES),
    ]


def _against_chromium(name: str, html: str, bar: Bar, pages: str, rounds: int) -> list[Figure]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        seconds = interleaved({"ours": _warm(_ours(html))}, rounds=rounds, times=TIMES)["ours"]
        note = f"{pages}; no Chromium here to hold it against"
        return [Figure(PART, name, "s", medians(seconds), None, note)]
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(_dressed(html))
        theirs = partial(_printed_by, program, page)
        theirs()  # the browser makes its profile
        variants = {"ours": _warm(_ours(html)), "theirs": _warm(theirs)}
        found = interleaved(variants, rounds=rounds, times=TIMES)
    ours, chromium = (medians(found[each]) for each in variants)
    return [
        Figure(
            PART,
            name,
            "× Chromium",
            ratios(ours, chromium),
            bar,
            f"Chromium itself: {in_ms(chromium)}",
        ),
        Figure(PART, f"{name}, to print once", "s", ours, None, pages),
    ]


def _warm(timed: Timed) -> Variant:
    return Variant(timed, warm_up=0)


def _ours(html: str) -> Timed:
    def once() -> float:
        start = perf_counter()
        pdf.render(html)
        return perf_counter() - start

    return once


def _dressed(html: str) -> str:
    """The same document for a browser: the stylesheet written into it, the faces by their files."""
    css = pdf_maker.STYLESHEET.read_text().replace("bundle:", f"{BUNDLE.as_uri()}/")
    return html.replace("</head>", f"<style>{css}</style></head>")


def _printed_by(program: str, page: Path) -> float:
    """A browser started for the one page, as a job that prints now and then would."""
    made = page.with_suffix(".pdf")
    made.unlink(missing_ok=True)
    start = perf_counter()
    command = [program, *CHROMIUM, f"--user-data-dir={page.parent}/profile"]
    subprocess.run(
        [*command, f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    seconds = perf_counter() - start
    if not made.stat().st_size:
        raise RuntimeError("Chromium printed nothing")
    return seconds


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
