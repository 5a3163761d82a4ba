"""Reviews with what they ask for, and risks."""

from uuid import UUID

from django.db.models import Value

from boroughs.access import BoroughRequest, readable
from boroughs.linked_access import reviews_read
from boroughs.models import (
    Recommendation,
    RecommendationAction,
    Review,
    Risk,
    RiskReview,
)
from boroughs.review_access import requests_heard
from boroughs.roles import Perm
from boroughs.searching import Kind, Rows, Source, offer, once

from .words import day_of, said, under

REVIEWS = Kind("reviews", "Reviews")
RECOMMENDATIONS = Kind("recommendations", "Recommendations and requests")
RISKS = Kind("risks", "Risks")


@once
def reviews(request: BoroughRequest) -> list[UUID]:
    return list(reviews_read(request).values_list("pk", flat=True))


@once
def risks(request: BoroughRequest) -> list[UUID]:
    found = readable(request, request.borough.risks.all(), Perm.READ_RECORD)
    return list(found.values_list("pk", flat=True))


def requests_only(request: BoroughRequest) -> Rows | None:
    """What a member's own committees asked for; whoever reads reviews finds it there."""
    return None if Perm.READ_RECORD in request.granted else requests_heard(request)


ANSWERED = ("response_text", "owner_post", "reported_note")
offer(
    Source(
        REVIEWS,
        Perm.READ_RECORD,
        under(reviews, "pk", Review.objects.all()),
        "boroughs:review-show",
        title="title",
        texts=("judgement", "findings", "reviewers"),
        where=day_of("starts_on"),
        closure="closure",
        listed_too=True,
    ),
    Source(
        RECOMMENDATIONS,
        Perm.READ_RECORD,
        under(reviews, "review", Recommendation.objects.all()),
        "boroughs:review-show",
        title="text",
        texts=ANSWERED,
        where=said(Value("Number "), "number", Value(", "), "review__title"),
        parts=("review",),
        anchor="recommendations",
        closure="review__closure",
        listed_too=True,
    ),
    Source(
        RECOMMENDATIONS,
        Perm.READ_RECORD,
        under(reviews, "recommendation__review", RecommendationAction.objects.all()),
        "boroughs:review-show",
        title="text",
        texts=("owner_post", "organisation"),
        where=said(
            Value("Towards number "),
            "recommendation__number",
            Value(", "),
            "recommendation__review__title",
        ),
        parts=("recommendation__review",),
        anchor="recommendations",
        closure="recommendation__review__closure",
        listed_too=True,
    ),
    Source(
        RECOMMENDATIONS,
        Perm.READ_REPORTS,
        requests_only,
        "boroughs:asked-list",
        title="text",
        texts=ANSWERED,
        where="review__title",
        parts=(),
    ),
    Source(
        RISKS,
        Perm.READ_RECORD,
        under(risks, "pk", Risk.objects.all()),
        "boroughs:risk-show",
        title="title",
        texts=("cause", "effect", "controls", "planned", "owner_post"),
        closure="closure",
        listed_too=True,
    ),
    Source(
        RISKS,
        Perm.READ_RECORD,
        under(risks, "risk", RiskReview.objects.all()),
        "boroughs:risk-show",
        title="risk__title",
        texts=("note",),
        where=said(Value("Reviewed on "), day_of("at")),
        parts=("risk",),
        closure="risk__closure",
        listed_too=True,
        by_title=False,
    ),
)
