"""Saying what the words of a scale mean in a borough."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough
from boroughs.policies import ChangedMeanwhile
from toolkit.models import LevelWording, Scale
from toolkit.wording import words_of


@transaction.atomic
def word_levels(
    *, borough: Borough, scale: Scale, texts: Mapping[str, str], seen: int, by: User
) -> int:
    """The meaning of each level by its key; an empty text is the shipped meaning. Says how many changed.

    `seen` is the version of the borough's words that the person had before them. Raises ChangedMeanwhile when it is not
    the newest. What was said before is kept.
    """
    Borough.objects.select_for_update(no_key=True).get(pk=borough.pk)
    now = words_of(borough, scale)
    if now.version != seen:
        raise ChangedMeanwhile(now)
    own, moment = now.own, timezone.now()
    rows = [
        LevelWording(
            borough=borough,
            level=level,
            number=1 + sum(row.level_id == level.pk for row in now.said),
            text=text,
            worded_by=by,
            worded_at=moment,
        )
        for level in now.levels
        if (text := _told(texts.get(level.key, ""), level.meaning)) != own.get(level.pk, "")
    ]
    LevelWording.objects.bulk_create(rows)
    if rows:
        record(
            "levels.worded",
            by=by,
            borough_id=borough.pk,
            subject=borough,
            scale=scale.key,
            levels=len(rows),
        )
    return len(rows)


def _told(text: str, shipped: str) -> str:
    """Whoever writes the shipped words means the shipped words."""
    text = " ".join(text.split())
    return "" if text == shipped else text
