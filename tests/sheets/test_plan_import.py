"""A plan comes in from a council's own workbook: what each row would do, all of it or nothing, and back again."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from boroughs.actions.plan_actions import change_action, report_action
from boroughs.closed_passages import remember_passages
from boroughs.models import Action, ProgressNote
from boroughs.rows import acting_as
from sheets.models import SheetImport
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World
from tests.sheets.workbooks import (
    applied,
    book,
    counts,
    matched,
    newest,
    previewed,
    read_back,
    rows_of,
    saved,
    send,
    sixty_rows,
    undone,
    work,
    xlsx,
)

FIRST = 4  # the row of the first action in the workbook of sixty


def actions(place: Place) -> dict[str, Action]:
    with acting_as(place.coordinator.pk):
        return {action.title: action for action in place.plan.actions.all()}


# -- The journey it is judged by ----------------------------------------------------------------------------
def test_a_plan_of_sixty_rows_with_ten_bad_ones(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    answer = send(here, xlsx(sixty_rows(here)))
    assert answer.status_code == 302
    sheet = newest(here)
    assert answer["Location"] == address("sheets:sheet-match", here.borough, sheet.pk)
    assert (sheet.heading_row, sheet.total, sheet.state) == (3, 60, "uploaded")
    assert sheet.mapping == {
        "priority": 0, "area": 1, "title": 2, "owner_post": 3, "organisation": 4, "due_on": 5, "state": 6,
    }  # fmt: skip
    page = says(client.get(answer["Location"]))
    assert "60 rows stand under the headings" in page
    assert "D: Lead officer (“Prevent Manager”)" in page

    assert matched(here, sheet).status_code == 302
    assert "Checked 0 of 60 rows" in says(
        client.get(address("sheets:sheet-show", here.borough, sheet.pk))
    )
    sheet = work(here, sheet)
    assert sheet.state == "previewed"
    assert counts(here, sheet) == {"add": 50, "refuse": 10}
    assert list(actions(here)) == [here.action.title], "looking writes nothing"
    page = says(client.get(address("sheets:sheet-show", here.borough, sheet.pk)))
    assert "50 rows would be added, none changed; 10 are refused" in page

    refused = says(
        client.get(f"{address('sheets:sheet-show', here.borough, sheet.pk)}?show=refuse")
    )
    for said in (
        "Priority (A4): There is no priority “Priority 9”, but 1. priority words of thurrock.",
        "Area of focus (B5): There is no area of focus “An area of nowhere”",
        "Action: nothing is said. Enter what is to be done.",
        "Owner (D7): a phone number stands here. An owner is a post, never a person.",
        "Organisation (E8): There is no organisation “Health trust of another place”, but Trust of thurrock.",
        "Due (F9): “next spring” is not a date. Write it like 31/03/2018.",
        "Due: The plan begins on 1 April 2017. Enter that day or a later one, or leave it empty.",
        "Why it was stopped: Say why the action was stopped.",
        "State (G12): “nearly” is none of Not started, In progress, Complete or Stopped.",
        "Row 13 is about the same. Leave one of the two out.",
    ):
        assert said in refused, said

    url = address("sheets:sheet-apply", here.borough, sheet.pk)
    asked = problems(client.post(url))
    assert asked == [
        "Confirm that the 10 refused rows are left out, or correct the workbook and upload it again"
    ]
    sheet = applied(here, sheet, leave_out=True)
    assert sheet.state == "applied"
    found = actions(here)
    assert len(found) == 51
    row = found["Action 60"]
    assert (row.due_on, row.state, row.owner_post) == (
        dt.date(2018, 1, 31),
        "in_progress",
        "Prevent Manager",
    )
    assert deeds(here).count("action.added") == 51
    assert deeds(here)[-1] == "sheet.applied"

    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert list(actions(here)) == [here.action.title]
    assert deeds(here)[-1] == "sheet.undone"
    with acting_as(here.coordinator.pk):
        assert ProgressNote.objects.filter(action__plan=here.plan).count() == 1


def test_a_day_after_the_plans_end_is_no_reason_to_refuse_a_row_and_is_said_aloud(
    world: World,
) -> None:
    here = world.here
    due = dt.date(2018, 6, 30)
    sheet = previewed(here, xlsx([["Action", "Due"], ["Outlasts the year", due]]))
    assert counts(here, sheet) == {"add": 1}
    page = address("sheets:sheet-show", here.borough, sheet.pk)
    assert (
        "Look again before it is written. Due: The plan ends on 31 March 2018, before 30 June 2018."
        in says(signed_in(here.coordinator).get(page))
    )
    applied(here, sheet)
    assert actions(here)["Outlasts the year"].due_on == due


def test_what_was_refused_comes_as_a_workbook_and_goes_in_once_it_is_corrected(
    world: World,
) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    sheet = applied(here, previewed(here, xlsx(sixty_rows(here))), leave_out=True)
    url = address("sheets:sheet-refused", here.borough, sheet.pk)
    rows = read_back(client.get(url).content)
    assert rows[0][:3] == ["Why it was refused", "Row", "Priority"]
    assert len(rows) == 11
    assert rows[6][2:9] == [
        here.priority.title, here.area.title, "Action 6", "Prevent Manager", here.organisation.name, "next spring", "In progress",
    ]  # fmt: skip
    rows[6][7] = dt.date(2018, 3, 1)
    again = previewed(here, xlsx([rows[0], rows[6]]))
    assert counts(here, again) == {"add": 1}, rows_of(here, again)


# -- There and back -----------------------------------------------------------------------------------------
def downloaded(place: Place, **said: str) -> bytes:
    url = address("sheets:plan-download", place.borough, place.plan.pk)
    answer = signed_in(place.coordinator).post(url, said)
    assert answer.status_code == 200
    return bytes(answer.content)


def test_a_downloaded_plan_comes_back_as_it_is(world: World) -> None:
    here = world.here
    assert counts(here, previewed(here, downloaded(here))) == {"same": 1}
    sheet = previewed(here, downloaded(here, **{"as": "csv"}), name="p.csv")
    assert counts(here, sheet) == {"same": 1}


def test_who_helps_what_it_takes_and_when_in_words_come_in_and_are_taken_back(
    world: World,
) -> None:
    here = world.here
    rows = [
        ["Action", "Supporting partners", "Timescales", "Resource implications"],
        ["Visit every school", "All schools", "Each autumn term", "Existing budgets"],
    ]
    sheet = applied(here, previewed(here, xlsx(rows)))
    found = actions(here)["Visit every school"]
    kept = found.partners, found.timing, found.resources
    assert kept == ("All schools", "Each autumn term", "Existing budgets")
    undone(here, sheet)
    assert "Visit every school" not in actions(here)


def test_an_edited_copy_changes_its_action_by_the_reference_and_adds_what_has_none(
    world: World,
) -> None:
    here = world.here
    made = load_workbook(io.BytesIO(downloaded(here)))
    page = made.worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["Action"]).value = "Other words"
    page.cell(2, at["State"]).value = "Complete"
    page.cell(2, at["Due"]).value = None
    page.cell(2, at["Benchmarks it serves"]).value = "Local risk assessment (2018)"
    page.cell(2, at["New progress note"]).value = "All schools were visited"
    page.cell(2, at["Date of the note"]).value = dt.date(2018, 3, 30)
    page.cell(3, at["Action"]).value = "One more"
    sheet = previewed(here, saved(made))
    rows = rows_of(here, sheet)
    assert rows[2].changes == [
        ["Action", "action words of thurrock", "Other words"],
        ["Due", "31 December 2017", ""],
        ["State", "In progress", "Complete"],
        ["Benchmarks it serves", "Training programme (2018)", "Local risk assessment (2018)"],
        ["New progress note", "", "All schools were visited"],
    ]
    assert (rows[2].verdict, rows[3].verdict) == ("change", "add")
    sheet = applied(here, sheet)
    with acting_as(here.coordinator.pk):
        action = Action.objects.get(pk=here.action.pk)
        assert (action.title, action.state, action.due_on) == ("Other words", "complete", None)
        assert [row.benchmark.title for row in action.serves.all()] == ["Local risk assessment"]
        newest_note = action.notes.order_by("-on").first()
        assert newest_note is not None
        assert (newest_note.on, newest_note.text) == (
            dt.date(2018, 3, 30),
            "All schools were visited",
        )
    assert counts(here, previewed(here, saved(made))) == {"same": 2}, (
        "the same file again changes nothing"
    )

    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    with acting_as(here.coordinator.pk):
        action = Action.objects.get(pk=here.action.pk)
        assert (action.title, action.state) == ("action words of thurrock", "in_progress")
        assert action.due_on == dt.date(2017, 12, 31)
        assert [row.benchmark.title for row in action.serves.all()] == ["Training programme"]
        assert [note.text for note in action.notes.all()] == ["progress words of thurrock"]
        assert not Action.objects.filter(title="One more").exists()


# -- What stands in the way of undoing -----------------------------------------------------------------------
@pytest.mark.parametrize("later", ["changed", "reported"])
def test_an_import_is_undone_only_while_nothing_depends_on_it(world: World, later: str) -> None:
    here = world.here
    sheet = applied(here, previewed(here, xlsx(sixty_rows(here))), leave_out=True)
    action = actions(here)["Action 30"]
    with acting_as(here.coordinator.pk):
        action.plan = here.plan
        if later == "changed":
            words = {"title": "Mine now", "owner_post": "", "success_measure": ""}
            rows = {"priority": action.priority, "area": action.area, "organisation": None}
            changed = {**words, **rows, "due_on": None}
            change_action(action=action, seen=action.version, by=here.coordinator, **changed)
        else:
            report_action(
                action=action, state="in_progress", note="News", seen=action.version, by=here.coordinator
            )  # fmt: skip
    said = "Row 33, “Action 30”, was changed or reported on since. The import can no longer be undone as a whole."
    page = signed_in(here.coordinator).get(address("sheets:sheet-undo", here.borough, sheet.pk))
    assert said in says(page)
    sheet = undone(here, sheet)
    assert (sheet.state, sheet.failure) == ("applied", said)
    assert len(actions(here)) == 51, "nothing was taken back"


def test_what_changed_since_it_was_looked_at_is_not_written_but_shown_again(world: World) -> None:
    here = world.here
    sheet = previewed(here, xlsx(sixty_rows(here)))
    with acting_as(here.coordinator.pk):
        here.organisation.name = "Trust under another name"
        here.organisation.save()
    sheet = applied(here, sheet, leave_out=True)
    assert sheet.state == "previewed"
    assert sheet.failure.startswith("The record has changed since these rows were checked")
    assert counts(here, sheet) == {"refuse": 60}
    assert len(actions(here)) == 1


def test_a_row_that_its_action_refuses_leaves_nothing_behind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = world.here
    sheet = previewed(here, xlsx(sixty_rows(here)))
    with acting_as(here.coordinator.pk):
        sheet.rows.filter(number=40).update(verdict="change")  # the record and the page disagree
    sheet = applied(here, sheet, leave_out=True)
    assert (sheet.state, len(actions(here))) == ("previewed", 1)


# -- The page of the columns ---------------------------------------------------------------------------------
def test_the_row_of_the_headings_can_be_corrected(world: World) -> None:
    here = world.here
    send(here, xlsx([["Action", "Due"], ["Deed", "Deadline"], ["Do it", None]]))
    sheet = newest(here)
    assert sheet.heading_row == 1
    assert matched(here, sheet, heading_row="2").status_code == 302
    sheet = newest(here)
    assert (sheet.heading_row, sheet.total, sheet.mapping) == (2, 1, {"due_on": 1})
    said = problems(matched(here, sheet))
    assert said == ["Select the column with: Action"]
    said = problems(matched(here, sheet, title="1"))
    assert said == ["This column is selected twice. Select another one"]
    assert matched(here, sheet, title="0").status_code == 302


def test_an_import_that_is_discarded_keeps_no_row(world: World) -> None:
    here = world.here
    sheet = previewed(here, xlsx(sixty_rows(here)))
    url = address("sheets:sheet-discard", here.borough, sheet.pk)
    assert signed_in(here.coordinator).post(url).status_code == 302
    with acting_as(here.coordinator.pk):
        sheet = SheetImport.objects.get(pk=sheet.pk)
        assert (sheet.state, sheet.rows.count()) == ("discarded", 0)
    assert "sheet.discarded" in deeds(here)


def test_a_merged_cell_and_a_formula_are_refused_where_they_stand(world: World) -> None:
    here = world.here
    made = book([["Action", "Due", "Sum"], ["One"], ["Two"], ["=A2"], ["Five"]])
    page = made.active
    assert page is not None
    page["C5"] = "=1+1"
    page.merge_cells("A2:A3")
    rows = rows_of(here, previewed(here, saved(made)))
    assert rows[2].reasons == [
        "Action (A2): A2:A3 are merged cells. Unmerge them and fill in each cell by itself."
    ]
    assert rows[4].reasons == [
        "Action (A4): Cell A4 holds a formula. Put its result there as a value instead."
    ]
    assert rows[5].verdict == "add", "a formula in a column that is not read harms nobody"


def test_what_may_identify_a_person_or_stands_in_a_closed_record_is_warned_of_and_not_stopped(
    world: World,
) -> None:
    here = world.here
    words = "The board agreed that nine schools in the east of the borough need another visit soon"
    with acting_as(here.coordinator.pk):
        remember_passages(closure=here.closure, source="paper", text=words)
    rows = [
        ["Action", "Success measure"],
        ["Call 07700 900123", None],
        [words, None],
        ["Plain", None],
    ]
    found = rows_of(here, previewed(here, xlsx(rows)))
    assert [row.warnings for row in found.values()] == [
        ["Action: this may be a phone number"],
        ["these words also stand in a closed record"],
        [],
    ]
    assert {row.verdict for row in found.values()} == {"add"}
