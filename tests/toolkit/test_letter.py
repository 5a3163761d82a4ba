"""An assurance letter: its judgements against the version it names, and what it asks for as recommendations."""

import datetime as dt
from typing import Any

import pytest

from boroughs.actions.reviews import close_review, remove_recommendation
from boroughs.models import Recommendation, Review
from boroughs.policies import Refused
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, says, signed_in
from tests.factories import Place, World, make_review, rate_as, version
from toolkit.actions.assessments import open_assessment
from toolkit.actions.letter import recommend
from toolkit.letter import free_number, proposed
from toolkit.models import AskedBenchmark, Assessment
from toolkit.policies import why_not_move

ON = dt.date(2019, 9, 2)


@pytest.fixture
def letter(world: World) -> Assessment:
    """Training is red with what is asked for, venue hire amber with a comment, communications green; the rest is blank."""
    return make_letter(world.here)


def make_letter(place: Place, assessor: str = "home_office") -> Assessment:
    by = place.coordinator
    with acting_as(by.pk):
        found = open_assessment(
            borough=place.borough,
            version=version(),
            starts_on=dt.date(2019, 8, 1),
            ends_on=dt.date(2019, 8, 31),
            assessor=assessor,
            by=by,
        )
        rate_as(found, "training", "red", by=by, comment="No analysis", actions="Write a programme")
        rate_as(found, "venue-hire", "amber", by=by, comment="No policy for schools")
        rate_as(found, "communications", "green", by=by)
    return found


def page(place: Place, letter: Assessment) -> str:
    return address("toolkit:assessment-recommendations", place.borough, letter.pk)


def post(place: Place, letter: Assessment, **said: Any) -> Any:
    """The page as it is shown, sent off by the lead."""
    browser = signed_in(place.lead)
    given = {"chosen": keys(place, letter), "review": "", "title": "Letter of 2019", "letter_on": ON.isoformat()}  # fmt: skip
    return browser.post(page(place, letter), given | said)


def keys(place: Place, letter: Assessment) -> list[str]:
    with acting_as(place.coordinator.pk):
        return [row.key for row in proposed(letter)]


def made(place: Place) -> list[Recommendation]:
    with acting_as(place.coordinator.pk):
        links = AskedBenchmark.objects.filter(rating__assessment__assessor="home_office")
        found = Recommendation.objects.filter(asked_benchmarks__in=links)
        return list(found.select_related("review").order_by("position"))


def test_what_a_letter_finds_unmet_is_shown_and_becomes_recommendations(
    world: World, letter: Assessment
) -> None:
    here = world.here
    shown = says(signed_in(here.lead).get(page(here, letter)))
    assert "Training programme: Write a programme" in shown
    assert "Venue hire: No policy for schools" in shown
    assert "Communications" not in shown
    assert "Local risk assessment" not in shown
    assert made(here) == []
    answer = post(here, letter)
    rows = made(here)
    assert answer.status_code == 302
    assert answer["Location"] == rows[0].review.get_absolute_url()
    assert [(row.number, row.text, row.importance) for row in rows] == [
        ("7", "Training programme: Write a programme", "Red"),
        ("8", "Venue hire: No policy for schools", "Amber"),
    ]
    review = rows[0].review
    assert (review.kind, review.title, review.starts_on) == ("assurance", "Letter of 2019", ON)


def test_the_same_page_sent_twice_makes_no_twins(world: World, letter: Assessment) -> None:
    here = world.here
    chosen = keys(here, letter)
    post(here, letter)
    again = post(here, letter, chosen=chosen)
    assert (again.status_code, again["Location"]) == (302, page(here, letter))
    assert len(made(here)) == 2
    with acting_as(here.lead.pk):
        assert Review.objects.filter(title="Letter of 2019").count() == 1
        with pytest.raises(Refused, match="recommendations made of them"):
            recommend(
                assessment=letter,
                chosen=chosen,
                review=None,
                title="Letter again",
                letter_on=ON,
                by=here.lead,
            )
        assert not Review.objects.filter(title="Letter again").exists()
    shown = says(signed_in(here.lead).get(page(here, letter)))
    assert "Of every judgement that is red or amber a recommendation was made." in shown


def test_a_judgement_changed_since_it_was_looked_at_is_looked_at_again(
    world: World, letter: Assessment
) -> None:
    here = world.here
    chosen = keys(here, letter)
    with acting_as(here.coordinator.pk):
        rate_as(letter, "training", "amber", by=here.coordinator, actions="Something else")
    answer = post(here, letter, chosen=chosen)
    assert answer.status_code == 200
    assert "A judgement was changed" in says(answer)
    assert made(here) == []


def test_some_now_and_the_others_later_go_under_the_same_review(
    world: World, letter: Assessment
) -> None:
    here = world.here
    post(here, letter, chosen=keys(here, letter)[:1])
    [first] = made(here)
    shown = signed_in(here.lead).get(page(here, letter)).content.decode()
    assert f'<option value="{first.review_id}" selected>' in shown
    with acting_as(here.coordinator.pk):
        rate_as(letter, "channel-panel", "red", by=here.coordinator)
    post(here, letter, review=str(first.review_id), title="", letter_on="")
    assert [(row.number, row.review_id) for row in made(here)] == [
        ("7", first.review_id),
        ("5", first.review_id),
        ("8", first.review_id),
    ]


