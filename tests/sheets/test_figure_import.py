"""Figures come in by period: what must add up adds up, periods do not overlap, and people are whole."""

import io
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook

from boroughs.actions.figures import publish_figures
from boroughs.models import FigureValue
from boroughs.periods import Period, financial
from boroughs.rows import acting_as
from sheets.models import SheetImport, SheetRow
from tests.boroughs.pages import address, deeds, says, signed_in
from tests.factories import Place, World
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

HEADINGS = ["Indicator", "Period", "Figure", "Note"]
YEAR = financial("year", 2022)


def look(place: Place, rows: list[list[Any]], headings: list[str] | None = None) -> SheetImport:
    return previewed(place, xlsx([headings or HEADINGS, *rows]), kind="figures")


def reasons(place: Place, rows: list[list[Any]], headings: list[str] | None = None) -> list[str]:
    found = rows_of(place, look(place, rows, headings))
    return [reason for row in found.values() for reason in row.reasons]


def values(place: Place, period: Period = YEAR) -> dict[str, str]:
    with acting_as(place.coordinator.pk):
        return {row.indicator: row.word for row in place.borough.figures.about(period)}


def downloaded(place: Place) -> bytes:
    url = address("sheets:figure-workbook", place.borough)
    return bytes(signed_in(place.coordinator).post(url).content)


def test_figures_come_in_are_written_together_and_undone_together(world: World) -> None:
    here = world.here
    sheet = look(
        here,
        [
            ["Enquiries received", "2022/23", 80, "From the register"],
            ["Referred to the police for triage", "2022/23", "over 40", None],
            ["Discussed at the Channel panel", "2022/23", "withheld", "Small numbers"],
            ["Enquiries received", "2021/22", 81, None],
        ],
    )
    rows = rows_of(here, sheet)
    assert [row.reasons for row in rows.values()] == [[], [], [], []]
    assert rows[5].changes == [["Figure", "79", "81"], ["Note", "", ""]][:1]
    sheet = applied(here, sheet)
    assert sheet.state == "applied", sheet.failure
    assert values(here) == {
        "enquiries": "80", "referred-to-police": "Over 40", "discussed-at-panel": "Withheld",
    }  # fmt: skip
    assert deeds(here)[-1] == "sheet.applied"
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    assert values(here) == {}
    assert values(here, financial("year", 2021))["enquiries"] == "79"


def test_each_bad_figure_has_its_own_sentence(world: World) -> None:
    here = world.here
    said = reasons(
        here,
        [
            ["Enquiries received", "2022/23", -1, None],
            ["Enquiries received", "2023/24", 1.5, None],
            ["Enquiries received", "Easter", 3, None],
            ["Enquiries received", "2022/25", 3, None],
            ["Wizards", "2022/23", 3, None],
            ["Referred to the police for triage", "2022/23", "many", None],
            ["Referred to the police for triage", "2020/21", None, None],
            ["Referred to the police for triage", "2019/20", "withheld", None],
            ["Enquiries received", None, 3, None],
        ],
    )
    for begins in (
        "Figure: Enquiries received cannot be less than nought. Enter 0 or more.",
        "Figure: People are counted whole. Enter a number without a decimal point.",
        "Period (B4): “Easter” is not a period. Write it like 2021/22, Q1 2021/22 or June 2021,",
        "Period (B5): 2022 and 25 are not one financial year.",
        "Indicator (A6): There is no indicator “Wizards”, but ",
        "Figure (C7): “many” is not a number. Enter a number.",
        "Figure: Enter the number of referred to the police for triage, or select “Not known” or “Withheld”.",
        "Note: Enter why it is withheld.",
        "Period: nothing is said. Enter it, like 2021/22, or its first and last day.",
    ):
        assert any(reason.startswith(begins) for reason in said), f"{begins}\n" + "\n".join(said)
    assert len(said) == 9


def test_a_part_is_not_greater_than_its_whole_and_nothing_of_its_sum_is_written(
    world: World,
) -> None:
    here = world.here
    sheet = look(
        here,
        [
            ["Enquiries received", "2022/23", 10, None],
            ["Referred to the police for triage", "2022/23", 11, None],
            ["Discussed at the Channel panel", "2022/23", 2, None],
        ],
    )
    rows = rows_of(here, sheet)
    why = "A part is not greater than its whole. Correct a figure, or say in the row of the whole why they differ."
    assert rows[2].reasons[0].endswith(why)
    assert rows[3].reasons == rows[2].reasons
    assert counts(here, sheet) == {"refuse": 2, "add": 1}


