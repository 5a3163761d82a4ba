"""The demonstration's decisions: of every report, made up and said to be, with what is to be done after and who asked for what."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from boroughs.models import Borough
from boroughs.rows import acting_as
from portal.demonstration import FOLDER, reports
from portal.demonstration.papers import person
from reports.models import Decision
from tests.boroughs.pages import says

Data = dict[str, Any]
SHIPPED: Data = json.loads((FOLDER / "decisions.json").read_text(encoding="utf-8"))
ROWS: list[Data] = [*SHIPPED["decisions"], SHIPPED["invented"]["decision"]]
every_decision = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["report"])


def test_every_report_of_the_demonstration_was_decided_on() -> None:
    decided = {(row["borough"], row["report"]) for row in SHIPPED["decisions"]}
    assert decided == {(row["borough"], row["title"]) for row in reports.shipped()}


@every_decision
def test_a_decision_says_that_it_is_made_up(row: Data) -> None:
    assert row["reasons"].startswith("Illustrative: ")
    assert row["steps"]
    assert len(row["answers"]) <= len(row["requests"])


@every_decision
def test_a_stranger_reads_the_decision_beside_the_report(
    row: Data, demonstration: None, client: Client
) -> None:
    borough = Borough.objects.get(gss_code=row["borough"])
    with acting_as(person(borough, "democratic").pk):
        decision = Decision.objects.get(report__borough=borough, report__title=row["report"])
        issue, steps = decision.issue_id, decision.steps.count()
    assert steps == len(row["steps"])
    shown = says(client.get(reverse("register:register-issue", args=[borough.slug, issue])))
    for outcome, amended in row["outcomes"]:
        assert {"agreed": "Agreed:", "noted": "Noted:", "amended": amended}[outcome] in shown
    assert row["reasons"] in shown
    pdf = reverse("register:register-decision", args=[borough.slug, issue, decision.pk])
    assert client.get(pdf).content.startswith(b"%PDF-1.7")


def test_two_bodies_asked_for_something_and_were_answered(demonstration: None) -> None:
    asking = [row for row in ROWS if row["requests"]]
    assert len(asking) == 2
    for row in asking:
        borough = Borough.objects.get(gss_code=row["borough"])
        with acting_as(person(borough, "coordinator").pk):
            decision = Decision.objects.get(report__borough=borough, report__title=row["report"])
            [request] = decision.requests.select_related("recommendation")
        assert request.recommendation.text == row["requests"][0]
        assert request.recommendation.response == "accepted"


def test_a_decision_of_tuesday_22_september_2020_takes_effect_on_the_30th(
    demonstration: None, client: Client
) -> None:
    borough = Borough.objects.get(gss_code=SHIPPED["invented"]["borough"])
    listed = says(client.get(reverse("register:register", args=[borough.slug])))
    assert (
        "Decided on 22 September 2020: 1 agreed, 1 agreed as amended. "
        "Subject to call-in until Tuesday 29 September 2020. "
        "It takes effect on Wednesday 30 September 2020 if it is not called in."
    ) in listed
