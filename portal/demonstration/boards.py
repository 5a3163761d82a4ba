"""The demonstration's boards: who reports to whom, members as organisations, meetings held and who came."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from accounts.models import User
from boroughs.actions.boards import (
    add_board,
    add_member,
    change_board,
    expected_at,
    record_meeting,
)
from boroughs.actions.committees import add_meeting
from boroughs.models import Borough, Committee
from boroughs.rows import acting_as

Data = dict[str, Any]
BOARDS = Path(__file__).with_name("boards.json")
SAID = ("chair_post", "meetings_a_year", "is_channel_panel", "terms")


def shipped() -> list[Data]:
    found: list[Data] = json.loads(BOARDS.read_text(encoding="utf-8"))["boards"]
    return found


def load() -> None:
    for row in shipped():
        borough = Borough.objects.get(gss_code=row["gss"])
        by = User.objects.get(email=f"coordinator@{borough.slug}.example.org")
        with acting_as(by.pk):
            board = _board(borough, row, by)
            for member in row["members"]:
                since = dt.date.fromisoformat(member["since"])
                add_member(
                    board=board, **{**member, "since": since}, unnamed=not member["post"], by=by
                )
            for meeting in row["meetings"]:
                _meeting(board, meeting, by)


def _board(borough: Borough, row: Data, by: User) -> Committee:
    above = borough.committees.filter(name=row["reports_to"]).first()
    said = {name: row[name] for name in SAID} | {"reports_to": above}
    known = borough.committees.filter(name=row["name"]).first()
    if known is None:
        return add_board(borough=borough, name=row["name"], by=by, **said)
    change_board(board=known, seen=known.version, by=by, **said)
    return known


def _meeting(board: Committee, row: Data, by: User) -> None:
    meeting = add_meeting(committee=board, date=dt.date.fromisoformat(row["date"]), by=by)
    came = [m.pk for m in expected_at(meeting) if m.organisation not in row["absent"]]
    record_meeting(
        meeting=meeting,
        outcome=row["outcome"],
        not_held_because=row.get("because", ""),
        came=came if row["outcome"] == "held" else [],
        seen=meeting.version,
        by=by,
    )
