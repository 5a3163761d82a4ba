"""A past self-assessment comes in from a workbook, is undone, and takes nothing that was said meanwhile."""

import datetime as dt

import pytest

from boroughs.actions.purges import erase
from boroughs.roles import Role
from boroughs.rows import acting_as
from sheets import jobs
from sheets.models import SheetImport
from tests.boroughs.pages import address, says, signed_in
from tests.factories import World, give_role, level, make_purge, version
from tests.sheets.rating_rows import (
    EARLIER,
    HEADS,
    LATER,
    look,
    open_round,
    reasons,
    said,
)
from tests.sheets.workbooks import (
    applied,
    counts,
    previewed,
    rows_of,
    send,
    undone,
    xlsx,
)
from toolkit.actions.assessments import open_assessment, rate
from toolkit.models import Assessment, Rating


def test_a_past_self_assessment_comes_in_and_is_undone(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [1, "Local Risk Assessment", "Green", "Agreed"],
        ["2.", "Multi Agency Partnership Board", "amber", None],
        [None, "7. Training programme", "Red", "No plan"],
        [8, "Venue Hire", None, None],
        [9, "Community Engagement", None, "Nothing was found"],
    ]
    sheet = look(here, rows, found)
    assert counts(here, sheet) == {"add": 4, "same": 1}
    sheet = applied(here, sheet)
    assert sheet.state == "applied", sheet.failure
    words = said(here, found)
    assert words[1] == ("Green", "Agreed")
    assert words[2] == ("Amber", "")
    assert words[7] == ("Red", "No plan")
    assert words[8] == ("Not rated", "")
    assert words[9] == ("Not rated", "Nothing was found")
    page = signed_in(here.coordinator).get(sheet.get_absolute_url())
    assert "To the round" in says(page)
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert set(said(here, found).values()) == {("Not rated", "")}
    with acting_as(here.coordinator.pk):
        assert set(found.ratings.values_list("judged", flat=True)) == {""}


