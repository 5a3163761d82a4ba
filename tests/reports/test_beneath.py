"""What a report says beneath its ratings: several assessors, what changed, and the evidence that is open to all."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from boroughs.actions.purges import erase
from boroughs.rows import acting_as
from reports import rendering
from reports.actions.reports import make_report
from reports.models import Rendering, Report
from reports.snapshot import snapshot_of
from tests.boroughs.pages import problems, says, signed_in
from tests.conftest import second_lock_off
from tests.factories import Place, World, make_purge, make_ready, rate_as
from tests.reports import snapshots
from tests.reports.test_snapshot import rated, taken
from tests.reports.writing import form_of, now, page, save_front
from toolkit.actions.assessments import open_assessment, say_unchanged
from toolkit.actions.evidence import add_evidence
from toolkit.models import Assessment, Evidence


def judged_by_the_home_office(place: Place, **words: str) -> Assessment:
    """Of a longer period, by the same version."""
    with acting_as(place.coordinator.pk):
        letter = open_assessment(
            borough=place.borough,
            version=place.assessment.version,
            starts_on=dt.date(2019, 6, 1),
            ends_on=dt.date(2019, 12, 31),
            assessor="home_office",
            by=place.coordinator,
        )
        for benchmark, word in words.items():
            rate_as(letter, benchmark, word, comment="words of a letter", by=place.coordinator)
    return letter


def evidence_of(place: Place, kind: str, thing: Any, **said: Any) -> Evidence:
    with acting_as(place.coordinator.pk):
        return add_evidence(
            rating=place.assessment.ratings.in_order().get(benchmark__key="training"),
            kind=kind,
            thing=thing,
            **{"dated": dt.date(2019, 7, 1), "by": place.coordinator, **said},
        )


def put_beside(place: Place, *assessors: str) -> None:
    with acting_as(place.coordinator.pk):
        Report.objects.filter(pk=place.report.pk).update(beside=list(assessors))


def printed(snapshot: dict[str, Any]) -> BeautifulSoup:
    return BeautifulSoup(rendering.html_of(snapshot, contents=True), "html5lib")


def parts(snapshot: dict[str, Any]) -> dict[str, Any]:
    sections = rendering.paper_of(snapshot).sections
    [table] = [section.benchmarks for section in sections if section.benchmarks]
    return {part.kind: part for part in table.beneath}


# -- Several assessors ---------------------------------------------------------------------------------------
def test_who_starts_a_report_chooses_whose_judgement_it_shows(world: World) -> None:
    place = world.here
    letter = judged_by_the_home_office(place, training="amber")
    client = signed_in(place.coordinator)
    start = reverse("reports:report-start", args=["thurrock"])
    asked = BeautifulSoup(client.get(f"{start}?assessment={letter.pk}").content, "html5lib")
    [chosen] = asked.select("select[name=assessment] option[selected]")
    assert chosen["value"] == str(letter.pk)
    assert "The Home Office" in chosen.get_text()
    said = {"title": "Their view", "style": str(place.report.style_id)}
    elsewhere = str(world.there.assessment.pk)
    assert problems(client.post(start, {**said, "assessment": elsewhere}))
    client.post(start, {**said, "assessment": str(letter.pk)})
    with acting_as(place.coordinator.pk):
        report = Report.objects.get(assessment=letter)
        assert snapshot_of(report)["assessment"]["assessor"] == "The Home Office"
    assert report.beside == []


def test_what_another_assessor_said_stands_beside_and_differs_in_words(world: World) -> None:
    place = world.here
    judged_by_the_home_office(place, training="amber", communications="green")
    assert taken(place)["assessment"]["beside"] == []  # nobody asked for it
    put_beside(place, "home_office", "peer")
    snapshot = taken(place)
    [home_office] = snapshot["assessment"]["beside"]
    assert home_office["assessor"] == "The Home Office"
    assert home_office["period"] == "June to December 2019"
    [said] = rated(snapshot, "training")["beside"]
    assert (said["word"], said["tone"], said["differs"]) == ("Amber", "amber", True)
    assert not rated(snapshot, "communications")["beside"][0]["differs"]
    unjudged = rated(snapshot, "venue-hire")["beside"]
    assert unjudged == [{"word": "Not rated", "tone": "grey", "differs": False}]
    assert "words of a letter" not in str(snapshot)
    part = parts(snapshot)["beside"]
    assert part.lead == "They differ on 1 of 10 benchmarks."
    assert [[each.note for each in said] for title, said in part.rows if "Training" in title] == [
        ["", "Differs"]
    ]


def test_the_front_sheet_asks_who_stands_beside_and_keeps_it(world: World) -> None:
    place, client = world.here, signed_in(world.here.coordinator)
    with acting_as(place.coordinator.pk):
        Report.objects.filter(pk=place.drafting.pk).update(assessment=place.assessment)
    front = page("report-front", place.drafting)
    assert "Ratings that stand beside it" not in says(client.get(front))
    judged_by_the_home_office(place, training="amber")
    shown = client.get(front)
    assert "Ratings that stand beside it" in says(shown)
    said = {**form_of(shown), "beside": ["home_office"]}
    client.post(front, said)
    again = client.get(front)
    assert form_of(again)["beside"] == "home_office"
    save_front(place, place.drafting, beside=[])
    conflict = client.post(front, {**form_of(again), "beside": ["home_office"]})
    assert conflict.status_code == 409
    assert form_of(conflict)["beside"] == "home_office"
    assert now(place, place.drafting).beside == []


def test_invented_ratings_beside_are_stamped(world: World) -> None:
    place = world.here
    letter = judged_by_the_home_office(place)
    with second_lock_off():
        Assessment.objects.filter(pk=letter.pk).update(illustrative="Invented letter.")
    put_beside(place, "home_office")
    snapshot = taken(place)
    assert "Invented letter." in snapshot["illustrative"]
    assert parts(snapshot)["beside"].who[1].endswith("(illustrative)")


# -- What changed --------------------------------------------------------------------------------------------
def test_what_changed_since_the_period_before_is_said_in_sentences(world: World) -> None:
    snapshot = taken(world.here)
    assert snapshot["assessment"]["changes"] == [
        "7. Training programme went from Amber to Red.",
        "10. Communications went from Not rated to Green.",
    ]
    part = parts(snapshot)["changed"]
    assert part.heading == "What changed since January 2019"
    assert part.lines == snapshot["assessment"]["changes"]


def test_what_is_said_to_be_unchanged_is_counted_apart(world: World) -> None:
    place = world.here
    with acting_as(place.coordinator.pk):
        rating = place.assessment.ratings.in_order().get(benchmark__key="training")
        say_unchanged(
            rating=rating, on=dt.date(2019, 7, 4), seen=rating.version, by=place.coordinator
        )
    snapshot = taken(place)
    assert snapshot["assessment"]["judged"] == {"afresh": 1, "unchanged": 1}
    text = printed(snapshot).get_text(" ")
    assert "1 were judged afresh; 1 were said to be unchanged and still true." in text


def test_a_first_period_and_a_report_of_before_say_nothing_of_it() -> None:
    assert parts(snapshots.blank()) == {}
    old = snapshots.short()
    for name in ("judged", "changes", "beside"):
        old["assessment"].pop(name, None)
    for rating in old["assessment"]["ratings"]:
        for name in ("beside", "evidence", "word"):
            rating.pop(name, None)
    for name in ("judged", "changed", "beside", "evidence"):
        old["style"]["benchmarks"].pop(name)
    assert parts(old) == {}
    assert "What changed" not in printed(old).get_text()


# -- The evidence --------------------------------------------------------------------------------------------
def test_open_evidence_is_listed_and_frozen(world: World) -> None:
    place = world.here
    evidence_of(place, "paper", place.paper, note="See page 2")
    evidence_of(place, "address", "https://www.example.org/minutes")
    found = rated(taken(place), "training")["evidence"]
    assert {row["kind"] for row in found} >= {"paper", "website"}
    [line] = [row for row in found if row["kind"] == "paper"]
    assert (line["title"], line["note"], line["dated"]) == (
        place.paper.title,
        "See page 2",
        "2019-07-01",
    )
    assert line["older_than"] == 12
    page = printed(taken(place)).get_text(" ")
    assert f"{place.paper.title} (paper, 1 July 2019, more than 12 months old): See page 2" in page


@pytest.mark.parametrize("kind", ["paper", "figure"])
def test_closed_evidence_never_reaches_a_report_whoever_makes_it(world: World, kind: str) -> None:
    place = world.here
    thing = {"paper": place.closed_paper, "figure": place.closed_figure}[kind]
    closed = evidence_of(place, kind, thing, note="closed evidence words")
    with acting_as(place.coordinator.pk):
        assert Evidence.objects.filter(pk=closed.pk).exists()  # the maker may read it
    for snapshot in (taken(place), taken_without_row_security(place)):
        assert "closed evidence words" not in str(snapshot)
        assert closed.key not in str(snapshot)


def taken_without_row_security(place: Place) -> dict[str, Any]:
    with second_lock_off():
        return snapshot_of(Report.objects.get(pk=place.report.pk))


def test_an_action_of_a_closed_strategy_is_not_listed(world: World) -> None:
    place = world.here
    evidence_of(place, "action", place.action, note="words of an action")
    assert "words of an action" in str(taken(place))
    with second_lock_off():
        strategy = place.action.plan.strategy
        type(strategy).objects.filter(pk=strategy.pk).update(closure=place.closure)
    assert "words of an action" not in str(taken(place))


def test_a_figure_is_named_without_its_number(world: World) -> None:
    place = world.here
    with second_lock_off():
        type(place.figure).objects.filter(pk=place.figure.pk).update(number=4321)
    evidence_of(place, "figure", place.figure)
    [line] = [row for row in rated(taken(place), "training")["evidence"] if row["kind"] == "figure"]
    assert line["title"].startswith(place.indicator.name)
    assert "4321" not in str(taken(place)).replace("4,321", "4321")


# -- Erasing -------------------------------------------------------------------------------------------------
def print_it(place: Place) -> Rendering:
    with acting_as(place.coordinator.pk):
        asked = make_report(report=Report.objects.get(pk=place.report.pk), by=place.coordinator)
    return make_ready(asked)


def erase_as_two(place: Place, thing: Any, kind: str) -> None:
    with acting_as(place.coordinator.pk):
        request = make_purge(place, thing, kind=kind)
    with acting_as(place.monitoring.pk):
        erase(request=request, by=place.monitoring)


def kept(place: Place, rendering: Rendering) -> str:
    with acting_as(place.coordinator.pk):
        return str(Rendering.objects.get(pk=rendering.pk).snapshot)


@pytest.mark.parametrize("kind", ["paper", "action", "indicator"])
def test_what_is_erased_goes_with_the_reports_that_list_it(world: World, kind: str) -> None:
    place = world.here
    things: dict[str, Any] = {"paper": place.paper, "action": place.action}
    thing = things.get(kind, place.indicator)
    with acting_as(place.coordinator.pk):
        name = {"indicator": "name"}.get(kind, "title")
        type(thing).objects.filter(pk=thing.pk).update(**{name: "About Quillfeather"})
    listed = evidence_of(place, *((kind, thing) if kind in things else ("figure", place.figure)))
    rendering = print_it(place)
    assert "Quillfeather" in kept(place, rendering)
    erase_as_two(place, thing, kind)
    assert kept(place, rendering) == "{}"
    with acting_as(place.coordinator.pk):
        assert Evidence.objects.filter(pk=listed.pk).exists() == (kind != "paper")


def test_a_note_that_is_erased_goes_with_the_reports_that_print_it(world: World) -> None:
    place = world.here
    evidence_of(place, "address", "https://www.example.org/a", note="About Quillfeather")
    with acting_as(place.coordinator.pk):
        rating = place.assessment.ratings.get(benchmark__key="training")
    rating.comment = rating.actions = ""
    with second_lock_off():
        rating.save(update_fields=["comment", "actions"])
    rendering = print_it(place)
    assert "Quillfeather" in kept(place, rendering)
    erase_as_two(place, rating, "rating")
    assert kept(place, rendering) == "{}"
