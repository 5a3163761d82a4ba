"""Keeping a borough's own facts of the context."""

from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.saving import save_over
from boroughs.models import Borough, ContextFact


@transaction.atomic
def add_fact(*, borough: Borough, by: User, **said: Any) -> ContextFact:
    """`said`: kind, on, title, about, source."""
    fact = ContextFact.objects.create(borough=borough, changed_by=by, **said)
    record("fact.added", by=by, borough_id=borough.pk, subject=fact, kind=fact.kind)
    return fact


@transaction.atomic
def change_fact(*, fact: ContextFact, seen: int, by: User, **said: Any) -> None:
    """Raises ChangedMeanwhile."""
    save_over(fact, seen, by, **said)
    record("fact.changed", by=by, borough_id=fact.borough_id, subject=fact)
