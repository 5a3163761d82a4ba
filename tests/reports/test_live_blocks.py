"""Blocks of ratings, figures over time, boards and the level of threat; what no block may hold, and the guard behind them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boroughs.actions.boards import add_board
from boroughs.actions.context import add_fact
from boroughs.actions.figures import close_figures
from boroughs.actions.plan_actions import add_action
from boroughs.actions.reviews import add_recommendation, close_review
from boroughs.actions.risks import close_risk
from boroughs.models import FigureRule, Strategy
from boroughs.models.closure import ClosableQuerySet
from boroughs.models.review import RecommendationQuerySet
from boroughs.periods import financial
from boroughs.rows import acting_as
from reports.last_guard import why_not_public
from reports.live import LIVE, frozen, publishes_figures
from reports.models import Report
from tests.factories import (
    Place,
    World,
    make_assessment,
    make_closed_strategy,
    make_figures,
    make_review,
    make_risk,
    make_strategy,
    rate_as,
)

Piece = dict[str, Any]
SECRET = "Canary words that only the access list of this closed record may ever come to read"
NUMBER = 7654321


def block(place: Place, key: str, **changed: Any) -> Piece:
    with acting_as(place.coordinator.pk):
        report = Report.objects.select_related("meeting").get(pk=place.report.pk)
        for name, value in changed.items():
            setattr(report, name, value)
        found: Piece = frozen(report, [f"[[{key}]]"])[key]
    return found


def everything(place: Place) -> dict[str, Piece]:
    with acting_as(place.coordinator.pk):
        report = Report.objects.select_related("meeting").get(pk=place.report.pk)
        return frozen(report, [f"[[{key}]]" for key in LIVE])


# -- Ratings ------------------------------------------------------------------------------------------
def test_the_ratings_stand_with_actions_and_comments(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rate_as(here.assessment, "channel-panel", "red", comment="It did not meet.", actions="Meet.", by=here.coordinator)  # fmt: skip
    piece = block(here, "benchmarks")
    assert piece["head"] == ["Benchmark", "Rating", "Actions", "Comments"]
    assert len(piece["rows"]) == 10
    [panel] = [row for row in piece["rows"] if "Channel" in row[0]]
    assert (panel[1]["text"], panel[1]["tone"]) == ("Red", "red")
    assert panel[2:] == ["Meet.", "It did not meet."]
    assert "2 red" in piece["lead"]


def test_compared_ratings_say_how_each_changed(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        rate_as(here.assessment, "training", "red", by=here.coordinator)
    for key in ("benchmarks compared", "ratings over time"):
        [training] = [row for row in block(here, key)["rows"] if "Training" in row[0]]
        assert {cell["text"] for cell in training[1:]} == {"Red", "Amber"}
        assert [cell["note"] for cell in training[1:] if "note" in cell] == ["Fallen back: was\u00a0Amber"]  # fmt: skip


def test_periods_run_from_left_to_right_and_none_is_later_than_the_reports(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        later = make_assessment(here.borough, by=here.coordinator, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 31))  # fmt: skip
    head = block(here, "ratings over time")["head"]
    assert head[-1] == here.assessment.period
    assert here.earlier.period in head[1:-1]
    assert later.period not in head


@pytest.mark.parametrize("key", LIVE)
def test_a_report_without_an_assessment_has_every_block(world: World, key: str) -> None:
    piece = block(world.here, key, assessment=None)
    assert piece["lead"]
    rated = key in ("benchmarks", "benchmarks compared", "ratings over time")
    assert ("not tied to an assessment" in piece["lead"]) is rated


# -- Boards and the level of threat ---------------------------------------------------------------------
def test_boards_stand_under_those_they_report_to(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        add_board(borough=here.borough, name="Panel of partners", chair_post="Head of service", meetings_a_year=12, reports_to=here.board, by=here.coordinator)  # fmt: skip
    piece = block(here, "governance")
    [row] = [row for row in piece["rows"] if row[0] == "Panel of partners"]
    assert row[1] == "Head of service"
    assert row[3] == here.board.name
    [chart] = piece["charts"]
    depths = {each["label"]: each["depth"] for each in chart["rows"]}
    assert depths["Panel of partners"] == depths[here.board.name] + 1
    assert [each["label"] for each in chart["rows"]] == [row[0] for row in piece["rows"]]


def test_the_level_of_threat_is_that_of_the_reports_day(world: World) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        said: dict[str, Any] = {
            "kind": "threat",
            "about": "",
            "source": "A report",
            "by": here.coordinator,
        }
        add_fact(borough=here.borough, on="2019-07-03", title="The day before", **said)
        add_fact(borough=here.borough, on="2019-07-05", title="The day after", **said)
    piece = block(here, "threat level")
    assert piece["lead"].endswith("as recorded for 3 July 2019: The day before.")
    assert piece["rows"][0][:2] == ["3 July 2019", "The day before"]
    assert "The day after" not in str(piece)


# -- Charts ----------------------------------------------------------------------------------------------
def test_a_bar_is_drawn_for_each_priority(world: World) -> None:
    piece = block(world.here, "plan chart")
    [chart] = piece["charts"]
    assert [row["label"] for row in chart["rows"]] == [r[0] for r in piece["rows"] if r[0] != "All"]
    assert all(row["number"] <= row["of"] for row in chart["rows"])
    assert block(world.here, "plan progress")["charts"] == []


def with_years(place: Place) -> None:
    """Panels held in three years, and people referred in three, of which one year is too few to tell."""
    with acting_as(place.coordinator.pk):
        for year, referred in ((2013, 50), (2014, 3), (2015, 40)):
            figures: dict[str, int | None] = {
                "panels-held": year - 2000,
                "enquiries": 90 + year - 2000,
                "discussed-at-panel": referred,
            }
            make_figures(
                place.borough, figures, by=place.coordinator, period=financial("year", year)
            )


def test_figures_over_time_draw_what_is_printed_and_nothing_else(world: World) -> None:
    here = world.here
    with_years(here)
    with acting_as(here.lead.pk):
        FigureRule.objects.update_or_create(borough=here.borough, defaults={"published": ["enquiries", "discussed-at-panel"]})  # fmt: skip
    piece = block(here, "figures over time")
    printed = {(name, period): number for name, period, number in piece["rows"]}
    assert piece["charts"]
    for chart in piece["charts"]:
        for row in chart["rows"]:
            said = printed[(chart["title"], row["label"])]
            assert said.startswith(row["said"])
            assert (row["number"] is None) == (
                row["said"] in ("Suppressed", "Withheld", "Not known")
            )
            if row["number"] is not None:
                assert f"{row['number']:,.0f}" in said
    assert "Suppressed" in printed.values()


@pytest.mark.parametrize(("key", "does"), [("figures", True), ("figures over time", True), ("risks", False)])  # fmt: skip
def test_figures_are_published_by_either_block(key: str, does: bool) -> None:
    assert publishes_figures({key: {}}) is does


# -- What never flows in -----------------------------------------------------------------------------------
def with_closed_records(place: Place) -> None:
    """One of every kind that can be closed, by the coordinator, who stands on the list of each."""
    by, here = place.coordinator, place.borough
    with acting_as(by.pk):
        strategy = make_closed_strategy(here, by=by, title=SECRET)
        adopted = {
            "state": "adopted",
            "adopted_by": place.committee,
            "adopted_on": dt.date(2019, 1, 1),
        }
        Strategy.objects.filter(pk=strategy.pk).update(**adopted)
        close_risk(
            risk=make_risk(here, by=by, title=SECRET),
            classification="exempt",
            reason="It tells",
            by=by,
        )
        for said in (
            {"kind": "peer"},
            {
                "kind": "scrutiny",
                "meeting": place.meeting,
                "starts_on": place.meeting.date,
                "ends_on": None,
            },
        ):
            review = make_review(here, by=by, **{**said, "title": "Closed review"})
            add_recommendation(
                review=review,
                number="1",
                text=SECRET,
                report_to=place.committee if review.meeting else None,
                by=by,
            )
            close_review(
                review=review, classification="exempt", reason="It names weaknesses", by=by
            )
        for year in (2024, 2025):
            rows = make_figures(
                here, {"panels-held": NUMBER}, by=by, period=financial("year", year)
            )
            close_figures(
                value=rows["panels-held"], classification="exempt", reason="It tells", by=by
            )


def test_nothing_closed_flows_into_any_block(world: World) -> None:
    with_closed_records(world.here)
    found = str(everything(world.here))
    assert "Canary" not in found
    assert str(NUMBER) not in found
    assert f"{NUMBER:,}" not in found


@pytest.mark.parametrize("key", ["priorities", "risks", "recommendations", "committee asked", "figures"])  # fmt: skip
def test_without_the_filter_the_canary_would_be_seen(
    world: World, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the test above is one that can fail, and the coordinator’s own rows are no lock."""
    with_closed_records(world.here)
    forget_the_filter(monkeypatch)
    found = str(block(world.here, key))
    assert "Canary" in found or f"{NUMBER:,}" in found


