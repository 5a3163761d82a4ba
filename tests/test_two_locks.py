"""Either lock alone keeps a borough's words from everybody else; with neither, they leak, so that these tests can fail."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from accounts.models import User
from boroughs import access
from boroughs.models import Borough
from boroughs.roles import Perm
from tests.boroughs.pages import signed_in
from tests.factories import Place, World
from tests.routes import BOROUGH_ROUTES, ROUTES, address
from tests.test_access import WITH_ROWS, ask


def words_of(place: Place) -> list[bytes]:
    """What stands in the borough's protected rows, and nowhere else."""
    slug = place.borough.slug
    said = [
        f"{what} words of {slug}"
        for what in (
            "earlier",
            "present",
            "summary",
            "findings",
            "request",
            "cause",
            "activity",
            "funding",
            "profile",
            "policy",
            "found",
            "paper",
            "closed",
        )
    ]
    return [
        word.encode()
        for word in (*said, f"Prevent in {slug.title()}<", ">Scrutiny Committee<", "%PDF-1.7")
    ]


def let_everybody_in(user: User, borough: Borough) -> frozenset[str]:
    return frozenset(Perm)


@pytest.fixture
def door_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first lock taken out: everybody may do everything in every borough."""
    monkeypatch.setattr(access, "granted", let_everybody_in)


@pytest.fixture
def rows_off(world: World) -> None:
    """The second lock taken out for this test's transaction, by a policy that only the test database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.lock2', 'off', true)")


def outsiders(world: World) -> list[User]:
    return [world.stranger, world.administrator, world.there.lead, world.there.coordinator]


def pages(
    world: World, person: User, but: frozenset[str] = frozenset()
) -> Iterator[tuple[str, HttpResponse]]:
    """Every page of Thurrock as somebody gets it."""
    client = signed_in(person)
    for name in set(BOROUGH_ROUTES) - but:
        yield name, ask(client, "get", address(name, world.here))


def said_by(response: HttpResponse) -> bytes:
    """The page without the marks around words that search found."""
    return response.content.replace(b"<mark>", b"").replace(b"</mark>", b"")


# A sample about nobody, as PDF: its first bytes are no borough's
NOBODYS = frozenset({"reports:style-pdf"})
# Where the database's own function refuses besides both locks, and the page with it
REFUSED_AGAIN = frozenset({"reports:decision-publish"})


def leaks(world: World, but: frozenset[str] = frozenset()) -> set[str]:
    """The pages on which somebody else reads Thurrock's words."""
    found = set()
    for person in outsiders(world):
        for name, response in pages(world, person, but | NOBODYS):
            assert response.status_code in {200, 302, 404, 405}, (name, response.status_code)
            if any(word in said_by(response) for word in words_of(world.here)):
                found.add(name)
    return found


def test_the_words_are_found_where_they_belong(world: World) -> None:
    """What is looked for stands on the pages of those who may read them."""
    shown = b"".join(
        response.content
        for person in (world.here.coordinator, world.here.lead)
        for _, response in pages(world, person)
    )
    assert [word for word in words_of(world.here) if word not in shown] == []


def test_with_the_door_out_row_security_alone_keeps_the_words(world: World, door_off: None) -> None:
    assert leaks(world) == set()


def test_with_the_door_out_a_neighbours_row_is_not_found(world: World, door_off: None) -> None:
    shells = {"boroughs:person-roles", "boroughs:person-end", "boroughs:person-organisation"}
    shells |= {
        "boroughs:person-handover",
        "boroughs:invitation-resend",
        "boroughs:invitation-withdraw",
        "boroughs:governance-correct",
        "boroughs:funding-correct",
    }
    client = signed_in(world.there.coordinator)
    for name in (
        set(WITH_ROWS) - shells
    ):  # those tables have no row security: tests/protected.py says why
        for method in ("get", "post"):
            answer = ask(client, method, address(name, world.here))
            assert answer.status_code in {404, 405}, (name, method, answer.status_code)


def test_with_row_security_out_the_door_alone_keeps_the_words(world: World, rows_off: None) -> None:
    for person in outsiders(world):
        for name, response in pages(world, person):
            assert response.status_code in {404, 405}, (name, response.status_code)
    assert leaks(world) == set()


def test_with_row_security_out_my_own_pages_show_no_neighbours_words(
    world: World, rows_off: None
) -> None:
    theirs = [word for word in words_of(world.there) if b"barnet" in word.lower()]
    for person in (world.here.coordinator, world.here.lead, world.here.member):
        client = signed_in(person)
        for name in BOROUGH_ROUTES:
            own = ask(client, "get", address(name, world.here))
            crossed = ask(client, "get", address(name, world.there, under=world.here))
            for response in (own, crossed):
                assert [word for word in theirs if word in said_by(response)] == [], name
            if name in WITH_ROWS:
                assert crossed.status_code in {403, 404, 405}, (name, crossed.status_code)


def test_with_neither_lock_the_words_leak(world: World, door_off: None, rows_off: None) -> None:
    found: Any = leaks(world, REFUSED_AGAIN)
    assert len(found) >= 8, found
    assert {"reports:report", "reports:rendering-download", "toolkit:assessment"} <= found
    assert "portal:search" in found
    assert found <= set(ROUTES)
