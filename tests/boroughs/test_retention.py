"""Records whose time is over are shown to those who decide; nothing is erased by itself."""

import datetime as dt

import pytest
from django.utils import timezone

from boroughs.actions.purges import erase, refuse_to_erase
from boroughs.actions.retention import ask_to_erase_record, keep_record, set_period
from boroughs.models import RetentionReview
from boroughs.policies import Refused
from boroughs.retention import REVIEWS, look_for_what_is_due, periods
from boroughs.rows import acting_as
from portal.tasks import look_at_retention
from tests.boroughs.pages import address, problems, says, signed_in
from tests.factories import Place, World

LATER = timezone.localdate() + dt.timedelta(days=400)


def waiting(place: Place) -> list[tuple[str, dt.date]]:
    with acting_as(place.lead.pk):
        rows = place.borough.retention_reviews.waiting().order_by("kind", "due_on")
        return list(rows.values_list("kind", "due_on"))


def test_what_is_due_is_noted_once_with_its_day(world: World) -> None:
    found = waiting(world.here)
    assert found == [
        ("assessment", dt.date(2025, 1, 31)),
        ("assessment", dt.date(2025, 7, 31)),
        ("paper", dt.date(2023, 7, 4)),
        ("report", dt.date(2025, 7, 4)),
    ]
    look_at_retention()
    assert waiting(world.here) == found


def test_a_boroughs_own_period_counts(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        keep_record(review=here.review, until=LATER, reason="An inquiry", by=here.lead)
        RetentionReview.objects.filter(kind="report").update(
            state="kept", decided_by=here.lead, keep_until=dt.date(2026, 1, 1), reason="x"
        )
        set_period(borough=here.borough, kind="report", years=30, by=here.lead)
    look_for_what_is_due()
    assert [kind for kind, _ in waiting(here)] == ["assessment", "paper"]
    with acting_as(here.lead.pk):
        set_period(borough=here.borough, kind="report", years=2, by=here.lead)
    look_for_what_is_due()
    assert ("report", dt.date(2021, 7, 4)) in waiting(here)
    assert ("report", dt.date(2025, 7, 4)) in waiting(world.there)


def test_erasing_takes_two_and_a_refusal_brings_it_back(world: World) -> None:
    here = world.here
    with acting_as(here.monitoring.pk):
        purge = ask_to_erase_record(review=here.review, by=here.monitoring)
        with pytest.raises(Refused, match="decided already"):
            ask_to_erase_record(review=here.review, by=here.monitoring)
    assert look_for_what_is_due() == 0
    with acting_as(here.lead.pk):
        refuse_to_erase(request=purge, reason="Still needed", by=here.lead)
    assert look_for_what_is_due() == 1
    with acting_as(here.monitoring.pk):
        again = here.borough.retention_reviews.waiting().get(record=here.earlier.pk)
        purge = ask_to_erase_record(review=again, by=here.monitoring)
    with acting_as(here.lead.pk):
        erase(request=purge, by=here.lead)
        assert purge.counts["text"] == 1
    assert look_for_what_is_due() == 0


def test_decisions_on_the_page(world: World) -> None:
    here = world.here
    lead = signed_in(here.lead)
    page = address("boroughs:retention-decide", here.borough, here.review.pk)
    assert problems(lead.post(page, {"decision": "keep"})) == [
        "Enter the day until which it is kept",
        "Enter why it is kept",
    ]
    day = {"until_day": "1", "until_month": "1", "until_year": "2020", "reason": "An inquiry"}
    assert problems(lead.post(page, {"decision": "keep", **day})) == ["Enter a day in the future."]
    lead.post(page, {"decision": "keep", **day, "until_year": "2040"})
    shown = says(lead.get(address("boroughs:retention-list", here.borough)))
    assert "until 1 January 2040" in shown
    assert "Local Government Act 1972, section 100D(2)" in shown
    lead.post(
        address("boroughs:retention-period", here.borough),
        {"paper": "9", "report": "6", "assessment": "6", "sheet": "2"},
    )
    with acting_as(here.lead.pk):
        assert here.borough.retention_periods.count() == 1
    assert "9 years from" in says(lead.get(address("boroughs:retention-list", here.borough)))


def test_every_shipped_period_is_looked_for() -> None:
    assert {period.kind for period in periods()} == set(REVIEWS)
    assert all(period.source for period in periods())
