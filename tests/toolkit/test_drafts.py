"""Drafts of ratings: kept while somebody writes, for them alone, and gone when they have done their work."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from audit.models import Event
from boroughs.actions.purges import erase
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World, give_role, make_assessment, make_purge, make_user
from toolkit.actions.assessments import rate, say_unchanged
from toolkit.actions.round import submit
from toolkit.models import Rating, RatingDraft

TYPED = {"level": "amber", "comment": "Half a thought", "actions": "", "standing": "", "reason": ""}
OFFER = "You were writing here on"


def on(place: Place, name: str = "rating", benchmark: str = "training") -> str:
    return reverse(f"toolkit:{name}", args=["thurrock", place.assessment.pk, benchmark])


def training(place: Place) -> Rating:
    with acting_as(place.coordinator.pk):
        return place.assessment.ratings.in_order().get(benchmark__key="training")


def keep(place: Place, client: Client, **typed: Any) -> str:
    said = {**TYPED, "seen": training(place).version, **typed}
    return str(client.post(on(place, "rating-draft"), said).json()["kept"])


def drafts() -> int:
    with second_lock_off():
        return RatingDraft.objects.count()


def another_coordinator(place: Place) -> Any:
    with acting_as(place.lead.pk):
        other = make_user("Olu Other")
        return give_role(other, place.borough, Role.COORDINATOR, by=place.lead)


def comment_on(response: Any) -> str:
    box = BeautifulSoup(response.content, "html5lib").select_one("textarea[name=comment]")
    assert box is not None
    return box.get_text().removeprefix("\n")


def test_what_is_being_written_is_offered_to_its_writer_on_another_device(world: World) -> None:
    place = world.here
    events = Event.objects.count()
    assert keep(place, signed_in(place.coordinator))
    elsewhere = signed_in(place.coordinator)
    page = elsewhere.get(on(place))
    assert OFFER in says(page)
    assert comment_on(page) == "present words of thurrock"  # what is said, until it is asked for
    assert comment_on(elsewhere.get(f"{on(place)}?draft=mine")) == "Half a thought"
    assert training(place).comment == "present words of thurrock"  # nothing was said by it
    assert Event.objects.count() == events


def test_the_newest_draft_takes_the_place_of_the_one_before(world: World) -> None:
    client = signed_in(world.here.coordinator)
    keep(world.here, client)
    keep(world.here, client, comment="A whole thought")
    assert drafts() == 1
    assert comment_on(client.get(f"{on(world.here)}?draft=mine")) == "A whole thought"


def test_nobody_else_sees_a_draft_nor_reaches_its_row(world: World) -> None:
    place = world.here
    other = another_coordinator(place)
    keep(place, signed_in(place.coordinator))
    page = signed_in(other).get(f"{on(place)}?draft=mine")
    assert OFFER not in says(page)
    assert "Half a thought" not in page.content.decode()
    for person in (other, place.lead, place.monitoring, world.there.coordinator, world.stranger):
        with acting_as(person.pk):
            assert not RatingDraft.objects.exists()
            assert RatingDraft.objects.all().delete()[0] == 0
    with second_lock_off():  # the filter alone keeps it too, and the row holds no word in the clear
        assert OFFER not in says(signed_in(other).get(on(place)))
        assert "Half" not in RatingDraft.objects.get().body


def test_nobody_keeps_a_draft_in_anothers_name(world: World) -> None:
    place = world.here
    other = another_coordinator(place)
    with acting_as(other.pk), pytest.raises(DatabaseError), transaction.atomic():
        RatingDraft.objects.create(rating=training(place), writer=place.coordinator, body="x")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_who_may_not_rate_keeps_none(world: World, role: Role) -> None:
    client = signed_in(world.here.people[role])
    assert client.post(on(world.here, "rating-draft"), TYPED).status_code == 403
    assert drafts() == 0


def test_a_save_takes_the_writers_draft_away_and_nobody_elses(world: World) -> None:
    place = world.here
    mine, theirs = signed_in(place.coordinator), signed_in(another_coordinator(place))
    keep(place, mine)
    keep(place, theirs, comment="Their thought")
    mine.post(on(place), {**TYPED, "seen": training(place).version})
    assert drafts() == 1
    assert OFFER not in says(mine.get(on(place)))
    # The other goes on with it, and meets what was saved meanwhile as ever
    page = theirs.get(f"{on(place)}?draft=mine")
    assert comment_on(page) == "Their thought"
    seen = BeautifulSoup(page.content, "html5lib").select_one(
        "form[data-keep-draft] input[name=seen]"
    )
    assert seen is not None
    conflict = theirs.post(on(place), {**TYPED, "comment": "Their thought", "seen": seen["value"]})
    assert conflict.status_code == 409
    assert "changed this benchmark while you were writing" in says(conflict)


def test_a_draft_that_comes_after_its_own_save_is_not_kept(world: World) -> None:
    client, seen = signed_in(world.here.coordinator), training(world.here).version
    client.post(on(world.here), {**TYPED, "seen": seen})
    assert keep(world.here, client, seen=seen) == ""
    assert drafts() == 0


def test_what_says_the_same_is_not_offered_and_goes_with_a_save_that_changes_nothing(
    world: World,
) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    now = training(place)
    same = {"level": "red", "comment": now.comment, "actions": now.actions}
    keep(place, client, **same)
    assert OFFER not in says(client.get(on(place)))
    client.post(on(place), {**TYPED, **same, "seen": now.version})
    assert drafts() == 0


def test_no_change_takes_the_draft_away(world: World) -> None:
    place = world.here
    keep(place, signed_in(place.coordinator))
    with acting_as(place.coordinator.pk):
        rating = training(place)
        on_day = place.assessment.ends_on
        say_unchanged(rating=rating, on=on_day, seen=rating.version, by=place.coordinator)
    assert drafts() == 0


def test_a_draft_that_is_offered_is_not_written_over_before_the_choice(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    by_itself = "data-autosave="
    assert by_itself in client.get(on(place)).content.decode()
    keep(place, client)
    assert by_itself not in client.get(on(place)).content.decode()
    assert by_itself in client.get(f"{on(place)}?draft=mine").content.decode()


def test_a_draft_can_be_thrown_away(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    keep(place, client)
    page = client.post(on(place, "rating-draft"), {"then": "forget"}, follow=True)
    assert OFFER not in says(page)
    assert drafts() == 0


@pytest.mark.parametrize("how", ["submitted", "a later period"])
def test_drafts_of_everybody_go_when_the_round_closes(world: World, how: str) -> None:
    place = world.here
    client = signed_in(place.coordinator)
    keep(place, client)
    keep(place, signed_in(another_coordinator(place)))
    with acting_as(place.coordinator.pk):
        if how == "submitted":
            place.assessment.ratings.blank().update(reason="Not looked at")
            assert drafts() == 2
            submit(assessment=place.assessment, by=place.coordinator)
        else:
            days = {
                n: getattr(place.assessment, n).replace(year=2020) for n in ("starts_on", "ends_on")
            }
            make_assessment(place.borough, by=place.coordinator, **days)
    assert drafts() == 0
    assert keep(place, client) == ""
    assert drafts() == 0


def test_a_neighbours_round_leaves_drafts_alone(world: World) -> None:
    keep(world.here, signed_in(world.here.coordinator))
    place = world.there
    with acting_as(place.coordinator.pk):
        place.assessment.ratings.blank().update(reason="Not looked at")
        submit(assessment=place.assessment, by=place.coordinator)
    assert drafts() == 1


def test_what_two_people_erase_goes_from_drafts_too(world: World) -> None:
    place = world.here
    keep(place, signed_in(place.coordinator))
    with acting_as(place.coordinator.pk):
        request = make_purge(place, training(place), part="comment")
    with acting_as(place.monitoring.pk):
        erase(request=request, by=place.monitoring)
    assert request.counts["unsaved"] == 1
    assert drafts() == 0


def test_more_than_a_page_can_hold_is_not_kept(world: World) -> None:
    assert keep(world.here, signed_in(world.here.coordinator), comment="x" * 20_001) == ""
    assert drafts() == 0


def test_after_a_change_of_the_master_key_a_draft_is_not_offered(world: World) -> None:
    client = signed_in(world.here.coordinator)
    keep(world.here, client)
    with second_lock_off():
        RatingDraft.objects.update(body="A" * 64)  # as sealed by a key that is not known here
    assert OFFER not in says(client.get(on(world.here)))


def test_a_save_by_another_keeps_my_draft(world: World) -> None:
    place = world.here
    other = another_coordinator(place)
    keep(place, signed_in(place.coordinator))
    with acting_as(other.pk):
        rating = training(place)
        level = rating.level
        rate(rating=rating, level=level, comment="Theirs", seen=rating.version, by=other)
    assert drafts() == 1
