"""What need not be done again at the next start: hashes of what each step was last done from."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from .places import ROOT

APPS = (
    "portal",
    "govuk",
    "audit",
    "accounts",
    "boroughs",
    "papers",
    "toolkit",
    "sheets",
    "reports",
)


def hash_of(paths: Iterable[Path], *more: str) -> str:
    """Of the files' names and contents, folders walked; caches left out."""
    found = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(f"\0{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def of_database(url: str) -> str:
    """Changes with the code, so with every migration and every data file, and with the database."""
    return hash_of([*(ROOT / app for app in APPS), ROOT / "requirements" / "local.txt"], url)


def of_static_files() -> str:
    return hash_of(
        [ROOT / "static", ROOT / "build" / "frontend", ROOT / "requirements" / "runtime.txt"]
    )


class Stamps:
    """A small file of names and what is known of each."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self.file.read_text()))
        except (OSError, ValueError):
            return {}

    def get(self, name: str) -> str:
        return self._read().get(name, "")

    def is_current(self, name: str, value: str) -> bool:
        return self._read().get(name) == value

    def has(self, name: str) -> bool:
        return name in self._read()

    def set(self, name: str, value: str) -> None:
        half = self.file.with_suffix(".half")
        half.write_text(json.dumps(self._read() | {name: value}))
        half.replace(self.file)
