"""What waits for somebody in a borough's record: each file offers its own sorts, the roof collects them."""

from . import closures, plans, record, registers
from .closures import incomplete
from .shape import Group, Item, Reader, Rows, Sort, When, arm, closed_by, fan, in_words, item

FILES = (plans, record, registers, closures)
SORTS: tuple[Sort, ...] = tuple(sort for file in FILES for sort in file.SORTS)

__all__ = [
    "SORTS",
    "Group",
    "Item",
    "Reader",
    "Rows",
    "Sort",
    "When",
    "arm",
    "arms",
    "closed_by",
    "fan",
    "in_words",
    "incomplete",
    "item",
]


def arms(reader: Reader, most: int) -> list[Rows]:
    """What waits for the reader on this floor, as parts of one statement."""
    return [rows for file in FILES for rows in file.arms(reader, most)]
