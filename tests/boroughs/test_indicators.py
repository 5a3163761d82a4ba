"""The catalogue that ships, how it is refused, and the periods of the financial year."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from boroughs import periods
from boroughs.charts import Point, bars_of
from boroughs.disclosure import Group
from boroughs.figure_policies import Difference, Entry, why_sums_differ
from boroughs.indicators import Catalogue, shipped, topics, why_not_indicators
from portal.demonstration import figures as demonstration
from sheets.cells import Wrong
from sheets.nouns.period_words import read as read_words

CATALOGUE = Catalogue(shipped())
ROW = {"key": "visits", "topic": "t", "name": "Visits", "definition": "Visits made", "unit": "contacts",
       "direction": "more", "people_referred": False}  # fmt: skip


def data(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"topics": [{"key": "t", "title": "T"}], "indicators": list(rows)}


def test_each_shipped_indicator_stands_after_what_it_is_under() -> None:
    assert {found.topic for found in shipped()} == {found.key for found in topics()}
    assert [found.key for found in CATALOGUE.family("enquiries")] == [
        "enquiries",
        "referred-to-police",
        "discussed-at-panel",
    ]
    assert CATALOGUE.groups("enquiries") == [
        Group("enquiries", ("referred-to-police",), exhaustive=False),
        Group("referred-to-police", ("discussed-at-panel",), exhaustive=False),
    ]
    assert {found.topic for found in shipped() if found.people_referred} == {"referrals"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**ROW, "definition": ""}, "does not say its definition"),
        ({**ROW, "unit": "bananas"}, "“bananas” is not a unit"),
        ({**ROW, "key": "Visits!"}, "small letters"),
        (
            {**ROW, "people_referred": True, "unit": "per cent"},
            "counts referred people in per cent, from which their number can be worked out",
        ),
        ({**ROW, "people_referred": "no"}, "does not say whether it counts referred people"),
        ({**ROW, "whole": "nothing", "relation": "part"}, "does not come before it"),
        ({**ROW, "relation": "part"}, "stands under nothing"),
        ({**ROW, "weight": 3}, "fields that no one reads: weight"),
    ],
)
def test_an_indicator_that_breaks_the_rules_is_named_with_the_reason(
    row: dict[str, Any], reason: str
) -> None:
    assert reason in " ".join(why_not_indicators(data(row)))


def test_a_part_is_counted_like_its_whole_and_names_its_breakdown() -> None:
    part = {**ROW, "key": "in-person", "whole": "visits", "relation": "part", "unit": "people"}
    reasons = " ".join(why_not_indicators(data(ROW, part)))
    assert "differ in unit" in reasons
    assert "name their breakdown" in reasons
    assert "Two indicators have the key “visits”." in why_not_indicators(data(ROW, ROW))


def test_the_demonstrations_sums_add_up_and_each_row_names_its_report_or_says_it_is_invented() -> (
    None
):
    for row in demonstration.shipped()["figures"]:
        assert bool(row["source"]) != bool(row["illustrative"])
        periods.financial(*row["period"])
        said = {key: demonstration._entry(key, found, "") for key, found in row["said"].items()}
        assert set(said) <= set(CATALOGUE.by_key)
        assert not why_sums_differ(CATALOGUE, said)


def test_sums_are_said_in_words() -> None:
    def entry(key: str, number: int) -> Entry:
        return Entry(key, number=Decimal(number))

    keys = ("staff-trained", "staff-trained-council", "staff-trained-external")
    said = {key: entry(key, n) for key, n in zip(keys, (1493, 394, 99), strict=True)}
    why = "The parts add up to 493 (394 + 99), which is 1,000 fewer than the 1,493 of staff trained"
    assert why_sums_differ(CATALOGUE, said) == [Difference(keys[0], keys[0], why)]
    assert not why_sums_differ(CATALOGUE, {k: said[k] for k in keys[:2]})  # one part is not said
    explained = {**said, keys[0]: replace(said[keys[0]], difference="Some were not asked.")}
    assert not why_sums_differ(CATALOGUE, explained)


def test_a_part_that_is_greater_than_its_whole_is_named_at_the_part() -> None:
    said = {
        key: Entry(key, number=Decimal(number))
        for key, number in {"outreach": 144, "outreach-face-to-face": 237,
                            "staff-trained": 99, "staff-trained-council": 394}.items()
    }  # fmt: skip
    cannot = "cannot be. A part is not greater than its whole"
    assert sorted(why_sums_differ(CATALOGUE, said), key=lambda found: found.whole) == [
        Difference(
            "outreach",
            "outreach-face-to-face",
            f"Face to face: 237 of 144 community outreach {cannot}",
        ),
        Difference(
            "staff-trained",
            "staff-trained-council",
            f"Council staff: 394 of 99 staff trained {cannot}",
        ),
    ]


@pytest.mark.parametrize("kind", periods.MONTHS)
def test_a_period_is_read_back_from_its_code(kind: str) -> None:
    for number in range(1, 12 // periods.MONTHS[kind] + 1):
        found = periods.financial(kind, 2021, number)
        assert periods.read(found.code) == found
        assert periods.between(found.starts_on, found.ends_on) == found


def test_periods_are_called_as_councils_call_them() -> None:
    called = [
        str(periods.read(code))
        for code in ("year-2021", "half-2021-2", "quarter-2021-4", "month-2019-2")
    ]
    assert called == ["2021/22", "October 2021 to March 2022", "January to March 2022", "May 2019"]
    odd = periods.between(dt.date(2018, 11, 20), dt.date(2018, 11, 23))
    assert (str(odd), odd.code) == (
        "20 November 2018 to 23 November 2018",
        "other-20181120-20181123",
    )
    assert periods.read(odd.code) == odd


@pytest.mark.parametrize(
    ("first", "last", "called"),
    [
        ("2019-03-31", "2019-03-31", "31 March 2019"),
        ("2022-01-01", "2022-12-31", "2022 (calendar year)"),
        ("2022-09-01", "2023-08-31", "2022/23 (school year)"),
        ("2022-01-01", "2023-12-31", "1 January 2022 to 31 December 2023"),
    ],
)
def test_a_day_and_years_that_begin_in_another_month_have_names_and_are_read_back(
    first: str, last: str, called: str
) -> None:
    found = periods.between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert str(found) == called
    assert periods.read(found.code) == found
    assert read_words(called) == found


def test_an_academic_year_may_be_written_first_and_a_bare_year_is_asked_about() -> None:
    assert read_words("Academic year 2022/23") == periods.school_year(2022)
    assert read_words("calendar year 2022") == periods.calendar_year(2022)
    for unclear in ("2022", "school year 2022/24"):
        with pytest.raises(Wrong):
            read_words(unclear)


def test_bars_are_in_proportion_and_a_gap_has_none() -> None:
    chart = bars_of("Visits", [Point("a", Decimal(50), "50"), Point("b", None, "Withheld"),
                               Point("c", Decimal(100), "100", Decimal(75))])  # fmt: skip
    heights = [bar.height for bar in chart.bars]
    assert heights[1] == 0
    assert heights[0] * 2 == pytest.approx(heights[2], abs=1)
    assert chart.has_target
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)
