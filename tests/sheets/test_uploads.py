"""Workbooks that are refused whole: each in its own sentence, at the question for the file, and nothing is kept of them."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from boroughs.rows import acting_as
from sheets.models import SheetImport
from tests.boroughs.pages import address, problems, signed_in
from tests.factories import Place, World, tiny_pdf
from tests.sheets.workbooks import HEADINGS, book, newest, rows_of, saved, send, upload, xlsx

ROWS: list[list[Any]] = [list(HEADINGS), [None, None, "Do it"]]


def kept(place: Place) -> int:
    with acting_as(place.coordinator.pk):
        return SheetImport.objects.filter(borough=place.borough).count()


def hidden_sheet() -> bytes:
    made = book(ROWS)
    made.create_sheet("Names").sheet_state = "hidden"
    return saved(made)


def hidden_row() -> bytes:
    made = book(ROWS)
    made.worksheets[0].row_dimensions[2].hidden = True
    return saved(made)


def hidden_column() -> bytes:
    made = book(ROWS)
    made.worksheets[0].column_dimensions["B"].hidden = True
    return saved(made)


def wide() -> bytes:
    return xlsx([["Action", *range(80)], ["Do it"]])


def empty() -> bytes:
    return saved(Workbook())


def with_rows(many: int) -> bytes:
    """As a spreadsheet program writes it, but quicker."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Action {n}</t></is></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, many + 1)
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(ROWS))) as plain,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in plain.namelist():
            data = plain.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = data.decode()
                head, rest = text.split("<sheetData>", 1)
                data = f"{head}<sheetData>{cells}</sheetData>{rest.split('</sheetData>', 1)[1]}".encode()
            made.writestr(name, data)
    return out.getvalue()


HIDDEN = ". What is hidden would come in unseen: show or delete it, save the workbook and upload it again"
REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("hidden.xlsx", hidden_sheet, f"The workbook has 1 hidden sheet{HIDDEN}"),
    ("row.xlsx", hidden_row, f"The workbook has 1 hidden row: Sheet1{HIDDEN}"),
    ("column.xlsx", hidden_column, f"The workbook has 1 hidden column: Sheet1{HIDDEN}"),
    (
        "large.xlsx",
        lambda: with_rows(100_000),
        "The sheet has more than 5,000 rows. Delete what does not belong in the portal, or split the sheet, and upload it again.",
    ),
    (
        "wide.xlsx",
        wide,
        "The sheet has more than 60 columns. Delete those that are not needed and upload it again.",
    ),
    (
        "empty.xlsx",
        empty,
        "The sheet has no rows. Choose a file with a row of headings and the rows under it.",
    ),
    (
        "plan.pdf",
        lambda: tiny_pdf("A plan"),
        "Choose an Excel workbook (XLSX) or a CSV file. Other files cannot be read row by row.",
    ),
    (
        "plan.xlsx",
        lambda: tiny_pdf("A plan"),
        "The file’s name ends in .xlsx, but its content is not an Excel workbook. It is a PDF. Give it the right name, or choose another file.",
    ),
    (
        "macros.xlsm",
        lambda: xlsx(ROWS),
        "The file can hold macros. Save it as DOCX, XLSX or PPTX, which cannot, and upload that.",
    ),
]


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_workbook_that_cannot_be_read_says_why(
    world: World, name: str, data: Callable[[], bytes], sentence: str
) -> None:
    before = kept(world.here)
    assert problems(send(world.here, data(), name=name)) == [sentence]
    assert kept(world.here) == before


def test_five_thousand_rows_are_read(world: World) -> None:
    assert send(world.here, with_rows(5_001)).status_code == 302
    assert newest(world.here).total == 5_000


def test_a_sheet_is_read_by_its_name(world: World) -> None:
    made = book([["Notes"], ["x"]], sheet="Cover")
    page = made.create_sheet("Work")
    for row in ROWS:
        page.append(row)
    said = problems(send(world.here, saved(made), sheet="Plan 2018"))
    assert said == [
        "The workbook has no sheet “Plan 2018”. It has “Cover”, “Work”. Enter one of these names, or leave the answer empty."
    ]
    assert send(world.here, saved(made), sheet="work ").status_code == 302
    assert newest(world.here).mapping["title"] == 2


def test_the_file_is_asked_for_again_when_something_else_is_missing(world: World) -> None:
    here = world.here
    url = address("sheets:sheet-add", here.borough)
    said = problems(
        signed_in(here.coordinator).post(
            url, {"kind": "plan", "plan": "", "file": upload(xlsx(ROWS))}
        )
    )
    assert said == [
        "Choose the plan into which the actions are imported",
        "Choose the file again: a browser does not keep it when something else is put right",
    ]


def test_a_csv_file_is_text_with_days_as_people_write_them(world: World) -> None:
    here = world.here
    text = "Action;Due;Owner\nOne;31/12/2017;Head\nTwo;5 January 2018;'=Head\nThree;2017-13-01;\n"
    assert send(here, text.encode(), name="plan.csv").status_code == 302
    with acting_as(here.coordinator.pk):
        rows = [row.cells for row in newest(here).rows.all()]
    assert rows[2] == ["Two", "5 January 2018", "=Head"]


def test_nothing_is_left_of_the_file(world: World, settings: Any) -> None:
    here = world.here
    before = {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()}
    assert send(here, xlsx(ROWS)).status_code == 302
    assert {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()} == before
    assert not rows_of(here, newest(here))
