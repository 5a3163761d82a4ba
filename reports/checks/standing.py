"""What is found in a report beside what was waived: whether it may go out."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.models import Waiver

from .finding import Found


@dataclass(frozen=True)
class Waived:
    found: Found
    waiver: Waiver


@dataclass(frozen=True)
class Checked:
    """Only a waivable finding is waived; a waiver for what is found no more, or has changed, counts for nothing."""

    blocking: list[Found]
    waivable: list[Found]
    waived: list[Waived]

    @classmethod
    def of(cls, found: list[Found], waivers: Iterable[Waiver]) -> "Checked":
        given = {(waiver.check_key, waiver.subject): waiver for waiver in waivers}
        open_to_it = [one for one in found if not one.blocking]
        waived = [
            Waived(one, given[one.key, one.subject])
            for one in open_to_it
            if (one.key, one.subject) in given
        ]
        left = [one for one in open_to_it if (one.key, one.subject) not in given]
        return cls([one for one in found if one.blocking], left, waived)

    @property
    def keys(self) -> set[str]:
        """Of the checks that found something."""
        found = [*self.blocking, *self.waivable, *(one.found for one in self.waived)]
        return {one.key for one in found}

    @property
    def passes(self) -> bool:
        return not self.blocking and not self.waivable

    @property
    def summary(self) -> str:
        """In one line: “2 things must be put right, 3 more put right or waived.”"""
        blocking, waivable = len(self.blocking), len(self.waivable)
        if not blocking and not waivable:
            return "Nothing stands in the way."
        thing = "thing" if (blocking or waivable) == 1 else "things"
        if not blocking:
            return f"{waivable} {thing} must be put right or waived."
        said = f"{blocking} {thing} must be put right"
        return f"{said}, and {waivable} more put right or waived." if waivable else f"{said}."
