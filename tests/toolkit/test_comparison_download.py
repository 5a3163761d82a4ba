"""The comparison as a workbook and as CSV."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from boroughs.models import Borough
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import says, signed_in
from tests.factories import World
from tests.toolkit.rounds import (
    boroughs_of_an_observer,
    signed_round,
)

from .comparing import ACROSS, GREEN, WORDS, asked, of


# -- The same as a file ------------------------------------------------------------------------------------
def plain(said: str) -> str:
    """The words of a cell, with the direction as the file writes it."""
    for mark, words_ in (("↑", "better"), ("↓", "worse"), ("→", "the same")):
        if mark in said:
            return f"{said.partition(' ' + mark)[0]} ({words_})"
    return said


@pytest.mark.parametrize("query", ["", "?sort=red", "?kind=county"])
@pytest.mark.parametrize("own", [False, True])
def test_workbook_and_csv_say_what_the_page_says(world: World, query: str, own: bool) -> None:
    observer, boroughs, people = boroughs_of_an_observer(world, 4)
    signed_round(boroughs[0], people, ago=1, words=GREEN)
    signed_round(boroughs[0], people, words=WORDS)
    signed_round(boroughs[1], people, ago=9, words=WORDS)
    standings = {"training": "through_partner"}
    signed_round(boroughs[2], people, words=WORDS, standings=standings)
    Borough.objects.filter(pk=boroughs[2].pk).update(kind="county")
    path = of(boroughs[2]) if own else ACROSS
    shown, client = asked(observer, query, path), signed_in(observer)
    page = [plain(cell) for row in shown.rows.values() for cell in list(row.values())[:-2]]
    read = client.post(f"{path}download/{query}", {"as": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(read)))
    heads = shown.heads[1:-2]
    assert sorted(row[head] for row in rows for head in heads) == sorted(page)
    names = {each.name for each in boroughs}
    assert [row["Borough"] for row in rows if row["Borough"] in names] == [
        name for name in shown.order if name in names
    ]
    book = load_workbook(io.BytesIO(client.post(f"{path}download/{query}").content))
    assert book.sheetnames == ["Comparison", "Word by word", "About"]
    in_book = [["" if v is None else v for v in row] for row in book["Comparison"].values]
    assert len(in_book) == len(rows) + 1
    for line, row in zip(in_book[1:], rows, strict=True):
        said = dict(zip(in_book[0], line, strict=True))
        assert [str(said[head]) for head in heads] == [row[head] for head in heads]


def test_no_name_becomes_a_formula(world: World) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    signed_round(borough, people, words=GREEN)
    Borough.objects.filter(pk=borough.pk).update(name="=1+1")
    client, download = signed_in(observer), reverse("portal:comparison-download")
    assert "\n'=1+1," in client.post(download, {"as": "csv"}).content.decode().replace("\r", "")
    cell = load_workbook(io.BytesIO(client.post(download).content))["Comparison"]["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)


def test_a_download_of_one_borough_stands_in_its_trail_and_of_all_in_the_portals(
    world: World,
) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    client = signed_in(observer)
    client.post(reverse("portal:peers-download", args=[borough.slug]))
    with acting_as(people[Role.LEAD].pk):
        event = Event.objects.filter(borough_id=borough.pk, deed="sheet.downloaded").get()
    assert (event.actor_id, event.facts) == (observer.pk, {"kind": "comparison"})
    client.post(reverse("portal:comparison-download"))
    trail = signed_in(world.administrator).get(reverse("administration:trail-list"))
    assert "downloaded a workbook: comparison" in says(trail)