def test_numbers_that_a_review_has_already_are_not_given_twice() -> None:
    assert free_number(3, []) == "3"
    assert free_number(3, ["3"]) == "3.1"
    assert free_number(3, ["3", "3.1"]) == "3.2"


def test_from_a_benchmark_to_its_recommendation_and_back(world: World, letter: Assessment) -> None:
    here = world.here
    post(here, letter)
    review = made(here)[0].review
    back = address("toolkit:rating-history", here.borough, letter.pk, "training")
    for person in (here.coordinator, here.lead):
        browser = signed_in(person)
        assert f'href="{back}"' in browser.get(review.get_absolute_url()).content.decode()
        there = f'href="{review.get_absolute_url()}#recommendations"'
        assert there in browser.get(back).content.decode()
        own = address("toolkit:rating-history", here.borough, here.assessment.pk, "training")
        assert there in browser.get(own).content.decode()
        assert there in browser.get(page(here, letter)).content.decode()


def test_under_a_review_that_is_closed_to_somebody_nothing_of_it_shows_and_no_twin_is_made(
    world: World, letter: Assessment
) -> None:
    here = world.here
    post(here, letter)
    review = made(here)[0].review
    with acting_as(here.coordinator.pk):
        close_review(
            review=review,
            by=here.coordinator,
            classification="exempt",
            reason="It names weaknesses",
        )
    shown = says(signed_in(here.lead).get(page(here, letter)))
    assert "2 more, under a review that is closed to you" in shown
    assert "Letter of 2019" not in shown
    history = address("toolkit:rating-history", here.borough, letter.pk, "training")
    assert "Letter of 2019" not in says(signed_in(here.lead).get(history))
    assert "Letter of 2019" in says(signed_in(here.coordinator).get(history))
    with acting_as(here.coordinator.pk):
        rate_as(letter, "channel-panel", "red", by=here.coordinator)
        key = [row.key for row in proposed(letter)]
        with pytest.raises(Refused, match="This review is closed"):
            recommend(assessment=letter, chosen=key, review=review, by=here.coordinator)


def test_a_letter_of_which_recommendations_were_made_stays_with_its_version(
    world: World, letter: Assessment
) -> None:
    here = world.here
    with acting_as(here.coordinator.pk):
        assert why_not_move(letter) is None
    post(here, letter)
    with acting_as(here.coordinator.pk):
        assert "A letter stays with the version that it names" in (why_not_move(letter) or "")


def test_a_recommendation_that_was_removed_can_be_made_again(
    world: World, letter: Assessment
) -> None:
    here = world.here
    post(here, letter)
    first = made(here)[0]
    with acting_as(here.lead.pk):
        remove_recommendation(recommendation=first, by=here.lead)
    post(here, letter, review=str(first.review_id))
    assert [row.number for row in made(here)] == ["8", "7"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"chosen": []}, "Select what becomes a recommendation"),
        ({"title": ""}, "Enter the letter’s title, or choose the review above"),
        ({"letter_on": ""}, "Enter the day of the letter"),
        ({"letter_on": "2090-01-01"}, "The day of the letter cannot be in the future"),
        ({"chosen": ["communications@2"]}, "A judgement was changed"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    world: World, letter: Assessment, said: dict[str, Any], why: str
) -> None:
    answer = post(world.here, letter, **said)
    assert answer.status_code == 200
    assert why in says(answer)
    assert made(world.here) == []


def test_only_the_judgements_of_a_letter_and_only_under_a_letter(
    world: World, letter: Assessment
) -> None:
    here = world.here
    own = make_letter(here, assessor="peer")
    assert "made of the judgements of a Home Office letter" in says(
        signed_in(here.lead).get(page(here, own))
    )
    with acting_as(here.coordinator.pk):
        other = make_review(here.borough, by=here.coordinator)
        keys_of = [row.key for row in proposed(letter)]
        with pytest.raises(Refused, match="by somebody else"):
            recommend(assessment=own, chosen=keys_of, review=None, by=here.coordinator)
        with pytest.raises(Refused, match="Choose an assurance letter"):
            recommend(assessment=letter, chosen=keys_of, review=other, by=here.coordinator)
    with acting_as(world.there.coordinator.pk):
        theirs = make_review(world.there.borough, by=world.there.coordinator, kind="assurance")
    assert post(here, letter, review=str(theirs.pk)).status_code == 200
    assert made(here) == []


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.DEMOCRATIC])
def test_who_does_not_keep_the_record_makes_none(
    world: World, letter: Assessment, role: Role
) -> None:
    here = world.here
    assert signed_in(here.people[role]).get(page(here, letter)).status_code == 403
    assert signed_in(world.there.lead).get(page(here, letter)).status_code == 404
