"""Making recommendations of what a letter finds unmet."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.reviews import add_recommendation, add_review
from boroughs.models import Recommendation, Review
from toolkit.letter import Proposed, free_number, proposed
from toolkit.models import AskedBenchmark, Assessment
from toolkit.policies import Refused, why_not_recommend, why_not_under

EMPTY = {"meeting": None, "reviewers": "", "reviewer_count": None, "documents": None, "documents_exactness": "", "interviewees": None, "interviewees_exactness": "", "judgement": "", "findings": ""}  # fmt: skip
CHANGED = "The judgements were changed, or recommendations made of them, while you were looking. Look at them again."


@transaction.atomic
def recommend(
    *,
    assessment: Assessment,
    chosen: Collection[str],
    review: Review | None,
    title: str = "",
    letter_on: dt.date | None = None,
    by: User,
) -> Review:
    """Make one recommendation of each chosen judgement, under a review or a new one of this title and day.

    `chosen` are keys of what was looked at. Raises Refused when any of it is not as it was, and then makes none.
    """
    held = Assessment.objects.select_for_update(of=("self",)).select_related("borough", "version")
    letter = held.get(pk=assessment.pk)
    if why := why_not_recommend(letter):
        raise Refused(why)
    rows = {row.key: row for row in proposed(letter)}
    if not chosen or set(chosen) - set(rows):
        raise Refused(CHANGED)
    found = _held(review, letter) if review else _opened(letter, title, letter_on, by)
    for key in (key for key in rows if key in chosen):
        _make(rows[key], found, by)
    record(
        "assessment.recommended",
        by=by,
        borough_id=letter.borough_id,
        subject=letter,
        made=len(set(chosen)),
    )
    return found


def _held(review: Review, letter: Assessment) -> Review:
    """As it is now, which nobody closes before this is done."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("borough", "closure")
    found = rows.filter(pk=review.pk).first()
    why = why_not_under(found, letter) if found else CHANGED
    if found is None or why:
        raise Refused(why or CHANGED, field="review")
    return found


def _opened(letter: Assessment, title: str, on: dt.date | None, by: User) -> Review:
    if not title or on is None:
        raise Refused("Enter the letter’s title and day, or choose the review that it is.", field="title")  # fmt: skip
    said = {**EMPTY, "kind": Review.Kind.ASSURANCE, "title": title, "starts_on": on, "ends_on": None, "source": letter.source}  # fmt: skip
    return add_review(borough=letter.borough, illustrative=letter.illustrative, by=by, **said)


def _make(row: Proposed, review: Review, by: User) -> None:
    taken = Recommendation.objects.filter(review=review).values_list("number", flat=True)
    made = add_recommendation(
        review=review,
        number=free_number(row.rating.benchmark.number, taken),
        text=row.text,
        importance=row.importance,
        by=by,
    )
    AskedBenchmark.objects.create(rating=row.rating, recommendation=made, made_by=by)
