"""What is kept of an import: erased by two people, looked at when its time is over, and its notes taken back by nobody else."""

from django.db import connection

from boroughs.actions.purges import erase
from boroughs.models import Action, ProgressNote
from boroughs.retention import look_for_what_is_due
from boroughs.rows import acting_as
from sheets.models import SheetImport, SheetRow
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, make_purge
from tests.sheets.workbooks import applied, previewed, undone, xlsx


def noted(place: Place) -> SheetImport:
    """An import that was written, of one action with a progress note."""
    rows = [["Action", "Progress"], ["Visit the schools", "Two were visited"]]
    return applied(place, previewed(place, xlsx(rows)))


def taken_back(by: int, row: SheetRow) -> int:
    with acting_as(by), connection.cursor() as cursor:
        cursor.execute("SELECT sheets_take_back_notes(%s)", [row.pk])
        return int(cursor.fetchone()[0])


def test_two_people_erase_what_a_workbook_said_and_the_record_stays(world: World) -> None:
    here = world.here
    sheet = noted(here)
    with acting_as(here.coordinator.pk):
        request = make_purge(here, sheet, kind="sheet")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        row = sheet.rows.get(number=2)
        assert (row.cells, row.title, row.changes, row.before) == ([], "", [], {})
        assert ProgressNote.objects.filter(text="Two were visited").exists()
    page = signed_in(here.coordinator).get(address("sheets:sheet-undo", here.borough, sheet.pk))
    assert "What undoing needs was erased" in says(page)
    assert undone(here, sheet).state == "applied"


def test_what_is_erased_of_an_action_is_erased_of_the_row_that_brought_it(world: World) -> None:
    here = world.here
    sheet = noted(here)
    with acting_as(here.coordinator.pk):
        row = sheet.rows.get(number=2)
        action = Action.objects.get(title="Visit the schools")
        assert row.target == action.pk
        request = make_purge(here, action, kind="action")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        row.refresh_from_db()
        assert (row.cells, row.title, row.before) == ([], "", {})
        assert sheet.rows.get(number=1).cells == ["Action", "Progress"]


def test_an_import_that_was_only_looked_at_is_discarded_when_it_is_erased(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        request = make_purge(here, here.sheet, kind="sheet")
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
        found = SheetImport.objects.get(pk=here.sheet.pk)
        assert found.state == "discarded"
        assert "sheet words" not in str(list(found.rows.values()))


def test_imports_are_looked_at_after_two_years(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        SheetImport.objects.filter(pk=here.sheet.pk).update(added_at="2020-01-01T00:00Z")
    look_for_what_is_due()
    with acting_as(here.lead.pk):
        due = here.borough.retention_reviews.get(record=here.sheet.pk)
        assert due.due_on.isoformat() == "2022-01-01"


def test_notes_are_taken_back_by_who_undoes_the_import_and_only_then(world: World) -> None:
    here = world.here
    sheet = noted(here)
    with acting_as(here.coordinator.pk):
        row = sheet.rows.get(number=2)
    people = (here.coordinator, here.lead, here.contributor, world.there.lead, world.stranger)
    assert [taken_back(person.pk, row) for person in people] == [0] * len(people)
    with acting_as(here.coordinator.pk):
        assert SheetImport.objects.filter(pk=sheet.pk).update(state="undoing")
    others = people[1:]
    assert [taken_back(person.pk, row) for person in others] == [0] * len(others)
    with acting_as(here.coordinator.pk):
        assert ProgressNote.objects.filter(pk__in=row.before["notes"]).count() == 1
    assert taken_back(here.coordinator.pk, row) == 1


def test_nobody_but_who_keeps_the_record_writes_an_import(world: World) -> None:
    here = world.here
    for person in (here.contributor, here.member, here.observer, here.monitoring, here.democratic):
        with acting_as(person.pk):
            assert SheetImport.objects.filter(pk=here.sheet.pk).update(state="discarded") == 0
            assert SheetRow.objects.filter(sheet=here.sheet.pk).update(cells=[]) == 0
    with acting_as(here.lead.pk):
        assert SheetRow.objects.filter(sheet=here.sheet.pk).update(title="x") == 3
