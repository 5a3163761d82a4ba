"""Figures: recorded on one page a subject and period, read as a chart and a table, suppressed on their way out."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from boroughs.actions.figures import (
    close_figures,
    publish_figures,
    record_figures,
    set_figure_rule,
)
from boroughs.figure_policies import Entry, FiguresChanged
from boroughs.figures import public_figures
from boroughs.models import FigureRule, FigureValue
from boroughs.periods import financial
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import BARNET, Place, World, make_figures
from tests.test_pages import MOST_QUERIES, faults, look, statements
from tests.visits import Visit, client_of

YEAR = financial("year", 2022)


def page(place: Place, topic: str, period: Any = YEAR) -> str:
    return address("boroughs:figure-enter", place.borough, topic, period.code)


def typed(**said: str) -> dict[str, str]:
    """What the form posts: a field and an indicator with two underscores between them."""
    posted = {key.replace("__", "-", 1).replace("_", "-"): value for key, value in said.items()}
    numbers = [key.removeprefix("number-") for key in posted if key.startswith("number-")]
    every = {f"qualifier-{key}": "exactly" for key in numbers} | {f"seen-{k}": "0" for k in numbers}
    return {**every, "source": "Report of July 2022", **posted}


def blank(client: Any, path: str) -> dict[str, str]:
    """Every field of the page as it stands."""
    form = BeautifulSoup(client.get(path).content, "html5lib").select_one("main form[method=post]")
    assert form
    inputs = [e for e in form.select("input[name]") if _counts(e)]
    found = {str(e["name"]): str(e.get("value", "")) for e in inputs}
    found |= {str(e["name"]): e.get_text().strip() for e in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        assert chosen
        found[str(select["name"])] = str(chosen["value"])
    return found


def _counts(field: Tag) -> bool:
    return field.get("type") not in ("radio", "checkbox") or field.has_attr("checked")


def recorded(place: Place, period: Any = YEAR) -> dict[str, str]:
    with acting_as(place.coordinator.pk):
        return {row.indicator: row.word for row in place.borough.figures.about(period)}


def post(place: Place, topic: str, **said: str) -> Any:
    client = signed_in(place.coordinator)
    path = page(place, topic)
    return client.post(path, {**blank(client, path), **typed(**said)})


# -- Pages -------------------------------------------------------------------------------------------
PAGES = [
    ("figure-list", ()),
    ("figure-choose", ()),
    ("figure-enter", ("training", "quarter-2021-3")),
    ("figure-enter", ("referrals", "year-2021")),
    ("figure-show", ("enquiries",)),
    ("figure-show", ("workshops",)),
    ("figure-public", ()),
    ("indicator-add", ()),
]


def test_every_page_is_well_made_and_asks_the_database_little(world: World) -> None:
    here = world.here
    for name, arguments in [
        *PAGES,
        ("figure-close", (here.figure.pk,)),
        ("indicator-change", (here.indicator.pk,)),
    ]:
        visit = Visit(name, address(f"boroughs:{name}", here.borough, *arguments), here.coordinator)
        assert not list(faults(visit, look(visit))), name
        assert len(statements(client_of(visit), visit.path)) <= MOST_QUERIES, name
    visit = Visit("rule", address("boroughs:figure-rule", here.borough), here.lead)
    assert not list(faults(visit, look(visit)))


def test_pages_ask_no_more_for_more_figures(world: World) -> None:
    here = world.here
    paths = [address(f"boroughs:{n}", here.borough, *a) for n, a in
             (("figure-list", ()), ("figure-show", ("enquiries",)), ("figure-public", ()))]  # fmt: skip
    client = signed_in(here.coordinator)
    before = [len(statements(client, path)) for path in paths]
    with acting_as(here.coordinator.pk):
        for year in range(2010, 2019):
            period = financial("year", year)
            make_figures(here.borough, BARNET, by=here.coordinator, period=period)
    assert [len(statements(client, path)) for path in paths] == before


# -- Recording ---------------------------------------------------------------------------------------
def test_barnets_year_is_recorded_in_one_go(world: World) -> None:
    here = world.here
    answer = post(
        here,
        "referrals",
        number__enquiries="79",
        number__referred_to_police="41",
        number__discussed_at_panel="7",
    )
    assert answer.status_code == 302
    assert recorded(here) == {
        "enquiries": "79",
        "referred-to-police": "41",
        "discussed-at-panel": "7",
    }
    with acting_as(here.coordinator.pk):
        assert {row.source for row in here.borough.figures.about(YEAR)} == {"Report of July 2022"}
    assert deeds(here)[-1] == "figures.recorded"
    said = says(signed_in(here.coordinator).get(address("boroughs:figure-list", here.borough)))
    assert "Enquiries received people 79 2022/23" in said
    assert "recorded 3 figures" in says(
        signed_in(here.lead).get(address("boroughs:trail-list", here.borough))
    )


def test_numbers_are_typed_as_people_write_them(world: World) -> None:
    post(world.here, "education", number__pupils_reached="3,300", number__parents_reached=" 223 ",
         qualifier__pupils_reached="about")  # fmt: skip
    assert recorded(world.here) == {"pupils-reached": "About 3,300", "parents-reached": "223"}


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"number__enquiries": "-3"}, "Enquiries received cannot be less than nought. Enter 0 or more"),
        ({"number__enquiries": "2.5"}, "People are counted whole. Enter a number without a decimal point"),
        ({"number__enquiries": "many"}, "“many” is not a number. Enter digits, like 1,263"),
        ({"number__enquiries": "1e3"}, "“1e3” is not a number. Enter digits, like 1,263"),
        ({"number__enquiries": "", "target__enquiries": "9"},
         "Enter the number of enquiries received, or select “Not known” or “Withheld”"),
        ({"number__enquiries": "9", "qualifier__enquiries": "unknown"},
         "“Not known” has no number. Delete the number, or select “Exactly”"),
        ({"number__enquiries": "", "qualifier__enquiries": "withheld"}, "Enter why it is withheld"),
    ],
)  # fmt: skip
def test_what_a_number_cannot_be_is_said_beside_it(
    world: World, said: dict[str, str], problem: str
) -> None:
    answer = post(world.here, "referrals", **said)
    assert problems(answer) == [problem]
    assert (
        f'value="{said["number__enquiries"]}"' in answer.content.decode()
        or not said["number__enquiries"]
    )
    assert not recorded(world.here)


def test_parts_that_do_not_add_up_are_said_with_their_sums_and_saved_with_a_reason(
    world: World,
) -> None:
    figures = {
        "number__staff_trained": "493",
        "number__staff_trained_council": "394",
        "number__staff_trained_external": "96",
    }
    answer = post(world.here, "training", **figures)
    assert problems(answer) == [
        "The parts add up to 490 (394 + 96), which is 3 fewer than the 493 of staff trained"
    ]
    assert "Why the figures differ" in says(answer)
    assert not recorded(world.here)
    why = "Three did not say who employs them."
    assert post(world.here, "training", **figures, difference__staff_trained=why).status_code == 302
    assert recorded(world.here)["staff-trained"] == "493"
    right = {**figures, "number__staff_trained_external": "99"}
    assert post(world.there, "training", **right).status_code == 302


def test_some_of_a_whole_is_not_greater_than_it(world: World) -> None:
    answer = post(
        world.here, "community", number__outreach="144", number__outreach_face_to_face="237"
    )
    assert problems(answer) == [
        "Face to face: 237 of 144 community outreach cannot be. A part is not greater than its whole"
    ]


def test_a_percentage_is_at_most_all_and_may_have_a_decimal(world: World) -> None:
    assert problems(post(world.here, "training", number__workforce_coverage="120")) == [
        "A share of the whole is at most 100 per cent. Enter 100 or less"
    ]
    assert post(world.here, "training", number__workforce_coverage="82.5").status_code == 302
    assert recorded(world.here) == {"workforce-coverage": "82.5"}


def test_withheld_and_unknown_are_not_nought(world: World) -> None:
    post(world.here, "referrals", number__enquiries="", qualifier__enquiries="withheld",
         note__enquiries="The police ask us not to tell")  # fmt: skip
    assert recorded(world.here) == {"enquiries": "Withheld"}


def test_the_second_of_two_editors_sees_both_and_loses_nothing(world: World) -> None:
    here, path = world.here, page(world.here, "referrals")
    client = signed_in(here.coordinator)
    first = blank(client, path)
    with acting_as(here.lead.pk):
        make_figures(here.borough, {"enquiries": 80}, by=here.lead, period=YEAR)
    answer = client.post(path, {**first, "number-enquiries": "79", "source": "Mine"})
    assert answer.status_code == 409
    assert f"{here.lead} saved at" in says(answer)
    assert 'value="79"' in answer.content.decode()
    assert recorded(here) == {"enquiries": "80"}
    again = BeautifulSoup(answer.content, "html5lib").select_one("[name=seen-enquiries]")
    assert again
    client.post(path, {**first, "number-enquiries": "79", "seen-enquiries": again["value"]})
    assert recorded(here) == {"enquiries": "79"}


def test_a_late_save_changes_nothing_of_the_page(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        entries = [
            Entry("parents-reached", number=Decimal(5)),
            Entry("enquiries", number=Decimal(1), seen=7),
        ]
        with pytest.raises(FiguresChanged):
            record_figures(
                borough=here.borough,
                period=financial("year", 2021),
                entries=entries,
                by=here.coordinator,
            )
        assert not here.borough.figures.filter(indicator="parents-reached").exists()


def test_saving_what_is_said_already_changes_nothing(world: World) -> None:
    client, path = (
        signed_in(world.here.coordinator),
        page(world.here, "referrals", financial("year", 2021)),
    )
    answer = client.post(path, blank(client, path), follow=True)
    assert "Nothing was changed." in says(answer)


@pytest.mark.parametrize("code", ["year-21", "quarter-2021-5", "month-2021-0", "year-2021-2", "other-20220401-20220331", "nonsense"])  # fmt: skip
def test_a_period_that_cannot_be_has_no_page(world: World, code: str) -> None:
    path = address("boroughs:figure-enter", world.here.borough, "referrals", code)
    assert signed_in(world.here.coordinator).get(path).status_code == 404


def test_the_period_is_chosen_in_the_address(world: World) -> None:
    client, path = (
        signed_in(world.here.coordinator),
        address("boroughs:figure-choose", world.here.borough),
    )
    answer = client.get(path, {"topic": "referrals", "year": "2021", "part": "quarter-3"})
    assert answer["Location"].endswith("/figures/enter/referrals/quarter-2021-3/")
    wrong = client.get(path, {"topic": "referrals", "part": "other", "starts_on": "2022-05-31", "ends_on": "2022-05-01"})  # fmt: skip
    assert "A period ends after it begins. Enter 31 May 2022 or later" in says(wrong)
    whole = client.get(path, {"topic": "referrals", "part": "other", "starts_on": "2021-04-01", "ends_on": "2022-03-31"})  # fmt: skip
    assert whole["Location"].endswith("/referrals/year-2021/")


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
    assert problems(client.post(add, {**said, "unit": "hours"}))[0].startswith(
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
    download = client.get(address("boroughs:figure-public-download", here.borough))
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
