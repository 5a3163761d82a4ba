"""Figures are read by the borough, closed to a list, and published as the rules of disclosure allow."""

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from boroughs.actions.figures import (
    close_figures,
    publish_figures,
    set_figure_rule,
)
from boroughs.figures import public_figures
from boroughs.models import FigureRule, FigureValue
from boroughs.periods import financial
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.figures import YEAR, blank, page, post, typed
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import BARNET, Place, World, make_figures


# -- Reading -------------------------------------------------------------------------------------------
def test_an_indicators_page_draws_it_beside_its_table_and_history(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        make_figures(here.borough, {"enquiries": 92}, by=here.coordinator, period=YEAR)
    post(here, "referrals", number__enquiries="95", seen__enquiries="1")
    answer = signed_in(here.lead).get(address("boroughs:figure-show", here.borough, "enquiries"))
    svg = BeautifulSoup(answer.content, "html5lib").select_one("svg.chart")
    assert svg
    assert svg.title is not None
    assert svg.title.get_text() == "Enquiries received (people): 2021/22 79; 2022/23 95"
    assert len(svg.select("rect")) == 2
    assert "was 92 → , is now 95" in says(answer)


def test_an_own_indicator_is_added_marked_and_kept_comparable(world: World) -> None:
    here = world.here
    client = signed_in(here.coordinator)
    add = address("boroughs:indicator-add", here.borough)
    said = {"name": "Adopted as cases", "definition": "Of those discussed", "topic": "referrals", "unit": "people",
            "direction": "neither", "people_referred": "on", "whole": "discussed-at-panel", "relation": "of_which",
            "breakdown": "", "seen": "0"}  # fmt: skip
    for alone in ({"whole": "", "relation": ""}, {}):
        assert problems(client.post(add, {**said, **alone, "unit": "per cent"})) == [
            "People who were referred are counted whole: a share of them would tell their number. Select another unit"
        ]
    assert problems(client.post(add, {**said, "unit": "groups"}))[0].startswith(
        "“Discussed at the Channel panel” is counted in people"
    )
    assert problems(client.post(add, {**said, "people_referred": ""}))[0].endswith(
        "Say the same of its part."
    )
    assert problems(client.post(add, {**said, "relation": "part"})) == [
        "Enter what the parts are told apart by"
    ]
    assert client.post(add, said).status_code == 302
    assert "Adopted as cases people, of which Added here" in says(
        client.get(address("boroughs:figure-list", here.borough))
    )
    change = address("boroughs:indicator-change", here.borough, here.indicator.pk)
    now = blank(client, change)
    assert problems(client.post(change, {**now, "unit": "groups"}))[0].startswith(
        "Figures are recorded for this indicator."
    )
    assert client.post(change, {**now, "direction": "fewer", "name": "Visits"}).status_code == 302
    late = client.post(change, {**now, "name": "Journeys", "direction": "more"})
    assert late.status_code == 409


# -- Closing -------------------------------------------------------------------------------------------
def test_a_figure_is_closed_with_all_that_hangs_together_with_it(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        figures = make_figures(here.borough, BARNET, by=here.coordinator, period=YEAR)
        close_figures(
            value=figures["referred-to-police"],
            classification="exempt",
            reason="Few",
            by=here.coordinator,
        )
        figures["enquiries"].refresh_from_db()
        with pytest.raises(Refused, match="closed already"):
            close_figures(
                value=figures["enquiries"],
                classification="exempt",
                reason="Few",
                by=here.coordinator,
            )
    path = address("boroughs:figure-show", here.borough, "discussed-at-panel")
    assert "2022/23" in says(signed_in(here.coordinator).get(path))
    assert deeds(here)[-1] == "figures.read"
    assert "2022/23" not in says(signed_in(here.lead).get(path))
    with acting_as(here.lead.pk):
        assert not FigureValue.objects.filter(
            borough=here.borough, starts_on=YEAR.starts_on
        ).exists()
        assert all(family.period != YEAR for family in public_figures(here.borough))


def test_a_closed_figure_does_not_show_by_standing_in_the_way(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        period = financial("year", 2020)
        assert (
            make_figures(here.borough, {"enquiries": 9}, by=here.lead, period=period)[
                "enquiries"
            ].word
            == "9"
        )


# -- What the public sees ------------------------------------------------------------------------------
def public(place: Place) -> dict[str, str]:
    with acting_as(place.observer.pk):
        return {
            f"{line.indicator.key} {family.period}": line.public
            for family in public_figures(place.borough)
            for line in family.lines
        }


def rule(place: Place, *, published: list[str], **said: Any) -> None:
    given = {"threshold": 10, "rounding": 1, "zeros": False, "period_kind": "year", **said}
    with acting_as(place.lead.pk):
        set_figure_rule(borough=place.borough, published=published, by=place.lead, **given)


CHAIN = ["enquiries", "referred-to-police", "discussed-at-panel"]


def test_referred_people_are_withheld_until_the_lead_publishes_them(world: World) -> None:
    here = world.here
    rule(here, published=[])
    seen = public(here)
    assert [seen[f"{key} 2021/22"] for key in CHAIN] == ["Withheld"] * 3
    assert seen[f"{here.indicator.key} 2021/22"] == "12"
    rule(here, published=CHAIN[:2])
    assert [public(here)[f"{key} 2021/22"] for key in CHAIN] == ["79", "41", "Withheld"]


def test_the_seven_is_suppressed_on_the_page_and_in_the_download(world: World) -> None:
    here = world.here
    assert [public(here)[f"{key} 2021/22"] for key in CHAIN] == ["79", "41", "Suppressed"]
    client = signed_in(here.coordinator)
    text = says(client.get(address("boroughs:figure-public", here.borough)))
    assert "Referred to the police for triage 41 41 (52% of the figure above it)" in text
    assert "Discussed at the Channel panel 7 Suppressed" in text
    download = client.post(address("boroughs:figure-public-download", here.borough))
    rows = list(csv.reader(io.StringIO(download.content.decode("utf-8-sig"))))
    assert [row[5] for row in rows[1:] if row[2] == "2021/22"][:4].count("Suppressed") == 1
    assert "7" not in {cell for row in rows for cell in row}
    assert "figure words" not in download.content.decode()


def test_a_small_correction_and_an_earlier_suppression_stand(world: World) -> None:
    here = world.here
    post_again = {"number__enquiries": "82", "seen__enquiries": "1"}
    client, path = signed_in(here.coordinator), page(here, "referrals", financial("year", 2021))
    client.post(path, {**blank(client, path), **typed(**post_again)})
    assert public(here)["enquiries 2021/22"] == "79"
    assert "The earlier figures stand" in says(
        client.get(address("boroughs:figure-public", here.borough))
    )
    rule(here, published=CHAIN, threshold=5)
    assert public(here)["discussed-at-panel 2021/22"] == "Suppressed"


def test_quarters_are_not_printed_where_the_year_was(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        for number in (1, 2):
            quarter = financial("quarter", 2021, number)
            make_figures(here.borough, {"enquiries": 30}, by=here.coordinator, period=quarter)
        other = financial("quarter", 2022, 1)
        make_figures(here.borough, {"enquiries": 31}, by=here.coordinator, period=other)
    rule(here, published=CHAIN, period_kind="quarter")
    assert [key for key in public(here) if key.startswith("enquiries")] == [
        "enquiries April to June 2022"
    ]


def test_a_suppressed_quarter_cannot_be_worked_out_of_files_taken_before_and_after_a_change_of_period(
    world: World,
) -> None:
    here = world.here
    year = financial("year", 2023)
    with acting_as(here.coordinator.pk):
        for number, count in enumerate((20, 20, 20, 4), 1):
            quarter = financial("quarter", 2023, number)
            make_figures(here.borough, {"enquiries": count}, by=here.coordinator, period=quarter)
        make_figures(here.borough, {"enquiries": 64}, by=here.coordinator, period=year)
    client = signed_in(here.coordinator)
    path = address("boroughs:figure-public-download", here.borough)
    rule(here, published=CHAIN, period_kind="quarter")
    quarters = client.post(path).content.decode()
    assert quarters.count("2023-") >= 3
    assert "January to March 2024" in quarters
    assert deeds(here)[-1] == "figures.published"
    rule(here, published=CHAIN, period_kind="year")
    assert "2023/24" not in client.post(path).content.decode()
    assert client.get(path).status_code == 405


def test_publishing_notes_what_was_printed_once_and_no_suppressed_number(world: World) -> None:
    here = world.here
    assert here.publication.exact == {"enquiries": 79, "referred-to-police": 41}
    assert here.publication.cells["discussed-at-panel"] == ["suppressed", None]
    with acting_as(here.lead.pk):
        assert publish_figures(borough=here.borough, by=here.lead) == 0
        make_figures(here.borough, {"enquiries": 50}, by=here.lead, period=YEAR)
        assert publish_figures(borough=here.borough, by=here.lead) == 1
    assert deeds(here)[-1] == "figures.published"


def test_only_the_lead_chooses_what_is_published(world: World) -> None:
    here, path = world.here, address("boroughs:figure-rule", world.here.borough)
    assert signed_in(here.coordinator).get(path).status_code == 403
    client = signed_in(here.lead)
    said = {
        "published": CHAIN,
        "threshold": "5",
        "rounding": "5",
        "period_kind": "year",
        "zeros": "on",
    }
    assert client.post(path, said).status_code == 302
    with acting_as(here.lead.pk):
        kept = FigureRule.objects.get(borough=here.borough)
        assert (kept.threshold, kept.rounding, kept.zeros, sorted(kept.published)) == (
            5,
            5,
            True,
            sorted(CHAIN),
        )
    assert "Select" in problems(client.post(path, {**said, "threshold": "3"}))[0]


def test_the_download_of_ones_own_figures_has_no_formula_and_nothing_closed(world: World) -> None:
    here = world.here
    post(here, "education", number__parents_reached="223", note__parents_reached="=HYPERLINK(1)")
    path = address("boroughs:figure-download", here.borough)
    own = signed_in(here.coordinator).get(path).content.decode()
    assert "'=HYPERLINK(1)" in own
    assert "closed figure words" in own  # on the list
    assert "closed figure words" not in signed_in(here.lead).get(path).content.decode()


def test_who_may_read_and_who_may_record(world: World) -> None:
    here = world.here
    readers = {
        r
        for r in Role
        if signed_in(here.people[r]).get(address("boroughs:figure-list", here.borough)).status_code
        == 200
    }
    keepers = {
        r for r in Role if signed_in(here.people[r]).get(page(here, "training")).status_code == 200
    }
    assert keepers == {Role.COORDINATOR, Role.LEAD}
    assert readers == keepers | {Role.MEMBER}  # on the list of a closed one
