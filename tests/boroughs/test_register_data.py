"""The register that ships: what it holds, what it refuses, and that it speaks the models' words."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from boroughs import register
from boroughs.models import Borough, GovernanceModel
from boroughs.models.borough import Kind, Nation
from boroughs.register import Authority, authorities, authority, current, governance

FIRST_DAY = date(2021, 4, 1)
AFTER_2023 = date(2023, 4, 1)
TODAY = date(2026, 11, 21)
LONDON = {"london_borough", "city_of_london"}


def kinds_on(day: date) -> Counter[str]:
    return Counter(a.kind for a in current(day))


def a_row(**changes: Any) -> dict[str, Any]:
    row = {
        "gss": "E06000099",
        "slug": "new-town",
        "name": "New Town",
        "sort_name": "new town",
        "kind": "unitary",
        "nation": "england",
        "region": "South East",
    }
    return {key: value for key, value in {**row, **changes}.items() if value is not None}


def test_london_has_thirty_three_authorities_and_wales_twenty_two() -> None:
    for day in (FIRST_DAY, AFTER_2023, TODAY):
        assert sum(n for kind, n in kinds_on(day).items() if kind in LONDON) == 33
        assert kinds_on(day)["welsh_principal_area"] == 22


@pytest.mark.parametrize(
    ("day", "lower_or_single_tier", "counties"),
    [(FIRST_DAY, 331, 24), (date(2023, 3, 31), 331, 24), (AFTER_2023, 318, 21), (TODAY, 318, 21)],
)
def test_the_counts_follow_the_reorganisation_of_2023(
    day: date, lower_or_single_tier: int, counties: int
) -> None:
    assert kinds_on(day)["county"] == counties
    assert len(current(day)) - counties == lower_or_single_tier


def test_codes_and_slugs_are_unique_over_the_whole_register() -> None:
    for field in ("gss", "slug"):
        values = [getattr(a, field) for a in authorities()]
        assert len(set(values)) == len(values) == 361


def test_no_two_councils_of_the_same_day_share_a_name() -> None:
    for day in (FIRST_DAY, TODAY):
        names = [a.name for a in current(day)]
        assert len(set(names)) == len(names)


def test_a_row_that_ends_hands_over_on_the_next_day() -> None:
    ended = [a for a in authorities() if a.valid_until]
    assert len(ended) == 22
    for old in ended:
        assert old.valid_until is not None
        successors = [authority(gss) for gss in old.replaced_by]
        assert {s.valid_from for s in successors} == {old.valid_until + timedelta(days=1)}


@pytest.mark.parametrize(
    ("successor", "replaced"),
    [
        ("E06000063", "Allerdale, Carlisle, Copeland, Cumbria"),
        ("E06000064", "Barrow-in-Furness, Cumbria, Eden, South Lakeland"),
        (
            "E06000065",
            "Craven, Hambleton, Harrogate, North Yorkshire, Richmondshire, Ryedale, Scarborough, "
            "Selby",
        ),
        ("E06000066", "Mendip, Sedgemoor, Somerset, Somerset West and Taunton, South Somerset"),
    ],
)
def test_a_council_of_2023_replaced_the_county_and_its_districts(
    successor: str, replaced: str
) -> None:
    assert replaced == ", ".join(a.name for a in authorities() if successor in a.replaced_by)


def test_a_recoded_council_keeps_its_name_and_its_plain_slug() -> None:
    for old, new, slug in (
        ("E08000016", "E08000038", "barnsley"),
        ("E08000019", "E08000039", "sheffield"),
    ):
        assert authority(old).ended_because == "recoded"
        assert authority(old).replaced_by == (new,)
        assert authority(old).name == authority(new).name
        assert authority(new).slug == slug


def test_districts_lie_in_a_county_of_their_region_and_time() -> None:
    districts = [a for a in authorities() if a.county]
    assert len(districts) == 181
    for district in districts:
        county = authority(district.county)
        assert (county.kind, county.region) == ("county", district.region)
        assert county.valid_until == district.valid_until


def test_names_are_read_the_usual_way_round_and_sort_as_read() -> None:
    names = [a.name for a in authorities()]
    assert [n for n in names if "," in n] == ["Bournemouth, Christchurch and Poole"]
    assert names.index("Derby") < names.index("Dudley") < names.index("County Durham")
    assert names.index("Rutland") < names.index("St Albans") < names.index("Salford")
    assert names.index("Kingston upon Hull") < names.index("Kingston upon Thames")


@pytest.mark.parametrize(
    ("gss", "called"),
    [
        ("E06000034", "Thurrock Council"),
        ("E09000003", "London Borough of Barnet"),
        ("E09000033", "Westminster City Council"),
        ("E10000012", "Essex County Council"),
        ("E07000081", "Gloucester Council"),  # the formal name is not held
    ],
)
def test_a_council_is_called_by_its_formal_name_where_that_is_known(gss: str, called: str) -> None:
    assert authority(gss).council_name == called


def test_every_row_fits_the_model() -> None:
    slug = Borough._meta.get_field("slug").max_length or 0
    name = Borough._meta.get_field("name").max_length or 0
    full_name = Borough._meta.get_field("full_name").max_length or 0
    for a in authorities():
        assert 0 < len(a.slug) <= slug
        assert 0 < len(a.name) <= name
        assert len(a.council_name) <= full_name


def test_the_register_uses_the_words_that_the_models_store() -> None:
    assert set(register.KINDS) == set(Kind.values)
    assert set(register.NATIONS) == set(Nation.values)
    assert set(register.GOVERNANCE_FORMS) == set(GovernanceModel.Form.values)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"gss": "X06000099"}, "a GSS code is E or W and eight digits"),
        ({"gss": None}, "New Town: gss is missing"),
        ({"slug": "New Town"}, "is not a slug"),
        ({"slug": "help"}, "is the address of a page"),
        ({"kind": "parish"}, "is not a kind of authority"),
        ({"nation": "wales"}, "first letter disagree"),
        ({"region": None}, "English authorities have a region"),
        ({"kind": "non_metropolitan_district"}, "names its county"),
        ({"county": "E10000012"}, "names its county"),
        ({"valid_from": "1 April 2021"}, "dates are written as"),
        ({"valid_until": "2030-03-31"}, "says when, why and what replaced it"),
        (
            {
                "valid_until": "2030-03-31",
                "ended_because": "forgotten",
                "replaced_by": ["E06000098"],
            },
            "is not a way for a row to end",
        ),
        (
            {
                "valid_from": "2030-04-01",
                "valid_until": "2030-03-31",
                "ended_because": "recoded",
                "replaced_by": ["E06000098"],
            },
            "it ends before it begins",
        ),
        ({"mayor": "no"}, "mayor is not a field of the register"),
    ],
)
def test_a_wrong_row_is_refused_with_a_sentence(changes: dict[str, Any], reason: str) -> None:
    said = register.why_not_an_authority(a_row(**changes))
    assert said is not None
    assert reason in said


def test_a_right_row_is_taken() -> None:
    assert register.why_not_an_authority(a_row()) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": "other"}, "E06000099: two rows have this gss."),
        ({"gss": "E06000098"}, "new-town: two rows have this slug."),
        (
            {
                "gss": "E06000098",
                "slug": "other",
                "valid_until": "2030-03-31",
                "ended_because": "recoded",
                "replaced_by": ["E06000097"],
            },
            "E06000098: E06000097, which it names, is not in the register.",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_refused(changes: dict[str, Any], reason: str) -> None:
    assert register.why_not_a_register([a_row(), a_row(**changes)]) == [reason]


def test_governance_is_held_for_every_london_council_and_never_claims_what_it_cannot_show() -> None:
    for number in range(1, 34):
        rows = governance(f"E090000{number:02d}")
        assert rows
        assert all(r.source for r in rows)
        assert all(not r.verified for r in rows if r.form == "unknown")


def test_barnet_left_the_committee_system_on_23_may_2023() -> None:
    assert [(g.form, g.since) for g in governance("E09000003")] == [
        ("committee", None),
        ("leader_cabinet", date(2023, 5, 23)),
    ]


@pytest.mark.parametrize(
    "changes", [{"form": "monarchy"}, {"source": ""}, {"form": "unknown", "verified": True}]
)
def test_a_wrong_governance_row_is_refused(changes: dict[str, Any]) -> None:
    row = {"gss": "E09000003", "form": "committee", "source": "Minutes", "verified": True}
    assert register.why_not_a_governance(row) is None
    assert register.why_not_a_governance({**row, **changes})


def test_an_authority_cannot_be_changed_by_its_reader() -> None:
    thurrock: Authority = authority("E06000034")
    with pytest.raises(AttributeError):
        thurrock.name = "Elsewhere"  # type: ignore[misc]
