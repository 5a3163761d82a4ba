"""The printed report's typefaces: Source Sans 3 and Source Serif 4 (SIL Open Font License), fetched by npm's lock file.

`python -m reports.print.fonts` copies four faces of each from build/node to build/print, where the PDF
writer reads them. The packaged TrueType files are used as they come: a woff2 would be decoded anew
by every process, and its subsets lack arrows and ticks.
"""

import shutil
import sys
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "build" / "node" / "node_modules"
BUNDLE = ROOT / "build" / "print"
SANS = tuple(f"SourceSans3-{face}.ttf" for face in ("Regular", "Bold", "It", "BoldIt"))
SERIF = tuple(f"SourceSerif4-{face}.ttf" for face in ("Regular", "Bold", "It", "BoldIt"))
FACES = (*SANS, *SERIF)
BY_PACKAGE = {"source-sans": SANS, "source-serif": SERIF}
LICENCE = "LICENSE.md"
# No system font may stand in for ours: the same report is the same file on every machine.
FONTCONFIG = BUNDLE / "fonts.conf"
FONTCONFIG_TEXT = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{BUNDLE}</dir><cachedir>{BUNDLE}/cache</cachedir></fontconfig>
"""


def why_not_ready() -> str | None:
    missing = [name for name in (*FACES, FONTCONFIG.name) if not (BUNDLE / name).is_file()]
    if not missing:
        return None
    return "The typeface for printing has not been fetched. Run “make build” on the server."


def build(packages: Path = PACKAGES) -> None:
    """Copy the faces and their licences; raises FileNotFoundError when npm has not fetched them."""
    BUNDLE.mkdir(parents=True, exist_ok=True)
    for package, faces in BY_PACKAGE.items():
        for face in faces:
            _copy_when_different(packages / package / "TTF" / face, BUNDLE / face)
        _copy_when_different(packages / package / LICENCE, BUNDLE / f"{package}-{LICENCE}")
    FONTCONFIG.write_text(FONTCONFIG_TEXT, encoding="utf-8")
    coverage.cache_clear()


def _copy_when_different(source: Path, target: Path) -> None:
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Code points that all four faces without serifs can draw: they stand in where one with serifs cannot."""
    return frozenset.intersection(*(_code_points(BUNDLE / face) for face in SANS))


def _code_points(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def main(arguments: list[str]) -> int:
    try:
        build(Path(arguments[0]) if arguments else PACKAGES)
    except FileNotFoundError as missing:
        sys.stderr.write(f"{missing.filename} is not there: run python -m govuk.build first.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
