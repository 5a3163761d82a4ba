"""Whoever is on an access list shows a second factor before any page of a borough opens."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import WhyEnded, end_second_factor
from accounts.models import TypedText, User
from boroughs.actions.lists import grant
from boroughs.rows import acting_as
from tests.boroughs.pages import password_only, signed_in
from tests.factories import World
from tests.routes import BOROUGH_ROUTES, address
from tests.second_factor import code, enter, shown
from tests.test_access import METHODS, ask

NEEDED = "/account/second-factor/needed/"


def sent_to(answer: Any) -> str:
    """Where the page of the second factor would lead on to."""
    assert answer.status_code == 302
    where = urlsplit(str(answer["Location"]))
    assert where.path == NEEDED, answer["Location"]
    return parse_qs(where.query)["next"][0]


def put_on_the_list(world: World, person: User) -> None:
    with acting_as(world.here.lead.pk):
        grant(closure=world.here.closure, person=person, reason="Reads it too", by=world.here.lead)


@pytest.mark.parametrize("name", BOROUGH_ROUTES)
def test_no_page_opens_to_the_password_alone(world: World, name: str) -> None:
    """Nor does one of a borough where nothing is closed to the person: the list may be any borough's."""
    url = address(name, world.here)
    client = password_only(world.here.coordinator)
    for method in METHODS:
        answer = ask(client, method, url)
        assert answer.status_code in {302, 405}, (method, answer.status_code)
        if answer.status_code == 302:
            assert sent_to(answer).startswith("/thurrock/")


def test_who_is_on_no_list_is_not_asked(world: World) -> None:
    assert password_only(world.here.lead).get("/thurrock/").status_code == 200


def test_a_neighbour_learns_nothing_from_being_asked(world: World) -> None:
    for path in ("/thurrock/", "/atlantis/"):
        assert password_only(world.there.coordinator).get(path).status_code == 404


def test_who_is_put_on_a_list_is_stopped_at_the_next_click_and_led_back(world: World) -> None:
    person = world.here.democratic
    client = password_only(person)
    page = reverse("boroughs:committee-list", args=["thurrock"])
    assert client.get(page).status_code == 200
    put_on_the_list(world, person)
    stopped = client.get(f"{page}?a=b")
    assert sent_to(stopped) == f"{page}?a=b"
    assert "You need a second factor" in client.get(stopped["Location"]).content.decode()
    set_up(shown(client, person))
    assert (
        f'href="{page}?a=b"'
        in client.get("/account/second-factor/recovery-codes/").content.decode()
    )
    assert client.get(page).status_code == 200


def set_up(client: Client) -> None:
    page = "/account/second-factor/app/add/"
    html = client.get(page).content.decode()
    secret = html.partition('second-factor__key">')[2].partition("<")[0]
    assert client.post(page, {"code": code(secret)}).status_code == 302


def test_another_session_of_the_same_person_has_to_show_it_too(world: World) -> None:
    here, elsewhere = signed_in(world.here.member), password_only(world.here.member)
    assert here.get("/thurrock/").status_code == 200
    assert sent_to(elsewhere.get("/thurrock/")) == "/thurrock/"


def test_without_the_factor_that_was_shown_the_session_passes_no_more(world: World) -> None:
    client = signed_in(world.here.member)
    assert client.get("/thurrock/").status_code == 200
    Authenticator.objects.filter(user=world.here.member).delete()
    assert sent_to(client.get("/thurrock/")) == "/thurrock/"


def test_an_ended_factor_ends_the_session(world: World) -> None:
    client = signed_in(world.here.member)
    end_second_factor(user=world.here.member, reason=WhyEnded.STOLEN, by=None)
    assert client.get("/thurrock/")["Location"] == "/account/sign-in/?next=/thurrock/"


def test_what_a_form_brings_waits_behind_the_second_factor(world: World) -> None:
    page = reverse("toolkit:rating", args=["thurrock", world.here.assessment.pk, "training"])
    html = signed_in(world.here.coordinator).get(page).content.decode()
    note = html.partition('name="typed_by" value="')[2].partition('"')[0]
    client = password_only(world.here.coordinator)
    back = sent_to(client.post(page, {"comment": "typed before", "typed_by": note}))
    [kept] = TypedText.objects.all()
    assert kept.user == world.here.coordinator
    assert "typed" not in kept.body
    assert "typed before" in enter(client, world.here.coordinator).get(back).content.decode()


def test_a_button_leads_back_to_the_boroughs_page(world: World) -> None:
    client = password_only(world.here.coordinator)
    page = address("reports:report-make", world.here)
    assert sent_to(client.post(page)) == "/thurrock/"


def statements(client: Client) -> list[str]:
    client.get("/thurrock/people/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/thurrock/people/").status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_the_question_costs_no_statement_of_its_own(world: World) -> None:
    said = statements(signed_in(world.here.coordinator))
    [asking] = [sql for sql in said if "mfa_authenticator" in sql]
    assert "boroughs_closure" in asking
    assert 'FROM "boroughs_borough"' in asking


@pytest.fixture
def everybody_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boroughs.access.shown_in", lambda request: User.objects.all())


def test_with_the_question_put_aside_the_page_opens(world: World, everybody_passes: None) -> None:
    """So that the tests above can fail."""
    assert password_only(world.here.coordinator).get("/thurrock/").status_code == 200
