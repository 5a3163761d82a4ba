"""Writing over a row that two people may change at once."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from boroughs.policies import ChangedMeanwhile, Refused

REMOVED = "Somebody removed this while you were writing. Nothing was saved."


def refuse(*rules: tuple[str, str | None]) -> None:
    """Raise Refused by the first of (field, reason) that has a reason."""
    for field, why in rules:
        if why:
            raise Refused(why, field=field)


def save_over(row: Any, seen: int, by: User, **said: Any) -> None:
    """Write what is said; raises ChangedMeanwhile when `seen` is not the row's newest version, Refused when it is gone."""
    kept = type(row).objects
    saved = kept.filter(pk=row.pk, version=seen).update(
        **said, version=seen + 1, changed_by=by, changed_at=timezone.now()
    )
    if not saved:
        now = kept.select_related("changed_by").filter(pk=row.pk).first()
        raise ChangedMeanwhile(now) if now else Refused(REMOVED)
    row.refresh_from_db()