def test_ratings_made_before_are_shown_with_who_made_them(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", "From the workbook"]]
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
        rate(rating=rating, level=level("red"), comment="By hand", seen=1, by=here.coordinator)
    [row] = rows_of(here, look(here, rows, found)).values()
    assert row.verdict == "change"
    assert row.changes == [
        ["Rating", "Red", "Green"],
        ["Comment", "By hand", "From the workbook"],
    ]
    assert row.warnings[0].startswith(f"this was said by {here.coordinator} on ")


def test_a_rating_made_between_looking_and_writing_is_not_written_over(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [
        [7, "Training programme", "Green", None],
        [8, "Venue hire", "Green", None],
    ]
    sheet = look(here, rows, found)
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
        rate(rating=rating, level=level("red"), comment="By hand", seen=1, by=here.coordinator)
    sheet = applied(here, sheet)
    assert sheet.state == "previewed"
    assert sheet.failure.startswith("The record has changed since these rows were checked")
    assert said(here, found)[7] == ("Red", "By hand")
    assert said(here, found)[8] == ("Not rated", "")
    assert applied(here, sheet).state == "applied"
    assert said(here, found)[7] == ("Green", "")


def test_a_round_that_was_closed_meanwhile_takes_nothing(world: World) -> None:
    here = world.here
    found = open_round(here)
    sheet = look(here, [[7, "Training programme", "Green", None]], found)
    with acting_as(here.coordinator.pk):
        open_assessment(
            borough=here.borough,
            version=version("la-2018"),
            starts_on=dt.date(2019, 9, 1),
            ends_on=dt.date(2019, 9, 30),
            assessor="self",
            by=here.coordinator,
        )
    sheet = applied(here, sheet)
    assert "is closed: September 2019 was opened after it" in sheet.failure
    assert said(here, found)[7] == ("Not rated", "")


def test_what_was_rated_again_since_is_not_undone(world: World) -> None:
    here = world.here
    found = open_round(here)
    sheet = applied(here, look(here, [[7, "Training programme", "Green", None]], found))
    with acting_as(here.coordinator.pk):
        rating = found.ratings.in_order().get(benchmark__key="training")
        rate(rating=rating, level=level("red"), seen=rating.version, by=here.coordinator)
    sheet = undone(here, sheet)
    assert "was rated again since" in sheet.failure
    assert said(here, found)[7] == ("Red", "")


def test_no_change_is_said_of_the_words_of_the_period_before_alone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        found = open_assessment(
            borough=here.borough,
            version=version("la-2018"),
            starts_on=LATER[0],
            ends_on=LATER[1],
            assessor=here.assessment.assessor,
            by=here.coordinator,
        )
    head = [*HEADS, "How it was judged", "Still true on"]
    day = dt.date(2019, 8, 20)
    rows = [
        head,
        [7, "Training programme", "Red", "present words of thurrock", "No change, still true", day],
        [8, "Venue hire", "Red", None, "No change, still true", day],
        [10, "Communications", "Amber", None, "No change, still true", day],
        [9, "Community engagement", "Red", None, "Not looked at yet", None],
        [1, "Local risk assessment", None, None, "Judged afresh", None],
        [2, "Multi-agency partnership board", "Red", None, None, day],
        [3, "Prevent partnership action plan", "Red", None, "No change, still true", None],
    ]
    sheet = previewed(here, xlsx(rows), kind="ratings", assessment=str(found.pk))
    refused = reasons(here, sheet)
    assert refused[0] == []
    assert refused[1][0].startswith("How it was judged: It was not rated in July 2019.")
    assert refused[2] == [
        "How it was judged: “No change, still true” repeats what was said in July 2019, and this row says something else."
    ]
    assert refused[3][0].startswith("How it was judged: This row says something of the benchmark")
    assert refused[4][0].startswith("How it was judged: Nothing is said of the benchmark")
    assert refused[5] == ["Still true on: A day stands here without “No change, still true”."]
    assert refused[6][0].startswith("How it was judged: “No change, still true” needs the day")
    applied(here, sheet, leave_out=True)
    with acting_as(here.coordinator.pk):
        rating = found.ratings.get(benchmark__key="training")
    assert (rating.judged, rating.true_on) == (Rating.Judged.UNCHANGED, day)


def test_opening_a_past_period_leads_to_its_workbook(world: World) -> None:
    here = world.here
    given = {"version": "la-2018", "assessor": "self", "assessor_name": "", "then": "workbook"}
    given |= {"starts_on": EARLIER[0].isoformat(), "ends_on": EARLIER[1].isoformat()}
    browser = signed_in(here.coordinator)
    answer = browser.post(address("toolkit:assessment-open", here.borough), given)
    with acting_as(here.coordinator.pk):
        opened = Assessment.objects.get(borough=here.borough, assessor="self")
    assert answer["Location"].endswith(f"/sheets/add/?kind=ratings&assessment={opened.pk}")
    page = browser.get(answer["Location"]).content.decode()
    assert f'<option value="{opened.pk}" selected>' in page


@pytest.mark.parametrize("role", [Role.LEAD, Role.MEMBER])
def test_who_does_not_rate_brings_no_ratings_in(world: World, role: Role) -> None:
    here = world.here
    found = open_round(here)
    url = address("sheets:sheet-add", here.borough)
    given = {"kind": "ratings", "assessment": str(found.pk), "sheet": ""}
    answer = signed_in(here.people[role]).post(url, given)
    assert answer.status_code == (200 if role == Role.LEAD else 403)
    with acting_as(here.coordinator.pk):
        assert not SheetImport.objects.filter(kind="ratings").exists()


def test_who_rates_no_longer_writes_no_ratings_though_a_lead_keeps_the_record(
    world: World,
) -> None:
    here = world.here
    found = open_round(here)
    sheet = look(here, [[7, "Training programme", "Green", None]], found)
    url = address("sheets:sheet-apply", here.borough, sheet.pk)
    assert signed_in(here.coordinator).post(url).status_code == 302
    with acting_as(here.lead.pk):
        give_role(here.coordinator, here.borough, Role.LEAD, by=here.lead)
    assert jobs.claim(sheet.pk) is None
    with acting_as(here.lead.pk):
        sheet.refresh_from_db()
        assert "may no longer keep the record" in sheet.failure
        assert found.ratings.get(benchmark__key="training").level is None


def test_a_round_of_another_borough_takes_no_import(world: World) -> None:
    found = open_round(world.there)
    answer = send(world.here, xlsx([HEADS]), kind="ratings", assessment=str(found.pk))
    assert answer.status_code == 200
    assert "from the list" in says(answer)


def test_five_thousand_rows_about_one_benchmark_are_judged_and_one_counts(world: World) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", None]] * 4999
    assert counts(here, look(here, rows, found)) == {"add": 1, "refuse": 4998}


@pytest.mark.parametrize("kind", ["rating", "assessment"])
def test_what_is_erased_of_a_rating_is_erased_of_the_row_that_brought_it(
    world: World, kind: str
) -> None:
    here = world.here
    found = open_round(here)
    rows = [[7, "Training programme", "Green", "Said by mistake"], [None, "Knitting", None, "Too"]]
    sheet = applied(here, look(here, rows, found), leave_out=True)
    with acting_as(here.coordinator.pk):
        record = found.ratings.get(benchmark__key="training") if kind == "rating" else found
        request = make_purge(here, record, kind=kind)
    with acting_as(here.lead.pk):
        erase(request=request, by=here.lead)
    with acting_as(here.coordinator.pk):
        cells = {row.number: row.cells for row in sheet.rows.all()}
    assert cells[2] == []
    assert (cells[3] == []) == (kind == "assessment")