def forget_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows

    monkeypatch.setattr(ClosableQuerySet, "open_to_all", all_of)
    monkeypatch.setattr(RecommendationQuerySet, "of_open_reviews", all_of)


# -- The last guard -------------------------------------------------------------------------------------------
NOTHING_TYPED: Piece = {
    "report": {"title": ""},
    "front": {},
    "texts": {},
    "recommendations": {},
    "background_papers": [],
    "appendices": [],
    "style": {"sections": []},
}


def guarded(place: Place, snapshot: Piece) -> str | None:
    with acting_as(place.coordinator.pk):
        return why_not_public({**NOTHING_TYPED, **snapshot}, place.borough)


def test_a_paper_of_open_records_passes_the_guard_by_one_statement(world: World) -> None:
    with_closed_records(world.here)
    snapshot = {**NOTHING_TYPED, "live": everything(world.here), "assessment": None}
    with acting_as(world.here.coordinator.pk), CaptureQueriesContext(connection) as asked:
        assert why_not_public(snapshot, world.here.borough) is None
    assert len(asked) == 1


def test_a_closed_paragraph_in_a_block_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_closed_records(world.here)
    forget_the_filter(monkeypatch)
    said = guarded(world.here, {"live": everything(world.here)})
    assert said
    assert "stand in " in said
    for key in ("priorities", "risks", "recommendations", "committee asked"):
        assert f"[[{key}]]" in said
    assert "[[governance]]" not in said
    assert "Canary" not in said