def test_days_out_of_order_and_periods_that_overlap_are_refused(world: World) -> None:
    here = world.here
    headings = ["Indicator", "From", "To", "Figure"]
    said = reasons(
        here,
        [
            ["Enquiries received", "30/06/2022", "01/04/2022", 3],
            ["Enquiries received", "01/05/2022", "31/07/2022", 3],
            ["Enquiries received", "01/07/2022", "30/09/2022", 3],
            ["Enquiries received", "01/04/2022", "31/03/2023", 9],
            ["Enquiries received", "01/03/2022", "30/04/2022", 9],
        ],
        headings,
    )
    assert said == [
        "The period ends on 01/04/2022, before it begins on 30/06/2022. Correct one of the days.",
        "The period July to September 2022 overlaps 1 May 2022 to 31 July 2022, for which there is a figure. Give periods that do not overlap.",
        said[2],
    ]
    assert "overlaps" in said[2]


def test_what_goes_out_comes_back_as_it_is_and_an_edited_copy_changes_what_was_edited(
    world: World,
) -> None:
    here = world.here
    data = downloaded(here)
    rows = read_back(data)
    at = {name: index for index, name in enumerate(rows[0])}
    assert rows[0][-1] == "Reference (leave as it is)"
    assert {type(row[at["Figure"]]) for row in rows[1:]} == {int}
    sheet = previewed(here, data, kind="figures")
    assert set(counts(here, sheet)) == {"same"}
    made = load_workbook(io.BytesIO(data))
    page = made.worksheets[0]
    for cells in page.iter_rows(min_row=2):
        if cells[at["Reference (leave as it is)"]].value == "enquiries@year-2021":
            cells[at["Figure"]].value = 90
    sheet = applied(here, previewed(here, saved(made), kind="figures"))
    assert values(here, financial("year", 2021))["enquiries"] == "90"


def test_a_closed_figure_goes_out_to_its_list_alone_is_noted_and_does_not_come_back_changed(
    world: World,
) -> None:
    here = world.here
    words = "closed figure words of thurrock"
    texts = {
        name: str(read_back(signed_in(person).post(address("sheets:figure-workbook", here.borough)).content))
        for name, person in (("listed", here.coordinator), ("lead", here.lead))
    }  # fmt: skip
    assert words in texts["listed"]
    assert words not in texts["lead"]
    made = load_workbook(io.BytesIO(downloaded(here)))
    page = made.worksheets[0]
    at = {cell.value: cell.column - 1 for cell in page[1]}
    for cells in page.iter_rows(min_row=2):
        if cells[at["Closed (not read back)"]].value:
            cells[at["Figure"]].value = 66
    sheet = previewed(here, saved(made), kind="figures")
    [refused] = [row for row in rows_of(here, sheet).values() if row.reasons]
    assert refused.reasons == [
        "This figure is closed. Change it on its own page, where it stays closed."
    ]
    page_of_lead = signed_in(here.lead).get(address("sheets:sheet-show", here.borough, sheet.pk))
    assert words not in says(page_of_lead)
    assert "shown to Coordinator of Thurrock alone" in says(page_of_lead)
    with acting_as(here.lead.pk):
        assert not SheetRow.objects.filter(sheet=sheet.pk).exists(), "row security"


def test_figures_that_were_published_since_are_not_taken_back(world: World) -> None:
    here = world.here
    sheet = applied(here, look(here, [["Enquiries received", "2022/23", 500, None]]))
    with acting_as(here.lead.pk):
        assert publish_figures(borough=here.borough, by=here.lead)
    sheet = undone(here, sheet)
    assert sheet.state == "applied"
    assert sheet.failure.startswith("Figures were published since.")


def test_a_figure_changed_since_is_not_taken_back(world: World) -> None:
    here = world.here
    sheet = applied(here, look(here, [["Enquiries received", "2022/23", 500, None]]))
    with acting_as(here.coordinator.pk):
        FigureValue.objects.filter(indicator="enquiries", starts_on=YEAR.starts_on).update(
            version=2, number=Decimal(3)
        )
    sheet = undone(here, sheet)
    assert sheet.failure.startswith(
        "Row 2, “Enquiries received, 2022/23”, was changed or closed since."
    )
