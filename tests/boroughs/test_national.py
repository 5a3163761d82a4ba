"""The context: dated, sourced, and as exact as it is known; what ships, and what a borough adds."""

import re

import pytest

from boroughs.national import KINDS, Fact, facts, read_when
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import World


def test_each_fact_has_a_date_a_kind_and_a_source() -> None:
    for fact in facts():
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", fact.on), fact.title
        assert fact.kind in KINDS
        assert fact.source
        assert fact.when


def test_the_seeds_threat_levels_are_there() -> None:
    levels = [fact for fact in facts() if fact.kind == "threat"]
    said = {(fact.on[:4], fact.title.partition(",")[0]) for fact in levels}
    assert {("2014", "Severe"), ("2017", "Critical"), ("2022", "Substantial")} <= said
    assert sum(fact.on.startswith("2017") for fact in levels) == 2


def test_a_date_is_said_as_exactly_as_it_is_known() -> None:
    said = [Fact(on, "event", "", "", "", True).when for on in ("2023-02-08", "2014-08", "2017")]
    assert said == ["8 February 2023", "August 2014", "2017"]


def test_the_page_shows_it_with_the_boroughs_funding(world: World) -> None:
    page = says(
        signed_in(world.here.coordinator).get(address("boroughs:context-show", world.here.borough))
    )
    assert "Substantial" in page
    assert "2019/20" in page


# -- What a borough adds -----------------------------------------------------------------------------------
FACT = {
    "kind": "threat",
    "on": "15 November 2021",
    "title": "Severe again",
    "about": "Raised after an attack in another city.",
    "source": "Scrutiny Committee, 2 December 2021",
}


def test_a_coordinator_adds_what_their_reports_say_among_what_ships(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    answer = client.post(address("boroughs:context-add", here.borough), FACT)
    assert answer.status_code == 302
    page = says(client.get(answer["Location"]))
    later, own, earlier = (page.index(w) for w in ("July 2022", "15 November 2021", "July 2019"))
    assert later < own < earlier
    assert "Added here" in page
    assert deeds(here)[-1] == "fact.added"
    assert "Severe again" not in says(
        signed_in(world.there.coordinator).get(
            address("boroughs:context-show", world.there.borough)
        )
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("8 February 2023", "2023-02-08"), ("08/02/2023", "2023-02-08"), ("Aug 2014", "2014-08"), ("2017", "2017")],
)  # fmt: skip
def test_a_date_is_read_as_exactly_as_it_is_typed(typed: str, kept: str) -> None:
    assert read_when(typed) == kept


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "in the spring"}, "“in the spring” is not a date. Write the day, the month or"),
        ({"on": "31 June 2022"}, "“31 June 2022” is not a date."),
        ({"on": "2099"}, "That day is still to come. Enter what has happened"),
        ({"source": ""}, "Enter source"),
        ({"kind": "person"}, "Select what it is from the list"),
    ],
)
def test_what_is_no_fact_is_refused_and_what_was_typed_stays(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    add = address("boroughs:context-add", world.here.borough)
    answer = signed_in(world.here.coordinator).post(add, FACT | wrong)
    assert problems(answer)[0].startswith(sentence)
    assert "Raised after an attack" in answer.content.decode()


def test_a_fact_is_changed_with_its_day_in_words_and_by_coordinators_alone(world: World) -> None:
    here, client = world.here, signed_in(world.here.coordinator)
    change = address("boroughs:context-change", here.borough, here.fact.pk)
    assert 'value="August 2024"' in client.get(change).content.decode()
    assert client.post(change, FACT | {"seen": "1"}).status_code == 302
    assert "Severe again" in says(client.get(address("boroughs:context-show", here.borough)))
    assert signed_in(here.monitoring).post(change, FACT | {"seen": "2"}).status_code == 403
