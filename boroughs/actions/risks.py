"""Keeping risks, and reviewing them one after the other."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.actions.closed_words import remember
from boroughs.actions.closures import close
from boroughs.actions.saving import save_over
from boroughs.models import Borough, Closure, Risk, RiskBand, RiskMatrix, RiskReview
from boroughs.models.risk_matrix import STANDARD, matrix_of
from boroughs.policies import Refused
from boroughs.risk_policies import (
    why_not_close,
    why_not_matrix,
    why_not_on,
    why_not_review_on,
    why_not_score,
)

QUARTER = dt.timedelta(days=91)


def _rated(borough: Borough, said: dict[str, Any]) -> dict[str, Any]:
    """What is said, with the matrix on which it is rated. Raises Refused when that is another than its page showed."""
    matrix = matrix_of(borough)
    scale = matrix.scale if matrix else STANDARD
    seen = said.pop("rated_on", scale.key)
    if why := why_not_on(scale, said, seen):
        raise Refused(why, field="likelihood")
    return said | {"matrix": matrix}


def _refuse(said: dict[str, Any]) -> None:
    if why := why_not_score(said):
        raise Refused(why, field="likelihood")
    if why := why_not_review_on(said["next_review"]):
        raise Refused(why, field="next_review")


def _save(risk: Risk, seen: int, by: User, **said: Any) -> None:
    save_over(risk, seen=seen, by=by, **said)
    remember(risk.closure, risk)


@transaction.atomic
def add_risk(*, borough: Borough, by: User, illustrative: str = "", **said: Any) -> Risk:
    """Raises Refused when controls would raise the risk, or its review lies in the past."""
    _refuse(said := _rated(borough, said))
    risk = Risk.objects.create(borough=borough, illustrative=illustrative, changed_by=by, **said)
    _look(risk, by)
    record("risk.added", by=by, borough_id=borough.pk, subject=risk, scope=risk.scope)
    return risk


@transaction.atomic
def change_risk(*, risk: Risk, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile, or Refused as `add_risk` does."""
    _refuse(said := _rated(risk.borough, said))
    _save(risk, seen, by, **said)
    _look(risk, by)
    record("risk.changed", by=by, borough_id=risk.borough_id, subject=risk)


@transaction.atomic
def review_risk(*, risk: Risk, seen: int, note: str = "", by: User, **said: Any) -> None:
    """Look at it in a sitting and say how it stands now. Raises ChangedMeanwhile or Refused."""
    before = {"likelihood_before": risk.likelihood_before, "impact_before": risk.impact_before}
    _refuse(said := _rated(risk.borough, before | said))
    _save(risk, seen, by, **said)
    _look(risk, by, note=note)
    record("risk.reviewed", by=by, borough_id=risk.borough_id, subject=risk, standing="changed")


@transaction.atomic
def leave_risk(*, risk: Risk, seen: int, by: User) -> None:
    """Look at it and find it as it was; it is looked at again in a quarter. Raises ChangedMeanwhile."""
    _save(risk, seen, by, next_review=timezone.localdate() + QUARTER)
    _look(risk, by, unchanged=True)
    record("risk.reviewed", by=by, borough_id=risk.borough_id, subject=risk, standing="no-change")


def _look(risk: Risk, by: User, *, note: str = "", unchanged: bool = False) -> None:
    look = RiskReview.objects.create(
        risk=risk,
        by=by,
        note=note,
        unchanged=unchanged,
        likelihood=risk.likelihood,
        impact=risk.impact,
        controls=risk.controls,
        matrix=risk.matrix,
    )
    remember(risk.closure, look)


@transaction.atomic
def set_risk_matrix(
    *,
    borough: Borough,
    size: int,
    likelihoods: Sequence[str],
    impacts: Sequence[str],
    bands: Sequence[tuple[int, str]],
    by: User,
) -> RiskMatrix:
    """Rate risks on this from now on; what was rated before keeps its matrix until it is looked at again.

    `bands` are (least score, word). Raises Refused when a step has no word of its own, or the bands do not rise.
    """
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    if wrong := why_not_matrix(size, likelihoods, impacts, bands):
        raise Refused(wrong[1], field=wrong[0])
    matrix = RiskMatrix.objects.create(
        borough=borough, size=size, likelihoods=likelihoods, impacts=impacts, set_by=by
    )
    RiskBand.objects.bulk_create(
        RiskBand(matrix=matrix, least=least, word=word) for least, word in bands
    )
    record("risk.matrix-set", by=by, borough_id=borough.pk, subject=matrix, count=size)
    return matrix


@transaction.atomic
def close_risk(*, risk: Risk, by: User, **case: Any) -> Closure:
    """Close a risk with its history; `case` is what `close` asks for. Raises Refused."""
    held = Risk.objects.select_for_update(of=("self",)).select_related("borough", "closure")
    risk = held.get(pk=risk.pk)
    if why := why_not_close(risk):
        raise Refused(why)
    risk.closure = close(borough=risk.borough, by=by, **case)
    risk.save(update_fields=["closure"])
    remember(risk.closure, risk, *risk.looks.all())
    record("risk.closed", by=by, borough_id=risk.borough_id, subject=risk)
    return risk.closure


@transaction.atomic
def note_risk_read(*, risk: Risk, by: User, as_member: bool) -> None:
    """Whoever reads what is closed stands in the trail; a member's reading is for the monitoring officer alone."""
    about: dict[str, Any] = {"borough_id": risk.borough_id, "subject": risk}
    record("risk.read", by=by, members_reading=as_member, **about)
