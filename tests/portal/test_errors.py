"""What a visitor sees when something is away or broken."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from redis.exceptions import ConnectionError as BrokerAway

from tests.factories import World


@pytest.fixture
def visitor(world: World) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.here.coordinator)
    return client


@pytest.mark.parametrize("away", [OperationalError("gone"), BrokerAway("gone")])
def test_a_server_that_is_away_gives_503_and_a_plain_page(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, away: Exception
) -> None:
    def fails(*args: Any) -> None:
        raise away

    monkeypatch.setattr("portal.home.compare", fails)
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

    monkeypatch.setattr("portal.home.compare", fails)
    answer = visitor.get("/thurrock/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "secret" not in answer.content.decode()