def test_a_closed_paragraph_in_a_rating_is_refused(world: World) -> None:
    with_closed_records(world.here)
    rating = {"reason": "", "actions": "", "comment": f"As said: {SECRET}.", "evidence": []}
    said = guarded(world.here, {"live": {}, "assessment": {"ratings": [rating]}})
    assert said is not None
    assert "stand in the ratings" in said


def test_a_closed_record_of_another_borough_is_no_reason(world: World) -> None:
    with_closed_records(world.there)
    snapshot = {"live": {"risks": {"lead": SECRET}}, "assessment": None}
    assert guarded(world.here, snapshot) is None
    assert guarded(world.there, snapshot) is not None


# -- What it costs -----------------------------------------------------------------------------------------------
def more(place: Place, year: int) -> None:
    """Another of everything that flows in."""
    by, here, mark = place.coordinator, place.borough, f" {year}"
    with acting_as(by.pk):
        make_risk(here, by=by, title="Risk" + mark)
        review = make_review(here, by=by, title="Review" + mark)
        add_recommendation(review=review, number="1", text="Do more" + mark, by=by)
        board = add_board(borough=here, name="Board" + mark, reports_to=place.board, by=by)
        add_board(borough=here, name="Under" + mark, reports_to=board, by=by)
        make_figures(here, {"enquiries": year}, by=by, period=financial("year", year))
        add_fact(
            borough=here,
            on=f"{year}",
            kind="threat",
            title="Level" + mark,
            about="",
            source="A report",
            by=by,
        )
        late = timezone.localdate() - dt.timedelta(days=1)
        add_action(
            plan=place.plan,
            title="Train" + mark,
            due_on=late,
            owner_post="",
            success_measure="",
            by=by,
        )
        make_strategy(here, by=by, title="Strategy" + mark)
        Strategy.objects.filter(title="Strategy" + mark).update(
            state="adopted", adopted_by=place.committee, adopted_on=dt.date(2019, 1, 1)
        )
        first = dt.date(year - 100, 1, 1)
        make_assessment(here, by=by, starts_on=first, ends_on=first)


def asked_by(place: Place) -> Iterator[str]:
    with CaptureQueriesContext(connection) as captured:
        everything(place)
    yield from (query["sql"] for query in captured.captured_queries)


def test_more_rows_ask_for_no_more_statements(world: World) -> None:
    more(world.here, 2015)
    few = list(asked_by(world.here))
    for year in range(2016, 2020):
        more(world.here, year)
    many = list(asked_by(world.here))
    assert len(many) == len(few)
