"""A borough's settings, its governance models and its funding."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from boroughs.actions.borough import set_funding, set_governance
from boroughs.models import Borough, FundingStatus, GovernanceModel
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, seen, signed_in
from tests.factories import Place, World

GOOD = {
    "full_name": "Thurrock Borough Council",
    "colour": "#005A84",
    "clear_days": "working",
    "marking": "official",
    "contact": "Community safety team",
}
MODEL = {
    "form": "leader_cabinet",
    "since_day": "23",
    "since_month": "5",
    "since_year": "2023",
    "source": "Council, 23 May 2023",
    "verified": "on",
}
YEAR = {"year": "2026", "status": "supported", "source": "Letter of March 2026"}


def to(world: World, name: str, *more: object) -> str:
    return address(f"boroughs:{name}", world.here.borough, *more)


def model(place: Place) -> GovernanceModel:
    with acting_as(place.lead.pk):
        return set_governance(
            borough=place.borough,
            form="committee",
            since=None,
            source="Seen in 2017",
            by=place.lead,
        )


def save(client: Client, path: str, **said: str) -> Any:
    """Post the page's form with the version it was opened at."""
    return client.post(path, said | seen(client, path))


def year(place: Place) -> FundingStatus:
    with acting_as(place.lead.pk):
        return set_funding(borough=place.borough, year=2025, status="priority", by=place.lead)


def test_a_lead_saves_the_settings(world: World) -> None:
    client = signed_in(world.here.lead)
    response = save(client, to(world, "settings-change"), **GOOD)
    assert response.status_code == 302
    borough = Borough.objects.get(pk=world.here.borough.pk)
    assert (borough.full_name, borough.colour) == ("Thurrock Borough Council", "#005a84")
    assert (borough.clear_days, borough.marking, borough.contact) == (
        "working",
        "official",
        "Community safety team",
    )
    assert deeds(world.here)[-1] == "settings.changed"
    page = says(client.get(response["Location"]))
    assert "The settings were saved." in page
    assert "Working days, leaving out weekends and bank holidays" in page


def test_the_form_begins_with_what_holds_now(world: World) -> None:
    page = signed_in(world.here.lead).get(to(world, "settings-change")).content.decode()
    assert 'value="#005a84"' in page
    assert 'value="calendar" checked' in page


def test_saving_without_a_change_is_no_deed(world: World) -> None:
    client = signed_in(world.here.lead)
    save(client, to(world, "settings-change"), **GOOD)
    before = deeds(world.here)
    assert save(client, to(world, "settings-change"), **GOOD).status_code == 302
    assert deeds(world.here) == before


@pytest.mark.parametrize(
    ("colour", "complaint"),
    [
        ("#ffdd00", "White text on #ffdd00 has a contrast of 1.34 to 1 and would be hard to read"),
        ("#777777", "contrast of 4.47 to 1"),
        ("blue", "Enter the colour as # and six letters or digits, like #1d70b8"),
        ("#12345", "Enter the colour as # and six letters or digits, like #1d70b8"),
    ],
)
def test_a_colour_must_be_one_and_carry_white_text(
    world: World, colour: str, complaint: str
) -> None:
    client = signed_in(world.here.lead)
    response = save(client, to(world, "settings-change"), **GOOD | {"colour": colour})
    assert complaint in problems(response)[0]
    assert Borough.objects.get(pk=world.here.borough.pk).colour == "#005a84"


@pytest.mark.parametrize(
    ("typed", "kept"), [("1D70B8", "#1d70b8"), ("", ""), ("#767676", "#767676")]
)
def test_a_colour_is_understood_as_people_write_it(world: World, typed: str, kept: str) -> None:
    client = signed_in(world.here.lead)
    save(client, to(world, "settings-change"), **GOOD | {"colour": typed})
    assert Borough.objects.get(pk=world.here.borough.pk).colour == kept


def test_a_name_is_needed_and_the_rest_may_be_undecided(world: World) -> None:
    client = signed_in(world.here.lead)
    assert problems(save(client, to(world, "settings-change"))) == ["Enter name in full"]
    undecided = {"full_name": "Thurrock", "clear_days": "", "marking": ""}
    assert save(client, to(world, "settings-change"), **undecided).status_code == 302
    assert "Not decided yet" in says(client.get(to(world, "settings-show")))


