"""A made report as a Word document and as data: the PDF's rule of access, plain names, harmless cells."""

import csv
import io
import json
from typing import Any

import docx
import pytest
from django.test import Client

from boroughs.roles import GRANTS, Perm, Role
from reports.models import Rendering
from reports.views import formats
from tests.boroughs.pages import says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World

from .test_rendering_pages import page, queued, row

FORMS = ("rendering-document", "rendering-figures", "rendering-figures-json", "rendering-ratings")
READERS = [role for role in Role if Perm.READ_REPORTS in GRANTS[role]]
FIGURES = {
    "lead": "The newest figures.",
    "caption": "Figures",
    "head": ["Figure", "Period", "Number"],
    "rows": [["Referrals", "2018 to 2019", "suppressed"], ["=cmd|x", "2019", "12 (40%)"]],
    "lines": [],
    "note": "A figure that could point to a person is suppressed.",
    "illustrative": [],
}


@pytest.fixture
def made(world: World) -> Rendering:
    """A ready report that has figures."""
    found = row(world.here, world.here.rendering.pk)
    found.snapshot["live"]["figures"] = FIGURES
    change(found, snapshot=found.snapshot)
    return found


def change(rendering: Rendering, **columns: Any) -> None:
    with second_lock_off():
        Rendering.objects.filter(pk=rendering.pk).update(**columns)


def offered_on(rendering: Rendering) -> str:
    """The page of a rendering, where whoever may download it finds its forms."""
    return page("rendering", rendering)


def rows_of(client: Client, name: str, rendering: Rendering) -> list[list[str]]:
    text = client.get(page(name, rendering)).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_pdf_reads_every_form_of_it(
    world: World, made: Rendering, role: Role, name: str
) -> None:
    client = signed_in(world.here.people[role])
    got = client.get(page(name, made))
    assert got.status_code == client.get(page("rendering-download", made)).status_code
    assert (got.status_code == 200) == (role in READERS)


@pytest.mark.parametrize("name", FORMS)
def test_nobody_of_another_borough_reads_any(world: World, made: Rendering, name: str) -> None:
    assert signed_in(world.there.lead).get(page(name, made)).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_what_is_not_ready_has_no_form(world: World, name: str) -> None:
    asked = queued(world.here)
    assert signed_in(world.here.coordinator).get(page(name, asked)).status_code == 404


@pytest.mark.parametrize("name", FORMS)
def test_each_is_a_file_with_a_plain_name_that_no_browser_opens(
    world: World, made: Rendering, name: str
) -> None:
    got = signed_in(world.here.member).get(page(name, made))
    assert got["Content-Security-Policy"] == "sandbox"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]
    said = got["Content-Disposition"]
    assert said.startswith('attachment; filename="thurrock-prevent-in-thurrock-')
    assert said.isascii()


def test_the_document_is_the_report(world: World, made: Rendering) -> None:
    got = signed_in(world.here.member).get(page("rendering-document", made))
    document: Any = docx.Document(io.BytesIO(got.content))
    assert document.core_properties.title == made.snapshot["report"]["title"]
    cells = {cell.text for table in document.tables for cell in table._cells}
    assert any("present words of thurrock" in text for text in cells)


def test_a_report_of_very_many_pages_is_no_word_document(world: World, made: Rendering) -> None:
    change(made, pages=formats.MOST_PAGES + 1)
    got = signed_in(world.here.member).get(page("rendering-document", made), follow=True)
    assert formats.TOO_LONG in says(got)


def test_figures_are_as_the_paper_prints_them_and_no_cell_is_a_formula(
    world: World, made: Rendering
) -> None:
    assert rows_of(signed_in(world.here.member), "rendering-figures", made) == [
        ["Figure", "Period", "Number"],
        ["Referrals", "2018 to 2019", "suppressed"],
        ["'=cmd|x", "2019", "12 (40%)"],
    ]


def test_figures_for_a_program_say_whose_they_are(world: World, made: Rendering) -> None:
    got = signed_in(world.here.member).get(page("rendering-figures-json", made))
    said = json.loads(got.content)
    assert (said["council"], said["code"]) == ("Thurrock Council", world.here.borough.gss_code)
    assert said["figures"][0] == {
        "figure": "Referrals",
        "period": "2018 to 2019",
        "number": "suppressed",
    }
    assert said["note"] == FIGURES["note"]
    assert (said["report"], said["date"]) == (
        made.snapshot["report"]["title"],
        made.snapshot["report"]["date"],
    )


def test_ratings_are_a_row_each(world: World, made: Rendering) -> None:
    head, *rows = rows_of(signed_in(world.here.member), "rendering-ratings", made)
    assert head == ["No.", "Benchmark", "Rating", "Rating before", "Actions", "Reason", "Comments"]
    ratings = made.snapshot["assessment"]["ratings"]
    assert [row[:3] for row in rows] == [[r["number"], r["title"], r["word"]] for r in ratings]


def test_a_report_without_figures_offers_none(world: World) -> None:
    place: Place = world.here
    made, client = row(place, place.rendering.pk), signed_in(place.member)
    assert rows_of(client, "rendering-figures", made) == [["Figure", "Period", "Number"]]
    assert client.get(page("rendering-figures-json", made)).json()["figures"] == []
    text = client.get(offered_on(made)).content.decode()
    assert page("rendering-document", made) in text
    assert page("rendering-ratings", made) in text
    assert page("rendering-figures", made) not in text


def test_a_report_with_figures_offers_them_where_it_is_read(world: World, made: Rendering) -> None:
    client = signed_in(world.here.member)
    text = client.get(offered_on(made)).content.decode()
    assert all(page(name, made) in text for name in FORMS)
