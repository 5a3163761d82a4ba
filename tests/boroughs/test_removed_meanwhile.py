"""A form whose row, or what it stands under, was removed in another tab while it was open: nothing that was typed is lost."""

import re
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from boroughs.actions.plans import add_area, add_priority, remove_priority
from boroughs.actions.saving import save_over
from boroughs.models import Priority
from boroughs.policies import Refused
from boroughs.roles import Perm
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import World
from tests.routes import BOROUGH_ROUTES, ROUTES, access_to, rows_of

NO_FORMS = {
    "sheets:sheet-refused",
    "sheets:sheet-show",
    "sheets:sheet-status",
}  # they are only looked at
TYPED = "Words that took an hour to find"


def last_row(name: str) -> str:
    """The argument of the route's last row, when its key is a UUID."""
    found = re.findall(r"<(\w+):(\w+)>", str(ROUTES[name].pattern))
    kind, argument = found[-1] if found else ("", "")
    return argument if kind == "uuid" else ""


FORMS = [
    name
    for name in BOROUGH_ROUTES
    if access_to(name) == Perm.KEEP_RECORD and last_row(name) and name not in NO_FORMS
]


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_shows_again_with_a_way_to_what_stands_there_now(
    world: World, name: str
) -> None:
    rows = {**rows_of(world.here)[name], last_row(name): uuid4()}
    gone = reverse(name, kwargs={"borough": world.here.borough.slug, **rows})
    client = signed_in(world.here.coordinator)
    answer = client.post(gone, {"title": TYPED, "due_on_day": "1", "due_on_month": "4"})
    assert answer.status_code == 404
    said = says(answer)
    assert "This is not here any more" in said
    assert "Nothing was saved." in said
    assert f"Title {TYPED} Due on 1 4" in said
    way = BeautifulSoup(answer.content, "html5lib").find("a", string="Go to what stands there now")
    assert isinstance(way, Tag)
    assert client.get(str(way["href"])).status_code == 200, way["href"]


def test_an_area_of_a_removed_priority_leads_back_to_its_strategy(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    with acting_as(here.coordinator.pk):
        priority = add_priority(strategy=here.strategy, title="Soon gone", by=here.coordinator)
    add = address("boroughs:area-add", here.borough, here.strategy.pk, priority.pk)
    assert client.get(add).status_code == 200
    with acting_as(here.coordinator.pk):
        remove_priority(priority=priority, by=here.coordinator)
    answer = client.post(add, {"title": TYPED})
    assert answer.status_code == 404
    assert TYPED in says(answer)
    assert f'/strategies/{here.strategy.pk}/"' in answer.content.decode()


def test_the_page_repeats_neither_keys_nor_tokens_nor_secrets(world: World) -> None:
    here = world.here
    gone = address("boroughs:priority-change", here.borough, here.strategy.pk, uuid4())
    typed = {"seen": "7", "password": "unsayable", "csrfmiddlewaretoken": "a-token"}
    said = says(signed_in(here.coordinator).post(gone, typed | {"area": str(here.area.pk)}))
    assert "What you typed" not in said
    assert not {"unsayable", "a-token", str(here.area.pk)} & set(said.split())


def test_a_page_that_is_only_looked_at_is_not_found_as_before(world: World) -> None:
    here = world.here
    gone = address("boroughs:priority-change", here.borough, here.strategy.pk, uuid4())
    said = says(signed_in(here.coordinator).get(gone))
    assert "Page not found" in said
    assert "Nothing was saved" not in said


def test_who_is_no_one_here_learns_nothing_by_posting(world: World) -> None:
    here = world.here
    there = address("boroughs:priority-add", here.borough, here.strategy.pk)
    said = says(signed_in(world.there.coordinator).post(there, {"title": TYPED}))
    assert "Page not found" in said
    assert TYPED not in said


def test_what_was_typed_under_a_strategy_withdrawn_meanwhile_shows_with_the_reason(
    world: World,
) -> None:
    here = world.here
    with second_lock_off("boroughs_strategy"):
        type(here.strategy).objects.filter(pk=here.strategy.pk).update(
            state="withdrawn", state_reason="Over"
        )
    add = address("boroughs:area-add", here.borough, here.strategy.pk, here.priority.pk)
    said = says(signed_in(here.coordinator).post(add, {"title": TYPED}))
    assert "This strategy is withdrawn." in said
    assert f"Title {TYPED}" in said


def test_what_was_typed_by_whose_role_has_ended_shows_with_whom_to_ask(world: World) -> None:
    here = world.here
    add = address("boroughs:area-add", here.borough, here.strategy.pk, here.priority.pk)
    answer = signed_in(here.contributor).post(add, {"title": TYPED})
    assert answer.status_code == 403
    assert f"Title {TYPED}" in says(answer)


def test_a_row_removed_in_the_very_moment_of_saving_is_said_to_be_removed(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        priority = add_priority(strategy=here.strategy, title="Soon gone", by=here.coordinator)
        held = Priority.objects.select_related("strategy").get(pk=priority.pk)
        remove_priority(priority=priority, by=here.coordinator)
        with pytest.raises(Refused, match="Somebody removed this"):
            save_over(held, seen=1, by=here.coordinator, title=TYPED)
        with pytest.raises(Refused, match="Somebody removed this"):
            add_area(priority=held, title=TYPED, by=here.coordinator)
