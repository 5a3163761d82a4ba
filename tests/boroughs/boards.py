"""A board, its plan and who came, in the tests of boards."""

import datetime as dt

from boroughs.actions.committees import add_meeting
from boroughs.models import Attendance, Committee, Meeting
from boroughs.rows import acting_as
from tests.boroughs.pages import address
from tests.factories import Place

TODAY = dt.date(2026, 11, 21)
BOARD = {
    "chair_post": "Assistant Director of Housing",
    "meetings_a_year": "4",
    "reports_to": "",
    "terms": "Leads Prevent.\nMeets every quarter.",
    "seen": "2",
}


def on(place: Place, name: str, *more: object) -> str:
    return address(f"boroughs:board-{name}", place.borough, place.board.pk, *more)


def fresh(place: Place) -> Committee:
    with acting_as(place.lead.pk):
        return Committee.objects.select_related("reports_to").get(pk=place.board.pk)


def plan(place: Place, day: dt.date) -> Meeting:
    with acting_as(place.coordinator.pk):
        return add_meeting(committee=place.board, date=day, by=place.coordinator)


def came(meeting: Meeting, place: Place) -> dict[str, bool]:
    with acting_as(place.coordinator.pk):
        rows = Attendance.objects.filter(meeting=meeting).select_related("member")
        return {row.member.organisation: row.came for row in rows}
