"""The numbers of a report: of its headings and paragraphs, and of recommendations where the style gives them their own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass
class Numbers:
    """Gives out 3.1, 3.2 … in a section and 3.4.1, 3.4.2 … under its subheading 3.4; never one twice.

    Where subheadings have no number, the paragraphs under them go on counting.
    """

    section: str
    subheadings: bool = True
    major: int = 0
    minor: int = 0
    under_heading: bool = False

    def heading(self) -> str:
        return self.part() if self.subheadings else ""

    def part(self) -> str:
        """Of a heading that the style sets itself, which always has one."""
        self.major, self.minor, self.under_heading = self.major + 1, 0, True
        return self._numbered(f"{self.section}.{self.major}")

    def paragraph(self) -> str:
        if self.under_heading:
            self.minor += 1
            return self._numbered(f"{self.section}.{self.major}.{self.minor}")
        self.major += 1
        return self._numbered(f"{self.section}.{self.major}")

    def _numbered(self, number: str) -> str:
        return number if self.section else ""


def letters(number: int) -> str:
    """a … z, then aa, ab …, so that no two are alike; from 1 on."""
    rest, last = divmod(number - 1, 26)
    return (letters(rest) if rest else "") + chr(ord("a") + last)


def roman(number: int) -> str:
    """i, ii, iii, iv … from 1 on."""
    found = ""
    for worth, sign in ROMAN:
        times, number = divmod(number, worth)
        found += sign * times
    return found


def appendix(numbering: Mapping[str, Any], place: int) -> str:
    """Appendix 1 or Appendix A, as the style says."""
    lettered = numbering.get("appendices") == "letters"
    return f"Appendix {letters(place).upper() if lettered else place}"


OWN_NUMBERS: dict[str, Callable[[int], str]] = {
    "letters": lambda number: f"({letters(number)})",
    "roman": lambda number: f"({roman(number)})",
    "plain": lambda number: f"{number}.",
}
