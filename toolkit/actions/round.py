"""Submitting a round's ratings, and the board's sign-off of them."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, Meeting
from toolkit.evidence import rest_on_closed
from toolkit.models import (
    Assessment,
    Evidence,
    PromptAnswer,
    Rating,
    RoundRule,
    SignedAnswer,
    SignedEvidence,
    SignedRating,
    SignedText,
    SignOff,
    rule_of,
)
from toolkit.policies import (
    Refused,
    why_not_reopen,
    why_not_sign_off,
    why_not_signed_on,
    why_not_submit,
    why_not_take_back,
)
from toolkit.wording import words_of


@transaction.atomic
def submit(*, assessment: Assessment, by: User) -> None:
    """Hand the ratings to the board. Raises Refused while a red or a blank has no reason."""
    held = _held(assessment)
    if why := why_not_submit(held, held.ratings.in_order()):
        raise Refused(why)
    _to(held, Assessment.State.SUBMITTED, submitted_by=by, submitted_at=timezone.now())
    record("assessment.submitted", by=by, borough_id=held.borough_id, subject=held)


@transaction.atomic
def take_back(*, assessment: Assessment, by: User) -> None:
    """Open submitted ratings again. Raises Refused for others."""
    held = _held(assessment)
    if why := why_not_take_back(held):
        raise Refused(why)
    _to(held, Assessment.State.OPEN, submitted_by=None, submitted_at=None)
    record("assessment.taken-back", by=by, borough_id=held.borough_id, subject=held)


@transaction.atomic
def sign_off(
    *,
    assessment: Assessment,
    meeting: Meeting | None,
    otherwise: str = "",
    signed_on: dt.date,
    by: User,
) -> SignOff:
    """Record the board's sign-off: every word and text is kept as it stands now. Raises Refused, with the reason."""
    held = _held(assessment)
    if why := why_not_sign_off(held, rule_of(held.borough), by):
        raise Refused(why)
    found = SignOff(
        borough_id=held.borough_id,
        assessment=held,
        edition=1 + held.sign_offs.count(),
        meeting=meeting,
        otherwise="" if meeting else otherwise,
        signed_on=signed_on,
        submitted_by=held.submitted_by,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    if why := why_not_signed_on(found, timezone.localdate()):
        raise Refused(why)
    found.save(force_insert=True)
    _keep(found, list(held.ratings.in_order()))
    _to(held, Assessment.State.SIGNED_OFF)
    record(
        "assessment.signed-off",
        by=by,
        borough_id=held.borough_id,
        subject=held,
        edition=found.edition,
        signed_on=signed_on.isoformat(),
    )
    return found


@transaction.atomic
def reopen(*, assessment: Assessment, reason: str, by: User) -> None:
    """Open signed-off ratings again; what was signed off stays readable. Raises Refused, with the reason."""
    held = _held(assessment)
    if why := why_not_reopen(held):
        raise Refused(why)
    reopened = held.sign_offs.filter(reopened_at=None).update(
        reopened_by=by, reopened_at=timezone.now(), reopened_because=reason
    )
    if not reopened:
        raise Refused("Its sign-off was reopened by somebody else meanwhile.")
    _to(held, Assessment.State.OPEN, submitted_by=None, submitted_at=None)
    record("assessment.reopened", by=by, borough_id=held.borough_id, subject=held)


@transaction.atomic
def set_rule(*, borough: Borough, by_another: bool, stale_after: int, by: User) -> RoundRule:
    """How the borough keeps its rounds: who records a sign-off, and after how many months evidence is old."""
    rule, _ = RoundRule.objects.update_or_create(
        borough=borough,
        defaults={
            "by_another": by_another,
            "stale_after": stale_after,
            "set_by": by,
            "set_at": timezone.now(),
        },
    )
    record(
        "round.rule-set",
        by=by,
        borough_id=borough.pk,
        subject=borough,
        by_another=by_another,
        stale_after=stale_after,
    )
    return rule


def _held(assessment: Assessment) -> Assessment:
    """The assessment, which nobody rates or moves until this is done."""
    held = Assessment.objects.select_for_update(of=("self",))
    return held.select_related("borough", "version__scale").get(pk=assessment.pk)


def _to(assessment: Assessment, state: str, **more: object) -> None:
    for name, value in {"state": state, **more}.items():
        setattr(assessment, name, value)
    assessment.save(update_fields=["state", *more])


def _keep(found: SignOff, ratings: list[Rating]) -> None:
    words = {
        rating.pk: SignedRating(
            sign_off=found,
            benchmark=rating.benchmark,
            level=rating.level,
            standing=rating.standing,
            judged=rating.judged,
            true_on=rating.true_on,
        )
        for rating in ratings
    }
    SignedRating.objects.bulk_create(words.values())
    _keep_texts(found, ratings, words)
    _keep_what_they_rest_on(found, words)


def _keep_texts(found: SignOff, ratings: list[Rating], words: Mapping[UUID, SignedRating]) -> None:
    meanings = words_of(found.borough, found.assessment.version.scale)
    on_closed = rest_on_closed(found.assessment)
    SignedText.objects.bulk_create(
        SignedText(
            signed=words[said.pk],
            reason=said.reason,
            comment=said.comment,
            actions=said.actions,
            meaning=meanings.meant(said.level, said.changed_at) if said.level else "",
            rests_on_closed=said.pk in on_closed,
        )
        for said in ratings
    )


def _keep_what_they_rest_on(found: SignOff, words: Mapping[UUID, SignedRating]) -> None:
    """What is open of the evidence, and the answers."""
    evidence = Evidence.objects.filter(rating__in=words).open().in_words()
    SignedEvidence.objects.bulk_create(
        SignedEvidence(
            signed=words[row.rating_id],
            kind=row.kind,
            thing=row.thing_id,
            title=row.title,
            dated=row.dated,
            note=row.note,
        )
        for row in evidence
    )
    SignedAnswer.objects.bulk_create(
        SignedAnswer(signed=words[row.rating_id], asked=row.asked, answer=row.answer)
        for row in PromptAnswer.objects.filter(rating__in=words).order_by("key", "pk")
    )
