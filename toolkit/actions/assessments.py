"""Opening a period and rating its benchmarks."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from toolkit.models import Assessment, Level, Rating, ToolkitVersion
from toolkit.policies import (
    ChangedMeanwhile,
    Refused,
    why_not_beside,
    why_not_open,
    why_not_rate,
    why_not_this_level,
    why_not_this_rating,
    why_not_unchanged,
)
from toolkit.wording import was_reworded

SAID = ("level", "standing", "reason", "comment", "actions")


@transaction.atomic
def open_assessment(
    *,
    borough: Borough,
    version: ToolkitVersion,
    starts_on: dt.date,
    ends_on: dt.date,
    assessor: str,
    assessor_name: str = "",
    illustrative: str = "",
    source: str = "",
    by: User,
) -> Assessment:
    """Open a period with every benchmark not rated yet. Raises Refused, with the reason."""
    Borough.objects.select_for_update().get(
        pk=borough.pk
    )  # two people may not open the same period at once
    assessment = Assessment(
        borough=borough,
        version=version,
        starts_on=starts_on,
        ends_on=ends_on,
        assessor=assessor,
        assessor_name=assessor_name,
        illustrative=illustrative,
        source=source,
        opened_by=by,
    )
    # A save under way in an earlier period goes first
    list(assessment.same_line().select_for_update())
    if why := why_not_open(assessment):
        raise Refused(why, field="ends_on")
    if why := why_not_beside(assessment):
        raise Refused(why, field="starts_on")
    assessment.save(force_insert=True)
    _add_blanks(assessment, by)
    record(
        "assessment.opened",
        by=by,
        borough_id=borough.pk,
        subject=assessment,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    return assessment


def _add_blanks(assessment: Assessment, by: User) -> None:
    now = timezone.now()
    Rating.objects.bulk_create(
        Rating(assessment=assessment, benchmark=benchmark, changed_by=by, changed_at=now)
        for benchmark in assessment.version.benchmarks.all()
    )


def _held(rating: Rating) -> Assessment:
    """The rating's assessment, which nobody closes by opening a later period before this save is done."""
    held = Assessment.objects.select_for_update(no_key=True, of=("self",))
    return held.select_related("version").get(pk=rating.assessment_id)


@transaction.atomic
def rate(
    *,
    rating: Rating,
    level: Level | None,
    standing: str = "",
    reason: str = "",
    comment: str = "",
    actions: str = "",
    seen: int,
    by: User,
) -> bool:
    """Save what is said of one benchmark, judged afresh; False when it says the same already.

    `seen` is the rating's version that the person had before them. Raises ChangedMeanwhile when it is not the newest,
    Refused when the period is closed or the answers do not go together.
    """
    assessment = _held(rating)
    why = (
        why_not_rate(assessment)
        or why_not_this_level(assessment.version, level)
        or why_not_this_rating(level, standing, reason)
    )
    if why:
        raise Refused(why)
    said: dict[str, Any] = dict(zip(SAID, (level, standing, reason, comment, actions), strict=True))
    looked_at = level or standing or reason.strip()
    said["judged"] = Rating.Judged.AFRESH if looked_at else Rating.Judged.NOT_YET
    return _say(assessment, rating, {**said, "true_on": None}, seen, by)


@transaction.atomic
def say_unchanged(*, rating: Rating, on: dt.date, seen: int, by: User) -> bool:
    """Say again what was said in the period before, as still true on this day; False when it was said already.

    Raises ChangedMeanwhile and Refused as `rate` does, and Refused where there is nothing to say again.
    """
    assessment = _held(rating)
    before = _said_before(assessment, rating)
    why = why_not_rate(assessment) or why_not_unchanged(
        assessment, before, on, timezone.localdate()
    )
    if why or before is None:
        raise Refused(why or "")
    said = {name: getattr(before, name) for name in SAID}
    said |= {"judged": Rating.Judged.UNCHANGED, "true_on": on}
    return _say(assessment, rating, said, seen, by)


def _said_before(assessment: Assessment, rating: Rating) -> Rating | None:
    """The benchmark's rating in the period before, by the same version and assessor."""
    earlier = Rating.objects.filter(
        assessment__in=assessment.same_line().filter(ends_on__lt=assessment.ends_on),
        benchmark=rating.benchmark_id,
    )
    return earlier.select_related("assessment", "level").order_by("-assessment__ends_on").first()


def _say(assessment: Assessment, rating: Rating, said: dict[str, Any], seen: int, by: User) -> bool:
    """Compare and set. A version that was not the newest raises ChangedMeanwhile."""
    same = all(getattr(rating, name) == value for name, value in said.items())
    if rating.version == seen and same and not was_reworded(rating):
        return False
    saved = Rating.objects.filter(pk=rating.pk, version=seen).update(
        **said, version=seen + 1, changed_by=by, changed_at=timezone.now()
    )
    if not saved:
        raise ChangedMeanwhile(Rating.objects.in_order().get(pk=rating.pk))
    level: Level | None = said["level"]
    record(
        "benchmark.rated",
        by=by,
        borough_id=assessment.borough_id,
        subject=rating,
        benchmark=rating.benchmark.key,
        level=level.key if level else "",
        standing=said["standing"],
        judged=str(said["judged"]),
    )
    return True
