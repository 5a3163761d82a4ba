"""A report frozen as data: what it holds, and that it stays as it was."""

import datetime as dt
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.trail import head_of
from audit.verify import why_not_head
from boroughs.actions.borough import change_settings
from boroughs.rows import acting_as
from reports import house_styles
from reports.actions.reports import make_report, start_report
from reports.models import HouseStyle, Rendering, Report
from reports.rendering import web_of
from reports.snapshot import snapshot_of, without_head
from tests.boroughs.pages import signed_in
from tests.conftest import as_owner
from tests.factories import Place, World, make_assessment, make_world, rate_as
from tests.reports.writing import issue_again, opened, paper_of, places_to_write, write
from toolkit.actions.assessments import open_assessment, rate

Snapshot = dict[str, Any]


def taken(place: Place) -> Snapshot:
    with acting_as(place.coordinator.pk):
        return snapshot_of(Report.objects.select_related("meeting").get(pk=place.report.pk))


def rated(snapshot: Snapshot, key: str) -> Snapshot:
    [rating] = [r for r in snapshot["assessment"]["ratings"] if r["key"] == key]
    return dict(rating)


def paper(place: Place) -> str:
    """What a member reads of it."""
    address = reverse("reports:report", args=[place.borough.slug, place.report.pk])
    return paper_of(signed_in(place.member).get(address, follow=True))


def test_a_snapshot_is_json_and_comes_back_from_the_database_as_it_was(world: World) -> None:
    snapshot = taken(world.here)
    assert json.loads(json.dumps(snapshot)) == snapshot
    with acting_as(world.here.coordinator.pk):
        rendering = make_report(report=world.here.report, by=world.here.coordinator)
        kept = Rendering.objects.get(pk=rendering.pk).snapshot
    assert without_head(kept) == snapshot
    assert kept["trail"]["seq"] > 1


def test_the_front_says_where_the_report_goes(world: World) -> None:
    write(world.here, front_wards="All", front_author="Community safety manager\nPlace")
    snapshot = taken(world.here)
    front = snapshot["front"]
    assert (front["committee"], front["date"], front["item"]) == (
        "Scrutiny Committee",
        "2019-07-04",
        "9",
    )
    assert (front["wards"], front["author"]) == ("All", "Community safety manager\nPlace")
    assert snapshot["report"]["date"] == "2019-07-04"
    assert snapshot["borough"]["name"] == "Thurrock Council"


