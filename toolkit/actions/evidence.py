"""Saying what a rating rests on, and which post answers for a benchmark."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from toolkit.models import Assessment, Benchmark, BenchmarkPost, Evidence, Rating
from toolkit.policies import Refused, why_not_evidence, why_not_rate


@transaction.atomic
def add_evidence(
    *, rating: Rating, kind: str, thing: Any, note: str = "", dated: dt.date, by: User
) -> Evidence:
    """`thing` is a paper, a meeting, a figure or an action as `kind` says, or an address on the web. Raises Refused."""
    assessment = _held(rating)
    found = Evidence(rating=rating, note=note, dated=dated, added_by=by, **{kind: thing})
    why = why_not_rate(assessment) or why_not_evidence(found, assessment, timezone.localdate())
    if why:
        raise Refused(why)
    found.save(force_insert=True)
    record("evidence.added", by=by, **_facts(found, assessment))
    return found


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """What it pointed at stays as it is. Raises Refused once the ratings are submitted."""
    assessment = _held(evidence.rating)
    if why := why_not_rate(assessment):
        raise Refused(why)
    record("evidence.removed", by=by, **_facts(evidence, assessment))
    evidence.delete()


@transaction.atomic
def name_posts(*, borough: Borough, posts: Mapping[Benchmark, str], by: User) -> None:
    """Which post answers for each benchmark; an empty name takes it away."""
    for benchmark, post in posts.items():
        rows = BenchmarkPost.objects.filter(borough=borough, benchmark=benchmark)
        if post:
            rows.update_or_create(borough=borough, benchmark=benchmark, defaults={"post": post})
        else:
            rows.delete()
    record("benchmark.posts-named", by=by, borough_id=borough.pk, subject=borough)


def _held(rating: Rating) -> Assessment:
    held = Assessment.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("version").get(pk=rating.assessment_id)


def _facts(evidence: Evidence, assessment: Assessment) -> dict[str, Any]:
    return {
        "borough_id": assessment.borough_id,
        "subject": evidence.rating,
        "benchmark": evidence.rating.benchmark.key,
        "kind": evidence.kind,
    }
