"""What an inspection answers with, and the notes it is made from."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 100 * 1024 * 1024  # of a file; the portal's own limit (UPLOAD_LIMIT) is lower
MOST_TEXT = 500_000  # characters handed on for warnings
MOST_COUNTED = 1_000_000_000  # what a column of the database holds
PLACES_NAMED = 3
LONGEST_PLACE = 60

DAMAGED = "The file is damaged or is not what its name says. Open it, save it again and upload the new copy."


class Unacceptable(Exception):
    """The file is refused; the message is plain English that says what to do."""


@dataclass(frozen=True)
class Finding:
    """Something a reader would not see. `where` names up to three places, or what was found."""

    kind: str
    where: str
    count: int


@dataclass(frozen=True)
class Inspected:
    media_type: str
    extension: str
    pages: int | None
    findings: tuple[Finding, ...]
    text: str

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Inspected":
        return cls(**{**data, "findings": tuple(Finding(**each) for each in data["findings"])})


@dataclass
class Notes:
    """Gathered while a file is read."""

    pages: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, kind: str, count: int = 1, where: str = "") -> None:
        self.counts[kind] += count
        place = shortened(where)
        if place and place not in self.places[kind]:
            self.places[kind].append(place)

    def say(self, text: str) -> None:
        """Keep text for warnings while there is room."""
        room = MOST_TEXT - self.length
        if room > 0:
            self.pieces.append(text[:room])
            self.length += len(self.pieces[-1])

    def is_full(self) -> bool:
        return self.length >= MOST_TEXT

    def findings(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(kind, listed(self.places[kind]), min(count, MOST_COUNTED))
            for kind, count in self.counts.items()
            if count
        )

    def inspected(self, media_type: str, extension: str) -> Inspected:
        return Inspected(
            media_type, extension, self.pages, self.findings(), storable("".join(self.pieces))
        )


def shortened(place: str) -> str:
    place = " ".join(storable(place).split())
    return place if len(place) <= LONGEST_PLACE else place[: LONGEST_PLACE - 1] + "…"


def storable(text: str) -> str:
    """Without what a database or a terminal refuses: control characters and lone surrogates."""
    return "".join(
        each if each.isprintable() or each in "\n\t" else " "
        for each in text.encode("utf-8", "replace").decode("utf-8")
    )


def listed(places: list[str]) -> str:
    """“A, B, C and 4 more”."""
    named = ", ".join(places[:PLACES_NAMED])
    more = len(places) - PLACES_NAMED
    return f"{named} and {more} more" if more > 0 else named
