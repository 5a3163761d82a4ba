"""Authorities that do not exist: like no council, said to be invented wherever they show, and kept by the rules."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from accounts.models import User
from audit.models import Event
from boroughs import register
from boroughs.models import Borough, Membership
from boroughs.roles import Role
from boroughs.rows import acting_as
from portal.demonstration.invented import _half_years, shipped
from tests.boroughs.pages import says, signed_in
from toolkit.across import Choice, table_of, toolkits
from toolkit.across.table import NOTHING, OVERDUE, PARTNER, UNKNOWN
from toolkit.models import Assessment, Rating, SignedRating, SignOff

ROWS = shipped()["authorities"]


def test_none_of_them_has_the_name_the_address_or_the_code_of_a_council() -> None:
    real = register.authorities()
    names = {a.name.casefold() for a in real} | {a.full_name.casefold() for a in real}
    for row in ROWS:
        assert row["name"].casefold() not in names
        assert not any(row["name"].casefold() in name for name in names)
        assert row["slug"] not in {a.slug for a in real} | register.RESERVED_SLUGS
        assert row["gss"][1:3] == "98"
        assert row["gss"] not in {a.gss for a in real}
        assert (row["gss"][0] == "W") == (row["region"] == "")
        assert row["region"] in {a.region for a in real}
    assert (
        len({row["gss"] for row in ROWS}) == len({row["slug"] for row in ROWS}) == len(ROWS) == 33
    )


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        ("2026-03-31", "2025-09-30"),
        ("2026-04-01", "2026-03-31"),
        ("2026-09-30", "2026-03-31"),
        ("2026-10-01", "2026-09-30"),
        ("2027-01-15", "2026-09-30"),
    ],
)
def test_half_years_are_those_that_are_over_and_follow_one_another(
    db: None, today: str, newest: str
) -> None:
    halves = list(_half_years(6, dt.date.fromisoformat(today)))
    assert halves[-1].ends_on == dt.date.fromisoformat(newest)
    for before, after in pairwise(halves):
        assert after.starts_on == before.ends_on + dt.timedelta(days=1)
    assert len(halves) == 6


def test_the_observer_compares_thirty_three_and_each_says_that_it_is_invented(
    demonstration: None,
) -> None:
    observer = User.objects.get(email="observer@comparison.example.org")
    mine = Membership.objects.live().filter(user=observer)
    assert {row.role for row in mine} == {Role.OBSERVER}
    boroughs = list(Borough.objects.filter(pk__in=mine.values("borough")).order_by("name"))
    assert {each.gss_code for each in boroughs} == {row["gss"] for row in ROWS}
    assert all(str(each).endswith("(invented)") for each in boroughs)
    with acting_as(observer.pk):
        assert not Assessment.objects.filter(illustrative="").exists()
        table = table_of(boroughs, toolkits(boroughs), Choice(), dt.date.today())  # noqa: DTZ011
        found = Counter(cell.word for line in table.lines for cell in line.cells)
        assert {"Green", "Amber", "Red", UNKNOWN, PARTNER, OVERDUE, NOTHING} <= set(found)
        assert {cell.direction for line in table.lines for cell in line.cells} >= {
            "better",
            "worse",
        }
        assert SignOff.objects.values("assessment__ends_on").distinct().count() == 6
    lead = User.objects.get(email="lead@comparison.example.org")
    with acting_as(lead.pk):
        kept_as_rated(SignedRating.objects.count())
        late = Assessment.objects.filter(state=Assessment.State.SUBMITTED)
        assert late.count() == sum(row["left_out"] == 1 for row in ROWS)
        assert not SignOff.objects.filter(assessment__in=late).exists()
        assert not Rating.objects.blank().filter(reason="").exists()
        assert not Rating.objects.filter(level__tone="red", comment="").exists()
        done = Counter(Event.objects.values_list("deed", flat=True))
        assert (
            done["assessment.opened"] == done["assessment.submitted"] == Assessment.objects.count()
        )
        assert done["assessment.signed-off"] == SignOff.objects.count()
        assert done["benchmark.rated"] == Rating.objects.count()
    administered_after_the_councils()


def kept_as_rated(number: int) -> None:
    """Every word that was signed off is the word that was rated."""
    signed = SignedRating.objects.values_list(
        "sign_off__assessment", "benchmark", "level", "standing"
    )
    rated = Rating.objects.filter(assessment__state=Assessment.State.SIGNED_OFF)
    assert number > 1000
    assert set(signed) == set(rated.values_list("assessment", "benchmark", "level", "standing"))


def administered_after_the_councils() -> None:
    page = says(
        signed_in(User.objects.get(email="administrator@portal.example.org")).get(
            "/administration/"
        )
    )
    assert page.index("Thurrock") < page.index("(invented)")
    assert "Without a lead" not in page
