"""Risks are rated on the borough's own matrix, and what was rated before keeps its words until it is looked at again."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, ProgrammingError, transaction

from boroughs.models import Risk, RiskBand, RiskMatrix, RiskReview
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.boroughs.test_committees import date
from tests.boroughs.test_risks import RISK, TODAY, on
from tests.factories import Place, World, make_matrix

THREE = {
    "size": "3",
    "likelihoods": "Low\nMedium\nHigh",
    "impacts": "Small\nMiddling\nLarge",
    "bands": "1 Tolerate\n4 Treat\n9 Escalate",
}


def page(place: Place) -> str:
    return address("boroughs:risk-matrix", place.borough)


def rated_on(response: Any) -> str:
    found = BeautifulSoup(response.content, "html5lib").select_one("input[name=rated_on]")
    assert found is not None
    return str(found.get("value", ""))


def set_three(place: Place) -> None:
    assert signed_in(place.lead).post(page(place), THREE).status_code == 302


def test_a_lead_sets_the_councils_own_matrix(world: World) -> None:
    here = world.here
    set_three(here)
    assert deeds(here)[-1] == "risk.matrix-set"
    shown = signed_in(here.lead).get(page(here)).content.decode()
    assert "Middling" in shown
    assert "9 Escalate" in shown
    assert signed_in(here.coordinator).get(page(here)).status_code == 403


def test_a_new_risk_stands_on_it_in_the_councils_words(world: World) -> None:
    here = world.here
    set_three(here)
    client = signed_in(here.coordinator)
    add = address("boroughs:risk-add", here.borough)
    form = client.get(add)
    assert "3: High" in form.content.decode()
    assert "Almost certain" not in form.content.decode()
    scores = dict.fromkeys(("likelihood_before", "impact_before", "likelihood", "impact"), "3")
    said = RISK | scores | {"impact": "2", "rated_on": rated_on(form)}
    assert client.post(add, said).status_code == 302
    listed = client.get(address("boroughs:risk-list", here.borough))
    assert "Treat: high, middling impact (3 × 2)" in says(listed)
    grid = BeautifulSoup(listed.content, "html5lib").select_one(".table-scroll tbody")
    assert grid is not None
    assert [len(row.find_all("td")) for row in grid.find_all("tr")] == [3, 3, 3]
    assert "One risk was rated on a former matrix" in says(listed)
    assert problems(client.post(add, said | {"likelihood_before": "4"}))


def test_what_was_rated_before_keeps_its_words_until_it_is_reviewed(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    before = "Medium: possible, moderate impact (3 × 3)"
    assert before in says(client.get(on(here.risk, "show")))
    set_three(here)
    assert before in says(client.get(on(here.risk, "show")))
    assert client.post(on(here.risk, "review"), {"then": "same", "seen": "1"}).status_code == 302
    assert before in says(client.get(on(here.risk, "show")))
    form = client.get(on(here.risk, "review"))
    assert "It was rated on a former matrix" in says(form)
    assert not BeautifulSoup(form.content, "html5lib").select("input[type=radio][checked]")
    said = {
        "controls": "More",
        "likelihood_before": "3",
        "impact_before": "2",
        "likelihood": "2",
        "impact": "2",
        "seen": "2",
        "rated_on": rated_on(form),
        **date("next_review", TODAY.isoformat()),
    }
    assert client.post(on(here.risk, "review"), said).status_code == 302
    shown = says(client.get(on(here.risk, "show")))
    assert "Treat: medium, middling impact (2 × 2)" in shown
    assert before in shown  # in its history
    listed = says(client.get(address("boroughs:risk-list", here.borough)))
    assert "former matrix" not in listed


def test_a_matrix_set_meanwhile_is_said_and_nothing_is_rated_on_the_wrong_one(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    add = address("boroughs:risk-add", here.borough)
    seen = rated_on(client.get(add))
    set_three(here)
    low = RISK | {"likelihood_before": "3", "impact_before": "3", "likelihood": "2", "impact": "2"}
    said = problems(client.post(add, low | {"rated_on": seen}))
    assert said == [
        "The borough’s matrix was changed while you were writing. Rate the risk on the new one."
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"likelihoods": "Low\nHigh"}, "Enter 3 different words, one a line, the lowest first."),
        ({"impacts": "Small\nsmall\nLarge"}, "Enter 3 different words"),
        ({"bands": "1 Low"}, "Enter two, three or four bands"),
        ({"bands": "2 Low\n4 High"}, "The first band begins at 1"),
        ({"bands": "1 Low\n9 High\n4 Medium"}, "The first band begins at 1"),
        (
            {"bands": "1 Low\n10 High"},
            "The first band begins at 1, and each later one higher, up to 9",
        ),
        ({"bands": "1 Low\n4 low"}, "Give each band a word of its own"),
        ({"bands": "Low\nHigh"}, "Enter the score and then the word on each line"),
        ({"bands": "1 Low\n-4 High"}, "Enter the score and then the word on each line"),
        ({"size": "6"}, "Select"),
        ({"likelihoods": ""}, "Enter likelihood in words"),
        ({"likelihoods": f"Low\nMedium\n{'x' * 41}"}, "Each line must be 40 characters or fewer"),
    ],
)
def test_what_is_no_matrix_is_said_beside_the_field(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    said = problems(signed_in(world.here.lead).post(page(world.here), THREE | wrong))
    assert len(said) == 1
    assert said[0].startswith(sentence)
    with acting_as(world.here.lead.pk):
        assert RiskMatrix.objects.filter(borough=world.here.borough).count() == 0


def test_the_database_keeps_risks_on_their_matrix_and_matrices_as_they_are(world: World) -> None:
    here = world.here
    with acting_as(world.there.lead.pk):
        neighbours = make_matrix(world.there.borough, by=world.there.lead)
    with acting_as(here.lead.pk):
        three = make_matrix(here.borough, by=here.lead, size=3)
        rows = Risk.objects.filter(pk=here.risk.pk)
        for matrix, highest in ((three, 4), (neighbours, 1)):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(matrix=matrix, likelihood_before=highest, likelihood=1)
        with pytest.raises(IntegrityError, match="stands on its matrix"), transaction.atomic():
            RiskReview.objects.create(
                risk=here.risk, by=here.lead, likelihood=4, impact=1, matrix=three
            )
        assert RiskMatrix.objects.filter(pk=three.pk).update(size=4) == 0
        assert RiskBand.objects.filter(matrix=three).update(word="x") == 0
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            RiskBand.objects.create(matrix=neighbours, least=2, word="Planted")
