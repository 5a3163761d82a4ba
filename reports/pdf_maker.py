"""HTML to PDF by WeasyPrint, in this process: nothing is fetched but what the bundle holds."""

import atexit
import logging
import mimetypes
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.ffi import harfbuzz_subset, pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import pdf_structure
from reports.pdf_progress import Progress, Told
from reports.print.fonts import BUNDLE

STYLESHEET = Path(__file__).parent / "print" / "paper.css"
VARIANT = "pdf/a-3a"
LONGEST_DRAWING = 20_000
A_PAGE = 3_500  # characters of HTML, about
TRIES = 5  # one paper in 128 needs a second

# Its messages quote the document, and a log is no place for a closed paper.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL + 1)
logging.getLogger("fontTools").setLevel(logging.CRITICAL + 1)


class Forbidden(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint has no types
    """The document asked for something outside itself."""


class SealedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves the bundle's files and small drawings written into the document; all else is fatal."""

    def __init__(self) -> None:
        super().__init__(timeout=1, allowed_protocols=("bundle", "data"), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url.startswith("bundle:") and (file := _bundled(url)):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})
        if url.startswith("data:image/svg+xml") and len(url) < LONGEST_DRAWING:
            return super().fetch(url, headers)
        raise Forbidden(url.split(":", 1)[0][:20])


def _bundled(url: str) -> Path | None:
    file = (BUNDLE / url.removeprefix("bundle:").lstrip("/")).resolve()
    return file if file.parent == BUNDLE.resolve() and file.is_file() else None


@lru_cache(maxsize=1)
def _dress() -> tuple[CSS, FontConfiguration]:
    """The stylesheet and the faces, read once in a process."""
    fonts = FontConfiguration()
    css = CSS(
        filename=STYLESHEET, font_config=fonts, url_fetcher=SealedFetcher(), base_url="bundle:/"
    )
    # The faces must go before the interpreter takes apart the modules they lean on.
    atexit.register(_dress.cache_clear)
    return css, fonts


def make(
    html: str, longer: str = "", from_pages: int = 0, told: Told = lambda _stage, _page: None
) -> tuple[bytes, int]:
    """The PDF and its number of pages: PDF/A-3a and PDF/UA-1, the same bytes for the same HTML.

    `longer`, the same paper with its contents, is printed in place of one that has so many pages or more.
    Which of the two is set first is guessed, since setting pages takes most of the time; the guess is the same each time.
    """
    pdf_structure.forget()
    with Progress(told) as progress:
        document = _chosen(html, longer, from_pages, progress)
        for spare in range(TRIES):
            finish = partial(pdf_structure.finish, spare=spare)
            data = document.write_pdf(finisher=finish, pdf_variant=VARIANT)
            if pdf_structure.BAD_END not in data:
                break
    return data, len(document.pages)


def _chosen(html: str, longer: str, from_pages: int, progress: Progress) -> Any:
    """The paper with its contents when without them it has so many pages."""
    looks_long = bool(longer) and len(html) >= from_pages * A_PAGE
    guessed = _set(longer if looks_long else html)
    if looks_long and len(guessed.pages) <= from_pages:  # the contents may be one of them
        progress.again = True
        plain = _set(html)
        return guessed if len(plain.pages) >= from_pages else plain
    if longer and not looks_long and len(guessed.pages) >= from_pages:
        progress.again = True
        return _set(longer)
    return guessed


def libraries() -> dict[str, str]:
    """Those that set the text and cut the typeface to the characters used."""
    return {"Pango": str(pango.pango_version()), "HarfBuzz": "yes" if harfbuzz_subset else "no"}


def _set(html: str) -> Any:
    css, fonts = _dress()
    return HTML(string=html, url_fetcher=SealedFetcher(), base_url="bundle:/").render(
        font_config=fonts, stylesheets=[css], pdf_variant=VARIANT
    )
