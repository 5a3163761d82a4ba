"""Keeping activities: adding and changing them with their counts, and linking figures."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.saving import refuse, save_over
from boroughs.activity_policies import (
    why_not_cancelled,
    why_not_count,
    why_not_link,
    why_not_period,
    why_not_result,
    why_not_state,
)
from boroughs.counting import Counted
from boroughs.figures import catalogue_of
from boroughs.models import Activity, ActivityCount, ActivityFigure, Borough, FigureValue


def _refuse(said: dict[str, Any], counts: Iterable[Counted]) -> None:
    state = said["state"]
    refuse(
        ("ends_on", why_not_period(said["starts_on"], said["ends_on"])),
        ("state", why_not_state(state, said["starts_on"])),
        ("cancelled_because", why_not_cancelled(state, said["cancelled_because"])),
        ("result", why_not_result(state, said["result"])),
        *(("counts", why_not_count(count.what)) for count in counts),
    )


def _count(activity: Activity, counts: Iterable[Counted]) -> None:
    activity.counts.all().delete()
    ActivityCount.objects.bulk_create(
        ActivityCount(
            activity=activity,
            position=position,
            exactness=count.exactness,
            number=count.number,
            what=count.what,
        )
        for position, count in enumerate(counts, start=1)
    )


@transaction.atomic
def add_activity(
    *, borough: Borough, counts: Iterable[Counted] = (), by: User, **said: Any
) -> Activity:
    """Raises Refused when its days, state, result or counts do not go together."""
    counts = list(counts)
    _refuse(said, counts)
    activity = Activity.objects.create(borough=borough, changed_by=by, **said)
    _count(activity, counts)
    record(
        "activity.added",
        by=by,
        borough_id=borough.pk,
        subject=activity,
        kind=activity.kind,
        state=activity.state,
    )
    return activity


@transaction.atomic
def change_activity(
    *, activity: Activity, seen: int, counts: Iterable[Counted], by: User, **said: Any
) -> None:
    """Raises ChangedMeanwhile when somebody else was quicker, Refused as `add_activity` does."""
    counts = list(counts)
    _refuse(said, counts)
    save_over(activity, seen, by, **said)
    _count(activity, counts)
    record(
        "activity.changed",
        by=by,
        borough_id=activity.borough_id,
        subject=activity,
        state=activity.state,
    )


@transaction.atomic
def link_figures(*, activity: Activity, figures: Iterable[FigureValue], by: User) -> None:
    """These and no others of those that `by` may see. Raises Refused for figures about referred people."""
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    wanted = {figure.pk: figure for figure in figures}
    catalogue = catalogue_of(activity.borough)
    refuse(("figures", why_not_link(catalogue.get(f.indicator) for f in wanted.values())))
    mine = FigureValue.objects.filter(borough=activity.borough_id).visible_to(by)
    activity.figure_links.filter(figure__in=mine).exclude(figure__in=wanted).delete()
    known = set(activity.figure_links.values_list("figure", flat=True))
    ActivityFigure.objects.bulk_create(
        ActivityFigure(activity=activity, figure_id=pk) for pk in sorted(set(wanted) - known)
    )
    record(
        "activity.figures-linked",
        by=by,
        borough_id=activity.borough_id,
        subject=activity,
        count=len(wanted),
    )
