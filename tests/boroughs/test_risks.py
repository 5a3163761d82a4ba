"""Risks: the matrix, the sitting, the history; and that nothing of a closed one shows."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from boroughs.models import Risk, RiskReview
from boroughs.models.risk_matrix import STANDARD
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.factories import Place, World, make_risk

TODAY = timezone.localdate()
RISK = {
    "scope": "corporate",
    "title": "Posts stay empty",
    "cause": "Contracts of one year.",
    "effect": "No training for a quarter.",
    "likelihood_before": "4",
    "impact_before": "4",
    "controls": "A second trainer.",
    "planned": "A third one by March.",
    "likelihood": "2",
    "impact": "3",
    "owner_post": "Head of Community Safety",
    **date("next_review", ""),
}


def on(risk: Risk, verb: str) -> str:
    return address(f"boroughs:risk-{verb}", risk.borough, risk.pk)


def now(risk: Risk, place: Place) -> Risk:
    with acting_as(place.coordinator.pk):
        return Risk.objects.get(pk=risk.pk)


def looks(risk: Risk, place: Place) -> list[RiskReview]:
    with acting_as(place.coordinator.pk):
        return list(RiskReview.objects.filter(risk=risk))


def another(place: Place, **said: Any) -> Risk:
    with acting_as(place.coordinator.pk):
        return make_risk(place.borough, by=place.coordinator, **said)


def look(**said: str) -> dict[str, str]:
    month = TODAY + dt.timedelta(days=30)
    given = {"controls": "New.", "likelihood": "2", "impact": "3", "note": "Agreed.", "seen": "1"}
    return given | date("next_review", month.isoformat()) | said


def test_a_band_is_a_word_with_a_tone() -> None:
    assert [STANDARD.band(*score) for score in ((1, 1), (2, 4), (3, 5))] == [
        ("Low", "green"),
        ("Medium", "amber"),
        ("High", "red"),
    ]


def test_a_coordinator_adds_a_risk_and_finds_it_on_the_grid(world: World) -> None:
    client = signed_in(world.here.coordinator)
    add = address("boroughs:risk-add", world.here.borough)
    assert "no person may be described" in says(client.get(add))
    response = client.post(add, RISK)
    assert response.status_code == 302
    page = says(client.get(response["Location"]))
    assert "2 risks, 2 to be reviewed now." in page
    assert "Low: unlikely, moderate impact (2 × 3)" in page
    with acting_as(world.here.coordinator.pk):
        added = world.here.borough.risks.get(cause="Contracts of one year.")
    assert "Further controls planned A third one by March." in says(client.get(on(added, "show")))
    assert deeds(world.here)[-1] == "risk.added"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"likelihood": "5"}, "With its controls a risk is not higher than without them"),
        ({"impact": "6"}, "Select"),
        ({"scope": ""}, "Select what it is a risk to"),
        (date("next_review", "2019-01-01"), "That day has passed"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    add = address("boroughs:risk-add", world.here.borough)
    said = problems(signed_in(world.here.coordinator).post(add, RISK | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    with acting_as(world.here.lead.pk):
        assert Risk.objects.filter(borough=world.here.borough).count() == 1


def test_a_sitting_goes_from_one_to_the_next_and_counts_no_change_apart(world: World) -> None:
    second = another(world.here, title="Zeal of partners")
    client = signed_in(world.here.lead)
    first = on(world.here.risk, "review")
    assert first in client.get(address("boroughs:risk-list", world.here.borough)).content.decode()
    same = client.post(first, {"then": "same", "seen": "1"})
    assert same["Location"] == on(second, "review")
    assert now(world.here.risk, world.here).next_review == TODAY + dt.timedelta(days=91)
    last = client.post(on(second, "review"), look())
    assert last["Location"] == address("boroughs:risk-list", world.here.borough)
    row = now(second, world.here)
    assert (row.likelihood, row.impact, row.controls) == (2, 3, "New.")
    assert [one.unchanged for one in looks(world.here.risk, world.here)] == [True, False]
    page = says(client.get(on(world.here.risk, "show")))
    assert "Looked at 2 times, 1 without a change." in page
    assert deeds(world.here)[-2:] == ["risk.reviewed", "risk.reviewed"]


def test_two_in_one_sitting(world: World) -> None:
    review = on(world.here.risk, "review")
    assert signed_in(world.here.lead).post(review, look(controls="Theirs.")).status_code == 302
    client = signed_in(world.here.coordinator)
    clash = client.post(review, look(controls="Mine."))
    assert clash.status_code == 409
    assert "Theirs." in clash.content.decode()
    assert "Mine." in clash.content.decode()
    stale = client.post(review, {"then": "same", "seen": "1"})
    assert "Somebody changed this risk meanwhile" in says(stale)
    assert now(world.here.risk, world.here).version == 2
    assert problems(client.post(review, look(seen="2", likelihood="5")))[0].startswith("With its")


def test_a_risk_that_is_none_any_more_leaves_the_grid(world: World) -> None:
    client = signed_in(world.here.coordinator)
    ended = RISK | {"seen": "1", **date("ended_on", "2020-01-01")}
    assert client.post(on(world.here.risk, "change"), ended).status_code == 302
    page = says(client.get(address("boroughs:risk-list", world.here.borough)))
    assert "No longer risks" in page
    assert "No risk is recorded" in page


def test_a_closed_risk_is_for_its_list_alone_in_list_grid_and_counts(world: World) -> None:
    here = world.here
    secret = another(here, title="Secret risk", cause="closed cause words")
    said = {"classification": "exempt", "reason": "It names a weakness"}
    assert signed_in(here.coordinator).post(on(secret, "close"), said).status_code == 302
    listing = address("boroughs:risk-list", here.borough)
    page = says(signed_in(here.coordinator).get(listing))
    assert page.count("Secret risk") == 2
    assert "2 risks, 2 to be reviewed now." in page
    client = signed_in(here.lead)
    page = says(client.get(listing))
    assert "Secret" not in page
    assert "1 risk, 1 to be reviewed now." in page
    for verb in ("show", "change", "review", "close"):
        assert client.get(on(secret, verb)).status_code == 404
    assert client.post(on(secret, "review"), {"then": "same", "seen": "1"}).status_code == 404
    with acting_as(here.lead.pk):
        assert not Risk.objects.filter(pk=secret.pk).exists()
        assert not RiskReview.objects.filter(risk=secret).exists()
    signed_in(here.coordinator).get(on(secret, "show"))
    assert deeds(here)[-1] == "risk.read"


def test_the_history_is_added_to_and_never_changed(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        kept = RiskReview.objects.filter(risk=world.here.risk)
        assert kept.update(note="Other") == 0
        assert kept._raw_delete(kept.db) == 0
        assert kept.count() == 1
