"""The demonstration's boards: as the reports tell of them, and what is invented is said."""

import datetime as dt

from accounts.models import User
from boroughs.models import Attendance, Committee, Duty
from boroughs.rows import acting_as
from portal.demonstration import duties, today
from portal.demonstration.boards import shipped


def test_each_board_names_its_report_and_what_is_invented() -> None:
    for row in shipped():
        assert row["source"]["title"]
        assert dt.date.fromisoformat(row["source"]["date"]) < dt.date(2023, 1, 1)
        if row["illustrative"]:
            assert "llustrative" in row["terms"], row["name"]
        if row["members"]:
            assert row["illustrative"], row["name"]


def test_barnet_held_eleven_panels_and_six_agencies_came_to_each(demonstration: None) -> None:
    lead = User.objects.get(email="lead@barnet.example.org")
    with acting_as(lead.pk):
        panel = Committee.objects.get(name="Channel Panel", borough__slug="barnet")
        assert panel.meetings.filter(outcome="held").count() == 11
        assert Attendance.objects.filter(meeting__committee=panel, came=True).count() == 66
    lead = User.objects.get(email="lead@thurrock.example.org")
    with acting_as(lead.pk):
        board = Committee.objects.get(name="Strategic Prevent Board", borough__slug="thurrock")
        [gap] = board.members.filter(post="")
        assert gap.attendance.filter(came=False).count() == 4

    reported = {each["title"] for each in duties.shipped()}
    invented = {each["title"] for each in today.shipped()["duties"]}
    assert {title for slug in BOROUGHS for title in titles_in(slug)} == reported | invented


BOROUGHS = ("barnet", "thurrock", "barking-and-dagenham", "hammersmith-and-fulham")


def titles_in(slug: str) -> list[str]:
    lead = User.objects.get(email=f"lead@{slug}.example.org")
    with acting_as(lead.pk):
        found = Duty.objects.filter(borough__slug=slug)
        assert all(duty.next_due > dt.date(2022, 8, 1) for duty in found)
        return [duty.title for duty in found]
