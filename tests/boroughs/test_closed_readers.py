"""Whoever stands on a closed record's list opens that record, whatever its kind and their role, and nothing else."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from audit.models import Event
from boroughs.actions.closures import release
from boroughs.actions.figures import close_figures
from boroughs.actions.funding import close_amount, close_line
from boroughs.actions.lists import give_emergency_access, grant, revoke
from boroughs.actions.risks import close_risk
from boroughs.models import Closure, Strategy
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, opens, password_only, says, signed_in
from tests.factories import (
    Place,
    World,
    give_role,
    make_closed_review,
    make_closed_strategy,
    make_closure,
    make_figures,
    make_line,
    make_plan,
    make_risk,
    make_user,
)
from tests.second_factor import give_factor

CASE: dict[str, Any] = {"classification": "exempt", "reason": "It names a weakness"}


@dataclass
class Closed:
    """A closed record with the pages it stands on."""

    closure: Closure
    title: str
    listing: str
    pages: list[str]


def a_strategy(place: Place) -> Closed:
    row = make_closed_strategy(place.borough, by=place.coordinator)
    row = Strategy.objects.select_related("closure").get(pk=row.pk)
    plan = make_plan(row, by=place.coordinator)
    assert row.closure
    pages = [
        address("boroughs:strategy-show", place.borough, row.pk),
        address("boroughs:plan-show", place.borough, plan.pk),
    ]
    return Closed(
        row.closure,
        row.title,
        address("boroughs:strategy-list", place.borough),
        pages,
    )


def a_review(place: Place) -> Closed:
    row = make_closed_review(place.borough, by=place.coordinator)
    assert row.closure
    return Closed(
        row.closure,
        row.title,
        address("boroughs:review-list", place.borough),
        [address("boroughs:review-show", place.borough, row.pk)],
    )


def a_risk(place: Place) -> Closed:
    row = make_risk(place.borough, by=place.coordinator, title="Secret risk")
    closure = close_risk(risk=row, by=place.coordinator, **CASE)
    return Closed(
        closure,
        row.title,
        address("boroughs:risk-list", place.borough),
        [address("boroughs:risk-show", place.borough, row.pk)],
    )


def a_figure(place: Place) -> Closed:
    row = make_figures(place.borough, {"panels-held": 11}, by=place.coordinator)["panels-held"]
    row.borough = place.borough
    closure = close_figures(value=row, by=place.coordinator, **CASE)
    return Closed(
        closure,
        "Channel panels held",
        address("boroughs:figure-list", place.borough),
        [address("boroughs:figure-show", place.borough, "panels-held")],
    )


def a_funding_line(place: Place) -> Closed:
    row = make_line(place.borough, by=place.coordinator, purpose="Secret post")
    closure = close_line(line=row, by=place.coordinator, **CASE)
    return Closed(
        closure,
        row.purpose,
        address("boroughs:line-list", place.borough),
        [address("boroughs:line-show", place.borough, row.pk)],
    )


def an_amount(place: Place) -> Closed:
    row = make_line(
        place.borough, by=place.coordinator, purpose="Open post", pounds=Decimal("64123")
    )
    closure = close_amount(line=row, by=place.coordinator, **CASE)
    return Closed(
        closure,
        "Open post",
        address("boroughs:line-list", place.borough),
        [address("boroughs:line-show", place.borough, row.pk)],
    )


NOUNS: list[Callable[[Place], Closed]] = [
    a_strategy,
    a_review,
    a_risk,
    a_figure,
    a_funding_line,
    an_amount,
]


def closed_in(place: Place, noun: Callable[[Place], Closed]) -> Closed:
    with acting_as(place.coordinator.pk):
        return noun(place)


def put_on_list(place: Place, closure: Closure, person: User) -> Client:
    with acting_as(place.lead.pk):
        grant(closure=closure, person=person, reason="Reads it on Monday", by=place.lead)
    give_factor(person)
    return signed_in(person)


def statuses(client: Client, pages: list[str]) -> set[int]:
    return {opens(client, page) for page in pages}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_member_on_the_list_opens_that_record_and_no_other(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    before = signed_in(here.member)
    assert statuses(before, [*closed.pages, *open_pages(here)]) == {403}
    assert closed.title not in says(before.get(closed.listing))
    client = put_on_list(here, closed.closure, here.member)
    assert statuses(client, [*closed.pages, closed.listing]) == {200}
    assert closed.title in says(client.get(closed.listing))
    assert statuses(client, open_pages(here)) == {403}
    leading_there = says(
        client.get(address("boroughs:closure-show", here.borough, closed.closure.pk))
    )
    assert closed.title in leading_there


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.CLEARING])
def test_search_finds_the_record_for_its_list_and_nothing_else_that_the_role_does_not_read(
    world: World, noun: Callable[[Place], Closed], role: Role
) -> None:
    here = world.here
    person = here.people[role]
    other = closed_in(here, another_risk)
    closed = closed_in(here, noun)
    every = f'"{closed.title}" or "{other.title}" or words or prevent or risk or review'
    before = found_by(here, signed_in(person), every)
    client = put_on_list(here, closed.closure, person)
    after = found_by(here, client, every)
    new = {page.partition("#")[0] for page in after - before}
    assert new
    assert new <= set(closed.pages)
    assert statuses(client, list(after)) == {200}
    with acting_as(here.lead.pk):
        revoke(closure=closed.closure, person=person, reason="Left", by=here.lead)
    assert found_by(here, client, every) == before


def another_risk(place: Place) -> Closed:
    row = make_risk(place.borough, by=place.coordinator, title="Another secret")
    closure = close_risk(risk=row, by=place.coordinator, **CASE)
    return Closed(closure, row.title, "", [])


def found_by(place: Place, client: Client, words: str) -> set[str]:
    """The addresses of everything that search finds, kind by kind."""
    search = address("portal:search", place.borough)
    first = BeautifulSoup(client.get(search, {"q": words}).content, "html5lib")
    pages = [str(link["href"]) for link in first.select(".search-kinds a")]
    found = [BeautifulSoup(client.get(page).content, "html5lib") for page in pages]
    links = [link for page in [first, *found] for link in page.select(".search-hit__title a")]
    return {str(link["href"]) for link in links}


def open_pages(place: Place) -> list[str]:
    return [
        address("boroughs:strategy-show", place.borough, place.strategy.pk),
        address("boroughs:review-show", place.borough, place.scrutiny.pk),
        address("boroughs:risk-show", place.borough, place.risk.pk),
        address("boroughs:figure-show", place.borough, place.figure.indicator),
    ]


@pytest.mark.parametrize("noun", NOUNS)
def test_off_the_list_nothing_is_there_any_more(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    client = put_on_list(here, closed.closure, here.member)
    with acting_as(here.lead.pk):
        revoke(closure=closed.closure, person=here.member, reason="Left", by=here.lead)
    assert statuses(client, closed.pages) == {403}
    assert closed.title not in says(client.get(closed.listing))


@pytest.mark.parametrize("noun", NOUNS)
def test_a_members_reading_is_shown_to_the_monitoring_officer_alone(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    client = put_on_list(here, closed.closure, here.member)
    client.get(closed.pages[0])
    with acting_as(here.monitoring.pk):
        read = Event.objects.filter(actor_id=here.member.pk, deed__endswith=".read")
        assert [event.members_reading for event in read] == [True]
    with acting_as(here.lead.pk):
        assert not Event.objects.filter(actor_id=here.member.pk, deed__endswith=".read").exists()


@pytest.mark.parametrize("noun", NOUNS)
def test_emergency_access_of_the_monitoring_officer_opens_it(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    with acting_as(here.monitoring.pk):
        give_emergency_access(
            closure=closed.closure,
            person=here.clearing,
            hours=4,
            reason="Tonight",
            by=here.monitoring,
        )
    give_factor(here.clearing)
    assert statuses(signed_in(here.clearing), closed.pages) == {200}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_list_opens_after_a_second_factor_and_to_no_observer(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    put_on_list(here, closed.closure, here.member)
    assert password_only(here.member).get(closed.pages[0]).status_code == 302
    assert statuses(signed_in(here.observer), closed.pages) == {403}
    assert statuses(signed_in(world.there.member), closed.pages) == {404}


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_released_is_for_those_who_read_the_record_and_no_more_for_the_list(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    client = put_on_list(here, closed.closure, here.member)
    with acting_as(here.coordinator.pk):
        release(closure=closed.closure, reason="Nothing to hide any more", by=here.coordinator)
    assert statuses(client, closed.pages) == {403}
    assert statuses(signed_in(here.lead), closed.pages) == {200}


@pytest.mark.parametrize("noun", NOUNS)
def test_no_page_offers_an_erasure_that_its_reader_cannot_ask_for(
    world: World, noun: Callable[[Place], Closed]
) -> None:
    here = world.here
    closed = closed_in(here, noun)
    with acting_as(here.lead.pk):
        officer = give_role(make_user(), here.borough, Role.DEMOCRATIC, by=here.lead)
    client = put_on_list(here, closed.closure, officer)
    for page in closed.pages:
        text = client.get(page).content.decode()
        offered = re.findall(r'href="([^"]+/erasures/ask/[^"]+)"', text)
        assert statuses(client, offered) <= {200}


@pytest.mark.parametrize(
    ("noun", "line"),
    [
        ("strategy", "Prevent strategy, not for publication: paragraph 3"),
        ("review", "Internal audit of 2017, not for publication: paragraph 7"),
        ("risk", "Corporate risk, not for publication: paragraph 3"),
        ("figure", "Figures on referrals, not for publication: paragraph 1"),
    ],
)
def test_a_public_line_stands_on_the_page_of_the_noun_it_names(
    world: World, noun: str, line: str
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_closed_strategy(here.borough, by=here.coordinator)  # “Appendix of Thurrock …”
        make_closure(here.borough, by=here.coordinator, public_line=line)
    client = signed_in(here.lead)
    for other in ("strategy", "review", "risk", "figure"):
        page = says(client.get(address(f"boroughs:{other}-list", here.borough)))
        assert (line in page) == (other == noun)
        assert "Appendix of Thurrock" not in page  # what it closes is for the list to know
    every = says(signed_in(here.member).get(address("boroughs:closure-list", here.borough)))
    assert line in every
    assert "Appendix of Thurrock" in every