def test_a_rule_that_is_none_is_refused(world: World) -> None:
    client = signed_in(world.here.lead)
    response = save(client, to(world, "settings-change"), **GOOD | {"clear_days": "full moons"})
    assert problems(response) == ["Select clear days before a meeting are counted in from the list"]


def test_a_change_of_governance_is_recorded_with_its_day(world: World) -> None:
    model(world.here)
    client = signed_in(world.here.lead)
    assert client.post(to(world, "governance-add"), MODEL).status_code == 302
    borough = world.here.borough
    assert str(borough.governance_on(dt.date(2023, 5, 22))) == "Committee system"
    assert str(borough.governance_on(dt.date(2023, 5, 23))) == "Leader and cabinet"
    assert deeds(world.here)[-1] == "governance.set"
    page = says(client.get(to(world, "settings-show")))
    assert "Today: Leader and cabinet." in page
    assert "23 May 2023 Leader and cabinet Council, 23 May 2023 Correct" in page


def test_one_model_begins_on_a_day(world: World) -> None:
    row = model(world.here)
    client = signed_in(world.here.lead)
    dateless = {"form": "mayor_cabinet"}
    assert problems(client.post(to(world, "governance-add"), dateless)) == [
        "A model that begins without a date is recorded. Correct that one instead."
    ]
    client.post(to(world, "governance-add"), MODEL)
    clash = save(client, to(world, "governance-correct", row.pk), **MODEL)
    assert problems(clash) == [
        "A model that begins on 23 May 2023 is recorded. Correct that one instead."
    ]


def test_a_model_recorded_wrongly_is_corrected(world: World) -> None:
    row = model(world.here)
    client = signed_in(world.here.lead)
    correct = to(world, "governance-correct", row.pk)
    assert 'value="committee" checked' in client.get(correct).content.decode()
    assert save(client, correct, **MODEL).status_code == 302
    row.refresh_from_db()
    assert (row.form, row.since, row.verified) == ("leader_cabinet", dt.date(2023, 5, 23), True)
    assert deeds(world.here)[-1] == "governance.corrected"


def test_what_was_checked_names_its_source(world: World) -> None:
    response = signed_in(world.here.lead).post(to(world, "governance-add"), MODEL | {"source": ""})
    assert problems(response) == ["Enter the source you have checked this against"]


def test_a_grant_year_has_one_status_which_can_be_corrected(world: World) -> None:
    row = year(world.here)
    client = signed_in(world.here.lead)
    assert client.post(to(world, "funding-add"), YEAR).status_code == 302
    assert deeds(world.here)[-1] == "funding.set"
    assert "2026/27: Supported area" in says(client.get(to(world, "settings-show")))
    expected = ["The status of this year is recorded. Correct that one instead."]
    assert problems(client.post(to(world, "funding-add"), YEAR)) == expected
    correct = to(world, "funding-correct", row.pk)
    assert problems(save(client, correct, **YEAR)) == expected
    assert save(client, correct, **YEAR | {"year": "2025", "status": "unfunded"}).status_code == 302
    row.refresh_from_db()
    assert str(row) == "2025/26: Not funded"
    assert deeds(world.here)[-1] == "funding.corrected"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("next", "Grant year must be a number"),
        ("26", "Grant year must be 2011 or more"),
        ("20266", "Grant year must be 2100 or less"),
        ("", "Enter grant year"),
    ],
)
def test_a_grant_year_is_a_year(world: World, typed: str, complaint: str) -> None:
    response = signed_in(world.here.lead).post(to(world, "funding-add"), YEAR | {"year": typed})
    assert problems(response) == [complaint]


@pytest.mark.parametrize(
    "name", ["settings-show", "settings-change", "governance-add", "funding-add"]
)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_settings_are_for_the_lead(world: World, name: str, role: Role) -> None:
    response = signed_in(world.here.people[role]).get(to(world, name))
    assert response.status_code == 403
    assert "It is for the lead" in says(response)


def test_the_neighbours_rows_are_not_found_under_my_own_borough(world: World) -> None:
    governance, funding = model(world.there), year(world.there)
    client = signed_in(world.here.lead)
    assert client.post(to(world, "governance-correct", governance.pk), MODEL).status_code == 404
    assert client.post(to(world, "funding-correct", funding.pk), YEAR).status_code == 404
    governance.refresh_from_db()
    assert governance.form == "committee"
