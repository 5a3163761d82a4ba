"""May this be done now: the reason why not, or None."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from boroughs.models import Meeting, Review
from boroughs.policies import Refused, day

from .models import (
    AskedBenchmark,
    Assessment,
    Evidence,
    Level,
    Rating,
    RoundRule,
    SignOff,
    ToolkitVersion,
)
from .models.evidence import KINDS as EVIDENCE_KINDS

EARLIEST = (
    2015  # Counter-Terrorism and Security Act 2015, in force for local authorities from 1 July 2015
)
__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "missing_from",
    "why_not_beside",
    "why_not_evidence",
    "why_not_move",
    "why_not_move_to",
    "why_not_open",
    "why_not_rate",
    "why_not_recommend",
    "why_not_reopen",
    "why_not_sign_off",
    "why_not_signed_on",
    "why_not_submit",
    "why_not_take_back",
    "why_not_this_level",
    "why_not_this_rating",
    "why_not_unchanged",
    "why_not_under",
]


class ChangedMeanwhile(Exception):
    """Somebody else saved this benchmark since the page was opened; `now` is what they saved."""

    def __init__(self, now: Rating) -> None:
        self.now = now
        super().__init__("Somebody else changed this benchmark while you were writing.")


def why_not_open(assessment: Assessment) -> str | None:
    """Why this assessment may not be opened as a new one; it is not saved yet."""
    if assessment.ends_on < assessment.starts_on:
        return "The period must end on or after the day it begins."
    if assessment.ends_on - assessment.starts_on > dt.timedelta(days=366):
        return "A period is a year at most."
    if (
        assessment.same_line()
        .filter(starts_on=assessment.starts_on, ends_on=assessment.ends_on)
        .exists()
    ):
        return f"There is an assessment for {assessment.period} by this assessor already."
    return None


def why_not_beside(assessment: Assessment) -> str | None:
    """Two periods of one assessor by one version never share a day: one comes before the other."""
    overlapping = assessment.same_line().filter(
        starts_on__lte=assessment.ends_on, ends_on__gte=assessment.starts_on
    )
    if other := overlapping.first():
        free = other.ends_on + dt.timedelta(days=1)
        return (
            f"This period overlaps {other.period}, which has an assessment by this assessor already. "
            f"It can begin on {day(free)} or later."
        )
    return None


def why_not_move(assessment: Assessment) -> str | None:
    """Whether a round may go over to another version: while it is open, and was never signed off."""
    if assessment.state != Assessment.State.OPEN:
        return why_not_rate(assessment)
    if following := assessment.following():
        return f"{following.period} was opened after it. What is closed stays in the version it was rated by."
    if assessment.sign_offs.exists():
        return "These ratings were signed off and reopened: they stay in the version that the board signed off."
    if AskedBenchmark.objects.filter(rating__assessment=assessment).exists():
        return "Recommendations were made of these judgements. A letter stays with the version that it names."
    return None


def why_not_move_to(
    assessment: Assessment, version: ToolkitVersion, is_crossed: bool, is_as_seen: bool
) -> str | None:
    """Whether a round may go over to this version now."""
    if version.pk == assessment.version_id:
        return "The round is by this version already."
    if not is_crossed:
        return f"Nothing says what became of the benchmarks of {assessment.version} in {version}."
    if not is_as_seen:
        return "The ratings were changed since you looked at what goes over. Look at it again."
    return None


def why_not_rate(assessment: Assessment) -> str | None:
    """Ratings are kept as they were once they are submitted or moved, and once a later period has been opened."""
    if assessment.state == Assessment.State.MOVED:
        return "The round was moved to another version of the toolkit. What was written here stays as it was: go on there."
    if following := assessment.following():
        return f"{assessment.period} is closed: {following.period} was opened after it. Change the ratings there."
    if assessment.state == Assessment.State.SUBMITTED:
        return "The ratings were submitted for sign-off. Take them back to change them."
    if assessment.state == Assessment.State.SIGNED_OFF:
        return "The ratings are signed off. A lead can reopen them, with a reason."
    return None


def why_not_this_level(version: ToolkitVersion, level: Level | None) -> str | None:
    """Whether the level is one of the version's own scale."""
    if level and level.scale_id != version.scale_id:
        return "Choose a rating of this toolkit's scale."
    return None


def why_not_this_rating(level: Level | None, standing: str, reason: str) -> str | None:
    """Whether level, standing and reason go together."""
    if standing == Rating.Standing.NOT_APPLICABLE and level:
        return "A benchmark that does not apply has no rating. Choose “Not rated”, or say that it is rated as usual."
    if standing and not reason.strip():
        return "Give the reason why this benchmark is not rated as usual."
    return None


