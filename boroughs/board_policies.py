"""Rules of boards: to whom they report, who belongs to them, what is recorded of their meetings."""

import datetime as dt

from .models import BoardMember, Committee, Meeting
from .policies import day


def why_not_report_to(board: Committee | None, above: Committee | None) -> str | None:
    """Reporting lines lead up and never round in a circle."""
    line: list[Committee] = []
    while above and above not in line:
        if above == board:
            through = f" through the {line[-1]}" if len(line) > 1 else ""
            return (
                f"The {line[0]} reports to this board{through}. Choose a body above both."
                if line
                else ("A board does not report to itself. Choose another body, or none.")
            )
        line.append(above)
        above = above.reports_to
    return None


def why_not_kind(committee: Committee, kind: str) -> str | None:
    """What is kept of a board alone keeps it one."""
    if kind == Committee.Kind.BOARD or committee.kind != Committee.Kind.BOARD:
        return None
    if committee.is_channel_panel or committee.members.exists():
        return "Its members and who came to its meetings are recorded as a partnership board’s, so it stays one."
    return None


def why_not_belong(
    board: Committee,
    organisation: str,
    post: str,
    since: dt.date | None,
    until: dt.date | None,
    *,
    of: BoardMember | None = None,
) -> str | None:
    """One place for a post at a time; a gap closes before another opens."""
    others = board.members.exclude(pk=of.pk) if of else board.members.all()
    same = others.filter(organisation__iexact=organisation, post__iexact=post)
    if until is None and same.filter(until=None).exists():
        what = f"{organisation}, {post}" if post else f"{organisation}, without a post,"
        return f"{what} has a place on this board. Change that one instead."
    if board.ended_on and since and since > board.ended_on:
        return f"The board ended on {day(board.ended_on)}."
    return None


def why_not_record(meeting: Meeting, outcome: str, came: int, today: dt.date) -> str | None:
    """Only a meeting whose day has come was held; a meeting not held may be known before."""
    if outcome == Meeting.Outcome.HELD and meeting.date > today:
        return (
            f"This meeting is on {day(meeting.date)}. Record that it was held on that day or later."
        )
    if outcome != Meeting.Outcome.HELD and came:
        return (
            "Nobody comes to a meeting that was not held. Say that it was held, or clear the ticks."
        )
    return None


def why_not_move(meeting: Meeting, date: dt.date) -> str | None:
    """What was recorded of a meeting belongs to its day."""
    if date != meeting.date and meeting.outcome == Meeting.Outcome.HELD:
        return "This meeting is recorded as held on its day. Take that back before you change the date."
    return None
