"""A reader who wants to know what was left out: tries every table that agrees with what is printed.

Shares nothing with the code under test but the words for a breakdown and a cell. Who `knows_the_rule` also runs the
publisher on each table, and drops those of which something else would have been printed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from boroughs.disclosure import Cell, Count, Group, State

Table = dict[str, int]
Printed = Mapping[str, Cell]
Publisher = Callable[[Mapping[str, Count]], Printed]


def possible(
    groups: Sequence[Group],
    printed: Printed,
    *,
    most: int,
    knows_the_rule: Publisher | None = None,
    prints: Printed | None = None,
) -> dict[str, set[int]]:
    """The numbers that each suppressed cell may still be; roots that are not printed are tried up to `most`.

    `prints` is what the rule must print, where tables need not agree with it themselves.
    """
    expected = prints or printed
    found: dict[str, set[int]] = {
        k: set() for k, c in printed.items() if c.state is State.SUPPRESSED
    }
    for table in tables(groups, printed, most):
        if knows_the_rule and knows_the_rule({k: Count(n) for k, n in table.items()}) != expected:
            continue
        for key, numbers in found.items():
            numbers.add(table[key])
    return found


def tables(groups: Sequence[Group], printed: Printed, most: int) -> Iterator[Table]:
    """Every table of whole people that adds up and agrees with what is printed."""
    below = defaultdict(list)
    for group in groups:
        below[group.whole].append(group)
    parts = {part for group in groups for part in group.parts}
    every = [
        [t for number in range(most + 1) for t in _under(root, number, below, printed)]
        for root in printed
        if root not in parts
    ]
    yield from map(_joined, product(*every))


def _under(
    key: str, number: int, below: Mapping[str, list[Group]], printed: Printed
) -> Iterator[Table]:
    """The tables of a cell with this number and of all that stands below it."""
    if printed[key].number in (None, number):
        splits = (list(_splits(group, number, below, printed)) for group in below.get(key, ()))
        for chosen in product(*splits):
            yield {key: number} | _joined(chosen)


def _splits(
    group: Group, number: int, below: Mapping[str, list[Group]], printed: Printed
) -> Iterator[Table]:
    for numbers in _shared(len(group.parts), number):
        if sum(numbers) == number or not group.exhaustive:
            pairs = zip(group.parts, numbers, strict=True)
            yield from map(_joined, product(*(list(_under(*p, below, printed)) for p in pairs)))


def _shared(parts: int, number: int) -> Iterator[tuple[int, ...]]:
    """Every way to give each of the parts some of the number."""
    if not parts:
        yield ()
        return
    for first in range(number + 1):
        for others in _shared(parts - 1, number - first):
            yield (first, *others)


def _joined(tables: Sequence[Table]) -> Table:
    return {key: number for table in tables for key, number in table.items()}
