"""Make this clone ready: an environment from hashed locks, and the system libraries no wheel carries.

Run by path, with any Python from 3.11 on, before anything is installed (so: the standard library only):
    python3 -I portal/local/prepare.py local|dev
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "prepared.txt"
LEVELS = ("local", "dev")
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class CannotPrepare(Exception):
    """Something a person must do first; the message says what."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


# -- System packages ------------------------------------------------------------------------------
def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Debian splits the standard library: without python3-venv there is no ensurepip."""
    probe = subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True
    )
    return probe.returncode == 0


def missing_packages(level: str) -> list[str]:
    missing = [package for library, package in LIBRARIES.items() if not can_load(library)]
    if not (VENV / "bin" / "python").exists() and not can_make_environments():
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if level == "dev" and not any(shutil.which(browser) for browser in BROWSERS):
        missing.append("chromium")
    return missing


def right_to_install() -> list[str] | None:
    """What to put before apt-get; None where this user may not install packages."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def install_packages(packages: Sequence[str]) -> None:
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise CannotPrepare(
            f"These system packages (Debian's names) are missing: {' '.join(packages)}"
        )
    before = right_to_install()
    if before is None:
        raise CannotPrepare(
            "System packages are missing and you may not install them here. Ask an administrator to run\n"
            f"    sudo apt-get update && sudo {line}\nand start again."
        )
    say(f"Installing {', '.join(packages)}")
    quiet = [
        *before,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]
    # A failing update is not the end: one unreachable source need not be the one that is needed
    subprocess.run([*quiet, "update"], check=False, capture_output=True, stdin=subprocess.DEVNULL)
    installed = subprocess.run(
        [*quiet, "install", "-y", "--no-install-recommends", *packages],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if installed.returncode != 0:
        raise CannotPrepare(f"{installed.stderr.strip()}\nThis did not work: {line}")


# -- Python packages ------------------------------------------------------------------------------
def digest(level: str) -> str:
    """The hash of everything the environment depends on."""
    files = [REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / f"{level}.txt"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def prepared() -> tuple[str, str]:
    """The level this environment was last made for, and the hash of its locks."""
    try:
        level, made_of = STAMP.read_text().split()
    except (OSError, ValueError):
        return "", ""
    return level, made_of


def level_to_install(asked: str) -> str | None:
    """What must be installed; None if nothing. Running the portal never throws a developer's tools out."""
    level, made_of = prepared()
    if level not in LEVELS or not (VENV / "bin" / "python").exists():
        return asked
    wanted = max(level, asked, key=LEVELS.index)
    return None if (level, made_of) == (wanted, digest(wanted)) else wanted


def run(command: Sequence[str | Path], failing: str) -> None:
    done = subprocess.run(
        command, check=False, cwd=ROOT, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        raise CannotPrepare(f"{done.stderr.strip()}\n{failing}")


def make_environment() -> None:
    python = VENV / "bin" / "python"
    if (
        python.exists()
        and subprocess.run(
            [python, "-c", "import pip"], check=False, capture_output=True
        ).returncode
        == 0
    ):
        return
    say(f"Making a Python environment in {VENV.name}")
    run([sys.executable, "-m", "venv", "--clear", VENV], "Python could not make an environment.")


def install(level: str) -> None:
    """Install exactly what the lock names, hashes checked: by uv, which is quick, or else by pip."""
    python = str(VENV / "bin" / "python")
    locks = [str(REQUIREMENTS / f"{name}.txt") for name in (level, "bootstrap")]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--python", python]
    unreachable = "Python packages could not be installed: is a package index reachable from here?"
    say(f"Installing Python packages from requirements/{level}.txt")
    run([*pip, "--require-hashes", "-r", locks[1]], unreachable)
    quick = [*uv, "--require-hashes", *locks]
    if subprocess.run(quick, check=False, cwd=ROOT, capture_output=True).returncode != 0:
        run([*pip, "--require-hashes", "-r", locks[0], "-r", locks[1]], unreachable)
    STAMP.write_text(f"{level} {digest(level)}\n")


def prepare(level: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 -- the one file an older Python may meet
        raise CannotPrepare(
            f"Python 3.11 or later is needed, and this is {sys.version.split()[0]}: make PYTHON=/path/to/python3.11 …"
        )
    if packages := missing_packages(level):
        install_packages(packages)
    if wanted := level_to_install(level):
        make_environment()
        install(wanted)


if __name__ == "__main__":
    try:
        prepare(sys.argv[1])
    except CannotPrepare as reason:
        raise SystemExit(str(reason)) from None
