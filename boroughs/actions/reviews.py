"""Reviews and what they ask for: adding, changing, answering, reporting back, closing."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.closed_words import remember
from boroughs.actions.closures import close
from boroughs.actions.saving import save_over
from boroughs.models import (
    Borough,
    Closure,
    Committee,
    Meeting,
    Recommendation,
    RecommendationAction,
    Review,
)
from boroughs.policies import Refused
from boroughs.review_policies import (
    why_not_answer,
    why_not_by,
    why_not_close,
    why_not_count,
    why_not_meeting,
    why_not_number,
    why_not_past,
    why_not_period,
    why_not_remove_recommendation,
    why_not_remove_review,
    why_not_report_back,
    why_not_report_to,
    why_not_responded,
    why_not_this_answer,
)


def _refuse(*rules: tuple[str, str | None]) -> None:
    """Raise Refused by the first of (field, reason) that has a reason."""
    for field, why in rules:
        if why:
            raise Refused(why, field=field)


def _held(review: Review) -> Review:
    """The review, which nobody else changes or closes meanwhile."""
    held = Review.objects.select_for_update(of=("self",)).select_related("borough", "closure")
    return held.get(pk=review.pk)


def _remember(review: Review) -> None:
    """Keep the digests of a closed review's words, so that open texts are checked against them."""
    rows = review.recommendations.prefetch_related("steps") if review.is_closed else []
    steps = [step for row in rows for step in row.steps.all()]
    remember(review.closure, review, *rows, *steps)


# -- Reviews ------------------------------------------------------------------------------------------
def _refuse_review(said: dict[str, Any]) -> None:
    _refuse(
        ("ends_on", why_not_period(said["starts_on"], said["ends_on"])),
        ("meeting", why_not_meeting(said["kind"], said["meeting"], said["starts_on"])),
        ("documents", why_not_count(said["documents_exactness"], said["documents"])),
        ("interviewees", why_not_count(said["interviewees_exactness"], said["interviewees"])),
    )


@transaction.atomic
def add_review(*, borough: Borough, by: User, illustrative: str = "", **said: Any) -> Review:
    """Add a review; `said` is what the form of reviews asks for. Raises Refused when dates or meeting do not fit."""
    _refuse_review(said)
    review = Review.objects.create(
        borough=borough, illustrative=illustrative, changed_by=by, **said
    )
    record("review.added", by=by, borough_id=borough.pk, subject=review, kind=review.kind)
    return review


