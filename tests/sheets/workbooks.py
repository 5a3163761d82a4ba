"""Workbooks as people make them."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from boroughs.rows import acting_as
from sheets import jobs
from sheets.models import SheetImport, SheetRow
from tests.boroughs.pages import address, signed_in
from tests.factories import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = ("Priority", "Area of focus", "Action", "Lead officer", "Agency", "By when", "Status")


def book(rows: Sequence[Any], *, sheet: str = "Sheet1") -> Workbook:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx(rows: Sequence[Any], **rest: Any) -> bytes:
    return saved(book(rows, **rest))


def upload(data: bytes, name: str = "plan.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, XLSX)


def send(place: Place, data: bytes, *, name: str = "plan.xlsx", **said: Any) -> Any:
    """The upload form, posted as the coordinator."""
    given = {"kind": "plan", "plan": str(place.plan.pk), "sheet": "", **said}
    if given["kind"] != "plan":
        given.pop("plan")
    url = address("sheets:sheet-add", place.borough)
    return signed_in(place.coordinator).post(url, given | {"file": upload(data, name)})


def newest(place: Place) -> SheetImport:
    with acting_as(place.coordinator.pk):
        found = SheetImport.objects.filter(borough=place.borough).order_by("-added_at").first()
        assert found is not None
        return found


def rows_of(place: Place, sheet: SheetImport) -> dict[int, SheetRow]:
    """The rows that have a verdict, by their number."""
    with acting_as(place.coordinator.pk):
        return {row.number: row for row in sheet.rows.exclude(verdict="")}


def counts(place: Place, sheet: SheetImport) -> dict[str, int]:
    with acting_as(place.coordinator.pk):
        return sheet.counts()


def work(place: Place, sheet: SheetImport) -> SheetImport:
    """What a worker does when the bell rings."""
    held = jobs.claim(sheet.pk)
    assert held is not None
    jobs.run(held)
    with acting_as(place.coordinator.pk):
        return SheetImport.objects.select_related("borough", "plan__strategy").get(pk=sheet.pk)


def matched(place: Place, sheet: SheetImport, **changed: str) -> Any:
    """The page of the columns, posted as guessed but for what is changed."""
    said = {key: str(index) for key, index in sheet.mapping.items()}
    said |= {"heading_row": str(sheet.heading_row), **changed}
    url = address("sheets:sheet-match", place.borough, sheet.pk)
    return signed_in(place.coordinator).post(url, said)


def previewed(place: Place, data: bytes, **said: Any) -> SheetImport:
    """Uploaded, matched as guessed, and checked."""
    answer = send(place, data, **said)
    assert answer.status_code == 302, answer.content.decode()[:20_000]
    sheet = newest(place)
    answer = matched(place, sheet)
    assert answer.status_code == 302, answer.content.decode()
    return work(place, sheet)


def applied(place: Place, sheet: SheetImport, *, leave_out: bool = False) -> SheetImport:
    said = {"leave_out": "yes"} if leave_out else {}
    url = address("sheets:sheet-apply", place.borough, sheet.pk)
    answer = signed_in(place.coordinator).post(url, said)
    assert answer.status_code == 302, answer.content.decode()
    return work(place, sheet)


def undone(place: Place, sheet: SheetImport) -> SheetImport:
    url = address("sheets:sheet-undo", place.borough, sheet.pk)
    answer = signed_in(place.coordinator).post(url)
    assert answer.status_code == 302
    return work(place, sheet)


def read_back(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return [list(row) for row in load_workbook(io.BytesIO(data)).worksheets[sheet].values]


def sixty_rows(place: Place) -> list[list[Any]]:
    """A plan of sixty actions as a council keeps it, under a title; the first ten are wrong, each in its own way."""
    priority, area, trust = place.priority.title, place.area.title, place.organisation.name
    due = dt.date(2018, 1, 31)
    rows: list[list[Any]] = [
        [priority, area, f"Action {number}", "Prevent Manager", trust, due, "In progress"]
        for number in range(1, 61)
    ]
    rows[0][0] = "Priority 9"  # a priority that the strategy does not have
    rows[1][1] = "An area of nowhere"
    rows[2][2] = None  # nothing is to be done
    rows[3][3] = "07700 900123"  # a person's phone number for an owner
    rows[4][4] = "Health trust of another place"
    rows[5][5] = "next spring"
    rows[6][5] = dt.date(2016, 1, 1)  # before the plan begins
    rows[7][6] = "Stopped"  # and no reason
    rows[8][6] = "nearly"
    rows[9][2] = "Action 11"  # as the row after it
    return [["Delivery plan of the council", None], [], list(HEADINGS), *rows]
