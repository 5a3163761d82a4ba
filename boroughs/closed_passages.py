"""Passages that also stand in a closed record of the same borough.

Those on the closure's list are shown the passage of their own text; the check before issue learns the closure's key
alone. Neither learns a word of the closed record.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from govuk.forms import Notice

from .models import Borough, ClosedPassages, Closure
from .passages import Digest, digests_of, keyed, shared_passages
from .prose_field import ProseField

HEADING = "these words also stand in a closed record"
ADVICE = "Whoever reads this page will read them. Take them out, or release the record first."


def digest_in(borough_id: int) -> Digest:
    """The borough's digest of a run of words, by the installation's master key.

    Under another master key nothing kept before is recognised: `remember_passages` has to run again.
    """
    return keyed(settings.FILES_MASTER_KEY, borough_id)


def remember_passages(*, closure: Closure, source: str, text: str) -> None:
    """Keep the digests of a closed text, in the transaction that closes or uploads it. Nothing is kept of short texts.

    `source` is the key of what the text was taken from; remembered again, the later text counts.
    """
    digests = sorted(digests_of(text, digest_in(closure.borough_id)))
    if digests:
        ClosedPassages.objects.update_or_create(
            closure=closure, source=source, defaults={"digests": digests}
        )
    else:
        forget_passages(closure=closure, source=source)


def remember_many(*, closure: Closure, texts: Mapping[str, str]) -> None:
    """The same of many texts at once, by the keys of what each was taken from."""
    digest, now = digest_in(closure.borough_id), timezone.now()
    found = {source: sorted(digests_of(text, digest)) for source, text in texts.items()}
    rows = [
        ClosedPassages(closure=closure, source=source, digests=digests, kept_at=now)
        for source, digests in found.items()
        if digests
    ]
    short = [source for source, digests in found.items() if not digests]
    ClosedPassages.objects.filter(closure=closure, source__in=short).delete()
    ClosedPassages.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["closure", "source"],
        update_fields=["digests", "kept_at"],
    )


def forget_passages(*, closure: Closure, source: str) -> None:
    """What was taken from it exists no more."""
    ClosedPassages.objects.filter(closure=closure, source=source).delete()


def closures_overlapping(borough: Borough, text: str) -> list[UUID]:
    """The closures in force of which a passage stands in `text`: their keys and nothing else.

    For those who compose or issue reports in the borough: the database refuses anybody else (ProgrammingError).
    """
    digests = list(digests_of(text, digest_in(borough.pk)))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT app_closures_sharing(%s, %s::bigint[])::text[]", [borough.pk, digests]
        )
        return [UUID(key) for key in cursor.fetchone()[0]]


def look_for_closed_passages(form: forms.Form, borough: Borough, user: User) -> None:
    """Have the form's fields warn of what also stands in a closed record, if the person is on its list. One query."""
    fields = {name: f for name, f in form.fields.items() if isinstance(f, ProseField)}
    digest = digest_in(borough.pk)
    typed = (digests_of(str(form[name].value() or ""), digest) for name in fields)
    digests = frozenset[int]().union(*typed)
    if not digests:
        return
    found = list(ClosedPassages.objects.visible_to(user).of(borough).sharing(digests))
    for field in fields.values():
        field.also = lambda text: notices_of(text, found, digest)


def notices_of(text: str, found: Iterable[ClosedPassages], digest: Digest) -> list[Notice]:
    """One notice a closure, with each passage of `text`."""
    by_closure: dict[Closure, set[int]] = {}
    for row in found:
        by_closure.setdefault(row.closure, set()).update(row.shared)  # type: ignore[attr-defined]  # annotated by `sharing`
    return [
        Notice(f"{HEADING} ({closure})", [f"“{p.words}”" for p in passages], ADVICE)
        for closure, shared in by_closure.items()
        if (passages := shared_passages(text, shared, digest))
    ]
