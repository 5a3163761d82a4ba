"""Drafts of ratings: kept while somebody writes, offered back to them on any device, and never shown to anybody else.

A draft is no record: nothing is said by it, the trail does not tell of it, and it is sealed by a key of its writer and rating.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from accounts.sealing import CannotUnseal, seal, unseal

from .models import Rating, RatingDraft
from .policies import why_not_rate

WRITTEN = ("level", "comment", "actions", "standing", "reason")
KEPT = (*WRITTEN, "seen")
LONGEST = 20_000  # characters of all answers together


@dataclass(frozen=True)
class Draft:
    """What its writer had typed, `seen` with it, and when."""

    said: dict[str, str]
    kept_at: dt.datetime


def keep(rating: Rating, typed: Mapping[str, str], by: User) -> dt.datetime | None:
    """Keep what was typed; None when there is nothing to keep it for.

    That is so once the round is closed, and when the writer has saved since: a page's last draft may come after its save.
    """
    said = {name: typed.get(name, "") for name in KEPT}
    saved_since = rating.changed_by_id == by.pk and str(rating.version) != said["seen"]
    if saved_since or why_not_rate(rating.assessment) or sum(map(len, said.values())) > LONGEST:
        return None
    data = QueryDict(mutable=True)
    data.update(said)
    now = timezone.now()
    body = seal(data.urlencode(), _purpose(rating.pk, by.pk))
    RatingDraft.objects.update_or_create(
        rating=rating, writer=by, defaults={"body": body, "kept_at": now}
    )
    return now


def forget(rating: Rating, by: User) -> None:
    RatingDraft.objects.filter(rating=rating, writer=by).delete()


def draft_in(kept: Mapping[str, Any] | None, rating: UUID, writer: int) -> Draft | None:
    """The draft that a page's statement brought along as JSON."""
    if not kept:
        return None
    try:
        body = unseal(kept["body"], _purpose(rating, writer))
    except CannotUnseal:  # the master key is another since
        return None
    return Draft(QueryDict(body).dict(), dt.datetime.fromisoformat(kept["kept_at"]))


def _purpose(rating: UUID, writer: int) -> str:
    return f"draft of {writer} on rating {rating}"
