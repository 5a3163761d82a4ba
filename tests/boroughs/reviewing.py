"""A borough's reviews as its people find them, and ways to their pages."""

from typing import Any

from boroughs.models import Recommendation, Review
from boroughs.rows import acting_as
from tests.boroughs.pages import address
from tests.boroughs.test_committees import date
from tests.factories import Place, make_closed_review

PEER = {
    "kind": "peer",
    "title": "Home Office peer review 2018",
    **date("starts_on", "2018-11-20"),
    **date("ends_on", "2018-11-23"),
    "meeting": "",
    "reviewers": "Prevent leads of other councils",
    "reviewer_count": "7",
    "documents": "65",
    "documents_exactness": "over",
    "interviewees": "47",
    "interviewees_exactness": "",
    "judgement": "Generally excellent",
    "findings": "Strong work with schools.",
    "source": "Peer review report, 2018",
}


def answer(response: str, text: str = "", **more: str) -> dict[str, str]:
    return {
        "response": response,
        "response_text": text,
        **date("responded_on", "2019-09-02"),
        **date("done_on", ""),
        "seen": "2",
        **more,
    }


def on(place: Place, verb: str) -> str:
    """A page of the place's recommendation."""
    keys = place.scrutiny.pk, place.recommendation.pk
    return address(f"boroughs:recommendation-{verb}", place.borough, *keys)


def of(review: Review, verb: str) -> str:
    return address(f"boroughs:review-{verb}", review.borough, review.pk)


def now(place: Place) -> Recommendation:
    with acting_as(place.lead.pk):
        rows = Recommendation.objects.select_related("review", "reported_at", "report_to")
        return rows.get(pk=place.recommendation.pk)


def reviews(place: Place) -> list[Review]:
    with acting_as(place.lead.pk):
        return list(Review.objects.filter(borough=place.borough))


def closed(place: Place, **said: Any) -> Review:
    """A review that the coordinator has closed, alone on its list."""
    with acting_as(place.coordinator.pk):
        return make_closed_review(place.borough, by=place.coordinator, **said)
