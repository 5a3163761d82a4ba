"""Writing to the trail, and its newest link."""

import re
from typing import Any, Protocol

from django.db import connection, models

from .models import Checked, Event, Link, Outcome

WORD = re.compile(r"[A-Za-z0-9#][A-Za-z0-9_.:+/-]*|")
LONGEST = 64  # a digest; longer than any key, choice or date
MOST = 100  # words in a list


class Actor(Protocol):
    """Whoever did it: anything with a key."""

    pk: Any


def record(
    deed: str,
    *,
    by: Actor | None,
    borough_id: int | None = None,
    subject: models.Model | None = None,
    outcome: str = Outcome.DONE,
    members_reading: bool = False,
    **facts: Any,
) -> None:
    """Write one deed, in the transaction that does it.

    `facts` are keys, choices, counts, dates and digests, never words that a person typed: ValueError otherwise, so that
    nothing of the record can come into the trail, from which nothing can be taken away.
    """
    if wrong := [name for name, value in facts.items() if not is_fact(value)]:
        raise ValueError(f"{deed} would write words into the trail: {', '.join(wrong)}")
    Event.objects.create(
        deed=deed,
        actor_id=by.pk if by else None,
        borough_id=borough_id,
        subject=f"{subject._meta.label_lower}:{subject.pk}" if subject else "",
        outcome=outcome,
        members_reading=members_reading,
        facts=facts,
    )


def is_fact(value: Any) -> bool:
    """A number, yes or no, one short word without spaces, or a list of such."""
    if isinstance(value, list | tuple):
        return len(value) <= MOST and all(is_fact(each) for each in value)
    if isinstance(value, str):
        return len(value) <= LONGEST and WORD.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int)


def chain_of(borough_id: int | None) -> str:
    return f"borough-{borough_id}" if borough_id else "portal"


def head_of(borough_id: int | None) -> Link | None:
    """The newest link of a chain as far as it is committed."""
    return Link.objects.filter(chain=chain_of(borough_id)).order_by("-seq").first()


def settled_head_of(borough_id: int | None) -> Link | None:
    """The newest link, this transaction's own deeds among them: they take their places now and not at its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_append IMMEDIATE")
        cursor.execute("SET CONSTRAINTS audit_append DEFERRED")
    return head_of(borough_id)


def last_check(borough_id: int | None) -> Checked | None:
    """When the chain was computed again the last time, and how far."""
    return Checked.objects.filter(chain=chain_of(borough_id)).first()
