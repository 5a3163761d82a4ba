"""Removing a borough that has been exported: rows, keys, files, and accounts that nothing else knows."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.models import TypedText, User
from audit.models import Event
from audit.trail import record
from boroughs.models import Borough, Membership
from boroughs.roles import Role
from papers.resealing import forget

from .tables import PATHS, people_of, rows_of
from .verifying import rows, why_not_whole
from .writing import MANIFEST, begin, head_of, now

# Triggers that keep history from being changed; put aside for the length of this one transaction, by the owner
KEEPERS = (
    ("audit_event", "audit_never"),
    ("toolkit_ratingevent", "pgtrigger_append_only_ca23b"),
    ("boroughs_figurevalueevent", "pgtrigger_append_only_059aa"),
)
ANSWERS_FOR_IT = (Role.LEAD, Role.MONITORING)


class CannotRemove(Exception):
    """Nothing was removed; the message says why."""


def remove(slug: str, folder: Path, *, asked_by: str, approved_by: str) -> dict[str, Any]:
    """Remove the borough for good. Raises CannotRemove; run again after a crash it finishes what is left.

    The folder must verify and be what the database holds now; one of the two people answers for the borough, the other
    administers the portal.
    """
    if wrong := why_not_whole(folder):
        raise CannotRemove("The export does not verify. " + " ".join(wrong[:5]))
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest["borough"]["slug"] != slug:
        raise CannotRemove(f"{folder} is the export of {manifest['borough']['slug']}.")
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    if not _removed_before(digest):
        _remove_rows(slug, manifest, digest, asked_by, approved_by)
    forget(Borough(pk=manifest["borough"]["id"]), _files_in(folder))
    return dict(manifest["borough"])


def _files_in(folder: Path) -> list[str]:
    return [
        f"{'sealed' if row['key_id'] else 'open'}/{row['storage']}"
        for row in rows(folder, "papers.PaperVersion")
    ]


@transaction.atomic(durable=True)
def _removed_before(digest: str) -> bool:
    """Rows first, files afterwards: whether a run that was stopped in between has removed the rows."""
    begin()
    return Event.objects.filter(deed="borough.removed", facts__manifest=digest).exists()


@transaction.atomic(durable=True)
def _remove_rows(
    slug: str, manifest: dict[str, Any], digest: str, asked_by: str, approved_by: str
) -> None:
    begin()
    borough = Borough.objects.select_for_update().filter(slug=slug).first()
    if borough is None or borough.pk != manifest["borough"]["id"]:
        raise CannotRemove(f"There is no borough “{slug}”, or it is not the one in the export.")
    asked, approved = _two_people(borough, asked_by, approved_by)
    if now(borough) != manifest["parts"]:
        raise CannotRemove("The borough's record has changed since the export. Export it again.")
    people, head = list(people_of(borough)), head_of(borough)
    _take_out(borough)
    _forget_people(people)
    record(
        "borough.removed",
        by=None,
        asked_by=asked,
        approved_by=approved,
        borough=borough.pk,
        gss=borough.gss_code,
        manifest=digest,
        place=head.get("seq", 0),
        hash=head.get("hash", ""),
    )


def _two_people(borough: Borough, asked_by: str, approved_by: str) -> tuple[int, int]:
    """Their keys. One is the borough's lead or monitoring officer, the other an administrator of the portal."""
    found = [
        User.objects.filter(email__iexact=email, is_active=True).first()
        for email in (asked_by, approved_by)
    ]
    first, second = found
    if not first or not second or first == second:
        raise CannotRemove("Name two different people by the e-mail addresses of their accounts.")
    for one, other in ((first, second), (second, first)):
        if _answers_for(borough, one) and other.is_administrator:
            return first.pk, second.pk
    raise CannotRemove(
        f"One of the two must be lead or monitoring officer of {borough}, the other an administrator of the portal."
    )


def _answers_for(borough: Borough, person: User) -> bool:
    live = Membership.objects.live().filter(borough=borough, user=person)
    return live.filter(role__in=ANSWERS_FOR_IT).exists()


def _take_out(borough: Borough) -> None:
    """Every row, children first, past the collector and past the triggers that keep history."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        for table, trigger in KEEPERS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    TypedText.objects.filter(path__startswith=f"/{borough.slug}/").delete()
    for label in PATHS:
        found = rows_of(label, borough).order_by()
        keys = list(found.values_list("pk", flat=True))
        for start in range(0, len(keys), 5_000):
            some = found.model._default_manager.filter(pk__in=keys[start : start + 5_000])
            some._raw_delete(some.db)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a row written meanwhile stops it here
        for table, trigger in KEEPERS:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _forget_people(people: list[User]) -> None:
    """Accounts of people who hold nothing else here; whoever another borough's record still names stays."""
    for person in people:
        if person.is_administrator or Membership.objects.filter(user=person).exists():
            continue
        try:
            with transaction.atomic():
                person.delete()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except (ProtectedError, IntegrityError):
            continue
