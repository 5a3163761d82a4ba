"""What goes along when a plan's unfinished actions are carried forward: a higher floor that links to actions offers a
function here, in its module `carried`, and its links are copied in the same transaction."""

from collections.abc import Callable, Mapping
from uuid import UUID

Carry = Callable[[Mapping[UUID, UUID]], None]
CARRIERS: list[Carry] = []


def offer(carry: Carry) -> None:
    """`carry` takes the keys of the new actions by the keys of those they were carried from."""
    if carry not in CARRIERS:
        CARRIERS.append(carry)


def carry_along(carried: Mapping[UUID, UUID]) -> None:
    for carry in CARRIERS:
        carry(carried)
