"""Figures of a period are recorded on one page by topic."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from boroughs.actions.figures import (
    record_figures,
)
from boroughs.figure_policies import Entry, FiguresChanged
from boroughs.periods import financial
from boroughs.rows import acting_as
from tests.boroughs.figures import YEAR, blank, page, post, recorded
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import BARNET, World, make_figures
from tests.test_pages import MOST_QUERIES, faults, look, statements
from tests.visits import Visit, client_of

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


def test_all_that_cannot_be_is_said_at_once_each_beside_its_own_number(world: World) -> None:
    answer = post(world.here, "training", number__staff_trained="493", number__staff_trained_council="500",
                  number__staff_trained_external="9.5", number__members_trained="-12")  # fmt: skip
    page = BeautifulSoup(answer.content, "html5lib")
    links = page.select(".govuk-error-summary__list a")
    assert [(str(a["href"]), a.get_text().split(".")[0]) for a in links] == [
        ("#id_number-staff-trained-council", "Council staff: 500 of 493 staff trained cannot be"),
        ("#id_number-staff-trained-external", "People are counted whole"),
        ("#id_number-members-trained", "Councillors trained cannot be less than nought"),
    ]
    assert not recorded(world.here)


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
    school = client.get(path, {"topic": "education", "year": "2022", "part": "school"})
    assert school["Location"].endswith("/education/other-20220901-20230831/")
