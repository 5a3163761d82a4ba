"""The demonstration: Thurrock's ratings as published, and boroughs whose people are invented."""

import re
from collections import Counter
from typing import Any

from boroughs.models import Borough, Committee, FundingStatus
from boroughs.register import authority
from boroughs.roles import Role
from portal import demonstration
from reports import house_styles
from reports.models import HouseStyle
from reports.places import narrative_keys
from toolkit.catalogue import scales, versions

BOROUGHS = demonstration.boroughs()["boroughs"]
THURROCK = demonstration.thurrock()
[JULY] = THURROCK["assessments"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def names(borough: dict[str, Any]) -> list[str]:
    return [person["name"] for person in borough["people"]]


def test_thurrock_published_five_greens_four_ambers_and_a_red() -> None:
    levels = [rating["level"] for rating in JULY["ratings"]]
    assert levels == [
        "green",
        "amber",
        "green",
        "green",
        "amber",
        "green",
        "red",
        "amber",
        "amber",
        "green",
    ]
    assert Counter(levels) == {"green": 5, "amber": 4, "red": 1}


def test_benchmarks_six_and_ten_have_a_rating_and_nothing_else() -> None:
    blank = [n for n, r in enumerate(JULY["ratings"], 1) if not r["actions"] and not r["comment"]]
    assert blank == [6, 10]
    commented = [n for n, r in enumerate(JULY["ratings"], 1) if r["comment"]]
    assert commented == [1, 2, 4, 5, 7]


def test_each_of_the_ten_benchmarks_is_rated_with_a_word_of_the_scale() -> None:
    version = next(v for v in versions() if v.key == THURROCK["toolkit"])
    levels = {level.key for s in scales() if s.key == version.scale for level in s.levels}
    assert [r["benchmark"] for r in JULY["ratings"]] == [b.key for b in version.benchmarks]
    assert {r["level"] for r in JULY["ratings"]} <= {*levels, None}


def test_the_ratings_are_real_and_name_their_source() -> None:
    assert JULY["illustrative"] == ""
    assert "4 July 2019" in JULY["source"]


def test_the_report_fills_its_house_style_and_nothing_beside_it() -> None:
    report = THURROCK["report"]
    style = next(s for s in house_styles.load() if s["key"] == report["house_style"])
    assert set(report["texts"]) == set(narrative_keys(HouseStyle(definition=style)))
    given = {*report["front"], "date", "item", "committee", "title"}
    assert given == {field["key"] for field in style["front"]}


def test_the_report_goes_to_a_meeting_that_the_boroughs_file_holds() -> None:
    report = THURROCK["report"]
    (thurrock,) = (b for b in BOROUGHS if b["gss"] == THURROCK["borough"])
    (committee,) = (c for c in thurrock["committees"] if c["name"] == report["committee"])
    (meeting,) = (m for m in committee["meetings"] if m["date"] == report["meeting"])
    assert meeting["items"] == [{"number": report["item_number"], "title": report["title"]}]
    assert report["assessment"] == JULY["ends_on"]


def test_every_borough_has_one_person_a_role_and_a_second_who_clears_with_an_example_address() -> (
    None
):
    for borough in BOROUGHS:
        slug = authority(borough["gss"]).slug
        roles = [person["role"] for person in borough["people"]]
        assert sorted(roles) == sorted([*Role.values, Role.CLEARING])
        assert {person["email"] for person in borough["people"]} == {
            f"{name}@{slug}.example.org" for name in (*Role.values, "legal")
        }


def test_nobody_is_named_twice() -> None:
    everyone = [name for borough in BOROUGHS for name in names(borough)]
    everyone.append(demonstration.boroughs()["administrator"]["name"])
    surnames = [name.split()[-1] for name in everyone]
    assert len(everyone) == 37
    assert len(set(everyone)) == len(set(surnames)) == 37


def test_the_report_names_no_person_and_gives_no_address_or_telephone() -> None:
    text = str(THURROCK)
    assert "@" not in text
    assert not re.search(r"\b0\d{2,4}[ \d]{6,}", text)
    invented = {name for borough in BOROUGHS for name in names(borough)}
    assert not [name for name in invented if name in text]


def test_a_borough_colour_can_be_read_on_white() -> None:
    colours = [borough["colour"] for borough in BOROUGHS]
    assert len(set(colours)) == len(colours)
    for colour in colours:
        assert 1.05 / (luminance(colour) + 0.05) >= 7


def test_choices_are_the_words_that_the_models_store() -> None:
    toolkits, styles = {v.key for v in versions()}, {s["key"] for s in house_styles.load()}
    for borough in BOROUGHS:
        assert borough["toolkit"]["version"] in toolkits
        assert borough["house_style"] in styles
        assert borough["clear_days"] in {*Borough.ClearDays.values, ""}
        assert borough["marking"] in {*Borough.Marking.values, ""}
        assert {f["status"] for f in borough["funding"]} <= set(FundingStatus.Status.values)
        for committee in borough["committees"]:
            assert committee["kind"] in Committee.Kind.values
            assert committee["regime"] in Committee.Regime.values


def test_the_member_of_each_borough_has_a_seat() -> None:
    for borough in BOROUGHS:
        seats = [seat["role"] for c in borough["committees"] for seat in c["seats"]]
        assert "member" in seats
