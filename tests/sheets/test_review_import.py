"""Reviews and what they ask for come in as two sheets of one workbook."""

import datetime as dt
import io
from typing import Any

from openpyxl import load_workbook

from boroughs.actions.reviews import add_step
from boroughs.models import Recommendation, Review
from boroughs.rows import acting_as
from sheets.models import SheetImport
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, World, make_closed_review, make_review
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

REVIEWS = ["Type", "Title", "Start date", "End date", "Documents", "Findings"]
ASKED = ["Review", "No", "Recommendation", "Due date", "Response", "Comments", "Response date", "Date completed"]  # fmt: skip


def look(place: Place, kind: str, rows: list[list[Any]]) -> SheetImport:
    heads = REVIEWS if kind == "reviews" else ASKED
    return previewed(place, xlsx([heads, *rows]), kind=kind)


def reasons(place: Place, sheet: SheetImport) -> list[list[str]]:
    return [row.reasons for row in rows_of(place, sheet).values()]


def downloaded(place: Place, person: Any = None) -> bytes:
    url = address("sheets:review-workbook", place.borough)
    return bytes(signed_in(person or place.coordinator).post(url).content)


def test_reviews_come_in_and_are_undone(world: World) -> None:
    here = world.here
    first = dt.date(2018, 11, 20)
    sheet = look(
        here,
        "reviews",
        [
            ["Peer review", "Peer review 2018", first, dt.date(2018, 11, 23), 65, "Good"],
            ["Peer review", "Ends first", first, dt.date(2018, 1, 1), None, None],
            ["Party", "No such kind", first, None, None, None],
            ["Scrutiny", "Requests without a meeting", first, None, None, None],
            ["Internal audit", "Counts", first, None, -3, None],
            ["Internal audit", "Counts", first, None, 2.5, None],
            ["Peer review", "Peer review 2018", first, None, None, None],
        ],
    )
    assert reasons(here, sheet) == [
        [],
        ["Last day: A review ends after it began. Enter 20 November 2018 or a later day."],
        [
            "Kind (A4): “Party” is none of Self-review, Peer review, Internal audit, Inspection, Assurance letter, Adviser, Lessons, Evaluation, Task group, Scrutiny or Other."
        ],
        ["Meeting at which the committee asked: Choose the meeting at which the committee asked."],
        ["Documents read (E6): -3 is less than nought. Enter 0 or more."],
        ["Documents read (E7): 2.5 is not whole. Enter a number without a decimal point."],
        ["Row 2 is about the same. Leave one of the two out."],
    ]
    sheet = applied(here, sheet, leave_out=True)
    with acting_as(here.coordinator.pk):
        review = Review.objects.get(title="Peer review 2018")
        assert (review.documents, review.ends_on) == (65, dt.date(2018, 11, 23))
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    with acting_as(here.coordinator.pk):
        assert not Review.objects.filter(title="Peer review 2018").exists()


def test_recommendations_come_in_with_their_answers_and_are_undone(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        review = make_review(here.borough, by=here.coordinator)
    title, on = review.title, dt.date(2019, 1, 10)
    sheet = look(
        here,
        "recommendations",
        [
            [title, 1, "Train the council", dt.date(2019, 3, 1), "Accepted", None, on, None],
            [title, 2, "Before it was asked", dt.date(2001, 1, 1), None, None, None, None],
            [title, 3, "No reason", None, "Not accepted", None, on, None],
            [title, 4, "No day", None, "Accepted", None, None, None],
            ["Review of nowhere", 5, "Do it", None, None, None, None, None],
            [title, 1, "The same number", None, None, None, None, None],
        ],
    )
    said = reasons(here, sheet)
    assert said[0] == []
    assert said[1] == [
        "To be done by: This was asked on 20 November 2018. Enter that day or a later one."
    ]
    assert said[2][0].startswith("What is answered: Say why it is not accepted")
    assert said[3] == ["Day of the answer: Enter the day of the answer."]
    assert said[4][0].startswith("Review (A6): There is no review “Review of nowhere”, but ")
    assert said[5] == ["Row 2 is about the same. Leave one of the two out."]
    sheet = applied(here, sheet, leave_out=True)
    assert sheet.state == "applied", sheet.failure
    with acting_as(here.coordinator.pk):
        row = review.recommendations.get()
        assert (row.number, row.response, row.responded_on) == ("1", "accepted", on)
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    with acting_as(here.coordinator.pk):
        assert not review.recommendations.exists()


def test_what_goes_out_comes_back_and_an_edited_copy_is_undone_to_what_it_said(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_review(here.borough, by=here.coordinator)
    data = downloaded(here)
    assert set(counts(here, previewed(here, data, kind="reviews"))) == {"same"}
    assert set(counts(here, previewed(here, data, kind="recommendations"))) == {"same"}
    made = load_workbook(io.BytesIO(data))
    page = made["Recommendations"]
    at = {cell.value: cell.column for cell in page[1]}
    page.cell(2, at["What is asked for"]).value = "Asked otherwise"
    page.cell(2, at["What is answered"]).value = "Told otherwise"
    sheet = applied(here, previewed(here, saved(made), kind="recommendations"))
    with acting_as(here.coordinator.pk):
        row = Recommendation.objects.get(pk=here.recommendation.pk)
        assert (row.text, row.response_text) == ("Asked otherwise", "Told otherwise")
    sheet = undone(here, sheet)
    assert sheet.state == "undone", sheet.failure
    with acting_as(here.coordinator.pk):
        row = Recommendation.objects.get(pk=here.recommendation.pk)
        assert row.text == "request words of thurrock"
        assert row.response_text == "answer words of thurrock"


def test_what_was_built_on_since_is_not_taken_back(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        review = make_review(here.borough, by=here.coordinator)
    row = [review.title, 1, "Train", None, None, None, None, None]
    sheet = applied(here, look(here, "recommendations", [row]))
    with acting_as(here.coordinator.pk):
        asked = review.recommendations.select_related("review").get()
        add_step(recommendation=asked, text="A course", by=here.coordinator)
    sheet = undone(here, sheet)
    assert sheet.failure.startswith("Actions were recorded since for row 2, “1. Train”.")


def test_a_closed_review_goes_out_to_its_list_alone_and_is_changed_on_its_own_page(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_closed_review(here.borough, by=here.coordinator)
    words = "closed request words of thurrock"
    data = downloaded(here)
    assert words in str(read_back(data, 1))
    assert "Closed records are in this file" in str(read_back(data, 3))
    of_lead = downloaded(here, here.lead)
    assert words not in str([read_back(of_lead, page) for page in range(4)])
    assert "Nothing closed is in this file" in str(read_back(of_lead, 3))
    made = load_workbook(io.BytesIO(data))
    page = made["Recommendations"]
    at = {cell.value: cell.column for cell in page[1]}
    for number in range(2, page.max_row + 1):
        page.cell(number, at["Who answers"]).value = "Head of Service"
    rows = rows_of(here, previewed(here, saved(made), kind="recommendations"))
    refused = [row.reasons for row in rows.values() if row.reasons]
    assert refused == [["This review is closed. Change it on its own page, where it stays closed."]]
