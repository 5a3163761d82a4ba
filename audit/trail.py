"""Writing to the trail."""

from typing import Any, Protocol

from django.db import models

from .models import Event


class Actor(Protocol):
    """Whoever did it: anything with a key."""

    pk: Any


def record(
    deed: str,
    *,
    by: Actor | None,
    borough_id: int | None = None,
    subject: models.Model | None = None,
    **facts: Any,
) -> None:
    """Write one deed, in the transaction that does it. `facts` are JSON values and never closed content."""
    Event.objects.create(
        deed=deed,
        actor_id=by.pk if by else None,
        borough_id=borough_id,
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject else "",
        facts=facts,
    )
