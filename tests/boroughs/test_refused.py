"""Refused attempts stand in the trail, tell nothing to the visitor, and cannot flood it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from redis.exceptions import RedisError

from accounts.models import User
from audit.models import Event
from boroughs.actions.lists import revoke
from boroughs.refused import MOST
from boroughs.rows import acting_as
from tests.boroughs.pages import address, signed_in
from tests.factories import World
from tests.test_access import METHODS, ask


def refusals(reader: User, **which: Any) -> list[Event]:
    with acting_as(reader.pk):
        events = Event.objects.filter(deed__startswith="access.refused", **which)
        return list(events.order_by("at", "pk"))


def test_what_a_role_does_not_allow_is_noted(world: World) -> None:
    here = world.here
    url = address("boroughs:committee-change", here.borough, here.committee.pk)
    assert signed_in(here.member).get(url + "?name=hidden+words").status_code == 403
    (event,) = refusals(here.monitoring)
    assert (event.actor_id, event.outcome, event.borough_id) == (
        here.member.pk,
        "refused",
        here.borough.pk,
    )
    assert event.origin == "127.0.0.1"
    assert event.facts == {
        "route": "boroughs:committee-change",
        "method": "GET",
        "status": 403,
        "at": ["borough:thurrock", f"pk:{here.committee.pk}"],
    }


def test_nothing_that_was_typed_is_noted(world: World) -> None:
    here = world.here
    url = address("boroughs:committee-add", here.borough)
    answer = signed_in(here.member).post(url, {"name": "hidden words"}, headers={"x-y": "hidden"})
    assert answer.status_code == 403
    long = f"/thurrock/assessments/{here.assessment.pk}/benchmarks/{'hidden words ' * 9}/"
    signed_in(here.coordinator).get(long)
    assert len(refusals(here.monitoring)) == 1
    assert "hidden" not in str([vars(event) for event in refusals(here.monitoring)])


@pytest.mark.parametrize("path", ["/thurrock/", "/thurrock/people/", "/thurrock/reports/"])
def test_a_strangers_attempt_stands_in_the_boroughs_chain(world: World, path: str) -> None:
    assert signed_in(world.there.lead).get(path).status_code == 404
    (event,) = refusals(world.here.monitoring)
    assert (event.actor_id, event.facts["status"]) == (world.there.lead.pk, 404)
    assert not refusals(world.there.lead)


def test_an_unknown_council_and_administration_stand_in_the_portals(world: World) -> None:
    client = signed_in(world.stranger)
    assert client.get("/atlantis/people/").status_code == 404
    assert client.get("/administration/").status_code == 404
    said = [event.facts["route"] for event in refusals(world.administrator)]
    assert said == ["boroughs:person-list", "administration:borough-list"]


def test_who_is_not_signed_in_and_what_is_no_page_are_not_noted(world: World) -> None:
    Client().get("/thurrock/people/")
    signed_in(world.here.lead).get("/thurrock/people/nowhere/at/all/")
    signed_in(world.here.lead).get("/nowhere/")
    assert len(refusals(world.administrator)) == 1  # “nowhere” may be a council
    assert not refusals(world.here.monitoring)


def test_the_refused_deed_is_undone_and_its_note_stays(world: World) -> None:
    """The view's savepoint goes back, the note is written outside it."""
    here = world.here
    with acting_as(here.lead.pk):
        before = Event.objects.exclude(deed="access.refused").count()
    url = address("boroughs:seat-end", here.borough, here.committee.pk, here.committee.pk)
    assert signed_in(here.lead).post(url, {}).status_code == 404
    with acting_as(here.lead.pk):
        assert Event.objects.exclude(deed="access.refused").count() == before
    assert len(refusals(here.monitoring)) == 1


def test_a_refused_look_writes_the_trail_and_nothing_else(world: World) -> None:
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if verb := re.match(r"\s*(INSERT INTO|UPDATE|DELETE FROM) \"(\w+)\"", sql):
            written.append(verb[2])
        return execute(sql, params, many, context)

    client = signed_in(world.there.lead)
    with connection.execute_wrapper(watch):
        client.get("/thurrock/people/")
        client.get("/atlantis/people/")
    assert written == ["audit_event", "audit_event"]


def test_the_answer_does_not_tell_whether_the_borough_exists(world: World) -> None:
    """Status, body and headers, also where more attempts are refused than are noted."""
    client = signed_in(world.there.lead)
    once_only = re.compile(
        r"(nonce|value)=\"[^\"]+\"|nonce-[^']+|'Expires', '[^']+'"
    )  # and the second
    for _ in range(MOST // 4 + 2):
        for method in METHODS:
            seen = set()
            for slug in ("thurrock", "atlantis"):
                answer = ask(client, method, f"/{slug}/people/")
                seen.add(
                    (
                        answer.status_code,
                        once_only.sub("", answer.content.decode()),
                        once_only.sub("", str(sorted(answer.headers.items()))),
                    )
                )
            assert len(seen) == 1, method


def test_a_flood_is_noted_once_more_in_each_chain_and_no_more(world: World) -> None:
    client = signed_in(world.stranger)
    for _ in range(MOST + 5):
        client.get("/thurrock/people/")
    for _ in range(3):
        client.get("/barnet/people/")
    noted = [event.deed for event in refusals(world.here.monitoring)]
    assert noted == ["access.refused"] * MOST + ["access.refused-more"]
    assert [event.deed for event in refusals(world.there.lead)] == ["access.refused-more"]
    signed_in(world.here.member).get("/thurrock/people/")
    assert len(refusals(world.here.monitoring)) == MOST + 2, "another person counts alone"


def test_without_the_counter_every_attempt_is_noted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise RedisError

    monkeypatch.setattr("django.core.cache.backends.redis.RedisCache.add", away)
    client = signed_in(world.stranger)
    for _ in range(MOST + 5):
        assert client.get("/thurrock/people/").status_code == 404
    assert len(refusals(world.here.monitoring)) == MOST + 5


def test_a_lead_is_not_told_what_a_member_tried_to_read(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        revoke(closure=here.closure, person=here.member, reason="Over", by=here.lead)
    page = here.closed_paper.get_absolute_url()
    assert signed_in(here.member).get(page).status_code == 404
    noted = Event.objects.filter(actor_id=here.member.pk, deed="access.refused")
    with acting_as(here.lead.pk):
        assert not noted.exists()
    with acting_as(here.monitoring.pk):
        assert str(here.closed_paper.pk) in str(noted.get().facts)
