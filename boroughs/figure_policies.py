"""Rules of figures: what a number may be, what must add up, and what may be closed or changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .disclosure import Group
from .indicators import FRACTIONAL, PEOPLE, PER_CENT, Catalogue, Indicator
from .models import FigureValue
from .models.figure import plain_number

EXACTLY = FigureValue.Qualifier.EXACTLY.value
NUMBERS = FigureValue.NUMBERS
MOST = Decimal(10_000_000)


class FiguresChanged(Exception):
    """Somebody else saved figures that this person has on the page; `now` has them by the indicator's key."""

    def __init__(self, now: Mapping[str, FigureValue]) -> None:
        self.now = now
        super().__init__(f"{len(now)} figures were changed meanwhile")


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody says of one indicator. `seen` is the version they had before them, 0 for none."""

    indicator: str
    qualifier: str = EXACTLY
    number: Decimal | None = None
    target: Decimal | None = None
    baseline: Decimal | None = None
    note: str = ""
    difference: str = ""
    source: str = ""
    seen: int = 0


def why_not_number(indicator: Indicator, number: Decimal | None) -> str | None:
    """A count is not below nought, people are whole, and a share is at most all."""
    if number is None:
        return None
    if number < 0:
        return f"{indicator} cannot be less than nought. Enter 0 or more"
    if number != int(number) and not indicator.fractional:
        whole = "People are" if indicator.unit == PEOPLE else "This is"
        return f"{whole} counted whole. Enter a number without a decimal point"
    if indicator.unit == PER_CENT and number > 100:
        return "A share of the whole is at most 100 per cent. Enter 100 or less"
    return f"Enter a number up to {plain_number(MOST)}" if number > MOST else None


def why_not_entry(indicator: Indicator, entry: Entry) -> tuple[str, str] | None:
    """The field an entry is wrong in, and why."""
    for field in ("number", "target", "baseline"):
        if why := why_not_number(indicator, getattr(entry, field)):
            return field, why
    if entry.qualifier in NUMBERS and entry.number is None:
        return (
            "number",
            f"Enter the number of {indicator.name.lower()}, or select “Not known” or “Withheld”",
        )
    if entry.qualifier not in NUMBERS and entry.number is not None:
        label = FigureValue.Qualifier(entry.qualifier).label
        return "number", f"“{label}” has no number. Delete the number, or select “Exactly”"
    if entry.qualifier == FigureValue.Qualifier.WITHHELD and not entry.note:
        return "note", "Enter why it is withheld"
    return None


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures that cannot all be: why, and the indicator `at` which to say it. Whoever explains it does so at the `whole`."""

    whole: str
    at: str
    why: str


def why_sums_differ(catalogue: Catalogue, entries: Mapping[str, Entry]) -> list[Difference]:
    """Each whole that disagrees with its parts and is not explained, in words. About and over are not added up."""
    roots = dict.fromkeys(catalogue.root_of(key).key for key in entries)
    groups = [group for root in roots for group in catalogue.groups(root)]
    found = [_difference(catalogue, group, entries) for group in groups]
    return [each for each in found if each and not entries[each.whole].difference]


def _difference(
    catalogue: Catalogue, group: Group, entries: Mapping[str, Entry]
) -> Difference | None:
    whole = _exact(entries.get(group.whole))
    parts = {key: n for key in group.parts if (n := _exact(entries.get(key))) is not None}
    if whole is None or not parts:
        return None
    name, said = catalogue.by_key[group.whole].name.lower(), plain_number(whole)
    greatest = max(parts, key=lambda key: parts[key])
    if parts[greatest] > whole:
        part = catalogue.by_key[greatest].name
        why = f"{part}: {plain_number(parts[greatest])} of {said} {name} cannot be. A part is not greater than its whole"
        return Difference(group.whole, greatest, why)
    total, complete = sum(parts.values()), len(parts) == len(group.parts)
    if total == whole or not group.exhaustive or (not complete and total < whole):
        return None
    sums = " + ".join(plain_number(number) for number in parts.values())
    more = "more" if total > whole else "fewer"
    why = (
        f"The parts add up to {plain_number(total)} ({sums}), which is {plain_number(abs(total - whole))} {more} "
        f"than the {said} of {name}"
    )
    return Difference(group.whole, group.whole, why)


def _exact(entry: Entry | None) -> Decimal | None:
    return entry.number if entry and entry.qualifier == EXACTLY else None


def why_not_close_figure(value: FigureValue) -> str | None:
    return "This figure is closed already." if value.closure_id else None


def why_not_stand_under(
    catalogue: Catalogue, whole: str, *, topic: str, unit: str, people_referred: bool
) -> str | None:
    """A part is counted like its whole."""
    found = catalogue.get(whole) if whole else None
    if found is None:
        return None
    if (found.topic, found.unit) != (topic, unit):
        return f"“{found}” is counted in {found.unit} under another subject. A part has its subject and unit."
    if found.people_referred != people_referred:
        which = "counts" if found.people_referred else "does not count"
        return f"“{found}” {which} people who were referred. Say the same of its part."
    return None


def why_not_unit(unit: str, *, people_referred: bool) -> str | None:
    """A share of few people tells how many they are, whatever the threshold: 17.1 per cent of 41 are 7."""
    if people_referred and unit in FRACTIONAL:
        return "People who were referred are counted whole: a share of them would tell their number. Select another unit"
    return None


def why_not_change_indicator(has_values: bool, *, counted_otherwise: bool) -> str | None:
    """What was counted stays comparable."""
    if has_values and counted_otherwise:
        return (
            "Figures are recorded for this indicator. Its unit, its place and whether it counts people who were referred "
            "stay as they are: add another indicator instead."
        )
    return None