@transaction.atomic
def change_review(*, review: Review, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile when somebody else was quicker, Refused as `add_review` does."""
    _held(review)
    _refuse_review(said)
    save_over(review, seen=seen, by=by, **said)
    _remember(review)
    record("review.changed", by=by, borough_id=review.borough_id, subject=review)


@transaction.atomic
def remove_review(*, review: Review, by: User) -> None:
    """One that was entered by mistake. Raises Refused once it is closed or something stands under it."""
    held = _held(review)
    _refuse(("", why_not_remove_review(held)))
    record("review.removed", by=by, borough_id=held.borough_id, subject=held)
    held.delete()


@transaction.atomic
def close_review(*, review: Review, by: User, **case: Any) -> Closure:
    """Close a review with everything under it; `case` is what `close` asks for. Raises Refused."""
    held = _held(review)
    _refuse(("", why_not_close(held)))
    closure = close(borough=held.borough, by=by, **case)
    held.closure = closure
    held.save(update_fields=["closure"])
    _remember(held)
    record("review.closed", by=by, borough_id=held.borough_id, subject=held)
    return closure


@transaction.atomic
def note_reading(*, review: Review, by: User, as_member: bool) -> None:
    """Whoever reads what is closed stands in the trail; a member's reading is for the monitoring officer alone."""
    about: dict[str, Any] = {"borough_id": review.borough_id, "subject": review}
    record("review.read", by=by, members_reading=as_member, **about)


# -- Recommendations ------------------------------------------------------------------------------------
def _refuse_recommendation(
    review: Review, said: dict[str, Any], of: Recommendation | None = None
) -> None:
    _refuse(
        ("number", why_not_number(review, said["number"], of=of)),
        ("due", why_not_by(review, said["due"])),
        ("report_to", why_not_report_to(review, said["report_to"], said["report_by"])),
        ("report_by", why_not_by(review, said["report_by"])),
    )


@transaction.atomic
def add_recommendation(
    *,
    review: Review,
    number: str,
    text: str,
    importance: str = "",
    owner_post: str = "",
    due: dt.date | None = None,
    report_to: Committee | None = None,
    report_by: dt.date | None = None,
    by: User,
) -> Recommendation:
    """Raises Refused when the number is taken or the days do not fit."""
    held = _held(review)
    said = {"number": number, "due": due, "report_to": report_to, "report_by": report_by}
    _refuse_recommendation(held, said)
    last = held.recommendations.order_by("-position").first()
    recommendation = Recommendation.objects.create(
        review=held,
        position=last.position + 1 if last else 1,
        text=text,
        importance=importance,
        owner_post=owner_post,
        changed_by=by,
        **said,
    )
    _remember(held)
    record("recommendation.added", **_about(recommendation), by=by)
    return recommendation


@transaction.atomic
def change_recommendation(
    *, recommendation: Recommendation, seen: int, by: User, **said: Any
) -> None:
    """Raises ChangedMeanwhile, or Refused as `add_recommendation` does and when it was reported back."""
    review = _held(recommendation.review)
    _refuse(("", why_not_answer(recommendation)))
    _refuse_recommendation(review, said, of=recommendation)
    save_over(recommendation, seen=seen, by=by, **said)
    _remember(review)
    record("recommendation.changed", **_about(recommendation), by=by)


@transaction.atomic
def remove_recommendation(*, recommendation: Recommendation, by: User) -> None:
    """One that was entered by mistake. Raises Refused once something was done about it or reported back."""
    review = _held(recommendation.review)
    _refuse(("", why_not_remove_recommendation(recommendation)))
    recommendation.delete()
    _remember(review)
    record("recommendation.removed", **_about(recommendation), by=by)


@transaction.atomic
def answer_recommendation(
    *,
    recommendation: Recommendation,
    response: str,
    response_text: str,
    responded_on: dt.date | None,
    done_on: dt.date | None,
    seen: int,
    by: User,
) -> None:
    """Answer it, or take the answer back (`response` empty). Raises ChangedMeanwhile or Refused."""
    review = _held(recommendation.review)
    _refuse(
        ("", why_not_answer(recommendation)),
        ("response_text", why_not_this_answer(response, response_text, done_on)),
        ("responded_on", why_not_responded(recommendation, response, responded_on)),
        ("done_on", why_not_by(review, done_on) or why_not_past(done_on)),
    )
    said = {"response": response, "response_text": response_text}
    save_over(recommendation, seen=seen, by=by, responded_on=responded_on, done_on=done_on, **said)
    _remember(review)
    record("recommendation.answered", **_about(recommendation), by=by, response=response)


@transaction.atomic
def report_back(
    *,
    recommendation: Recommendation,
    reported_at: Meeting | None,
    reported_note: str,
    seen: int,
    by: User,
) -> None:
    """Say at which meeting the answer was reported; None when it was not after all. Raises ChangedMeanwhile or Refused."""
    review = _held(recommendation.review)
    if reported_at:
        _refuse(("reported_at", why_not_report_back(recommendation, reported_at)))
    note = reported_note if reported_at else ""
    save_over(recommendation, seen=seen, by=by, reported_at=reported_at, reported_note=note)
    _remember(review)
    on = reported_at.date.isoformat() if reported_at else ""
    record("recommendation.reported", **_about(recommendation), by=by, date=on)


def _about(recommendation: Recommendation) -> dict[str, Any]:
    review = recommendation.review
    return {"borough_id": review.borough_id, "subject": review}


# -- Steps of their own -----------------------------------------------------------------------------------
@transaction.atomic
def add_step(
    *,
    recommendation: Recommendation,
    text: str,
    owner_post: str = "",
    organisation: str = "",
    due: dt.date | None = None,
    done_on: dt.date | None = None,
    by: User,
) -> RecommendationAction:
    """Raises Refused when it is due before it was asked for, or done in the future."""
    review = _held(recommendation.review)
    _refuse(("due", why_not_by(review, due)), ("done_on", why_not_past(done_on)))
    last = recommendation.steps.order_by("-position").first()
    step = RecommendationAction.objects.create(
        recommendation=recommendation,
        position=last.position + 1 if last else 1,
        text=text,
        owner_post=owner_post,
        organisation=organisation,
        due=due,
        done_on=done_on,
        changed_by=by,
    )
    _remember(review)
    record("recommendation.step-added", **_about(recommendation), by=by)
    return step


@transaction.atomic
def change_step(*, step: RecommendationAction, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile, or Refused as `add_step` does."""
    review = _held(step.recommendation.review)
    _refuse(("due", why_not_by(review, said["due"])), ("done_on", why_not_past(said["done_on"])))
    save_over(step, seen=seen, by=by, **said)
    _remember(review)
    done = bool(said["done_on"])
    record(
        "recommendation.step-changed",
        **_about(step.recommendation),
        by=by,
        state="done" if done else "to-do",
    )
