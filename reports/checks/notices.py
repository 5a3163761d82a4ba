"""What the law wants published before the meeting: the papers in time, and an executive's notices.

Asked until the meeting is over: afterwards nothing can be published in time any more.
"""

from collections.abc import Iterator

from .finding import Found
from .sheet import Sheet

LATE = "That day is over: it can only be issued late, with the reason for which the chair agreed that it cannot wait."


def without_notice(sheet: Sheet) -> Iterator[Found]:
    """Of a key decision, and of the private part of a meeting of an executive (2012 Regulations, regs 5, 9 to 11)."""
    for said in sheet.missing_notices():
        yield sheet.found("notice", said, "meeting", sheet.meeting, said, shared=True)


def late(sheet: Sheet) -> Iterator[Found]:
    """Before the first version is issued; the clear days are those of the nation, the law and the council's rule."""
    if due := sheet.missed_deadline():
        said = f"{due.sentence} {LATE}"
        yield sheet.found("late", said, "meeting", sheet.front("meeting"), due.last_day)
