"""Nothing from outside gets into a PDF, by whichever door it is asked for."""

from pathlib import Path

import pytest
from weasyprint.urls import FatalURLFetchingError

from reports import pdf_maker
from reports.print.fonts import FACES

# WeasyPrint leaves its colour profile's file to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

SECRET = "file://{folder}/secret.txt"
REFUSED = [
    '<link rel="attachment" href="{secret}">',
    '<a rel="attachment" href="{secret}">x</a>',
    '<link rel="stylesheet" href="{secret}">',
    "<style>@import url({secret});</style>",
    "<style>@font-face {{ font-family: x; src: url({secret}); }}</style>",
    '<p style="background: url({secret})">x</p>',
    '<img src="{secret}">',
    '<img src="http://127.0.0.1:9/x">',
    '<img src="https://example.org/x">',
    '<img src="../../../../etc/passwd">',
    '<img src="bundle:../../../../../etc/passwd">',
    '<img src="bundle:/cache/../../secret.txt">',
    '<img src="data:text/html,<script>1</script>">',
    '<object data="{secret}"></object>',
    '<embed src="ftp://127.0.0.1/x">',
]
DRAWN_WITHOUT = [
    '<svg><image href="{secret}"/></svg>',
    '<svg><use href="{secret}#a"/></svg>',
]


def page(piece: str, folder: Path) -> str:
    (folder / "secret.txt").write_text("SECRET")
    secret = SECRET.format(folder=folder)
    return f"<html lang=en><title>t</title>{piece.format(secret=secret)}"


@pytest.mark.parametrize("piece", REFUSED)
def test_a_document_that_reaches_outside_is_refused(piece: str, tmp_path: Path) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf_maker.make(page(piece, tmp_path))


@pytest.mark.parametrize("piece", DRAWN_WITHOUT)
def test_a_drawing_that_reaches_outside_stays_empty(piece: str, tmp_path: Path) -> None:
    with_reach, _ = pdf_maker.make(page(piece, tmp_path))
    assert b"SECRET" not in with_reach


def test_the_bundle_and_small_drawings_are_served() -> None:
    fetcher = pdf_maker.SealedFetcher()
    assert fetcher.fetch(f"bundle:{FACES[0]}").read(4)
    assert fetcher.fetch("data:image/svg+xml,<svg/>").read() == b"<svg/>"


@pytest.mark.parametrize(
    "address",
    [
        "bundle:",
        "bundle:/etc/passwd",
        "bundle:cache",
        "data:image/svg+xml," + "x" * pdf_maker.LONGEST_DRAWING,
        "data:image/png;base64,AAAA",
        "DATA:text/plain,x",
        "file:///etc/passwd",
        "",
    ],
)
def test_every_other_address_is_refused(address: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf_maker.SealedFetcher().fetch(address)
