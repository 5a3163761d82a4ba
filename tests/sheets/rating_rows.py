"""A round with a workbook of ratings before it, as its coordinator brings it in."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from boroughs.rows import acting_as
from sheets.models import SheetImport
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, version
from tests.sheets.workbooks import (
    matched,
    newest,
    rows_of,
    send,
    work,
    xlsx,
)
from toolkit.actions.assessments import open_assessment
from toolkit.models import Assessment

HEADS = ["No", "Benchmark", "RAG", "Comments"]
EARLIER = dt.date(2016, 1, 1), dt.date(2016, 12, 31)
LATER = dt.date(2019, 8, 1), dt.date(2019, 8, 31)


def open_round(place: Place, key: str = "la-2018", assessor: str = "self") -> Assessment:
    first, last = LATER
    with acting_as(place.coordinator.pk):
        return open_assessment(
            borough=place.borough,
            version=version(key),
            starts_on=first,
            ends_on=last,
            assessor=assessor,
            by=place.coordinator,
        )


def said(place: Place, found: Assessment) -> dict[int, tuple[str, str]]:
    with acting_as(place.coordinator.pk):
        return {row.benchmark.number: (row.word, row.comment) for row in found.ratings.in_order()}


def uploaded(place: Place, rows: list[Any], found: Assessment) -> SheetImport:
    data = xlsx([HEADS, *rows])
    answer = send(place, data, kind="ratings", assessment=str(found.pk))
    assert answer.status_code == 302, says(answer)
    return newest(place)


def explain(place: Place, sheet: SheetImport, meanings: Mapping[str, str]) -> Any:
    """The page of the words, posted with an answer to each."""
    url = address("sheets:sheet-words", place.borough, sheet.pk)
    browser = signed_in(place.coordinator)
    form = browser.get(url).context["form"]
    answers = {name: meanings[word] for name, word in form.words.items() if word in meanings}
    return browser.post(url, answers)


def look(
    place: Place, rows: list[Any], found: Assessment, meanings: Mapping[str, str] | None = None
) -> SheetImport:
    sheet = uploaded(place, rows, found)
    answer = matched(place, sheet)
    if meanings is not None:
        assert answer["Location"].endswith("/words/")
        answer = explain(place, sheet, meanings)
    assert answer.status_code == 302, says(answer)
    return work(place, sheet)


def reasons(place: Place, sheet: SheetImport) -> list[list[str]]:
    return [row.reasons for row in rows_of(place, sheet).values()]
