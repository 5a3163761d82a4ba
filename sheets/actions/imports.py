"""An import from the workbook to the record and back: each deed asks a worker, and the row is the job."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.models import Borough, DeliveryPlan
from sheets.columns import heading_row
from sheets.lines import columns_of, guessed, words_asked
from sheets.meanings import why_not_explain, why_not_words
from sheets.models import SheetImport, SheetRow
from sheets.nouns import KINDS
from sheets.policies import (
    Refused,
    why_not_apply,
    why_not_ask,
    why_not_discard,
    why_not_match,
    why_not_start_undo,
    why_not_upload,
)
from sheets.reading import Table
from sheets.tasks import work
from toolkit.models import Assessment

State = SheetImport.State


def _held(sheet: SheetImport, by: User) -> SheetImport:
    held = SheetImport.objects.select_for_update(of=("self",)).select_related(
        "borough", "plan", "assessment__version__scale"
    )
    found = held.get(pk=sheet.pk)
    if why := why_not_ask(found, by):
        raise Refused(why)
    return found


def _refuse(why: str | None) -> None:
    if why:
        raise Refused(why)


def _ask(sheet: SheetImport, state: State, by: User) -> None:
    """Let a worker take it up when this transaction is kept."""
    sheet.state, sheet.failure, sheet.attempts = state, "", 0
    sheet.asked_by, sheet.asked_at = by, timezone.now()
    sheet.save(
        update_fields=["state", "failure", "attempts", "asked_by", "asked_at", "checked", "total", "heading_row", "mapping", "words"]
    )  # fmt: skip
    ring(sheet.pk)


def ring(pk: UUID) -> None:
    def bell() -> None:  # no partial: when it fails, Django writes the function's name to the log
        work.delay(str(pk))

    # robust: when the broker is away the row is still there, and the sweeper rings later
    transaction.on_commit(bell, robust=True)


@transaction.atomic
def add_sheet(
    *,
    borough: Borough,
    kind: str,
    plan: DeliveryPlan | None = None,
    assessment: Assessment | None = None,
    table: Table,
    by: User,
) -> SheetImport:
    """Keep the rows as they were typed, and guess their columns. Raises Refused."""
    if why := why_not_upload(kind, plan, assessment):
        raise Refused(why, field="assessment" if kind == SheetImport.Kind.RATINGS else "plan")
    sheet = SheetImport(
        borough=borough, kind=kind, plan=plan, assessment=assessment, added_by=by, asked_by=by
    )
    sheet.heading_row = heading_row(table.rows, columns_of(sheet))
    sheet.total = sum(number > sheet.heading_row for number, _ in table.rows)
    sheet.save(force_insert=True)
    SheetRow.objects.bulk_create(
        [SheetRow(sheet=sheet, number=number, cells=cells) for number, cells in table.rows],
        batch_size=500,
    )
    sheet.mapping = guessed(sheet, sheet.heading_row)
    sheet.save(update_fields=["mapping"])
    rows = len(table.rows)
    record("sheet.uploaded", by=by, borough_id=borough.pk, subject=sheet, kind=kind, rows=rows)
    return sheet


@transaction.atomic
def move_headings(*, sheet: SheetImport, to: int, by: User) -> None:
    """Say in which row the headings stand; the columns are guessed anew. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_match(held))
    if not held.rows.filter(number=to).exists():
        raise Refused("Nothing stands in this row of the sheet.", field="heading_row")
    held.heading_row, held.mapping = to, guessed(held, to)
    held.total = held.rows.filter(number__gt=to).count()
    held.checked, held.state = 0, State.UPLOADED
    held.save(update_fields=["heading_row", "mapping", "total", "checked", "state"])


@transaction.atomic
def match_columns(*, sheet: SheetImport, mapping: Mapping[str, int], by: User) -> None:
    """Say which column is which, and have every row checked against the record. Words for ratings that nobody has
    explained yet are asked for first: then nothing is checked before `explain_words`. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_match(held))
    needed = [c for c in KINDS[held.kind].columns if c.needed and c.key not in mapping]
    for column in needed:
        raise Refused(f"Select the column with: {column.heading}", field=column.key)
    taken: dict[int, str] = {}
    for key, index in mapping.items():
        if taken.setdefault(index, key) != key:
            raise Refused("This column is selected twice. Select another one", field=key)
    held.mapping, held.checked = dict(mapping), 0
    words = words_asked(held)
    if why := why_not_words(words):
        raise Refused(why, field="level")
    if set(words) <= set(held.words):
        _ask(held, State.CHECKING, by)
        return
    held.state, held.failure = State.UPLOADED, ""
    held.save(update_fields=["mapping", "checked", "state", "failure"])


@transaction.atomic
def explain_words(*, sheet: SheetImport, words: Mapping[str, str], by: User) -> None:
    """Say what each word for a rating stands for, and have every row checked. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_match(held))
    asked = words_asked(held)
    _refuse(why_not_explain(asked))
    if set(asked) - set(words):
        raise Refused("The columns were matched again meanwhile. Say what the words stand for once more.")  # fmt: skip
    held.words, held.checked = dict(words), 0
    _ask(held, State.CHECKING, by)


@transaction.atomic
def apply_sheet(*, sheet: SheetImport, leave_out: bool = False, by: User) -> None:
    """Have everything written that can be, or nothing. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_apply(held, held.counts(), leave_out=leave_out))
    _ask(held, State.APPLYING, by)


@transaction.atomic
def undo_sheet(*, sheet: SheetImport, by: User) -> None:
    """Have all of it taken back, while nothing depends on it. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_start_undo(held))
    _ask(held, State.UNDOING, by)


@transaction.atomic
def discard_sheet(*, sheet: SheetImport, by: User) -> None:
    """Delete the rows of an import that was not written. Raises Refused."""
    held = _held(sheet, by)
    _refuse(why_not_discard(held))
    held.rows.all().delete()
    held.state = State.DISCARDED
    held.save(update_fields=["state"])
    record("sheet.discarded", by=by, borough_id=held.borough_id, subject=held, kind=held.kind)
