"""What committees asked for, as their members see it; and closed reviews."""

import datetime as dt

from accounts.models import User
from boroughs.actions.committees import give_seat
from boroughs.actions.reviews import add_recommendation
from boroughs.models import Recommendation, Review
from boroughs.roles import Role
from boroughs.rows import acting_as
from tests.boroughs.pages import address, deeds, problems, says, signed_in
from tests.factories import Place, World, give_role, make_review, make_user

from .reviewing import PEER, closed, of


# -- What members see -----------------------------------------------------------------------------------------
def test_a_member_sees_what_their_committee_asked_and_what_came_of_it(world: World) -> None:
    listing = address("boroughs:asked-list", world.here.borough)
    page = says(signed_in(world.here.member).get(listing))
    assert "Scrutiny Committee, 4 July 2019" in page
    assert "request words of thurrock" in page
    assert "answer words of thurrock" in page
    assert "1 request is not reported back yet." in page
    with acting_as(world.here.lead.pk):
        other = give_role(make_user(), world.here.borough, Role.MEMBER, by=world.here.lead)
    page = says(signed_in(other).get(listing))
    assert "request words" not in page
    assert "When a committee on which you hold a seat asks" in page


def test_a_seat_that_has_ended_shows_nothing_more(world: World) -> None:
    here = world.here
    with acting_as(here.lead.pk):
        former = give_role(make_user(), here.borough, Role.MEMBER, by=here.lead)
        give_seat(
            committee=here.committee,
            person=former,
            since=dt.date(2018, 5, 1),
            until=dt.date(2019, 5, 1),
            by=here.lead,
        )
    page = says(signed_in(former).get(address("boroughs:asked-list", here.borough)))
    assert "request words" not in page


def test_officers_see_what_every_committee_asked(world: World) -> None:
    listing = address("boroughs:asked-list", world.here.borough)
    for person in (world.here.lead, world.here.coordinator, world.here.democratic):
        client = signed_in(person)
        assert "request words of thurrock" in says(client.get(listing))
        assert "request words" not in says(client.get(listing, {"state": "settled"}))
        assert "request words" in says(
            client.get(listing, {"committee": str(world.here.committee.pk), "state": "open"})
        )
        other = says(client.get(listing, {"committee": str(world.there.committee.pk)}))
        assert "barnet" not in other


def test_nobody_sees_a_closed_request_here_not_even_those_on_its_list(world: World) -> None:
    _closed_scrutiny(world.here)
    listing = address("boroughs:asked-list", world.here.borough)
    for person in (world.here.coordinator, world.here.member, world.here.lead):
        page = says(signed_in(person).get(listing))
        assert "closed words" not in page
        assert "1 request is not reported back yet." in page


def _closed_scrutiny(place: Place) -> Review:
    by = place.coordinator
    with acting_as(by.pk):
        review = make_review(
            place.borough,
            by=by,
            kind="scrutiny",
            title="Asked in private",
            meeting=place.meeting,
            starts_on=place.meeting.date,
            ends_on=None,
        )
        add_recommendation(
            review=review, number="1", text="closed words", report_to=place.committee, by=by
        )
        from_page = of(review, "close")
    said = {"classification": "exempt", "reason": "It names weaknesses"}
    assert signed_in(by).post(from_page, said).status_code == 302
    return review


# -- Closed reviews -----------------------------------------------------------------------------------------
def everything(place: Place, person: User) -> str:
    """The pages that might tell of a review, as somebody reads them."""
    client = signed_in(person)
    names = ("review-list", "asked-list", "record", "closure-list")
    return " ".join(says(client.get(address(f"boroughs:{name}", place.borough))) for name in names)


def test_a_closed_review_is_seen_by_its_list_alone_in_lists_and_counts(world: World) -> None:
    before = everything(world.here, world.here.lead)
    review = closed(world.here)
    assert "Closed review of thurrock" in everything(world.here, world.here.coordinator)
    assert "One recommendation waits for a response" in says(
        signed_in(world.here.coordinator).get(address("boroughs:review-list", world.here.borough))
    )
    after = everything(world.here, world.here.lead)
    assert "Closed review" not in after
    assert "No recommendation waits for a response; 1 is overdue." in after
    assert "No recommendation waits for a response; 1 is overdue." in before
    client = signed_in(world.here.lead)
    for verb in ("show", "change", "close"):
        assert client.get(of(review, verb)).status_code == 404
        assert client.post(of(review, verb), {}).status_code in {404, 405}


def test_its_list_reads_it_and_the_reading_stands_in_the_trail(world: World) -> None:
    review = closed(world.here)
    page = says(signed_in(world.here.coordinator).get(of(review, "show")))
    assert "This review is closed" in page
    assert "closed request words" in page
    assert deeds(world.here)[-1] == "review.read"
    assert "review.closed" in deeds(world.here)


def test_row_security_alone_hides_a_closed_review_with_all_under_it(world: World) -> None:
    review = closed(world.here)
    for person in (world.here.lead, world.here.member, world.here.monitoring):
        with acting_as(person.pk):
            assert not Review.objects.filter(pk=review.pk).exists()
            assert not Recommendation.objects.filter(review=review).exists()
            assert not Recommendation.objects.filter(text__contains="closed request").exists()
    with acting_as(world.here.coordinator.pk):
        assert Recommendation.objects.filter(review=review).exists()


def test_a_review_is_closed_once(world: World) -> None:
    review = closed(world.here)
    client = signed_in(world.here.coordinator)
    assert "This review is closed already." in says(client.get(of(review, "close")))
    said = {"classification": "exempt", "reason": "Again"}
    assert problems(client.post(of(review, "close"), said)) == ["This review is closed already."]


def test_words_of_a_closed_review_are_noticed_in_an_open_one(world: World) -> None:
    words = "Nine words of a closed review that are kept secret here"
    closed(world.here, findings=words)
    client = signed_in(world.here.coordinator)
    add = address("boroughs:review-add", world.here.borough)
    client.post(add, PEER | {"findings": f"It says: {words}."})
    page = says(client.get(address("boroughs:review-list", world.here.borough)))
    assert "Words here also stand in a closed record" in page
