"""The demonstration's rounds: Barnet's remarks without a rating, and an authority that does not exist."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.db.models import Q

from accounts.actions import make_administrator
from accounts.models import User
from boroughs import register
from boroughs.models import Borough
from boroughs.rows import acting_as
from portal.demonstration import invented
from portal.demonstration.rounds import Invented, quarter, shipped
from reports.models import Report
from tests.boroughs.pages import says, signed_in
from tests.factories import PASSWORD, make_user
from toolkit.comparison import compare, progress_of
from toolkit.models import Assessment, Evidence, Rating


@pytest.fixture
def tansymere(db: None, settings: Any) -> None:
    settings.DEMONSTRATION_PASSWORD = PASSWORD
    administrator = make_user("Ada Administrator")
    make_administrator(user=administrator)
    Invented(shipped()["invented"], administrator).load()


def of(slug: str) -> tuple[Borough, User]:
    return (
        Borough.objects.get(slug=slug),
        User.objects.get(email=f"coordinator@{slug}.example.org"),
    )


@pytest.mark.parametrize(
    ("today", "back", "first", "last"),
    [
        ("2026-11-21", 0, "2026-07-01", "2026-09-30"),
        ("2026-01-01", 0, "2025-10-01", "2025-12-31"),
        ("2026-03-31", 1, "2025-07-01", "2025-09-30"),
        ("2026-04-01", 2, "2025-07-01", "2025-09-30"),
    ],
)
def test_quarters_are_counted_back_from_the_newest_that_is_over(
    today: str, back: int, first: str, last: str
) -> None:
    found = quarter(back, dt.date.fromisoformat(today))
    assert [day.isoformat() for day in found] == [first, last]


def test_barnets_remarks_stand_without_a_rating_and_no_council_has_an_invented_rating(
    demonstration: None,
) -> None:
    borough, coordinator = of("barnet")
    with acting_as(coordinator.pk):
        year = borough.assessments.get(version__key="la-2018")
        ratings = list(year.ratings.in_order())
        evidence = Evidence.objects.filter(rating__assessment=year)
        kinds = Counter(row.kind for row in evidence)
    assert year.illustrative == ""
    assert "22 July 2022" in year.source
    assert {rating.level for rating in ratings} == {None}
    assert [r.benchmark.number for r in ratings if r.comment] == [1, 7, 9, 10]
    assert "1,263" in next(r.comment for r in ratings if r.benchmark.key == "training")
    assert kinds == {"meeting": 4, "figure": 2}
    assert not rated_without_a_source()


def rated_without_a_source() -> list[Assessment]:
    """Of real councils, said to be invented or not."""
    found: list[Assessment] = []
    real = {authority.gss for authority in register.authorities()}
    boroughs = list(Borough.objects.filter(gss_code__in=real))
    assert len(boroughs) == 4
    for borough in boroughs:
        with acting_as(User.objects.get(email=f"coordinator@{borough.slug}.example.org").pk):
            unsaid = borough.assessments.filter(Q(source="") | ~Q(illustrative=""))
            found += unsaid.filter(ratings__level__isnull=False)
    return found


def test_tansymere_is_no_council_and_says_so_of_each_of_its_rounds(tansymere: None) -> None:
    row = shipped()["invented"]
    names = {authority.name.casefold() for authority in register.authorities()}
    assert row["name"].casefold() not in names
    assert row["gss"] not in {each["gss"] for each in invented.shipped()["authorities"]}
    borough, coordinator = of(row["slug"])
    assert str(borough).endswith("(invented)")
    with acting_as(coordinator.pk):
        assert not borough.assessments.filter(illustrative="").exists()
        states = Counter(borough.assessments.values_list("version__key", "assessor", "state"))
    assert states == {
        ("la-2024", "self", "signed_off"): 2,
        ("la-2024", "self", "open"): 1,
        ("la-2024", "peer", "open"): 1,
        ("channel-2021", "self", "submitted"): 1,
    }


def test_its_seventh_benchmark_went_from_red_to_amber_on_evidence(tansymere: None) -> None:
    borough, coordinator = of("tansymere")
    with acting_as(coordinator.pk):
        now = borough.assessments.filter(assessor="self", state="signed_off").latest("ends_on")
        [row] = [r for r in compare(now, now.previous()) if r.now.benchmark.number == 7]
        evidence = Evidence.objects.filter(rating=row.now)
        assert row.sentence == "7. Reducing permissive environments went from Red to Amber."
        assert {each.kind for each in evidence} == {"paper", "meeting", "figure", "website"}
        under_way = Assessment.objects.get(state="open", assessor="self", borough=borough)
        progress = progress_of(Rating.objects.filter(assessment=under_way))
    assert (progress.done, progress.unchanged, progress.total) == (6, 4, 8)


def test_its_member_is_offered_its_report(tansymere: None) -> None:
    borough, coordinator = of("tansymere")
    with acting_as(coordinator.pk):
        report = Report.objects.get(borough=borough)
        snapshot = report.renderings.get().snapshot
    assert snapshot["assessment"]["beside"][0]["assessor"] == "Officers of three other councils"
    [seventh] = [r for r in snapshot["assessment"]["ratings"] if r["number"] == "7"]
    assert [(said["word"], said["differs"]) for said in seventh["beside"]] == [("Red", True)]
    assert len(seventh["evidence"]) == 4
    member = User.objects.get(email="member@tansymere.example.org")
    assert "Tansymere" in says(signed_in(member).get("/tansymere/"))
