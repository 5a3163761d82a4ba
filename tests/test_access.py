"""Every route, as everybody. A route that this file does not know how to call makes it fail."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from boroughs.actions.people import set_roles
from boroughs.models import BoroughUserPermission, Membership
from boroughs.roles import GRANTS, Role
from boroughs.rows import acting_as
from tests.boroughs.pages import signed_in
from tests.factories import World
from tests.routes import (
    ACROSS_ROUTES,
    ADMINISTRATOR_ROUTES,
    BOROUGH_ROUTES,
    NO_ROW,
    PUBLIC,
    ROUTES,
    SIGNED_IN,
    access_to,
    across_address,
    across_to,
    address,
    administrator_address,
    opens_to_lists,
)
from tests.visits import entering

METHODS = ("get", "post", "put", "delete")


def ask(client: Client, method: str, url: str) -> HttpResponse:
    """A request whose writes are taken back, so that the next one meets the same world."""
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer


def test_every_route_declares_who_may_enter() -> None:
    for name, pattern in ROUTES.items():
        public = getattr(pattern.callback, "login_required", True) is False
        known = (
            hasattr(pattern.callback, "access")
            or hasattr(pattern.callback, "across")
            or name in PUBLIC | SIGNED_IN
        )
        assert known, (
            f"{name} is open to everybody signed in: wrap it in borough_view, or say so in tests/routes.py"
        )
        assert public == (name in PUBLIC), name


def test_the_lists_of_open_pages_name_only_pages_that_exist() -> None:
    assert set(ROUTES) >= PUBLIC | SIGNED_IN


@pytest.mark.parametrize("name", BOROUGH_ROUTES)
def test_each_role_enters_where_the_table_lets_it(world: World, name: str) -> None:
    url, perm = address(name, world.here), access_to(name)
    for role in Role:
        client = signed_in(world.here.people[role])
        answers = {method: ask(client, method, url).status_code for method in METHODS}
        if opens_to_lists(name) and role == Role.MEMBER:  # on the list of a paper and of a figure
            assert set(answers.values()) <= {200, 302, 403, 405}, (role, answers)
        elif perm in GRANTS[role]:
            assert set(answers.values()) <= {200, 302, 405}, (role, answers)
            assert {200, 302} & {answers["get"], answers["post"]}, (role, answers)
        else:
            assert set(answers.values()) <= {403, 405}, (role, answers)
            assert 403 in answers.values(), (role, answers)


@pytest.mark.parametrize("name", BOROUGH_ROUTES)
def test_nobody_else_learns_that_the_page_exists(world: World, name: str) -> None:
    url = address(name, world.here)
    outsiders = [world.stranger, world.administrator, *world.there.people.values()]
    for outsider in outsiders:
        client = signed_in(outsider)
        answers = {method: ask(client, method, url).status_code for method in METHODS}
        assert set(answers.values()) <= {404, 405}, (outsider, answers)
        assert 404 in answers.values(), (outsider, answers)
    for method in ("get", "post"):
        answer = ask(Client(), method, url)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/sign-in/"), answer["Location"]


WITH_ROWS = [
    name
    for name in BOROUGH_ROUTES
    if "<" in str(ROUTES[name].pattern).replace("<slug:borough>", "") and name not in NO_ROW
]


@pytest.mark.parametrize("name", WITH_ROWS)
def test_a_neighbours_row_under_my_own_name_is_not_found(world: World, name: str) -> None:
    url, perm = address(name, world.there, under=world.here), access_to(name)
    for role in (role for role in Role if perm in GRANTS[role]):
        client = signed_in(world.here.people[role])
        answers = {method: ask(client, method, url).status_code for method in METHODS}
        assert set(answers.values()) <= {404, 405}, (role, answers)
        assert 404 in answers.values(), (role, answers)


@pytest.mark.parametrize("name", ACROSS_ROUTES)
def test_a_page_over_boroughs_is_there_for_who_may_open_it_in_one(world: World, name: str) -> None:
    url = across_address(name, world)
    for role in Role:
        client = signed_in(world.here.people[role])
        answers = {ask(client, method, url).status_code for method in METHODS}
        if across_to(name) in GRANTS[role]:
            assert answers in ({200, 405}, {302, 405}), (role, answers)
        else:
            assert answers <= {404, 405}, (role, answers)
            assert 404 in answers, (role, answers)
    for outsider in (world.stranger, world.administrator):
        answers = {ask(signed_in(outsider), method, url).status_code for method in METHODS}
        assert answers <= {404, 405}, (outsider, answers)
        assert 404 in answers, (outsider, answers)
    for method in ("get", "post"):
        assert ask(Client(), method, url)["Location"].startswith("/account/sign-in/")


@pytest.mark.parametrize("name", ADMINISTRATOR_ROUTES)
def test_administration_is_for_administrators(world: World, name: str) -> None:
    url = administrator_address(name, world)
    for outsider in (world.stranger, world.here.lead, world.here.coordinator):
        answers = {ask(signed_in(outsider), method, url).status_code for method in ("get", "post")}
        assert answers <= {404, 405}, (outsider, answers)
        assert 404 in answers, (outsider, answers)
    answers = {
        ask(signed_in(world.administrator), method, url).status_code for method in ("get", "post")
    }
    assert answers & {200, 302}, answers


@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_pages_for_everybody_ask_to_sign_in_first(world: World, name: str) -> None:
    arguments = {"pk": 1} if "<int:pk>" in str(ROUTES[name].pattern) else {}
    url = reverse(name, kwargs=arguments)
    assert ask(Client(), "get", url)["Location"].startswith("/account/sign-in/")
    assert ask(signed_in(world.stranger), "get", url).status_code in {200, 302}


# What a GET hands out of closed records stands in the trail as read
READING_IS_NOTED = {"boroughs:figure-download", "reports:issue-closed"}


def refuse_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    writes = sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
    assert not writes or "django_session" in sql, sql
    return execute(sql, params, many, context)


def refuse_all_but_the_trail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith('INSERT INTO "audit_event"'):
        return execute(sql, params, many, context)
    return refuse_writes(execute, sql, params, many, context)


@pytest.mark.parametrize("name", BOROUGH_ROUTES)
def test_looking_never_writes(world: World, name: str) -> None:
    perm = access_to(name)
    person = next(world.here.people[role] for role in Role if perm in GRANTS[role])
    client = signed_in(person)
    noted = name in READING_IS_NOTED
    with connection.execute_wrapper(refuse_all_but_the_trail if noted else refuse_writes):
        assert client.get(address(name, world.here)).status_code in {200, 302, 405}


@pytest.mark.parametrize("name", ACROSS_ROUTES)
def test_looking_over_boroughs_never_writes(world: World, name: str) -> None:
    client = signed_in(entering(name, world.here))
    with connection.execute_wrapper(refuse_writes):
        assert client.get(across_address(name, world)).status_code in {
            200,
            302,
            405,
        }  # a button’s address takes no look


OF_A_BATCH = [name for name in ACROSS_ROUTES if "<uuid:batch>" in str(ROUTES[name].pattern)]


@pytest.mark.parametrize("name", OF_A_BATCH)
def test_a_batch_is_for_whoever_asked_for_it(world: World, name: str) -> None:
    neighbour = signed_in(world.there.coordinator)
    answers = {ask(neighbour, way, across_address(name, world)).status_code for way in METHODS}
    assert answers == {404, 405}


def test_the_permissions_are_what_the_roles_say(world: World) -> None:
    for place in (world.here, world.there):
        for role, person in place.people.items():
            rows = BoroughUserPermission.objects.filter(user=person)
            assert {row.permission.codename for row in rows} == set(GRANTS[role]), role
            assert {row.content_object_id for row in rows} == {place.borough.pk}
    assert Membership.objects.live().count() == 2 * len(Role)


def test_an_upgrade_brings_everybody_what_their_roles_say_now(world: World) -> None:
    lead, member = world.here.lead, world.here.member
    before = set(BoroughUserPermission.objects.values_list("user", "permission", "content_object"))
    theirs = BoroughUserPermission.objects.filter(user=lead)
    spare = theirs.exclude(
        permission__in=BoroughUserPermission.objects.filter(user=member).values("permission")
    ).first()
    assert spare is not None
    BoroughUserPermission.objects.create(
        user=member, content_object=world.here.borough, permission=spare.permission
    )
    spare.delete()
    call_command("load_reference", stdout=StringIO())
    assert before == set(
        BoroughUserPermission.objects.values_list("user", "permission", "content_object")
    )


def test_a_role_that_has_ended_opens_nothing_at_the_next_click(world: World) -> None:
    client = signed_in(world.here.coordinator)
    assert client.get("/thurrock/").status_code == 200
    with acting_as(world.here.lead.pk):
        set_roles(
            user=world.here.coordinator, borough=world.here.borough, roles=set(), by=world.here.lead
        )
    assert client.get("/thurrock/").status_code == 404


def test_an_account_that_was_closed_is_signed_out_at_the_next_click(world: World) -> None:
    client = signed_in(world.here.coordinator)
    world.here.coordinator.is_active = False
    world.here.coordinator.save(update_fields=["is_active"])
    assert client.get("/thurrock/").status_code == 302


def test_an_account_that_was_closed_and_opened_again_asks_to_sign_in(world: World) -> None:
    client, person = signed_in(world.here.coordinator), world.here.coordinator
    for active in (False, True):
        User.objects.filter(pk=person.pk).update(is_active=active)
    person.save(update_fields=["signed_out_times"])  # an old copy brings no session back
    assert client.get("/thurrock/").status_code == 302


def test_a_refusal_says_whom_to_ask(world: World) -> None:
    answer = signed_in(world.here.member).get("/thurrock/assessments/")
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Your role in Thurrock does not let you" in text
    assert "ask the lead of Thurrock" in text


def test_missing_and_forbidden_look_the_same_to_a_neighbour(world: World) -> None:
    client = signed_in(world.there.lead)
    there, nowhere = client.get("/thurrock/"), client.get("/atlantis/")
    once_only = re.compile(rb'(nonce|value)="[^"]+"')  # of each page: its nonce and its token
    assert there.status_code == nowhere.status_code == 404
    assert once_only.sub(b"", there.content) == once_only.sub(b"", nowhere.content)
    assert b"Thurrock" not in there.content
