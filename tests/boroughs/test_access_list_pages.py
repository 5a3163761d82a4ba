"""The access list of a closure on its pages: by name, by seat, in an emergency."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from boroughs.actions.closures import release
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.closing import (
    closure_of,
    on,
    on_the_list,
)
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import World, give_role, make_user


# -- The list of one ------------------------------------------------------------------------------------------
def test_a_lead_puts_somebody_on_the_list_until_a_day(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    wanted = {"person": here.clearing.pk, "until": "2030-06-30", "reason": "Legal advice"}
    answer = client.post(on(here, "list-grant"), wanted)
    assert answer.status_code == 302, problems(answer)
    page = says(client.get(answer["Location"]))
    assert "Clearing of Thurrock is on the access list." in page
    assert "Legal advice" in page
    assert "Clearing of Thurrock" in on_the_list(here)
    assert "interest words" in says(signed_in(here.clearing).get(on(here, "closure-show")))
    assert "Closed records" in says(signed_in(here.clearing).get(f"/{here.borough.slug}/"))


def test_only_those_are_offered_who_may_be_put_on_it(world: World) -> None:
    here = world.here
    offered = says(signed_in(here.lead).get(on(here, "list-grant")))
    form = offered.partition("Choose a person")[2]
    for name in ("Clearing", "Contributor", "Democratic", "Monitoring"):
        assert f"{name} of Thurrock" in form
    for name in ("Member", "Coordinator", "Lead", "Observer"):
        assert f"{name} of Thurrock" not in form
    assert "Barnet" not in form


@pytest.mark.parametrize(
    "who",
    [
        lambda w: w.here.lead.pk,
        lambda w: w.here.member.pk,
        lambda w: w.here.observer.pk,
        lambda w: w.there.clearing.pk,
        lambda w: w.stranger.pk,
        lambda w: "1 OR 1=1",
        lambda w: "",
    ],
)
def test_nobody_else_is_put_on_it(world: World, who: Any) -> None:
    before = on_the_list(world.here)
    answer = signed_in(world.here.lead).post(
        on(world.here, "list-grant"), {"person": who(world), "reason": "Planted"}
    )
    assert problems(answer)
    assert "Planted" in answer.content.decode()
    assert on_the_list(world.here) == before


def test_the_second_of_two_leads_hears_that_it_is_done(world: World) -> None:
    here = world.here
    with acting_as(world.administrator.pk):
        other = give_role(make_user(), here.borough, Role.LEAD, by=world.administrator)
    client, page = signed_in(other), on(here, "list-grant")
    client.get(page)
    wanted = {"person": here.clearing.pk, "reason": "x"}
    assert signed_in(here.lead).post(page, wanted).status_code == 302
    assert "was put on the access list meanwhile" in problems(client.post(page, wanted))[0]
    off = on(here, "list-revoke", here.clearing.pk)
    assert signed_in(here.lead).post(off, {"reason": "x"}).status_code == 302
    assert "is not on the list any more" in says(client.post(off, {"reason": "x"}))
    assert deeds(here).count("closure.withdrawn") == 1


def test_a_day_that_has_passed_is_refused(world: World) -> None:
    wanted = {"person": world.here.clearing.pk, "until": "2020-01-01", "reason": "x"}
    answer = signed_in(world.here.lead).post(on(world.here, "list-grant"), wanted)
    assert problems(answer) == ["Access cannot end before it begins. Enter today or a later day."]


def test_who_is_taken_off_finds_nothing_at_the_next_click(world: World) -> None:
    here = world.here
    reader = signed_in(here.member)
    assert "interest words" in says(reader.get(on(here, "closure-show")))
    client, page = signed_in(here.lead), on(here, "list-revoke", here.member.pk)
    assert "Take Member of Thurrock off the access list" in says(client.get(page))
    assert client.post(page, {"reason": "Left the committee"}).status_code == 302
    assert "interest words" not in says(reader.get(on(here, "closure-show")))
    assert "Left the committee" in says(client.get(on(here, "closure-show")))


def test_an_empty_list_is_said_to_be_empty(world: World) -> None:
    here = world.here
    client = signed_in(here.lead)
    for person in (here.member, here.coordinator):
        client.post(on(here, "list-revoke", person.pk), {"reason": "x"})
    assert "nobody can read this record" in says(client.get(on(here, "closure-show")))


def test_seats_are_put_on_the_list_and_taken_off(world: World) -> None:
    here = world.here
    client, page = signed_in(here.lead), on(here, "list-grant-seats", closure=here.asked)
    wanted = {"committee": here.committee.pk, "reason": "Item 9"}
    assert client.post(page, wanted).status_code == 302
    assert "was put on the access list meanwhile" in problems(client.post(page, wanted))[0]
    off = on(here, "list-revoke-seats", here.committee.pk, closure=here.asked)
    assert client.post(off, {"reason": "Done"}).status_code == 302
    assert "are not on the list any more" in says(client.post(off, {"reason": "Done"}))
    theirs = {"committee": world.there.committee.pk, "reason": "x"}
    assert problems(client.post(page, theirs))


def test_the_monitoring_officer_gives_hours_to_others(world: World) -> None:
    here = world.here
    client, page = signed_in(here.monitoring), on(here, "emergency-give")
    own = {"person": here.monitoring.pk, "hours": "4", "reason": "x"}
    assert problems(client.post(page, own))
    too_long = {"person": here.lead.pk, "hours": "169", "reason": "x"}
    assert problems(client.post(page, too_long)) == [
        "Emergency access lasts between 1 and 168 hours, which is seven days."
    ]
    wanted = too_long | {"hours": "4", "reason": "Flood"}
    assert client.post(page, wanted).status_code == 302
    assert "Emergency" in says(client.get(on(here, "closure-show")))
    with time_machine.travel(timezone.now() + dt.timedelta(hours=5)):
        shown = says(client.get(on(here, "closure-show")))
    assert "Has run out" in shown or "Sign in" in shown


def test_a_list_of_a_released_record_takes_nobody(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        release(closure=closure_of(here), reason="Over", by=here.coordinator)
    client = signed_in(here.lead)
    for name in ("list-grant", "list-grant-seats"):
        assert "can read it" in says(client.get(on(here, name)))
    emergency = signed_in(here.monitoring).get(on(here, "emergency-give"))
    assert "can read it" in says(emergency)
