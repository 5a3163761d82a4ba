"""Opening a period: the rules, the page, and what is made."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from boroughs.rows import acting_as
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import World, level, make_assessment, rate_as, version
from toolkit.actions.assessments import open_assessment, rate
from toolkit.actions.versions import adopt_version
from toolkit.models import Assessment
from toolkit.policies import Refused, why_not_rate

FORM = {
    "version": "la-2018",
    "assessor": "board",
    "assessor_name": "Prevent strategy group",
    "starts_on": "2020-01-01",
    "ends_on": "2020-03-31",
}


def opening(world: World, starts: str, ends: str, **more: Any) -> Assessment:
    place = world.here
    with acting_as(place.coordinator.pk):
        return open_assessment(
            borough=place.borough,
            version=more.pop("version", version()),
            starts_on=dt.date.fromisoformat(starts),
            ends_on=dt.date.fromisoformat(ends),
            assessor=more.pop("assessor", "board"),
            by=place.coordinator,
            **more,
        )


def test_a_period_is_opened_with_every_benchmark_not_rated(world: World) -> None:
    client = signed_in(world.here.coordinator)
    response = client.post(reverse("toolkit:assessment-open", args=["thurrock"]), FORM, follow=True)
    assert "January to March 2020 is open" in says(response)
    with acting_as(world.here.coordinator.pk):
        opened = Assessment.objects.get(starts_on="2020-01-01")
        ratings = list(opened.ratings.in_order())
    assert (opened.opened_by, opened.assessed_by) == (
        world.here.coordinator,
        "Prevent strategy group",
    )
    assert [r.benchmark.number for r in ratings] == list(range(1, 11))
    assert {(r.word, r.version, r.changed_by) for r in ratings} == {
        ("Not rated", 1, world.here.coordinator)
    }
    assert deeds(world.here)[-1] == "assessment.opened"


def test_the_version_in_use_is_chosen_already(world: World) -> None:
    page = signed_in(world.here.coordinator).get(
        reverse("toolkit:assessment-open", args=["thurrock"])
    )
    assert page.context["form"]["version"].value() == "la-2018"
    with acting_as(world.here.lead.pk):
        newer = version("la-2024")
        adopt_version(
            borough=world.here.borough, version=newer, since=dt.date(2024, 9, 1), by=world.here.lead
        )
    page = signed_in(world.here.coordinator).get(
        reverse("toolkit:assessment-open", args=["thurrock"])
    )
    assert page.context["form"]["version"].value() == "la-2024"


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("2020-02-01", "2020-01-01", "must end on or after the day it begins"),
        ("2020-01-01", "2021-01-02", "A period is a year at most"),
        (
            "2019-07-01",
            "2019-07-31",
            "There is an assessment for July 2019 by this assessor already",
        ),
        ("2019-06-01", "2019-07-31", "This period overlaps July 2019"),
        ("2019-06-01", "2019-07-01", "This period overlaps July 2019"),
    ],
)
def test_a_period_that_cannot_be_is_refused_with_the_reason(
    world: World, starts: str, ends: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        opening(world, starts, ends)


def test_a_period_of_the_past_is_brought_in_beside_later_ones_and_closes_none(world: World) -> None:
    here, by = world.here, world.here.coordinator
    between = opening(world, "2019-03-01", "2019-03-31")
    with acting_as(by.pk):
        assert (between.previous(), between.following()) == (here.earlier, None)
        assert here.assessment.previous() == between
        assert why_not_rate(here.assessment) is None
        assert why_not_rate(between) is None
        still = here.borough.assessments.last_of_line()
        assert {here.assessment, between} <= set(still)
        assert here.earlier not in still
        rating = between.ratings.in_order().first()
        assert rating is not None
        rate(rating=rating, level=level("green"), seen=1, by=by)
    newest = opening(world, "2020-01-01", "2020-01-31")
    with acting_as(by.pk):
        for closed in (between, here.assessment):
            said = why_not_rate(type(closed).objects.get(pk=closed.pk)) or ""
            assert f"{newest.period} was opened after it" in said


def test_a_year_is_allowed(world: World) -> None:
    assert opening(world, "2020-01-01", "2020-12-31").ratings is not None


def test_a_period_that_shares_a_day_with_another_of_its_line_is_refused_at_its_first_day(
    world: World,
) -> None:
    with pytest.raises(Refused, match="It can begin on 1 August 2019 or later") as refused:
        opening(world, "2019-07-31", "2019-08-31")
    assert refused.value.field == "starts_on"
    with acting_as(world.here.coordinator.pk):
        assert world.here.borough.assessments.filter(ends_on="2019-08-31").count() == 0
    opened = opening(world, "2019-08-01", "2019-08-31")
    with acting_as(world.here.coordinator.pk):
        assert opened.previous() == world.here.assessment


def test_another_assessor_and_another_toolkit_have_lines_of_their_own(world: World) -> None:
    for more in ({"assessor": "peer"}, {"version": version("la-2024")}):
        opened = opening(world, "2019-07-01", "2019-07-31", **more)
        with acting_as(world.here.coordinator.pk):
            assert opened.previous() is None


def test_a_neighbours_period_stands_in_nobodys_way(world: World) -> None:
    with acting_as(world.there.coordinator.pk):
        make_assessment(
            world.there.borough,
            by=world.there.coordinator,
            starts_on=dt.date(2020, 1, 1),
            ends_on=dt.date(2020, 1, 31),
        )
    opening(world, "2020-01-01", "2020-01-31")


def test_the_page_explains_a_refusal_and_keeps_what_was_typed(world: World) -> None:
    client = signed_in(world.here.coordinator)
    said = {**FORM, "starts_on": "2019-07-01", "ends_on": "2019-07-31"}
    response = client.post(reverse("toolkit:assessment-open", args=["thurrock"]), said)
    [problem] = problems(response)
    assert problem.startswith("There is an assessment for July 2019")
    assert b"Prevent strategy group" in response.content
    said["ends_on"] = "2019-06-01"
    response = client.post(reverse("toolkit:assessment-open", args=["thurrock"]), said)
    assert len(problems(response)) == 1


def test_a_lead_adopts_a_toolkit_from_a_day_on(world: World) -> None:
    lead = signed_in(world.here.lead)
    page = reverse("toolkit:version-adopt", args=["thurrock"])
    response = lead.post(page, {"version": "la-2024", "since": "2024-09-05"}, follow=True)
    assert "is used from 5 September 2024" in says(response)
    assert deeds(world.here)[-1] == "toolkit.adopted"
    lead.post(page, {"version": "la-2018", "since": "2024-09-05"})
    with acting_as(world.here.lead.pk):
        adopted = world.here.borough.adoptions.get(since="2024-09-05")
    assert adopted.version.key == "la-2018"


def test_the_assessment_shows_each_benchmark_with_its_word_and_who_said_it(world: World) -> None:
    page = reverse("toolkit:assessment", args=["thurrock", world.here.assessment.pk])
    shown = says(signed_in(world.here.lead).get(page))
    for words in ("Training", "Red", "Amber", "Not rated", "Coordinator of Thurrock"):
        assert words in shown, words


def test_the_list_counts_no_more_queries_for_many_periods(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for year in range(2020, 2026):
        opening(world, f"{year}-01-01", f"{year}-01-31")
    client = signed_in(world.here.lead)
    with django_assert_max_num_queries(12):
        shown = says(client.get(reverse("toolkit:assessment-list", args=["thurrock"])))
    assert "January 2025" in shown


def test_a_period_is_closed_once_a_later_one_is_open(world: World) -> None:
    with acting_as(world.here.coordinator.pk), pytest.raises(Refused, match="July 2019 was opened"):
        rate_as(world.here.earlier, "training", "green", by=world.here.coordinator)


@pytest.mark.parametrize(
    ("starts", "ends", "first", "last"),
    [
        ("2019-07-01", "2019-07-31", "2019-08-01", "2019-08-31"),
        ("2019-07-01", "2019-09-30", "2019-10-01", "2019-12-31"),
        ("2019-10-01", "2020-03-31", "2020-04-01", "2020-09-30"),
        ("2019-12-01", "2020-02-29", "2020-03-01", "2020-05-31"),
        ("2019-04-01", "2020-03-31", "2020-04-01", "2021-03-31"),
        ("2019-07-05", "2019-07-18", "2019-07-19", "2019-08-01"),
        ("2019-07-01", "2019-07-15", "2019-07-16", "2019-07-30"),
    ],
)
def test_the_next_period_is_as_long_and_follows_at_once(
    starts: str, ends: str, first: str, last: str
) -> None:
    said = Assessment(starts_on=dt.date.fromisoformat(starts), ends_on=dt.date.fromisoformat(ends))
    assert [day.isoformat() for day in said.next_period] == [first, last]


def test_the_round_after_the_newest_is_filled_in_already(world: World) -> None:
    opening(world, "2019-10-01", "2019-12-31", assessor="self", assessor_name="Prevent team")
    opening(world, "2019-04-01", "2020-03-31", assessor="home_office")
    client, page = (
        signed_in(world.here.coordinator),
        reverse("toolkit:assessment-open", args=["thurrock"]),
    )
    form = client.get(page).context["form"]
    said = {name: form[name].value() for name in form.fields}
    assert said == {
        "version": "la-2018",
        "assessor": "self",
        "assessor_name": "Prevent team",
        "starts_on": dt.date(2020, 1, 1),
        "ends_on": dt.date(2020, 3, 31),
    }
