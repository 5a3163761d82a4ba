"""Boroughs beside one another: who sees which, what a cell says, filters, counts, and the same table as a file."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from boroughs.actions.borough import set_funding
from boroughs.actions.people import set_roles
from boroughs.models import Borough, Membership
from boroughs.models.membership import MembershipQuerySet
from boroughs.roles import Perm, Role
from boroughs.rows import acting_as
from tests.boroughs.pages import says, signed_in
from tests.factories import World, give_role, make_user
from tests.toolkit.rounds import (
    boroughs_of_an_observer,
    more_boroughs,
    signed_round,
    submitted_round,
)
from toolkit.across.table import OVERDUE_AFTER
from toolkit.actions.round import reopen
from toolkit.models import Rating, SignedText

from .comparing import ACROSS, GREEN, WORDS, Shown, asked, of, title, words

NO_COLOUR = ("Unknown", "Not applicable", "Through a partner", "Overdue", "Nothing signed off yet")


# -- Who sees which boroughs -------------------------------------------------------------------------------
def test_an_observer_sees_those_boroughs_alone_that_admitted_them(world: World) -> None:
    shown = asked(world.here.observer)
    assert "Thurrock" in shown.rows
    assert "Barnet" not in shown.rows


def test_somebody_with_a_role_in_two_sees_both_and_no_third(world: World) -> None:
    observer, boroughs, _ = boroughs_of_an_observer(world, 2)
    with acting_as(world.administrator.pk):
        give_role(observer, world.there.borough, Role.CONTRIBUTOR, by=world.administrator)
    names = {name for name in asked(observer).rows if not name.startswith("Boroughs with")}
    assert names == {borough.name for borough in boroughs}


def test_a_borough_that_lets_the_observer_go_is_gone_at_the_next_click(world: World) -> None:
    observer, [first, second], people = boroughs_of_an_observer(world, 2)
    with acting_as(people[Role.LEAD].pk):
        set_roles(user=observer, borough=first, roles=set(), by=people[Role.LEAD])
    shown = asked(observer)
    assert first.name not in shown.rows
    assert second.name in shown.rows


@pytest.mark.parametrize("role", [Role.MEMBER, Role.CONTRIBUTOR, Role.MONITORING])
def test_who_may_compare_nowhere_finds_no_page(world: World, role: Role) -> None:
    assert signed_in(world.here.people[role]).get(ACROSS).status_code == 404


def test_with_the_roles_filter_out_a_neighbours_ratings_do_not_show(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = world.there
    signed_round(place.borough, place.people, words=GREEN)
    assert "Green" in asked(place.observer).rows["Barnet"]["Training programme"]

    def everybodys(self: MembershipQuerySet, user: User, perm: Perm) -> MembershipQuerySet:
        return self.live()

    monkeypatch.setattr(MembershipQuerySet, "allowing", everybodys)
    shown = asked(world.here.observer)
    assert set(shown.rows["Barnet"].values()) <= {"Nothing signed off yet", "Nothing current"}


def test_with_row_security_out_the_roles_alone_leave_neighbours_out(world: World) -> None:
    signed_round(world.there.borough, world.there.people, words=GREEN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")
    shown = asked(world.here.observer)
    assert "Barnet" not in shown.rows
    assert shown.rows["Boroughs with: Green"]["Training programme"] == "0"


def test_no_comment_and_no_reason_reaches_an_observer(world: World) -> None:
    observer, [borough, _], people = boroughs_of_an_observer(world, 2)
    signed_round(borough, people, words=WORDS)
    client = signed_in(observer)
    download = reverse("portal:comparison-download")
    for answer in (
        client.get(ACROSS),
        client.get(of(borough)),
        client.post(download, {"as": "csv"}),
    ):
        assert b"Green" in answer.content
        assert b"secret" not in answer.content
    with acting_as(observer.pk):
        assert not SignedText.objects.exists()


# -- What a cell says --------------------------------------------------------------------------------------
def test_only_what_is_signed_off_and_in_force_shows(world: World) -> None:
    observer, [borough, _], people = boroughs_of_an_observer(world, 2)
    signed_round(borough, people, ago=1, words={"training": "amber"})
    submitted = submitted_round(borough, people, words={"training": "green"})
    assert asked(observer).rows[borough.name]["Training programme"] == "Amber"
    assert Rating.objects.filter(assessment=submitted).count() == 0  # asked as nobody


def test_what_was_reopened_gives_way_to_the_period_before(world: World) -> None:
    observer, [borough, _], people = boroughs_of_an_observer(world, 2)
    signed_round(borough, people, ago=1, words={"training": "amber"})
    newest = signed_round(borough, people, words={"training": "green"})
    assert asked(observer).rows[borough.name]["Training programme"].startswith("Green")
    with acting_as(people[Role.LEAD].pk):
        reopen(assessment=newest, reason="An old page", by=people[Role.LEAD])
    assert asked(observer).rows[borough.name]["Training programme"] == "Amber"


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("amber", "green", "Green ↑ , better than last time"),
        ("green", "red", "Red ↓ , worse than last time"),
        ("red", "red", "Red → , the same as last time"),
        ("", "amber", "Amber"),
        ("green", "", "Unknown"),
    ],
)
def test_the_direction_is_against_the_period_signed_off_before(
    world: World, before: str, now: str, said: str
) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    signed_round(borough, people, ago=1, words={"training": before})
    signed_round(borough, people, words={"training": now})
    assert asked(observer).rows[borough.name]["Training programme"] == said.replace(" ,", ",")


def test_no_direction_crosses_assessors_or_versions(world: World) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    signed_round(borough, people, ago=2, words={"training": "red"}, key="la-2024")
    signed_round(borough, people, ago=1, words={"training": "red"}, assessor="peer")
    signed_round(borough, people, words={"training": "green"})
    assert asked(observer).rows[borough.name]["Training programme"] == "Green"
    peers = asked(observer, "?assessor=peer&version=la-2018")
    assert peers.rows[borough.name]["Training programme"] == "Red"
    newer = asked(observer, "?version=la-2024")
    assert newer.heads[6] == "6. Training programme"
    assert newer.rows[borough.name]["Training programme"] == "Red"


def test_what_is_not_known_is_never_green(world: World) -> None:
    """Blank, not applicable, through a partner, overdue, nothing signed off: each says so, and has no colour."""
    observer, [full, old, none], people = boroughs_of_an_observer(world, 3)
    standings = {"training": "not_applicable", "venue-hire": "through_partner"}
    full_words = {"training": "", "venue-hire": "green", "communications": "green"}
    signed_round(full, people, words=full_words, standings=standings)
    signed_round(old, people, ago=6, words=GREEN)
    shown = asked(observer)
    said = shown.rows[full.name]
    assert said["Training programme"] == "Not applicable"
    assert said["Venue hire"] == "Through a partner, green"
    assert said["Channel panel"] == "Unknown"
    assert shown.rows[old.name]["Training programme"] == "Overdue, was green"
    assert shown.rows[none.name]["Training programme"] == "Nothing signed off yet"
    coloured = 0
    for cell in (cell for cells in shown.cells.values() for cell in cells):
        if words(cell).startswith(NO_COLOUR):
            assert not {"heat--green", "heat--amber", "heat--red"} & set(cell.get("class") or [])
        coloured += "heat--green" in (cell.get("class") or []) and words(cell).startswith("Green")
    assert coloured == 1  # Communications of the one that is current


def test_a_round_is_overdue_more_than_a_year_after_its_last_day(world: World) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    assert dt.timedelta(days=365) <= OVERDUE_AFTER <= dt.timedelta(days=366)
    signed_round(borough, people, ago=3, words=GREEN)  # 283 days ago
    assert asked(observer).rows[borough.name]["Training programme"] == "Green"
    _, [other], people = boroughs_of_an_observer(world, 1)
    signed_round(other, people, ago=4, words=GREEN)  # 374 days ago
    shown = asked(people[Role.OBSERVER]).rows[other.name]
    assert shown["Training programme"] == "Overdue, was green"
    assert shown["Red"] == "Nothing current"


# -- How often each word stands ----------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["across", "peers"])
def test_the_words_of_each_benchmark_add_up_to_the_boroughs_shown(world: World, path: str) -> None:
    observer, boroughs, people = boroughs_of_an_observer(world, 6)
    standings = {"communications": "through_partner"}
    signed_round(boroughs[0], people, words=WORDS)
    signed_round(boroughs[1], people, words=GREEN)
    signed_round(boroughs[2], people, words=WORDS, standings=standings)
    signed_round(boroughs[3], people, ago=7, words=WORDS)
    shown = asked(observer, path=ACROSS if path == "across" else of(boroughs[4]))
    counted = {name: row for name, row in shown.rows.items() if name.startswith("Boroughs with: ")}
    for head in shown.heads[1:-2]:
        assert sum(int(row[title(head)]) for row in counted.values()) == 6
    training = {name: row["Training programme"] for name, row in counted.items()}
    assert training["Boroughs with: Green"] == "3"
    assert training["Boroughs with: Overdue"] == "1"
    assert training["Boroughs with: Nothing signed off yet"] == "2"
    assert counted["Boroughs with: Through a partner"]["Communications"] == "1"


# -- Choosing and sorting ----------------------------------------------------------------------------------
def test_the_address_chooses_region_kind_and_funding(world: World) -> None:
    observer, [first, second, third], people = boroughs_of_an_observer(world, 3)
    Borough.objects.filter(pk=first.pk).update(region="London", kind="london_borough")
    Borough.objects.filter(pk=second.pk).update(region="North East")
    year = dt.date.today().year - 1  # noqa: DTZ011
    with acting_as(people[Role.LEAD].pk):
        set_funding(
            borough=second, year=year - 3, status="unfunded", source="x", by=people[Role.LEAD]
        )
        set_funding(borough=second, year=year, status="priority", source="x", by=people[Role.LEAD])
        set_funding(
            borough=third, year=year + 5, status="priority", source="x", by=people[Role.LEAD]
        )
    names = {first.name, second.name, third.name}
    for query, found in (
        ("?area=London", {first.name}),
        ("?kind=unitary", {second.name, third.name}),
        ("?funded=priority", {second.name}),
        ("?funded=unknown", {first.name, third.name}),
        ("?area=North+East&kind=unitary", {second.name}),
        ("?area=North+East&kind=london_borough", set()),
        ("?area=Atlantis&kind=' OR 1=1", names),  # not offered, so it leaves nothing out
    ):
        assert names & set(asked(observer, query).rows) == found, query


def test_lines_are_sorted_by_red_and_by_direction_with_nothing_current_last(world: World) -> None:
    observer, boroughs, people = boroughs_of_an_observer(world, 4)
    rising, falling, red, old = boroughs
    signed_round(rising, people, ago=1, words={"training": "red"})
    signed_round(rising, people, words={"training": "green"})
    signed_round(falling, people, ago=1, words={"training": "green", "venue-hire": "green"})
    signed_round(falling, people, words={"training": "red", "venue-hire": "amber"})
    signed_round(red, people, words={"training": "red", "venue-hire": "red"})
    signed_round(old, people, ago=8, words={"training": "red", "venue-hire": "red"})
    places = {each.name for each in boroughs}

    def order(query: str) -> list[str]:
        return [name for name in asked(observer, query).order if name in places]

    assert order("") == sorted(places)
    assert order("?sort=red") == [red.name, falling.name, rising.name, old.name]
    assert order("?sort=worse") == [falling.name, red.name, rising.name, old.name]
    assert order("?sort=better") == [rising.name, red.name, falling.name, old.name]
    row = asked(observer).rows[falling.name]
    assert (row["Red"], row["Up and down"]) == ("1", "0 up, 2 down")


def test_the_version_of_the_newest_sign_off_is_shown_first(world: World) -> None:
    observer, [borough], people = boroughs_of_an_observer(world, 1)
    signed_round(borough, people, ago=2, words={"training": "green"})
    signed_round(borough, people, words={"training": "amber"}, key="la-2024")
    assert len(asked(observer).heads) == 1 + 8 + 2
    assert len(asked(observer, "?version=la-2018").heads) == 1 + 10 + 2


# -- A borough and its peers -------------------------------------------------------------------------------
def test_a_boroughs_own_line_comes_first_whatever_is_chosen(world: World) -> None:
    observer, [other, own], people = boroughs_of_an_observer(world, 2)
    signed_round(own, people, words=GREEN)
    shown = asked(observer, path=of(own))
    assert shown.order[0] == own.name
    assert shown.order[-1] == other.name
    left = asked(observer, "?kind=county&area=London&funded=priority", path=of(own))
    assert left.order[0] == own.name
    Borough.objects.filter(pk=other.pk).update(kind="county")
    assert asked(observer, "?kind=county", path=of(own)).order == shown.order


def test_a_coordinator_of_one_borough_is_told_why_there_are_no_peers(world: World) -> None:
    answer = signed_in(world.here.coordinator).get(of(world.here.borough))
    assert Shown(answer).order[0] == "Thurrock"
    assert "There is no other borough in which you may compare" in says(answer)
    assert "Barnet" not in says(answer)


def test_home_leads_to_the_comparison_where_there_is_something_to_compare(world: World) -> None:
    observer, _, _ = boroughs_of_an_observer(world, 2)
    assert f'href="{ACROSS}"' in signed_in(observer).get("/").content.decode()
    assert f'href="{ACROSS}"' not in signed_in(world.stranger).get("/").content.decode()


def test_whoever_is_on_an_access_list_shows_a_second_factor_first(world: World) -> None:
    client = Client()
    client.force_login(world.here.coordinator)
    answer = client.get(f"{ACROSS}?sort=red")
    assert answer.status_code == 302
    assert "second-factor" in answer["Location"]
    assert "comparison" in answer["Location"]


# -- What it costs -----------------------------------------------------------------------------------------
def statements(user: User, address: str) -> int:
    """Without the marks of nested transactions, and without putting back who asked before: a test's request is nested."""
    client = signed_in(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    marks = ("SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(marks) for query in captured) - 1


def test_forty_boroughs_cost_as_many_statements_as_two_and_no_more_than_eight(world: World) -> None:
    observer, boroughs, people = boroughs_of_an_observer(world, 2)
    pages = (ACROSS, of(boroughs[0]))
    signed_round(boroughs[0], people, ago=1, words=WORDS)
    signed_round(boroughs[0], people, words=GREEN)
    few = [statements(observer, page) for page in pages]
    for borough in more_boroughs(world, people, 38):
        signed_round(borough, people)
    assert Membership.objects.allowing(observer, Perm.COMPARE).count() == 40
    assert [statements(observer, page) for page in pages] == few
    assert max(few) <= 8, few


def test_a_person_may_be_asked_for_by_their_role_today_alone(world: World) -> None:
    stranger = make_user()
    assert not Membership.objects.allowing(stranger, Perm.COMPARE).exists()
    mine = Membership.objects.allowing(world.here.observer, Perm.COMPARE)
    assert [row.borough for row in mine] == [world.here.borough]
    assert not Membership.objects.allowing(world.here.observer, Perm.RATE).exists()
