"""Activities come in from a workbook, and what goes out comes back."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from openpyxl import load_workbook

from boroughs.actions.activities import change_activity, link_figures
from boroughs.actions.purges import erase
from boroughs.models import Activity, FigureValue
from boroughs.roles import Role
from boroughs.rows import acting_as
from sheets.models import SheetImport
from sheets.nouns.activities import said_in
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, World, make_activity, make_purge
from tests.sheets.workbooks import (
    applied,
    counts,
    previewed,
    read_back,
    rows_of,
    saved,
    undone,
    xlsx,
)

HEADINGS = ["Type", "Activity", "Audience", "Start date", "End date", "Status", "Outcome", "Attendance", "Agency"]  # fmt: skip
FIRST, LAST = dt.date(2019, 5, 1), dt.date(2019, 6, 30)


def look(place: Place, *rows: list[Any]) -> SheetImport:
    return previewed(place, xlsx([HEADINGS, *rows]), kind="activities")


def downloaded(place: Place, role: Role = Role.COORDINATOR) -> Any:
    return signed_in(place.people[role]).post(address("sheets:activity-workbook", place.borough))


def activities(place: Place) -> dict[str, Activity]:
    with acting_as(place.coordinator.pk):
        return {row.title: row for row in place.borough.activities.with_numbers()}


def test_what_cannot_be_is_refused_row_by_row(world: World) -> None:
    here = world.here
    kind, audience = "Training", "Councillors"
    sheet = look(
        here,
        ["Party", "A", audience, FIRST, None, None, None, None, None],
        [kind, "B", "Everybody", FIRST, None, None, None, None, None],
        [kind, "C", None, FIRST, None, None, None, None, None],
        [kind, "D", audience, LAST, FIRST, None, None, None, None],
        [kind, "E", audience, dt.date(2090, 1, 1), None, "Delivered", None, None, None],
        [kind, "F", audience, FIRST, None, "Planned", "All came", None, None],
        [kind, "G", audience, FIRST, None, "Cancelled", None, None, None],
        [kind, "H", audience, FIRST, None, "Done", None, "many people", None],
        [kind, "I", audience, FIRST, None, "Done", None, "7 people referred", None],
        [kind, "J", audience, FIRST, None, None, None, "-3 people", None],
        [kind, "K", audience, FIRST, None, None, None, None, "An agency of nowhere"],
        [kind, "L", audience, FIRST, None, None, None, None, None],
        [kind, "l", audience, FIRST, None, None, None, None, None],
    )
    said = {row.title: " ".join(row.reasons) for row in rows_of(here, sheet).values()}
    begins = {
        "A": "Kind (A2): “Party” is none of Training or briefing,",
        "B": "Audience (C3): “Everybody” is none of Staff and professionals,",
        "C": "Audience: nothing is said. Enter Staff and professionals,",
        "D": "Last day: An activity ends after it begins. Enter 30 June 2019 or a later day.",
        "E": "State: It begins on 1 January 2090, so it was not delivered yet.",
        "F": "Result in words: Only what was delivered has a result.",
        "G": "Why it was cancelled: Say why it was cancelled.",
        "H": "Result in numbers (H9): Line 1: begin with the number",
        "I": "Result in numbers: This counts people who were referred.",
        "J": "Result in numbers (H11): Line 1: people and sessions are whole numbers from 0",
        "K": "Delivered by (I12): There is no organisation “An agency of nowhere”",
        "L": "",
        "l": "Row 13 is about the same.",
    }
    assert set(said) == set(begins)
    for title, reason in begins.items():
        assert said[title].startswith(reason), (title, said[title])
    assert counts(here, sheet) == {"refuse": 12, "add": 1}


def test_they_are_written_all_or_nothing_and_taken_back(world: World) -> None:
    here = world.here
    known = set(activities(here))
    trust = here.organisation.name
    sheet = look(
        here,
        ["Workshop", "Act Now", "Schools; Councillors", FIRST, LAST, "Delivered", "They liked it",
         "1,263 professionals; over 30 groups", trust],
        ["Campaign", "Bad row", "Nobody", FIRST, None, None, None, None, None],
    )  # fmt: skip
    assert applied(here, sheet, leave_out=True).state == "applied"
    added = activities(here)["Act Now"]
    assert (added.kind, added.audiences) == ("session", ["education", "members"])
    assert (added.state, added.result, str(added.organisation)) == (
        "delivered",
        "They liked it",
        trust,
    )
    assert [str(count) for count in added.counts.all()] == ["1,263 professionals", "over 30 groups"]
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert set(activities(here)) == known


def test_what_goes_out_comes_back_and_an_edited_copy_is_undone_to_what_it_said(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_activity(here.borough, by=here.coordinator, title="Cancelled", state="cancelled", result="",
                      cancelled_because="Nobody could come", organisation=here.organisation)  # fmt: skip
    before = {title: said_in(row) for title, row in activities(here).items()}
    data = downloaded(here).content
    assert set(counts(here, previewed(here, data, kind="activities"))) == {"same"}
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        page.cell(row, at["Result in numbers"]).value = "9 sessions"
        page.cell(row, at["Audience"]).value = "Residents"
    sheet = applied(here, previewed(here, saved(book), kind="activities"))
    assert sheet.state == "applied", sheet.failure
    for one in activities(here).values():
        assert ([str(count) for count in one.counts.all()], one.audiences) == (["9 sessions"], ["residents"])  # fmt: skip
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert {title: said_in(row) for title, row in activities(here).items()} == before


def test_what_was_changed_or_linked_since_is_not_taken_back(world: World) -> None:
    here = world.here
    rows = [["Project", name, "Residents", FIRST, None, "Delivered", None, None, None] for name in ("Changed", "Linked")]  # fmt: skip
    for name, row in zip(("Changed", "Linked"), rows, strict=True):
        sheet = applied(here, look(here, row))
        activity = activities(here)[name]
        with acting_as(here.coordinator.pk):
            activity.borough = here.borough
            if name == "Changed":
                said = said_in(activity) | {"about": "More"}
                change_activity(activity=activity, seen=1, by=here.coordinator, **said)
            else:
                figure = FigureValue.objects.get(pk=here.figure.pk)
                link_figures(activity=activity, figures=[figure], by=here.coordinator)
        page = signed_in(here.coordinator).get(address("sheets:sheet-undo", here.borough, sheet.pk))
        assert "since" in page.content.decode()
        assert undone(here, sheet).state == "applied"
        with acting_as(here.coordinator.pk), connection.cursor() as cursor:
            added = sheet.rows.get(number=2)
            cursor.execute("SELECT sheets_take_back_activity(%s)", [added.pk])
            assert cursor.fetchone() == (0,)
        assert name in activities(here)


def test_what_is_erased_of_an_activity_is_erased_of_the_row_that_brought_it(world: World) -> None:
    here = world.here
    sheet = applied(here, look(here, ["Project", "Visit", "Residents", FIRST, *[None] * 5]))
    activity = activities(here)["Visit"]
    with acting_as(here.coordinator.pk):
        request = make_purge(here, activity, kind="activity")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        row = sheet.rows.get(number=2)
        assert (row.cells, row.title, row.before) == ([], "", {})


@pytest.mark.parametrize("role", list(Role))
def test_the_download_is_for_those_who_read_the_record(world: World, role: Role) -> None:
    answer = downloaded(world.here, role)
    if role in (Role.COORDINATOR, Role.LEAD):
        heads, row, *_ = read_back(answer.content)
        said = dict(zip(heads, row, strict=True))
        assert said["Result in numbers"] == "120 professionals of thurrock"
        assert said["First day"] == dt.datetime(2018, 4, 1)  # noqa: DTZ001
    else:
        assert answer.status_code == 403
