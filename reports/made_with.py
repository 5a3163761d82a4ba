"""What a PDF is made with besides its snapshot: with another version of any of it the bytes may be others."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from reports.print import fonts

HERE = Path(__file__).parent
TEMPLATES = fonts.ROOT / "templates"
PACKAGES = ("WeasyPrint", "pydyf", "fontTools", "markdown-it-py", "nh3")
LAYOUT = "the portal’s layout"
TYPEFACE = "the typeface"
PYTHON = ("rendering", "narrative", "numbering", "beneath", "pdf_maker", "pdf_structure")


@lru_cache(maxsize=1)
def programs() -> dict[str, str]:
    """What any process of the portal knows of; the libraries under WeasyPrint the press alone can tell."""
    return {
        **{name: version(name) for name in PACKAGES},
        LAYOUT: _hash(_layout()),
        TYPEFACE: _hash(fonts.BUNDLE / face for face in fonts.FACES),
    }


def _layout() -> list[Path]:
    return [
        *(HERE / f"{name}.py" for name in PYTHON),
        HERE / "print" / "paper.css",
        TEMPLATES / "print" / "report.html",
        TEMPLATES / "govuk" / "tag.html",
        *sorted((TEMPLATES / "reports").glob("_*.html")),
    ]


def _hash(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        if file.is_file():
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def differences(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """“WeasyPrint 70.0, now 70.1”, for each that is another one now."""
    return [
        f"{name} {then.get(name, 'not known')}, now {now.get(name, 'not known')}"
        for name in dict.fromkeys([*then, *now])
        if then.get(name) != now.get(name)
    ]
