"""What the boards of generated boroughs signed off: every period but the newest, which is still being rated."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from accounts.models import User
from toolkit.models import Assessment, Rating, SignedRating, SignedText, SignOff


def sign(assessments: Sequence[Assessment], coordinator: User, lead: User) -> None:
    """In the transaction of whoever calls."""
    now = timezone.now()
    Assessment.objects.filter(pk__in=[each.pk for each in assessments]).update(
        state=Assessment.State.SIGNED_OFF, submitted_by=coordinator, submitted_at=now
    )
    found = {
        each.pk: SignOff(
            borough=each.borough,
            assessment=each,
            edition=1,
            otherwise="At the board",
            signed_on=each.ends_on + dt.timedelta(days=30),
            submitted_by=coordinator,
            recorded_by=lead,
            recorded_at=now,
        )
        for each in assessments
    }
    SignOff.objects.bulk_create(found.values())
    ratings = list(Rating.objects.filter(assessment__in=assessments))
    kept = SignedRating.objects.bulk_create(
        SignedRating(
            sign_off=found[each.assessment_id],
            benchmark_id=each.benchmark_id,
            level_id=each.level_id,
            judged=Rating.Judged.AFRESH,
        )
        for each in ratings
    )
    SignedText.objects.bulk_create(
        SignedText(signed=word, comment=said.comment, actions=said.actions)
        for word, said in zip(kept, ratings, strict=True)
    )