def test_without_a_meeting_the_report_is_dated_by_its_period(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        Report.objects.filter(pk=world.here.report.pk).update(meeting=None)
    snapshot = taken(world.here)
    assert snapshot["report"]["date"] == "2019-07-31"
    assert not {"committee", "date"} & set(snapshot["front"])


def test_ratings_stand_beside_those_of_the_period_before(world: World) -> None:
    snapshot = taken(world.here)
    assessment = snapshot["assessment"]
    assert (assessment["period"], assessment["previous_period"]) == ("July 2019", "January 2019")
    training = rated(snapshot, "training")
    assert training["level"] == {"label": "Red", "tone": "red", "pattern": "cross"}
    assert training["previous"] == {"label": "Amber", "tone": "amber", "pattern": "stripes"}
    assert training["direction"] == "worse"
    assert rated(snapshot, "communications")["direction"] == "new"
    assert [r["number"] for r in assessment["ratings"]] == [str(n) for n in range(1, 11)]


def test_a_first_assessment_has_nothing_to_be_compared_with(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        report = start_report(
            borough=world.here.borough,
            title="First",
            assessment=world.here.earlier,
            by=world.here.coordinator,
        )
        assessment = snapshot_of(report)["assessment"]
    assert assessment["previous_period"] == ""
    assert {(r["previous"], r["direction"]) for r in assessment["ratings"]} == {(None, "")}


def test_counts_leave_out_what_is_not_rated(world: World) -> None:
    assert taken(world.here)["assessment"]["counts"] == [
        {"label": "Green", "tone": "green", "count": 1},
        {"label": "Red", "tone": "red", "count": 1},
    ]


def test_a_benchmark_that_is_not_rated_prints_so_and_never_green(world: World) -> None:
    assert rated(taken(world.here), "venue-hire")["level"] is None
    client = signed_in(world.here.member)
    address = reverse("reports:report", args=["thurrock", world.here.report.pk])
    response = client.get(address, follow=True)
    page = BeautifulSoup(response.content, "html5lib")
    [line] = [r for r in page.select(".benchmarks tbody tr") if "Venue hire" in r.get_text()]
    [tag] = line.select(".govuk-tag")
    assert tag.get_text(strip=True) == "Not rated"
    assert "green" not in " ".join(tag["class"])
    assert "grey" in " ".join(tag["class"])


def test_a_reason_is_printed_for_what_does_not_apply(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.get(benchmark__key="venue-hire")
        rate(
            rating=rating,
            level=None,
            standing="not_applicable",
            reason="No venues",
            seen=1,
            by=world.here.coordinator,
        )
    venues = rated(taken(world.here), "venue-hire")
    assert (venues["level"], venues["standing"], venues["reason"]) == (
        None,
        "Not applicable",
        "No venues",
    )


def test_lines_become_recommendations_papers_and_appendices(world: World) -> None:
    write(
        world.here,
        recommendations_lead="That the committee:",
        recommendations="\n Note the ratings. \n\nAsk for **more**.\n",
        background_papers="Strategy 2019 | https://example.org/a|b\nAnnual plan\n\n",
    )
    snapshot = taken(world.here)
    assert snapshot["recommendations"] == {
        "lead": "That the committee:",
        "items": ["Note the ratings.", "Ask for **more**."],
    }
    assert snapshot["background_papers"] == [
        {"title": "Strategy 2019", "where": "https://example.org/a|b"},
        {"title": "Annual plan", "where": ""},
    ]
    open_one, closed_one = snapshot["appendices"]
    assert (open_one["label"], open_one["title"]) == ("Appendix 1", "table words of thurrock")
    assert open_one["closed"] is None
    assert (closed_one["label"], closed_one["title"]) == ("Appendix 2", "")
    assert closed_one["closed"]["public_line"] == world.here.closure.public_line
    issue_again(world.here)
    shown = paper(world.here)
    for words in (
        "Note the ratings.",
        "Ask for more .",
        "Annual plan",
        "Appendix 1: table words of thurrock",
    ):
        assert words in shown, words


def test_what_is_made_stays_as_it_was_whatever_changes_afterwards(world: World) -> None:
    place = world.here
    before = paper(place)
    assert "present words of thurrock" in before
    assert "Red" in before
    with acting_as(place.coordinator.pk):
        rate_as(
            place.assessment, "training", "green", comment="changed since", by=place.coordinator
        )
        rate_as(place.assessment, "venue-hire", "amber", by=place.coordinator)
    write(place, executive_summary="another summary")
    with acting_as(place.lead.pk):
        change_settings(
            borough=place.borough,
            full_name="Another Council",
            colour="#000000",
            clear_days="calendar",
            marking="none",
            contact="",
            seen=place.borough.version,
            by=place.lead,
        )
    assert paper(place) == before
    issue_again(place)
    after = paper(place)
    assert "changed since" in after
    assert "another summary" in after


def test_a_style_that_is_loaded_anew_leaves_made_papers_alone(world: World) -> None:
    before = paper(world.here)
    style = HouseStyle.objects.get(key="thurrock")
    style.definition = {**style.definition, "sections": style.definition["sections"][:1]}
    style.save(update_fields=["definition"])
    assert paper(world.here) == before


@pytest.mark.parametrize("key", [style["key"] for style in house_styles.load()])
def test_every_shipped_style_can_be_frozen_and_shown(world: World, key: str) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        style = HouseStyle.objects.get(key=key)
        Report.objects.filter(pk=place.report.pk).update(style=style)
    names = places_to_write(opened(place))
    write(place, **{name: f"words for {name}" for name in names})
    issue_again(place)
    shown = paper(place)
    missing = [name for name in names if f"words for {name}" not in shown]
    assert missing == []


def test_invented_ratings_are_stamped_also_where_they_are_only_the_comparison(world: World) -> None:
    place = world.there
    with acting_as(place.coordinator.pk):
        first = open_assessment(
            borough=place.borough,
            version=place.assessment.version,
            starts_on=dt.date(2020, 1, 1),
            ends_on=dt.date(2020, 1, 31),
            assessor="board",
            illustrative="Invented for the demonstration.",
            by=place.coordinator,
        )
        second = make_assessment(
            place.borough,
            by=place.coordinator,
            starts_on=dt.date(2020, 7, 1),
            ends_on=dt.date(2020, 7, 31),
        )
        stamped, own = (
            snapshot_of(
                start_report(
                    borough=place.borough, title="Stamped", assessment=each, by=place.coordinator
                )
            )
            for each in (second, first)
        )
    assert stamped["illustrative"] == own["illustrative"] == "Invented for the demonstration."
    assert stamped["assessment"]["previous_illustrative"] is True
    assert taken(place)["illustrative"] == ""


@pytest.mark.django_db(transaction=True)
def test_each_making_carries_the_newest_head_and_asking_twice_makes_one() -> None:
    place = make_world().here
    with acting_as(place.coordinator.pk):
        known = set(Rendering.objects.values_list("pk", flat=True))
        newest = head_of(place.borough.pk)
        assert newest
        asked = make_report(report=place.report, by=place.coordinator)
    assert asked.snapshot["trail"] == {"seq": newest.seq, "hash": newest.hash}
    with acting_as(place.coordinator.pk):
        later = head_of(place.borough.pk)
        assert later
        assert later.seq > newest.seq
        again = make_report(report=place.report, by=place.coordinator)
        assert set(Rendering.objects.values_list("pk", flat=True)) - known == {again.pk}
    assert again.pk == asked.pk
    assert f"{newest.seq}:{newest.hash[:16]}" in web_of(asked.snapshot)
    with as_owner():
        assert why_not_head(newest.chain, newest.seq, newest.hash) is None
