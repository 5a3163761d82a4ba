"""The round: what is still true, submitting, the board's sign-off, and reopening."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from boroughs.rows import acting_as
from tests.boroughs.pages import deeds, problems, says, signed_in
from tests.factories import Place, World, make_assessment, rate_as
from toolkit.actions.assessments import say_unchanged
from toolkit.actions.round import reopen, set_rule, sign_off, submit, take_back
from toolkit.models import Assessment, Rating, RoundRule, SignedRating, SignOff
from toolkit.policies import Refused

DAY = {"on": "2019-08-01"}
SIGNED = {
    "signed_on": "2019-08-05",
    "meeting": "",
    "otherwise": "By e-mail to the board",
}


def on(place: Place, verb: str, *more: Any) -> str:
    return reverse(f"toolkit:{verb}", args=[place.borough.slug, place.assessment.pk, *more])


def said(place: Place, benchmark: str) -> Rating:
    with acting_as(place.lead.pk):
        return place.assessment.ratings.in_order().get(benchmark__key=benchmark)


def explain(place: Place) -> None:
    """Every blank gets its reason, and every red its comment."""
    with acting_as(place.coordinator.pk):
        place.assessment.ratings.blank().update(reason="Not looked at in July")


def submitted(place: Place) -> Assessment:
    explain(place)
    with acting_as(place.coordinator.pk):
        submit(assessment=place.assessment, by=place.coordinator)
    return place.assessment


def signed(place: Place) -> SignOff:
    assessment = submitted(place)
    with acting_as(place.lead.pk):
        return sign_off(
            assessment=assessment,
            meeting=None,
            otherwise="By e-mail",
            signed_on=dt.date(2019, 8, 5),
            by=place.lead,
        )


# -- No change, still true ----------------------------------------------------------------------------
def test_no_change_says_again_what_was_said_and_goes_to_the_next(world: World) -> None:
    client = signed_in(world.here.coordinator)
    with acting_as(world.here.coordinator.pk):
        rate_as(world.here.assessment, "training", "red", by=world.here.coordinator)
    seen = said(world.here, "training").version
    response = client.post(
        on(world.here, "rating-unchanged", "training"), {**DAY, "seen": seen, "then": "next"}
    )
    assert response["Location"] == on(world.here, "rating", "venue-hire")
    now = said(world.here, "training")
    assert (str(now.level), now.comment) == ("Amber", "earlier words of thurrock")
    assert (now.judged, now.true_on) == (Rating.Judged.UNCHANGED, dt.date(2019, 8, 1))


def test_what_is_unchanged_counts_apart_from_a_fresh_judgement(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.in_order().get(benchmark__key="training")
        say_unchanged(
            rating=rating, on=dt.date(2019, 8, 1), seen=rating.version, by=world.here.coordinator
        )
    page = says(signed_in(world.here.coordinator).get(on(world.here, "assessment")))
    assert "2 of 10 looked at, 1 of them said to be unchanged" in page


def test_a_fresh_word_takes_the_day_away(world: World) -> None:
    with acting_as(world.here.coordinator.pk):
        rating = world.here.assessment.ratings.in_order().get(benchmark__key="training")
        say_unchanged(
            rating=rating, on=dt.date(2019, 8, 1), seen=rating.version, by=world.here.coordinator
        )
        rate_as(world.here.assessment, "training", "green", by=world.here.coordinator)
    now = said(world.here, "training")
    assert (now.judged, now.true_on) == (Rating.Judged.AFRESH, None)


@pytest.mark.parametrize(
    ("benchmark", "day", "why"),
    [
        ("training", {"on": "2099-08-01"}, "cannot be in the future"),
        ("training", {"on": "2019-06-01"}, "must be in the period or after it"),
        ("training", {"on": "2019-08-41"}, "must be a real date"),
        ("venue-hire", {}, "It was not rated in"),
    ],
)
def test_no_change_is_refused_beside_its_day(
    world: World, benchmark: str, day: dict[str, str], why: str
) -> None:
    before = said(world.here, benchmark)
    response = signed_in(world.here.coordinator).post(
        on(world.here, "rating-unchanged", benchmark), {**DAY, **day, "seen": before.version}
    )
    assert response.status_code == 200
    assert why in says(response)
    assert said(world.here, benchmark).version == before.version


def test_no_change_after_a_colleagues_save_shows_what_they_saved(world: World) -> None:
    seen = said(world.here, "training").version
    with acting_as(world.here.coordinator.pk):
        rate_as(
            world.here.assessment,
            "training",
            "green",
            comment="A colleague’s words",
            by=world.here.coordinator,
        )
    response = signed_in(world.here.coordinator).post(
        on(world.here, "rating-unchanged", "training"), {**DAY, "seen": seen}
    )
    assert response.status_code == 409
    assert "A colleague’s words" in says(response)
    assert said(world.here, "training").comment == "A colleague’s words"


# -- Submitting ---------------------------------------------------------------------------------------
def test_each_blank_and_each_red_needs_a_reason(world: World) -> None:
    client = signed_in(world.here.coordinator)
    with acting_as(world.here.coordinator.pk):
        rate_as(world.here.assessment, "training", "red", by=world.here.coordinator)
    page = client.get(on(world.here, "assessment-submit"))
    assert "7. Training programme is red: say why in its comment." in says(page)
    assert "8. Venue hire is not rated: rate it, or say why it is not rated." in says(page)
    assert "10. Communications is" not in says(page)
    assert "red: say why" in problems(client.post(on(world.here, "assessment-submit")))[0] or (
        "is not rated" in problems(client.post(on(world.here, "assessment-submit")))[0]
    )
    with acting_as(world.here.lead.pk):
        assert Assessment.objects.get(pk=world.here.assessment.pk).state == "open"


def test_a_blank_with_its_reason_is_submitted_blank(world: World) -> None:
    explain(world.here)
    client = signed_in(world.here.coordinator)
    page = client.post(on(world.here, "assessment-submit"), follow=True)
    assert "was submitted for sign-off" in says(page)
    assert said(world.here, "venue-hire").level is None
    assert deeds(world.here)[-1] == "assessment.submitted"


def test_submitted_ratings_wait_until_they_are_taken_back(world: World) -> None:
    place = world.here
    submitted(place)
    client = signed_in(place.coordinator)
    rating = said(place, "training")
    form = {"level": "green", "comment": "Meanwhile", "standing": "", "seen": rating.version}
    assert "Take them back" in says(client.post(on(place, "rating", "training"), form))
    assert "is open again" in says(client.post(on(place, "assessment-take-back"), follow=True))
    assert client.post(on(place, "rating", "training"), form).status_code == 302
    assert "Only ratings that wait" in says(
        client.post(on(place, "assessment-take-back"), follow=True)
    )


# -- Sign-off -----------------------------------------------------------------------------------------
def test_a_lead_records_the_boards_sign_off_and_it_is_kept_as_it_was(world: World) -> None:
    place = world.here
    submitted(place)
    client = signed_in(place.lead)
    page = client.post(on(place, "assessment-sign-off"), SIGNED, follow=True)
    assert "is signed off. Its ratings are kept as they are." in says(page)
    kept = says(client.get(on(place, "sign-off", 1)))
    assert "Signed off on 5 August 2019: By e-mail to the board" in kept
    assert "present words of thurrock" in kept
    assert "Not rated" in kept


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"otherwise": ""}, "Choose the meeting, or say below how"),
        ({"signed_on": "2099-08-05"}, "cannot be in the future"),
        ({"signed_on": "2018-08-05"}, "must be after the period began"),
    ],
)
def test_a_sign_off_says_when_and_where(world: World, change: dict[str, str], why: str) -> None:
    submitted(world.here)
    page = signed_in(world.here.lead).post(
        on(world.here, "assessment-sign-off"), {**SIGNED, **change}
    )
    assert why in problems(page)[0]
    with acting_as(world.here.lead.pk):
        assert not world.here.assessment.sign_offs.exists()


def test_who_submitted_does_not_sign_off_where_the_borough_forbids_it(world: World) -> None:
    place = world.here
    explain(place)
    with acting_as(place.lead.pk):
        submit(assessment=place.assessment, by=place.lead)
        assessment = Assessment.objects.get(pk=place.assessment.pk)
        with pytest.raises(Refused, match="somebody else records the sign-off"):
            sign_off(
                assessment=assessment,
                meeting=place.meeting,
                signed_on=dt.date(2019, 8, 5),
                by=place.lead,
            )
        set_rule(borough=place.borough, by_another=False, stale_after=12, by=place.lead)
        found = sign_off(
            assessment=assessment,
            meeting=place.meeting,
            signed_on=dt.date(2019, 8, 5),
            by=place.lead,
        )
    assert found.meeting == place.meeting


def test_nothing_is_signed_off_before_it_is_submitted_or_twice(world: World) -> None:
    page = signed_in(world.here.lead).post(on(world.here, "assessment-sign-off"), SIGNED)
    assert "not submitted yet" in problems(page)[0]
    signed(world.here)
    page = signed_in(world.here.lead).post(on(world.here, "assessment-sign-off"), SIGNED)
    assert "signed off already" in problems(page)[0]


def test_signed_off_words_cannot_be_changed_whatever_the_code_does(world: World) -> None:
    place = world.here
    found = signed(place)
    with acting_as(place.coordinator.pk):
        assert place.assessment.ratings.update(comment="Afterwards") == 0
    with acting_as(place.lead.pk):
        for rows in (SignedRating.objects.filter(sign_off=found), SignOff.objects.all()):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                rows._raw_delete(rows.db)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            SignOff.objects.filter(pk=found.pk).update(signed_on=dt.date(2020, 1, 1))


def test_an_observer_reads_the_words_signed_off_and_no_text(world: World) -> None:
    found = signed(world.here)
    with acting_as(world.here.observer.pk):
        words = list(SignedRating.objects.filter(sign_off=found).select_related("level"))
        assert [str(word.level) for word in words if word.level] == ["Red", "Green"]
        assert not any(hasattr(word, "text") for word in words)
    with acting_as(world.there.lead.pk):
        assert not SignedRating.objects.filter(sign_off=found).exists()


# -- Reopening ----------------------------------------------------------------------------------------
def test_reopening_needs_a_reason_and_leaves_both_versions_readable(world: World) -> None:
    place = world.here
    signed(place)
    lead = signed_in(place.lead)
    assert problems(lead.post(on(place, "assessment-reopen"), {"reason": ""}))
    lead.post(on(place, "assessment-reopen"), {"reason": "The board saw an old page"})
    with acting_as(place.coordinator.pk):
        rate_as(place.assessment, "training", "amber", by=place.coordinator, comment="Corrected")
        submit(assessment=place.assessment, by=place.coordinator)
    with acting_as(place.lead.pk):
        again = sign_off(
            assessment=place.assessment,
            meeting=place.meeting,
            signed_on=dt.date(2019, 8, 6),
            by=place.lead,
        )
    assert again.edition == 2
    first, second = (says(lead.get(on(place, "sign-off", n))) for n in (1, 2))
    assert "The board saw an old page" in first
    assert "present words of thurrock" in first
    assert "Corrected" in second
    assert "present words of thurrock" not in second


def test_a_period_is_not_reopened_once_the_next_was_opened(world: World) -> None:
    place = world.here
    signed(place)
    with acting_as(place.coordinator.pk):
        make_assessment(
            place.borough,
            by=place.coordinator,
            starts_on=dt.date(2019, 8, 1),
            ends_on=dt.date(2019, 8, 31),
        )
    with acting_as(place.lead.pk), pytest.raises(Refused, match="August 2019 was opened after it"):
        reopen(assessment=place.assessment, reason="Too late", by=place.lead)


def test_only_what_waits_is_taken_back(world: World) -> None:
    signed(world.here)
    with (
        acting_as(world.here.coordinator.pk),
        pytest.raises(Refused, match="Only ratings that wait"),
    ):
        take_back(assessment=world.here.assessment, by=world.here.coordinator)


def test_the_rule_of_rounds_is_the_leads(world: World) -> None:
    page = reverse("toolkit:round-rule", args=["thurrock"])
    lead = signed_in(world.here.lead)
    assert "must be" in problems(lead.post(page, {"stale_after": "0"}))[0]
    lead.post(page, {"stale_after": "6", "by_another": "on"})
    with acting_as(world.here.lead.pk):
        assert RoundRule.objects.get(borough=world.here.borough).stale_after == 6
    assert signed_in(world.here.coordinator).get(page).status_code == 403
