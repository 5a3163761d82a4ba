"""What a visitor sees when something is away or broken."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError
from django.test import Client
from redis.exceptions import ConnectionError as BrokerAway

from tests.factories import World
from tests.govuk.markup import is_strict_html5
from tests.second_factor import enter


@pytest.fixture
def visitor(world: World) -> Client:
    client = Client(raise_request_exception=False)
    enter(client, world.here.coordinator)
    return client


@pytest.mark.parametrize("away", [OperationalError("gone"), BrokerAway("gone")])
def test_a_server_that_is_away_gives_503_and_a_plain_page(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, away: Exception
) -> None:
    def fails(*args: Any) -> None:
        raise away

    monkeypatch.setattr("portal.front.compare", fails)
    answer = visitor.get("/thurrock/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "The portal is not available" in answer.content.decode()


def test_a_database_away_before_the_view_gives_503_too(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("boroughs.rows._ask_as", fails)
    assert visitor.get("/thurrock/").status_code == 503


def test_a_fault_of_ours_gives_500_and_tells_nothing_of_it(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: Any) -> None:
        raise ValueError("a secret detail")

    monkeypatch.setattr("portal.front.compare", fails)
    answer = visitor.get("/thurrock/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "secret" not in answer.content.decode()


LONG = "What you sent is too long"


@pytest.mark.parametrize(
    "data", [{"name": "x" * 1_000_001}, {f"name-{number}": "x" for number in range(301)}]
)
@pytest.mark.parametrize("path", ["/thurrock/assessments/new/", "/account/sign-in/"])
def test_too_much_at_once_gets_a_page_that_says_so(
    visitor: Client, path: str, data: dict[str, str]
) -> None:
    answer = visitor.post(path, urlencode(data), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count("<h1") == page.count(LONG) - 1 == 1
    is_strict_html5(page)


def test_a_host_that_is_not_ours_gets_a_page_without_its_name(visitor: Client) -> None:
    answer = visitor.get("/", headers={"host": "other.example"})
    assert answer.status_code == 400
    assert "The portal cannot read what was sent" in answer.content.decode()
    assert "other.example" not in answer.content.decode()


def test_the_address_of_a_button_says_to_press_it_again(visitor: Client, world: World) -> None:
    """Who pressed it after the session had ended comes here from signing in; browsers show no empty 405."""
    lead = Client()
    enter(lead, world.here.lead)
    answer = lead.get("/thurrock/figures/public/publish/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "Press the button again" in page
    is_strict_html5(page)
    assert visitor.post("/thurrock/figures/").status_code == 405
