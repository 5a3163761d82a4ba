"""E-mails of a local run are files; the person at the terminal reads them there."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

BETWEEN = b"\n" + b"-" * 79 + b"\n"


class Letterbox:
    """Shows each e-mail once, as soon as it is whole; those of earlier runs not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read = {file: file.stat().st_size for file in self._files()}

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.log")) if self.folder.is_dir() else []

    def new(self) -> list[str]:
        return [readable(raw) for file in self._files() for raw in self._unread(file)]

    def _unread(self, file: Path) -> list[bytes]:
        start = self.read.get(file, 0)
        if file.stat().st_size == start:
            return []
        fresh = file.read_bytes()[start:]
        whole, between, _ = fresh.rpartition(BETWEEN)
        self.read[file] = start + len(whole) + len(between)
        return whole.split(BETWEEN) if between else []


def readable(raw: bytes) -> str:
    """An e-mail as a person reads it: links whole, letters decoded."""
    message = message_from_bytes(raw, policy=default)
    body = message.get_body(("plain",))
    text = str(body.get_content()) if body else ""
    lines = [f"E-mail to {message['To']}: {message['Subject']}", "", *text.strip().splitlines()]
    return "\n".join(f"  | {line}".rstrip() for line in lines)
