"""Disclosure control: what may be printed of figures that count referred people, and of figures next to a withheld one.

Pure: numbers in, cells out; page, export and report ask the same functions. The rule and its guarantee are in
docs/disclosure.md. In short: a breakdown is printed whole or not at all, and only where the number it breaks down is
printed too. What is left out therefore depends on nothing but which numbers are small, and every number from 1 to just
under the threshold remains possible for each suppressed cell, also to a reader who knows the rule and its settings.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

SMALL_BASE = 50  # no percentage of fewer people: one person would move it by two points or more


@dataclass(frozen=True, slots=True)
class Rule:
    """A borough's settings. `rounding` 1 prints numbers as they are; `zeros` says whether a nought is printed."""

    threshold: int = 10
    rounding: int = 1
    zeros: bool = False

    def lets(self, number: int) -> bool:
        """Whether a number may be printed when nothing else were known."""
        return number >= self.threshold or (number == 0 and self.zeros)

    def prints(self, number: int) -> int:
        """The number to the nearest step of rounding, halves upwards."""
        return (2 * number + self.rounding) // (2 * self.rounding) * self.rounding


class Unsaid(Enum):
    """Why there is no number."""

    UNKNOWN = "unknown"
    WITHHELD = (
        "withheld"  # by somebody's decision, or closed: it must not be worked out from others
    )


@dataclass(frozen=True, slots=True)
class Count:
    """A number as it stands in the record; only an exact one takes part in a sum."""

    number: int
    exact: bool = True


Said = Count | Unsaid


@dataclass(frozen=True, slots=True)
class Group:
    """One breakdown of a whole. Exhaustive parts add up to it; otherwise there is a rest that has no name.

    "Of which" is a breakdown with one part and a rest; a chain is one inside the other. No part stands in two groups.
    """

    whole: str
    parts: tuple[str, ...]
    exhaustive: bool = True


class State(Enum):
    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed."""

    state: State
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """One family of figures for one period: what is printed, and the exact numbers behind it for the next time."""

    cells: Mapping[str, Cell]
    exact: Mapping[str, int] = field(default_factory=dict)
    kept: bool = False  # an earlier publication stands, since the change is too small to print

    @property
    def suppressed(self) -> frozenset[str]:
        return frozenset(key for key, cell in self.cells.items() if cell.state is State.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day of a period."""

    starts_on: dt.date
    ends_on: dt.date

    def overlaps(self, other: "Span") -> bool:
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


def publish(
    groups: Sequence[Group],
    said: Mapping[str, Said],
    rule: Rule,
    before: Published | None = None,
) -> Published:
    """What may be printed of one family for one period, given what was printed of the same period `before`."""
    visible = may_be_seen(groups, said, rule)
    now = _published(said, visible, rule)
    return now if before is None else _after(groups, said, rule, now, before)


def may_be_seen(groups: Sequence[Group], said: Mapping[str, Said], rule: Rule) -> set[str]:
    """The keys whose numbers may be printed: from each root downwards while breakdowns hold nothing small."""
    known = _without_unknown(groups, said)
    parts = {part for group in known for part in group.parts}
    waiting = [key for key in said if key not in parts and _lets(rule, said[key])]
    visible: set[str] = set()
    while waiting:
        whole = waiting.pop()
        visible.add(whole)
        for group in known:
            if group.whole == whole and _prints(group, said, rule):
                waiting += group.parts
    return visible


def beside_withheld(groups: Sequence[Group], said: Mapping[str, Said]) -> dict[str, Cell]:
    """What may be printed of figures that count no referred people: everything but what tells a withheld number.

    Parts that add up are left out together when one of them, or their total, is.
    """
    left_out = {key for key, value in said.items() if value is Unsaid.WITHHELD}
    while True:
        told = {
            part
            for group in groups
            if group.exhaustive and left_out & {group.whole, *group.parts}
            for part in group.parts
            if part in said and (group.whole in left_out or left_out & set(group.parts))
        }
        if told <= left_out:
            break
        left_out |= told
    return {
        key: Cell(State.SUPPRESSED)
        if key in left_out and isinstance(value, Count)
        else _plain(value)
        for key, value in said.items()
    }


