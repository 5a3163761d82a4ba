"""Numbers typed one a line, each with what it counts: “120 professionals”, “over 30 groups”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LINES, MOST, LONGEST = 20, 10_000_000, 100
MEANT = {
    "exactly": "",
    "over": "over",
    "more than": "over",
    "about": "about",
    "around": "about",
    "approximately": "about",
    "nearly": "about",
}
_LINE = re.compile(
    rf"(?:({'|'.join(MEANT)})\s+)?(-?[\d,]+(?:\.\d+)?)(\s*%\s*|\s+)(.+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Counted:
    """`exactness` is empty, over or about."""

    exactness: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.exactness} {self.number} {self.what}".strip()


class Uncountable(ValueError):
    """A line that says no number; the message is for whoever typed it."""


def counted_in(text: str) -> list[Counted]:
    """One for each line that says something. Raises Uncountable."""
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), start=1)]
    found = [_counted(place, line) for place, line in lines if line]
    if len(found) > MOST_LINES:
        raise Uncountable(f"These are {len(found)} numbers. Keep the {MOST_LINES} that matter most")
    return found


def as_text(counts: Iterable[object]) -> str:
    return "\n".join(str(count) for count in counts)


def _counted(place: int, line: str) -> Counted:
    said = _LINE.fullmatch(line)
    if not said:
        raise Uncountable(f"Line {place}: begin with the number, for example “120 professionals”")
    number = said[2].replace(",", "")
    what = f"per cent {said[4]}" if "%" in said[3] else said[4]
    if not number.isdigit():
        raise Uncountable(f"Line {place}: people and sessions are whole numbers from 0")
    if int(number) > MOST:
        raise Uncountable(f"Line {place}: {number} is more than can be. Check the number")
    if len(what) > LONGEST:
        raise Uncountable(f"Line {place}: say what is counted in at most {LONGEST} characters")
    return Counted(MEANT.get((said[1] or "").lower(), ""), int(number), what)
