"""Workbooks going out: typed cells, nothing that calculates, headings in sight, only what the person may see, in the trail."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from audit.models import Event
from boroughs.actions.strategies import close_strategy
from boroughs.models import Action
from boroughs.roles import Role
from boroughs.rows import acting_as
from sheets.columns import guess
from sheets.nouns.plan_columns import COLUMNS
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, World, make_closure
from tests.sheets.workbooks import previewed, read_back, rows_of


def plan(place: Place, role: Role = Role.COORDINATOR, **said: str) -> bytes:
    url = address("sheets:plan-download", place.borough, place.plan.pk)
    answer = signed_in(place.people[role]).post(url, said)
    assert answer.status_code == 200
    return bytes(answer.content)


def last_event(place: Place) -> Event:
    with acting_as(place.lead.pk):
        return Event.objects.filter(borough_id=place.borough.pk).order_by("at", "pk").last()  # type: ignore[return-value]


def test_cells_have_their_types_and_the_headings_stay_in_sight(world: World) -> None:
    page = load_workbook(io.BytesIO(plan(world.here))).worksheets[0]
    assert page.freeze_panes == "A2"
    at = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, at["Due"]).value == dt.datetime(2017, 12, 31)  # noqa: DTZ001
    assert page.cell(2, at["Due"]).number_format == "dd/mm/yyyy"
    assert page.cell(2, at["Reference (leave as it is)"]).value == str(world.here.action.pk)
    pages = load_workbook(io.BytesIO(plan(world.here))).sheetnames
    assert pages == ["Actions", "Progress", "About"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "'=", "''-"])
def test_no_word_becomes_a_formula_and_each_comes_back_as_it_was(world: World, start: str) -> None:
    here = world.here
    words = f'{start}HYPERLINK("http://example.org")'
    with acting_as(here.coordinator.pk):
        Action.objects.filter(pk=here.action.pk).update(title=words, owner_post=words)
    data = plan(here)
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    at = {cell.value: cell.column for cell in page[1]}
    cell = page.cell(2, at["Action"])
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", words, True)
    for name, body in (("a.xlsx", data), ("a.csv", plan(here, Role.COORDINATOR, **{"as": "csv"}))):
        [row] = rows_of(here, previewed(here, body, name=name)).values()
        assert row.verdict == ("change" if start.startswith("\t") else "same"), row.changes


def test_csv_marks_what_a_spreadsheet_would_calculate(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        Action.objects.filter(pk=here.action.pk).update(title="=1+1")
    text = plan(here, Role.COORDINATOR, **{"as": "csv"}).decode("utf-8-sig")
    assert ",'=1+1," in text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEAD, Role.CONTRIBUTOR])
def test_a_download_stands_in_the_trail(world: World, role: Role) -> None:
    plan(world.here, role)
    event = last_event(world.here)
    assert (event.deed, event.actor_id) == ("sheet.downloaded", world.here.people[role].pk)
    assert event.facts == {"kind": "plan"}


def plan_actions_beside_recommendations(place: Place, role: Role) -> tuple[str, str]:
    """The cell beside the open review's request, and what the sheet About says."""
    url = address("sheets:review-workbook", place.borough)
    data = signed_in(place.people[role]).post(url).content
    head, *rows = read_back(data, 1)
    [row] = [row for row in rows if row[head.index("Reference (leave as it is)")] == str(place.recommendation.pk)]  # fmt: skip
    beside = row[head.index("Actions in delivery plans (not read back)")]
    return beside or "", str(read_back(data, 3))


def test_a_recommendation_goes_out_with_the_plan_actions_done_for_it(world: World) -> None:
    beside, about = plan_actions_beside_recommendations(world.here, Role.LEAD)
    assert beside == ("action words of thurrock (Delivery plan: in progress, due 31 December 2017)")
    assert "Nothing closed is in this file" in about


def test_an_action_of_a_closed_plan_goes_out_to_its_list_alone_and_is_said_to_be_closed(
    world: World,
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
        close_strategy(strategy=here.strategy, closure=closure, by=here.coordinator)
    beside, about = plan_actions_beside_recommendations(here, Role.COORDINATOR)
    assert "action words of thurrock" in beside
    assert "Closed records are in this file" in about
    beside, about = plan_actions_beside_recommendations(here, Role.LEAD)
    assert beside == ""
    assert "Nothing closed is in this file" in about


def test_a_closed_plan_goes_out_to_its_list_alone_and_says_so(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
        close_strategy(strategy=here.strategy, closure=closure, by=here.coordinator)
    assert "Closed records are in this file" in str(read_back(plan(here), 2))
    assert last_event(here).facts == {"kind": "plan", "closed": 1}
    url = address("sheets:plan-download", here.borough, here.plan.pk)
    assert signed_in(here.lead).post(url).status_code == 404
    assert signed_in(here.contributor).post(url).status_code == 404


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ["No.", "Objective", "What is to be done?", "Lead Officer", "By when", "RAG"],
            {"priority": 1, "title": 2, "owner_post": 3, "due_on": 4},
        ),
        (
            ["ACTION", "Due Date", "Progress update", "Status (as of March)"],
            {"title": 0, "due_on": 1, "note": 2, "state": 3},
        ),
        (
            ["Ref", "Aim", "What we will do", "KPI"],
            {"priority": 1, "title": 2, "success_measure": 3},
        ),
        (["Key actions for 2018", "Responsible"], {"title": 0, "owner_post": 1}),
        (["Latest progress (not read back)", "Action"], {"title": 1}),
    ],
)
def test_columns_are_guessed_from_the_headings_councils_use(
    headings: list[str], found: dict[str, int]
) -> None:
    assert guess(headings, COLUMNS) == found
