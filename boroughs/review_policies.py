"""May a review, a recommendation or its answer be kept like this: each rule returns the reason why not, or None."""

import datetime as dt

from django.utils import timezone

from .models import Action, Committee, Meeting, Recommendation, Review
from .plan_policies import why_not_write_action
from .policies import day

NOT_YET = "That day is still to come. Enter today or an earlier day."


def why_not_period(starts_on: dt.date, ends_on: dt.date | None) -> str | None:
    """A review ends after it began."""
    if ends_on and ends_on < starts_on:
        return f"A review ends after it began. Enter {day(starts_on)} or a later day."
    return None


def why_not_meeting(kind: str, meeting: Meeting | None, starts_on: dt.date) -> str | None:
    """A committee asks at a meeting; nobody else does."""
    if kind != Review.Kind.SCRUTINY:
        if not meeting:
            return None
        return "Only a committee asks at a meeting. Choose none, or the kind “Scrutiny”."
    if not meeting:
        return "Choose the meeting at which the committee asked."
    if meeting.date != starts_on:
        return f"The meeting was on {day(meeting.date)}. Enter that as the first day, or choose another meeting."
    return None


def why_not_count(exactness: str, number: int | None) -> str | None:
    """“Over” and “about” are said of a number."""
    if exactness and number is None:
        return "Enter the number that this is said of, or choose “Exactly”."
    return None


def why_not_number(review: Review, number: str, *, of: Recommendation | None = None) -> str | None:
    """A review's recommendations are told apart by their numbers."""
    others = review.recommendations.filter(number__iexact=number)
    others = others.exclude(pk=of.pk) if of else others
    if others.exists():
        return f"This review has a recommendation {number}. Give this one another number."
    return None


def why_not_report_to(
    review: Review, report_to: Committee | None, report_by: dt.date | None
) -> str | None:
    """What a committee asks for is reported back to a committee, after it was asked."""
    if not report_to and review.kind == Review.Kind.SCRUTINY:
        return "A committee’s request stays open until it is reported back. Choose the committee."
    if not report_to and report_by:
        return "Choose the committee to which it is reported back by that day."
    return None


def why_not_by(review: Review, on: dt.date | None) -> str | None:
    """Nothing is due before it was asked for."""
    if on and on < review.starts_on:
        return f"This was asked on {day(review.starts_on)}. Enter that day or a later one."
    return None


def why_not_answer(recommendation: Recommendation) -> str | None:
    """What a committee was told stays as it was told."""
    if recommendation.reported_at:
        return (
            f"This was reported back at the meeting of {recommendation.reported_at}. "
            "The answer stays as it was reported."
        )
    return None


def why_not_this_answer(response: str, text: str, done_on: dt.date | None) -> str | None:
    """A yes needs no reason, everything else does; only what was accepted is done."""
    if not response and (text or done_on):
        return "Select whether it is accepted."
    if response in {Recommendation.Response.PARTLY, Recommendation.Response.NOT_ACCEPTED}:
        if not text:
            return "Say why it is not accepted, or not wholly: the reason goes with the answer."
        if done_on and response == Recommendation.Response.NOT_ACCEPTED:
            return "What is not accepted is not done. Delete the day, or accept it."
    return None


def why_not_responded(
    recommendation: Recommendation, response: str, on: dt.date | None
) -> str | None:
    """An answer is given on a day, not before it was asked for and not in the future."""
    if bool(response) != bool(on):
        return "Enter the day of the answer." if response else "There is no answer on that day."
    return why_not_by(recommendation.review, on) or why_not_past(on)


def why_not_past(on: dt.date | None) -> str | None:
    """What has happened has happened today or before."""
    return NOT_YET if on and on > timezone.localdate() else None


def why_not_report_back(recommendation: Recommendation, meeting: Meeting) -> str | None:
    """An answer is reported back at a meeting that was held, by the committee that waits for it."""
    if not recommendation.response:
        return "This has no answer yet. Answer it first."
    if recommendation.report_to and meeting.committee_id != recommendation.report_to_id:
        return f"This is reported back to {recommendation.report_to}. Choose one of its meetings."
    if meeting.date > timezone.localdate():
        return (
            f"The meeting on {day(meeting.date)} is still to come. Record it when it has been held."
        )
    if meeting.date < recommendation.review.starts_on:
        asked = day(recommendation.review.starts_on)
        return f"This was asked on {asked}. Choose a meeting on that day or later."
    return None


def why_not_close(review: Review) -> str | None:
    """What is closed is closed once."""
    return "This review is closed already." if review.is_closed else None


def why_not_remove_review(review: Review) -> str | None:
    """What others built on stays, and so does what is closed."""
    if review.is_closed:
        return "This review is closed. Release it first."
    if review.recommendations.exists():
        return "Recommendations stand under this review. Remove them first."
    return None


def why_not_remove_recommendation(recommendation: Recommendation) -> str | None:
    """What was acted on or told to a committee stays."""
    if recommendation.steps.exists():
        return "Actions were recorded for this. It stays, with its answer."
    if recommendation.linked.exists():
        return "Actions in the delivery plan are linked to this. Unlink them first."
    return why_not_answer(recommendation)


def why_not_link_action(recommendation: Recommendation, action: Action) -> str | None:
    """An action answers what its own borough was asked, while it can still be worked on."""
    if action.plan.strategy.borough_id != recommendation.review.borough_id:
        return "This action is another borough’s. Choose one of this borough’s delivery plans."
    return why_not_write_action(action)
