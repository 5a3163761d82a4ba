"""Moving an open round to another version of the toolkit."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from toolkit.models import Assessment, Evidence, Rating, ToolkitVersion
from toolkit.moving import Move, move_of
from toolkit.policies import Refused, why_not_move, why_not_move_to

from .assessments import SAID, open_assessment

COPIED = ("borough", "starts_on", "ends_on", "assessor", "assessor_name", "illustrative", "source")
EVIDENCE = ("paper_id", "meeting_id", "figure_id", "action_id", "address", "note", "dated")


@transaction.atomic
def move_assessment(
    *, assessment: Assessment, version: ToolkitVersion, seen: int, by: User
) -> Assessment:
    """A round of the same period by the other version, with the ratings whose benchmark is the same; the old one stays readable.

    `seen` is `Move.seen` of what the person had before them. Raises Refused, with the reason.
    """
    Borough.objects.select_for_update().get(pk=assessment.borough_id)
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("borough", "version")
    held = rows.get(pk=assessment.pk)
    move = move_of(held, version)
    if why := why_not_move(held) or why_not_move_to(
        held, version, move.is_crossed, seen == move.seen
    ):
        raise Refused(why)
    copied = {name: getattr(held, name) for name in COPIED}
    opened = open_assessment(**copied, version=version, by=by)
    for step in move.carried:
        _carry(step.carried, opened.ratings.get(benchmark=step.benchmark), by)
    held.state, held.moved_to = Assessment.State.MOVED, opened
    held.moved_by, held.moved_at = by, timezone.now()
    held.save(update_fields=["state", "moved_to", "moved_by", "moved_at"])
    _record(move, opened, by)
    return opened


def _carry(was: Rating | None, now: Rating, by: User) -> None:
    """What was said, as a change of its own in the history, and what it rests on as far as the person may read it."""
    if was is None:
        return
    said = {name: getattr(was, name) for name in (*SAID, "judged", "true_on")}
    Rating.objects.filter(pk=now.pk).update(
        **said, version=now.version + 1, changed_by=by, changed_at=timezone.now()
    )
    Evidence.objects.bulk_create(
        Evidence(rating=now, added_by=by, **row)
        for row in was.evidence.visible_to(by).values(*EVIDENCE)
    )


def _record(move: Move, opened: Assessment, by: User) -> None:
    record(
        "assessment.moved",
        by=by,
        borough_id=opened.borough_id,
        subject=opened,
        before=move.assessment.version.key,
        version=move.version.key,
        carried=len(move.carried),
        anew=len(move.asked_anew),
    )