def percentage(part: Cell, whole: Cell) -> int | None:
    """Of two printed numbers, to a whole per cent; None where either is left out or the base is small."""
    if part.number is None or whole.number is None or whole.number < SMALL_BASE:
        return None
    return (200 * part.number + whole.number) // (2 * whole.number)


def never_overlapping(wanted: Iterable[Span], published: Iterable[Span]) -> list[Span]:
    """The periods that may be printed: none that cuts across another, so that no difference of periods is told.

    `published` were printed before and stay; of the wanted ones the earlier goes first.
    """
    chosen: list[Span] = []
    standing = list(published)
    for span in sorted(wanted, key=lambda s: (s.starts_on, s.ends_on)):
        others = [other for other in [*standing, *chosen] if other != span]
        if not any(span.overlaps(other) for other in others) and span not in chosen:
            chosen.append(span)
    return chosen


def _lets(rule: Rule, value: Said) -> bool:
    return isinstance(value, Count) and rule.lets(value.number)


def _prints(group: Group, said: Mapping[str, Said], rule: Rule) -> bool:
    """Whether every cell of the breakdown may be printed, the rest included, and they add up."""
    counts = [said.get(key, Unsaid.UNKNOWN) for key in (group.whole, *group.parts)]
    numbers = [count.number for count in counts if isinstance(count, Count) and count.exact]
    if len(numbers) < len(counts):
        return False
    rest = numbers[0] - sum(numbers[1:])
    if rest < 0 or (group.exhaustive and rest):
        return False
    return all(
        rule.lets(number) for number in (*numbers[1:], *(() if group.exhaustive else (rest,)))
    )


def _without_unknown(groups: Sequence[Group], said: Mapping[str, Said]) -> list[Group]:
    """The breakdowns among what is known. That a number is unknown is printed, so everybody may know this structure.

    Parts of an unknown root stand by themselves; of an unknown part of "of which", they belong to what that belongs to.
    """
    unknown = {
        key
        for group in groups
        for key in (group.whole, *group.parts)
        if said.get(key, Unsaid.UNKNOWN) is Unsaid.UNKNOWN
    }
    above = {g.parts[0]: g.whole for g in groups if not g.exhaustive and len(g.parts) == 1}
    inside = {part for group in groups for part in group.parts}
    known = []
    for group in groups:
        whole, exhaustive = group.whole, group.exhaustive
        while whole in unknown and whole in above:
            whole, exhaustive = above[whole], False
        gone = not exhaustive and set(group.parts) <= unknown
        if not gone and not (whole in unknown and whole not in inside):
            known.append(replace(group, whole=whole, exhaustive=exhaustive))
    return known


def _published(said: Mapping[str, Said], visible: set[str], rule: Rule) -> Published:
    exact = {key: value.number for key, value in said.items() if isinstance(value, Count)}
    cells = {
        key: _plain(value)
        if not isinstance(value, Count)
        else Cell(State.SHOWN, rule.prints(value.number))
        if key in visible
        else Cell(State.SUPPRESSED)
        for key, value in said.items()
    }
    return Published(cells, {key: exact[key] for key in visible})


def _plain(value: Said) -> Cell:
    if isinstance(value, Count):
        return Cell(State.SHOWN, value.number)
    return Cell(State.UNKNOWN if value is Unsaid.UNKNOWN else State.WITHHELD)


def _after(
    groups: Sequence[Group], said: Mapping[str, Said], rule: Rule, now: Published, before: Published
) -> Published:
    """The same cells printed again: hidden ones stay hidden, and no difference to the last time is small."""
    hidden = _closed(groups, said, now.suppressed | before.suppressed)
    visible = {key for key in now.exact if key not in hidden}
    changes = [abs(now.exact[key] - before.exact[key]) for key in visible if key in before.exact]
    if any(0 < change < rule.threshold for change in changes):
        return replace(before, kept=True)
    news = any(changes) or visible - before.exact.keys()
    if before.exact.keys() - visible and news:
        visible = set()
    return _published(said, visible, rule)


def _closed(
    groups: Sequence[Group], said: Mapping[str, Said], hidden: frozenset[str]
) -> frozenset[str]:
    """With a hidden part goes its whole breakdown, with a hidden whole all that is below it."""
    known = _without_unknown(groups, said)
    while True:
        more = {
            part for group in known if hidden & {group.whole, *group.parts} for part in group.parts
        }
        if more <= hidden:
            return hidden
        hidden |= more
