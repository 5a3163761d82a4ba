"""A round's ratings going out."""

from typing import Any

import pytest

from boroughs.actions.strategies import close_strategy
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, signed_in
from tests.factories import Place, World, level, make_closure
from tests.sheets.test_downloads import last_event
from tests.sheets.workbooks import read_back
from toolkit.actions.assessments import rate
from toolkit.actions.evidence import add_evidence
from toolkit.models import Rating


def download(place: Place, role: Role = Role.COORDINATOR, **said: str) -> Any:
    url = address("sheets:rating-download", place.borough, place.assessment.pk)
    return signed_in(place.people[role]).post(url, said)


def rows_of(place: Place, role: Role = Role.COORDINATOR) -> dict[str, dict[str, Any]]:
    head, *rows = read_back(download(place, role).content)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    return {str(row["Benchmark"]): row for row in found}


def training(place: Place) -> Rating:
    return place.assessment.ratings.in_order().get(benchmark__key="training")


def test_a_round_goes_out_with_what_was_said_by_whom_and_on_what_it_rests(world: World) -> None:
    here = world.here
    rows = rows_of(here, Role.LEAD)
    assert len(rows) == 10
    said = rows["Training programme"]
    assert (said["Number"], said["Rating"], said["Comment"]) == (7, "Red", "present words of thurrock")  # fmt: skip
    assert said["How it was judged"] == "Judged afresh"
    assert said["Said by (not read back)"] == str(here.coordinator)
    assert said["Who answers for it (not read back)"] == "Training officer"
    with acting_as(here.coordinator.pk):
        assert str(training(here).evidence.get()) in said["Evidence (not read back)"]
    blank = rows["Venue hire"]
    assert (blank["Rating"], blank["How it was judged"]) == ("Not rated", "Not looked at yet")
    assert blank["Said by (not read back)"] is None
    assert last_event(here).facts == {"kind": "ratings"}


def test_evidence_that_is_closed_stays_out_also_for_who_may_read_it(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        add_evidence(
            rating=training(here),
            kind="action",
            thing=here.action,
            dated=here.plan.starts_on,
            by=here.coordinator,
        )
    cell = "Evidence (not read back)"
    assert here.action.title in rows_of(here)["Training programme"][cell]
    with acting_as(here.coordinator.pk):
        closure = make_closure(here.borough, by=here.coordinator)
        close_strategy(strategy=here.strategy, closure=closure, by=here.coordinator)
    for role in (Role.COORDINATOR, Role.LEAD):
        assert here.action.title not in str(rows_of(here, role))


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.DEMOCRATIC, Role.CONTRIBUTOR])
def test_who_does_not_read_the_record_takes_no_round_away(world: World, role: Role) -> None:
    assert download(world.here, role).status_code == 403


def test_no_comment_becomes_a_formula(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rating = training(here)
        rate(
            rating=rating,
            level=level("red"),
            comment="=1+1",
            seen=rating.version,
            by=here.coordinator,
        )
    assert rows_of(here)["Training programme"]["Comment"] == "=1+1"
    text = download(here, Role.COORDINATOR, **{"as": "csv"}).content.decode("utf-8-sig")
    assert ",'=1+1," in text


def test_the_page_of_a_round_leads_to_its_spreadsheet(world: World) -> None:
    here = world.here
    page = address("toolkit:assessment", here.borough, here.assessment.pk)
    action = address("sheets:rating-download", here.borough, here.assessment.pk)
    assert f'action="{action}"' in signed_in(here.lead).get(page).content.decode()