def why_not_unchanged(
    assessment: Assessment, before: Rating | None, on: dt.date, today: dt.date
) -> str | None:
    """Whether a benchmark's word of the period before may be said again, as still true on this day."""
    if before is None:
        return "There is no earlier period by this assessor. Rate the benchmark afresh."
    if before.level is None and not before.standing:
        return f"It was not rated in {before.assessment.period}. Rate it now, or leave it not rated and say why."
    if on > today:
        return "The day on which it was still true cannot be in the future."
    if on < assessment.starts_on:
        return "The day on which it was still true must be in the period or after it."
    return None


def missing_from(ratings: Iterable[Rating]) -> list[tuple[Rating, str]]:
    """What has to be written before the ratings are submitted: a reason for each red and for each blank."""
    missing = []
    for rating in ratings:
        if rating.level is None and not rating.standing and not rating.reason.strip():
            missing.append((rating, "is not rated: rate it, or say why it is not rated"))
        elif rating.level and rating.level.tone == Level.Tone.RED and not rating.comment.strip():
            missing.append((rating, f"is {rating.level.label.lower()}: say why in its comment"))
    return missing


def why_not_evidence(evidence: Evidence, assessment: Assessment, today: dt.date) -> str | None:
    """Whether this may be what the rating rests on."""
    if evidence.dated > today:
        return "The day of the evidence cannot be in the future."
    if evidence.dated.year < EARLIEST:
        return f"The day of the evidence must be in {EARLIEST} or later, when the duty began."
    same = {
        f"{kind}_id": key for kind in EVIDENCE_KINDS if (key := getattr(evidence, f"{kind}_id"))
    }
    same = same or {"address": evidence.address}
    if Evidence.objects.filter(rating=evidence.rating_id, **same).exists():
        return "This is among the evidence already."
    return None


def why_not_submit(assessment: Assessment, ratings: Iterable[Rating]) -> str | None:
    if assessment.state != Assessment.State.OPEN:
        return f"These ratings are {assessment.get_state_display().lower()} already."
    if missing := missing_from(ratings):
        benchmark, what = missing[0][0].benchmark, missing[0][1]
        return f"Benchmark {benchmark.number} ({benchmark.title}) {what}."
    return None


def why_not_take_back(assessment: Assessment) -> str | None:
    if assessment.state == Assessment.State.SUBMITTED:
        return None
    return "Only ratings that wait for sign-off can be taken back."


def why_not_sign_off(assessment: Assessment, rule: RoundRule, by: User) -> str | None:
    """Who submits may not record the sign-off where the borough's rule says so."""
    if assessment.state == Assessment.State.SIGNED_OFF:
        return "The ratings are signed off already."
    if assessment.state != Assessment.State.SUBMITTED:
        return "The ratings are not submitted yet."
    if rule.by_another and assessment.submitted_by_id == by.pk:
        return (
            "You submitted these ratings. In this borough somebody else records the sign-off: "
            "ask another lead, or change the rule in the round’s settings."
        )
    return None


def why_not_signed_on(sign_off: SignOff, today: dt.date) -> str | None:
    """Whether the day and the meeting of a sign-off go together."""
    if sign_off.signed_on > today:
        return "The day of the sign-off cannot be in the future."
    if sign_off.signed_on < sign_off.assessment.starts_on:
        return "The day of the sign-off must be after the period began."
    if sign_off.meeting and sign_off.meeting.outcome == Meeting.Outcome.NOT_HELD:
        return "That meeting was not held."
    return None


def why_not_reopen(assessment: Assessment) -> str | None:
    if assessment.state != Assessment.State.SIGNED_OFF:
        return "Only ratings that are signed off can be reopened."
    if following := assessment.following():
        return f"{following.period} was opened after it. Say there what has changed."
    return None


def why_not_recommend(assessment: Assessment) -> str | None:
    """A letter's judgements ask for something; an assessor of the council's own writes actions."""
    if assessment.state == Assessment.State.MOVED:
        return (
            "The round was moved to another version of the toolkit. Make the recommendations there."
        )
    if assessment.assessor == Assessment.Assessor.HOME_OFFICE:
        return None
    return "Recommendations are made of the judgements of a Home Office letter. This assessment is by somebody else."


def why_not_under(review: Review, assessment: Assessment) -> str | None:
    """Recommendations of a letter stand under a review that is one, of the same council, and open."""
    if review.borough_id != assessment.borough_id or review.kind != Review.Kind.ASSURANCE:
        return "Choose an assurance letter of this council."
    if review.is_closed:
        return "This review is closed. Add to it on its own page, where it stays closed."
    return None
