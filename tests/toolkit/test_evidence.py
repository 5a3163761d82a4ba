"""What a rating rests on, and which post answers for a benchmark."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from boroughs.rows import acting_as
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World
from toolkit.actions.evidence import add_evidence
from toolkit.actions.round import set_rule, submit
from toolkit.models import Evidence, Rating

PAGE = "https://www.example.org/minutes"
GIVEN = {"what": "", "address": PAGE, "dated": "2019-07-04", "note": "The minutes"}


def on(place: Place, verb: str, *more: Any) -> str:
    return reverse(f"toolkit:{verb}", args=[place.borough.slug, place.assessment.pk, *more])


def training(place: Place) -> Rating:
    return place.assessment.ratings.in_order().get(benchmark__key="training")


def rest_on_the_closed_paper(place: Place) -> Evidence:
    with acting_as(place.coordinator.pk):
        return add_evidence(
            rating=training(place),
            kind="paper",
            thing=place.closed_paper,
            note="closed evidence words",
            dated=dt.date(2019, 7, 1),
            by=place.coordinator,
        )


def test_an_address_on_the_web_is_evidence_with_its_day_and_note(world: World) -> None:
    client = signed_in(world.here.coordinator)
    page = client.post(on(world.here, "evidence-add", "training"), GIVEN, follow=True)
    assert "The evidence was added." in says(page)
    assert f"{PAGE} (website, 4 July 2019)" in says(page)
    assert "The minutes" in says(page)
    assert deeds(world.here)[-1] == "evidence.added"


@pytest.mark.parametrize("kind", ["paper", "meeting", "figure", "action"])
def test_what_the_record_holds_is_offered_and_linked(world: World, kind: str) -> None:
    place = world.here
    thing = {
        "paper": place.paper,
        "meeting": place.meeting,
        "figure": place.figure,
        "action": place.action,
    }[kind]
    client = signed_in(place.coordinator)
    given = {**GIVEN, "address": "", "what": f"{kind}:{thing.pk}"}
    client.post(on(place, "evidence-add", "communications"), given)
    with acting_as(place.coordinator.pk):
        found = Evidence.objects.get(rating__benchmark__key="communications")
        assert getattr(found, kind) == thing
    shown = client.get(on(place, "rating", "communications")).content.decode()
    assert f'href="{found.href(place.borough.slug)}"' in shown
    assert client.get(found.href(place.borough.slug)).status_code == 200


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"address": ""}, "Choose one thing, or give an address on the web"),
        ({"what": "meeting:"}, "from the list"),
        ({"address": "not an address"}, "Enter the whole address"),
        ({"dated": "2099-01-01"}, "cannot be in the future"),
        ({"dated": "1999-01-01"}, "must be in 2015 or later"),
    ],
)
def test_evidence_that_cannot_be_is_refused_in_words(
    world: World, change: dict[str, str], why: str
) -> None:
    page = signed_in(world.here.coordinator).post(
        on(world.here, "evidence-add", "training"), {**GIVEN, **change}
    )
    assert why in " ".join(problems(page))
    with acting_as(world.here.coordinator.pk):
        assert Evidence.objects.filter(rating=world.here.evidence.rating).count() == 1


def test_the_same_thing_is_evidence_once(world: World) -> None:
    client = signed_in(world.here.coordinator)
    client.post(on(world.here, "evidence-add", "training"), GIVEN)
    again = client.post(on(world.here, "evidence-add", "training"), GIVEN)
    assert "among the evidence already" in problems(again)[0]


def test_old_evidence_is_shown_as_old_by_the_boroughs_own_limit(world: World) -> None:
    place, today = world.here, timezone.localdate()
    with acting_as(place.coordinator.pk):
        Evidence.objects.all()._raw_delete("default")
        add_evidence(
            rating=training(place),
            kind="address",
            thing=PAGE,
            dated=today - dt.timedelta(days=200),
            by=place.coordinator,
        )
    page = on(place, "rating-history", "training")
    client = signed_in(place.coordinator)
    assert f"{PAGE} (website" in says(client.get(page))
    assert ") Old" not in says(client.get(page))
    with acting_as(place.lead.pk):
        set_rule(borough=place.borough, by_another=True, stale_after=3, by=place.lead)
    assert ") Old" in says(client.get(page))


def test_evidence_of_a_closed_paper_is_seen_by_its_list_alone(world: World) -> None:
    place = world.here
    closed = rest_on_the_closed_paper(place)
    for path in (on(place, "rating-history", "training"), on(place, "assessment")):
        assert "closed evidence words" not in says(signed_in(place.lead).get(path))
    page = on(place, "rating-history", "training")
    assert "closed evidence words" in says(signed_in(place.coordinator).get(page))
    with acting_as(place.lead.pk):
        assert not Evidence.objects.filter(pk=closed.pk).exists()


def test_the_filter_alone_keeps_it_too(world: World) -> None:
    closed = rest_on_the_closed_paper(world.here)
    with second_lock_off():
        assert Evidence.objects.filter(pk=closed.pk).exists()
        assert not Evidence.objects.visible_to(world.here.lead).filter(pk=closed.pk).exists()


def test_evidence_is_taken_away_while_the_round_is_open(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        place.assessment.ratings.blank().update(reason="Not looked at")
    client = signed_in(place.coordinator)
    page = on(place, "evidence-remove", "training", place.evidence.pk)
    with acting_as(place.coordinator.pk):
        submit(assessment=place.assessment, by=place.coordinator)
    assert "were submitted for sign-off" in says(client.post(page, follow=True))
    client.post(on(place, "assessment-take-back"))
    assert "no longer among the evidence" in says(client.post(page, follow=True))
    with acting_as(place.coordinator.pk):
        assert not Evidence.objects.filter(pk=place.evidence.pk).exists()


def test_a_post_answers_for_a_benchmark_from_round_to_round(world: World) -> None:
    place = world.here
    client = signed_in(place.coordinator)
    page = client.get(on(place, "benchmark-posts"))
    assert "Training officer" in page.content.decode()
    client.post(on(place, "benchmark-posts"), {"post_venue-hire": "Head of assets"})
    assert "Answered for by: Head of assets" in says(client.get(on(place, "rating", "venue-hire")))
    assert "Answered for by" not in says(client.get(on(place, "rating", "training")))
