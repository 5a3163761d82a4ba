"""Taking an import up, and doing its next step. The row is the truth (lease, token, attempts)."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import User
from boroughs.access import granted
from boroughs.policies import ChangedMeanwhile, Refused
from boroughs.rows import acting_as

from .models import SheetImport, sheets_of
from .policies import needed_for
from .working import Lost, Worked, apply_rows, check_rows, undo_rows

logger = logging.getLogger(__name__)
NO_LONGER_ALLOWED = "The person who asked for this may no longer keep the record here. Nothing was written. Somebody who may can go on."
TRIED_OFTEN = "The program that does this stopped each time. Nothing was written. Try again, and tell your administrator if it happens again."
UNEXPECTED = "This could not be done because of a fault in the portal. Nothing was written. Try again, and tell your administrator if it happens again."
CHANGED = "Somebody else changed the record at the same time. Nothing was written. Try again."
STEPS: dict[str, Callable[[Worked], None]] = {
    SheetImport.State.CHECKING: check_rows,
    SheetImport.State.APPLYING: apply_rows,
    SheetImport.State.UNDOING: undo_rows,
}


@dataclass(frozen=True)
class Claim:
    """One worker's hold on one import, until its lease runs out."""

    pk: uuid.UUID
    token: uuid.UUID
    asker: int
    state: str


def waiting() -> dict[uuid.UUID, int]:
    """Every import that nobody is at work on, with the key of the person it is done for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, asked_by FROM sheets_waiting()")
        return dict(cursor.fetchall())


def give_up_orphans() -> int:
    """Put back what was asked for by people who have left the borough since: nobody may act for them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sheets_give_up_orphans(%s)", [NO_LONGER_ALLOWED])
        return int(cursor.fetchone()[0])


def claim(pk: uuid.UUID) -> Claim | None:
    """Take the import up on behalf of who asked; None when there is nothing left to do."""
    asker = waiting().get(pk)
    if asker is None:
        return None
    with acting_as(asker, durable=True):
        rows = SheetImport.objects.select_for_update(skip_locked=True, of=("self",))
        found = rows.select_related("borough", "asked_by").filter(pk=pk).first()
        return _take(found) if found and found.at_work and _is_free(found) else None


def _is_free(sheet: SheetImport) -> bool:
    return sheet.lease_until is None or sheet.lease_until < timezone.now()


def may_do_it(user: User, sheet: SheetImport) -> bool:
    """Asked when the work begins and again with every part of it: a role or a place on a list may end in between."""
    allowed = user.is_active and needed_for(sheet.kind) <= granted(user, sheet.borough)
    return allowed and sheets_of(sheet.borough, user).filter(pk=sheet.pk).exists()


def _take(sheet: SheetImport) -> Claim | None:
    if not may_do_it(sheet.asked_by, sheet):
        _put_back(sheet, NO_LONGER_ALLOWED)
        return None
    if sheet.attempts >= settings.SHEET_ATTEMPTS:
        _put_back(sheet, TRIED_OFTEN)
        return None
    sheet.attempts += 1
    sheet.token = uuid.uuid4()
    sheet.lease_until = timezone.now() + dt.timedelta(seconds=settings.SHEET_LEASE_SECONDS)
    sheet.save(update_fields=["attempts", "token", "lease_until"])
    return Claim(sheet.pk, sheet.token, sheet.asked_by_id, sheet.state)


def run(claim: Claim) -> None:
    """Do the step; whatever stops it leaves the record as it was and says why."""
    try:
        STEPS[claim.state](Worked(claim.pk, claim.token, claim.asker, may_do_it))
    except Lost:
        return
    except Refused as why:
        fail(claim, str(why))
    except ChangedMeanwhile:
        fail(claim, CHANGED)
    except DatabaseError:
        raise  # the lease runs out and the sweeper rings again
    except Exception:
        logger.exception("Import %s failed", claim.pk)
        fail(claim, UNEXPECTED)


def fail(claim: Claim, reason: str) -> bool:
    """Say why the step was not done; False when the lease was lost."""
    with acting_as(claim.asker, durable=True):
        rows = SheetImport.objects.select_for_update(of=("self",))
        sheet = rows.filter(pk=claim.pk, token=claim.token).first()
        if sheet is None:
            return False
        _put_back(sheet, reason)
        return True


def _put_back(sheet: SheetImport, reason: str) -> None:
    """To where it was before somebody asked for the step."""
    sheet.state = SheetImport.WAS[SheetImport.State(sheet.state)]
    sheet.failure, sheet.token, sheet.lease_until = reason, None, None
    sheet.save(update_fields=["state", "failure", "token", "lease_until"])
