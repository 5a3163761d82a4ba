"""The national context: dated, sourced, and as exact as it is known."""

import re

from boroughs.national import KINDS, Fact, by_kind, facts
from tests.boroughs.pages import address, says, signed_in
from tests.factories import World


def test_each_fact_has_a_date_a_kind_and_a_source() -> None:
    for fact in facts():
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", fact.on), fact.title
        assert fact.kind in KINDS
        assert fact.source
        assert fact.when


def test_the_seeds_threat_levels_are_there() -> None:
    [levels] = [rows for label, rows in by_kind() if label == KINDS["threat"]]
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
