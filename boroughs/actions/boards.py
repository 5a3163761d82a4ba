"""Keeping boards: what they are for, who belongs to them, and what became of their meetings."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.committees import add_committee
from boroughs.actions.saving import save_over
from boroughs.board_policies import why_not_belong, why_not_record, why_not_report_to
from boroughs.models import Attendance, BoardMember, Borough, Committee, Meeting
from boroughs.policies import ChangedMeanwhile, Refused


def _alone_in(borough_id: int) -> None:
    """Reporting lines are compared while nobody else may draw one."""
    Borough.objects.select_for_update().get(pk=borough_id)


def _write(board: Committee, said: Mapping[str, Any], *, by: User) -> None:
    if why := why_not_report_to(board, said.get("reports_to")):
        raise Refused(why, field="reports_to")
    for name, value in said.items():
        setattr(board, name, value)
    board.version, board.changed_by, board.changed_at = F("version") + 1, by, timezone.now()
    board.save(update_fields=[*said, "version", "changed_by", "changed_at"])
    board.refresh_from_db(fields=["version"])


@transaction.atomic
def add_board(*, borough: Borough, name: str, remit: str = "", by: User, **said: Any) -> Committee:
    """A partnership board. `said`: chair_post, meetings_a_year, reports_to, is_channel_panel, terms.

    Raises Refused when the borough has a committee of this name.
    """
    board = add_committee(
        borough=borough,
        name=name,
        kind=Committee.Kind.BOARD,
        regime=Committee.Regime.NONE,
        remit=remit,
        by=by,
    )
    if any(said.values()):
        _write(board, said, by=by)
    return board


@transaction.atomic
def change_board(*, board: Committee, seen: int, by: User, **said: Any) -> None:
    """Raises Refused when its reporting line would lead round, ChangedMeanwhile when somebody else saved since `seen`."""
    _alone_in(board.borough_id)
    now = Committee.objects.select_related("reports_to", "changed_by").get(pk=board.pk)
    if now.version != seen:
        raise ChangedMeanwhile(now)
    _write(board, said, by=by)
    record(
        "board.changed",
        by=by,
        borough_id=board.borough_id,
        subject=board,
        meetings_a_year=board.meetings_a_year or "",
    )


@transaction.atomic
def add_member(
    *,
    board: Committee,
    organisation: str,
    post: str = "",
    unnamed: bool = False,
    since: dt.date | None = None,
    until: dt.date | None = None,
    by: User,
) -> BoardMember:
    """Raises Refused when this post has a place on the board already."""
    Committee.objects.select_for_update(of=("self",)).get(pk=board.pk)
    if why := why_not_belong(board, organisation, post, since, until):
        raise Refused(why, field="organisation")
    member = BoardMember.objects.create(
        board=board,
        organisation=organisation,
        post=post,
        unnamed=unnamed,
        since=since,
        until=until,
    )
    record("board.member-added", by=by, borough_id=board.borough_id, subject=board)
    return member


@transaction.atomic
def change_member(
    *,
    member: BoardMember,
    organisation: str,
    post: str,
    unnamed: bool = False,
    since: dt.date | None,
    until: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Name a representative, correct a place or end it.

    Raises Refused when this post has another place, ChangedMeanwhile when somebody else saved since `seen`.
    """
    board = Committee.objects.select_for_update(of=("self",)).get(pk=member.board_id)
    if why := why_not_belong(board, organisation, post, since, until, of=member):
        raise Refused(why, field="organisation")
    named = {"organisation": organisation, "post": post, "unnamed": unnamed}
    save_over(member, seen=seen, by=by, since=since, until=until, **named)
    record(
        "board.member-changed",
        by=by,
        borough_id=board.borough_id,
        subject=board,
        until=str(until or ""),
    )


def expected_at(meeting: Meeting) -> list[BoardMember]:
    """The places filled or open on the board on the day of the meeting."""
    on = meeting.date
    return [
        member
        for member in meeting.committee.members.all()
        if (member.since is None or member.since <= on)
        and (member.until is None or member.until >= on)
    ]


@transaction.atomic
def record_meeting(
    *,
    meeting: Meeting,
    outcome: str,
    not_held_because: str = "",
    came: Collection[UUID] = (),
    seen: int,
    by: User,
) -> None:
    """What became of a meeting, and who came.

    Raises Refused when its day has not come, ChangedMeanwhile when somebody else saved since `seen`.
    """
    now = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("changed_by")
        .get(pk=meeting.pk)
    )
    if now.version != seen:
        raise ChangedMeanwhile(now)
    if why := why_not_record(now, outcome, len(came), timezone.localdate()):
        raise Refused(why, field="outcome")
    meeting.outcome, meeting.not_held_because, meeting.version = outcome, not_held_because, seen + 1
    meeting.changed_by, meeting.changed_at = by, timezone.now()
    meeting.save(
        update_fields=["outcome", "not_held_because", "version", "changed_by", "changed_at"]
    )
    expected = _note_attendance(meeting, set(came))
    record(
        "meeting.recorded",
        by=by,
        borough_id=meeting.committee.borough_id,
        subject=meeting,
        became=outcome,
        date=meeting.date.isoformat(),
        came=len(came) if expected else "",
        expected=expected or "",
    )


def _note_attendance(meeting: Meeting, came: set[UUID]) -> int:
    """A row for each member then on the board, where the meeting was held; how many those are."""
    meeting.attendance.all().delete()
    if meeting.outcome != Meeting.Outcome.HELD:
        return 0
    expected = expected_at(meeting)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, member=member, came=member.pk in came) for member in expected
    )
    return len(expected)
