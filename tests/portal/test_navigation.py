"""The ways through a borough: a short row, the section one is in marked, and every page two clicks away."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from boroughs.actions.lists import grant
from boroughs.roles import GRANTS, Perm, Role
from boroughs.rows import acting_as
from portal.navigation import ENTRIES, PEOPLE, SETTINGS, home_of
from tests.boroughs.pages import says, signed_in
from tests.factories import World
from tests.routes import BOROUGH_ROUTES, NO_ROW, ROUTES, access_to, address
from tests.second_factor import give_factor
from tests.visits import NO_PAGE

ALL = [
    "Overview",
    "Record",
    "Assessments",
    "Comparison",
    "Reports",
    "Papers",
    "Committees",
    "Council",
]
ROWS = {
    Role.COORDINATOR: ALL,
    Role.LEAD: ALL,
    Role.CONTRIBUTOR: ["Overview", "Record", "Your actions", "Committees"],
    Role.CLEARING: ["Overview", "Reports to clear", "Committees"],
    Role.DEMOCRATIC: ["Overview", "Reports", "Papers", "Committees", "Council"],
    Role.MONITORING: ["Overview", "Papers", "Committees", "Council"],
    Role.MEMBER: ["Overview", "Reports", "Papers", "Committees", "Closed records"],
    Role.OBSERVER: ["Overview", "Comparison", "Committees"],
}
NO_ROW_NEEDED = [
    name
    for name in BOROUGH_ROUTES
    if "<" not in str(ROUTES[name].pattern).replace("<slug:borough>", "") or name in NO_ROW
]
# Forms that add or send something are offered where their list stands, samples where the choice is made
FORMS = (
    "-add",
    "-send",
    "-enter",
    "-choose",
    "-suggest",
    "-open",
    "-rule",
    "-change",
    "-copy",
    "-period",
    "-sample",
)


def page_of(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, path
    return BeautifulSoup(response.content, "html5lib")


def row(page: BeautifulSoup) -> list[str]:
    return [item.get_text(strip=True) for item in page.select("#navigation a")]


def current(page: BeautifulSoup) -> list[str]:
    return [item.get_text(strip=True) for item in page.select("#navigation [aria-current]")]


@pytest.mark.parametrize("role", Role)
def test_each_role_has_a_short_row(world: World, role: Role) -> None:
    page = page_of(signed_in(world.here.people[role]), "/thurrock/")
    assert row(page) == ROWS[role]
    assert current(page) == ["Overview"]


def links(client: Client, path: str) -> set[str]:
    response = client.get(path)
    if response.status_code != 200 or "text/html" not in response["Content-Type"]:
        return set()
    page = BeautifulSoup(response.content, "html.parser")
    hrefs = {str(link["href"]).split("?")[0].split("#")[0] for link in page.select("a[href]")}
    return {href for href in hrefs if href.startswith("/thurrock/")}


@pytest.mark.parametrize("role", Role)
def test_every_section_is_two_clicks_away(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    once = links(client, "/thurrock/") | {"/thurrock/", "/thurrock/search/"}
    twice = once.union(*(links(client, path) for path in once))
    wanted = {
        address(name, world.here).split("?")[0]
        for name in NO_ROW_NEEDED
        if name not in NO_PAGE and not name.endswith(FORMS) and access_to(name) in GRANTS[role]
    }
    wanted.discard("/thurrock/waiting/")  # there, where more waits than the front page shows
    if Perm.READ_PAPERS not in GRANTS[role]:  # there, for whoever stands on a list
        wanted -= {"/thurrock/closures/"}
    if Perm.ASK_FOR_CLOSED not in GRANTS[role]:  # there, for the members of committees
        wanted -= {"/thurrock/reports/reading/"}
    assert wanted - twice == set()


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("boroughs:strategy-show", "Record"),
        ("boroughs:risk-list", "Record"),
        ("boroughs:action-show", "Record"),
        ("toolkit:action-serves", "Record"),
        ("toolkit:rating", "Assessments"),
        ("portal:peers", "Comparison"),
        ("reports:report", "Reports"),
        ("papers:paper", "Papers"),
        ("boroughs:seat-give", "Committees"),
        ("boroughs:meeting-add", "Committees"),
        ("boroughs:person-roles", "Council"),
        ("boroughs:list-grant", "Council"),
        ("boroughs:trail-list", "Council"),
        ("boroughs:retention-list", "Council"),
        ("boroughs:funding-add", "Council"),
        ("reports:style-choose", "Council"),
        ("portal:checklist", "Council"),
        ("portal:council", "Council"),
    ],
)
def test_the_section_one_is_in_is_marked(world: World, name: str, entry: str) -> None:
    here = world.here
    person = next(
        here.people[role]
        for role in (Role.LEAD, Role.COORDINATOR)
        if access_to(name) in GRANTS[role]
    )
    assert current(page_of(signed_in(person), address(name, here))) == [entry]


def test_every_page_of_a_borough_belongs_somewhere() -> None:
    homeless = {name for name in BOROUGH_ROUTES if home_of(name) is None}
    assert homeless == {"portal:search", "portal:council"} - {"portal:council"}


def test_the_pages_of_an_entry_exist() -> None:
    for place in (*ENTRIES, *PEOPLE, *SETTINGS):
        assert access_to(place.route) == place.perm or place.text == "Closed records", place
        for start in place.pages:
            assert any(name.startswith(start) for name in BOROUGH_ROUTES), start


def test_council_shows_what_the_role_may_do(world: World) -> None:
    def titles(role: Role) -> list[str]:
        page = page_of(signed_in(world.here.people[role]), "/thurrock/council/")
        return [card.get_text(strip=True) for card in page.select(".card__title")]

    assert titles(Role.LEAD) == [
        "People",
        "Closed records",
        "Trail",
        "Erasures",
        "How long records are kept",
        "Settings",
        "Toolkit in use",
        "How rounds are kept",
        "What the ratings mean",
        "House style of reports",
        "Public pages",
        "Risk matrix",
        "Checklist",
    ]
    assert titles(Role.COORDINATOR) == [
        "People",
        "Closed records",
        "Erasures",
        "What the ratings mean",
    ]
    assert "Settings" not in says(
        signed_in(world.here.people[Role.MONITORING]).get("/thurrock/council/")
    )


def test_whoever_stands_on_a_list_finds_the_closed_records_in_the_row(world: World) -> None:
    here: Any = world.here
    with acting_as(here.lead.pk):
        grant(closure=here.closure, person=here.contributor, reason="Reads it", by=here.lead)
    give_factor(here.contributor)
    page = page_of(signed_in(here.contributor), "/thurrock/")
    own = ["Overview", "Record", "Your actions", "Papers", "Committees"]
    assert row(page) == [*own, "Closed records"]


def test_a_contributor_finds_strategies_and_partners_in_the_record(world: World) -> None:
    page = page_of(signed_in(world.here.contributor), "/thurrock/record/")
    titles = [card.get_text(strip=True) for card in page.select(".card__title")]
    assert titles == ["Strategies and delivery plans", "Organisations"]
