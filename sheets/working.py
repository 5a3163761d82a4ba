"""The three steps of an import: each row checked, all of them written, all of them undone."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from audit.trail import record
from boroughs.policies import Refused
from boroughs.rows import acting_as

from .closed_words import warn_of_closed_words
from .lines import line_of
from .models import SheetImport, SheetRow, write_rows
from .nouns import Judged, Noun, noun_of

CHUNK = 200  # rows checked between two words about how far it is
JUDGED = ("verdict", "title", "reasons", "warnings", "changes", "target")
LOOK_AGAIN = "The record has changed since these rows were checked, and nothing was written. Look at the rows again: {}."


class Lost(Exception):
    """Another worker has taken the import over, or it is no longer asked for."""


@dataclass(frozen=True)
class Worked:
    """The import as one worker holds it, on behalf of one person."""

    pk: UUID
    token: UUID
    asker: int
    may: Callable[[User, SheetImport], bool]

    @contextmanager
    def held(self) -> Iterator[SheetImport]:
        """A transaction in which it is ours and the person may still do it; the lease is drawn out. Raises Lost."""
        with acting_as(self.asker, durable=True):
            rows = SheetImport.objects.select_for_update(of=("self",))
            rows = rows.select_related("borough", "plan__strategy", "assessment", "asked_by")
            sheet = rows.filter(pk=self.pk, token=self.token).first()
            if sheet is None:
                raise Lost
            if not self.may(sheet.asked_by, sheet):
                raise Refused("You may no longer keep this record. Nothing was written.")
            lease = dt.timedelta(seconds=settings.SHEET_LEASE_SECONDS)
            sheet.lease_until = timezone.now() + lease
            sheet.save(update_fields=["lease_until"])
            yield sheet


def _under_headings(sheet: SheetImport) -> list[SheetRow]:
    return list(sheet.rows.filter(number__gt=sheet.heading_row).order_by("number"))


def _finish(sheet: SheetImport, state: str, *fields: str) -> None:
    sheet.state, sheet.token, sheet.lease_until = SheetImport.State(state), None, None
    sheet.save(update_fields=["state", "token", "lease_until", "checked", "failure", *fields])


# -- Checking ------------------------------------------------------------------------------------------
def check_rows(work: Worked) -> None:
    """Say of every row what it would do. Progress is kept part by part; nothing is written to the record."""
    with work.held() as sheet:
        noun, rows = noun_of(sheet, sheet.asked_by), _under_headings(sheet)
        if why := noun.why_not():
            raise Refused(why)
        sheet.total, sheet.checked = len(rows), 0
        sheet.save(update_fields=["total", "checked"])
        sheet.rows.filter(number__lte=sheet.heading_row).update(**_no_verdict())
    judged: list[tuple[SheetRow, Judged]] = []
    for start in range(0, len(rows), CHUNK):
        with work.held() as sheet:
            for row in rows[start : start + CHUNK]:
                line = line_of(sheet, row)
                found = Judged() if line.is_empty else noun.judge(line)
                judged.append((row, found))
            sheet.checked = min(start + CHUNK, len(rows))
            sheet.save(update_fields=["checked"])
    with work.held() as sheet:
        noun.judge_together([(row.number, found) for row, found in judged if found.verdict])
        warn_of_closed_words(sheet, sheet.asked_by, judged)
        _keep(judged)
        sheet.failure, sheet.checked = "", sheet.total
        _finish(sheet, SheetImport.State.PREVIEWED)


def _no_verdict() -> dict[str, object]:
    return {"verdict": "", "title": "", "reasons": [], "warnings": [], "changes": [], "target": None}  # fmt: skip


def _keep(judged: list[tuple[SheetRow, Judged]]) -> None:
    for row, found in judged:
        for name in JUDGED:
            setattr(row, name, getattr(found, name))
    write_rows([row for row, _ in judged], JUDGED)


# -- Writing ---------------------------------------------------------------------------------------------
def apply_rows(work: Worked) -> None:
    """Write everything or nothing: each row is judged once more, and must do what was shown."""
    with work.held() as sheet:
        judged = _judged_again(sheet)
        news = [row.number for row, found in judged if not found.same_as(row)]
        if news:
            _keep(judged)
            rows = "row " if len(news) == 1 else "rows "
            sheet.failure = LOOK_AGAIN.format(rows + ", ".join(map(str, news[:10])))
            _finish(sheet, SheetImport.State.PREVIEWED)
            return
        _write(sheet, [(row, found) for row, found in judged if row.verdict in SheetRow.WRITES])
        sheet.applied_at = timezone.now()
        _finish(sheet, SheetImport.State.APPLIED, "applied_at")
        counts = sheet.counts()
        record(
            "sheet.applied",
            by=sheet.asked_by,
            borough_id=sheet.borough_id,
            subject=sheet,
            kind=sheet.kind,
            added=counts.get("add", 0),
            changed=counts.get("change", 0),
            left_out=counts.get("refuse", 0),
        )


def _judged_again(sheet: SheetImport) -> list[tuple[SheetRow, Judged]]:
    noun, rows = noun_of(sheet, sheet.asked_by), _under_headings(sheet)
    if why := noun.why_not():
        raise Refused(why)
    lines = [(row, line_of(sheet, row)) for row in rows]
    judged = [(row, Judged() if line.is_empty else noun.judge(line)) for row, line in lines]
    noun.judge_together([(row.number, found) for row, found in judged if found.verdict])
    return judged


def _write(sheet: SheetImport, judged: list[tuple[SheetRow, Judged]]) -> None:
    noun = noun_of(sheet, sheet.asked_by)
    written = noun.write_all([(row.number, found) for row, found in judged])
    for (row, _), done in zip(judged, written, strict=True):
        row.target, row.before = done.target, done.before
    write_rows([row for row, _ in judged], ("target", "before"))


# -- Undoing ---------------------------------------------------------------------------------------------
def why_not_undo(noun: Noun, rows: list[SheetRow]) -> str | None:
    """As a whole or not at all: while nothing depends on what was written, and what undoing needs is there."""
    if any(not row.before for row in rows):
        return "What undoing needs was erased. The import can no longer be undone."
    why = noun.why_not_undo(rows)
    return f"{why} The import can no longer be undone as a whole." if why else None


def undo_rows(work: Worked) -> None:
    """Take everything back, or nothing when something depends on it."""
    with work.held() as sheet:
        noun = noun_of(sheet, sheet.asked_by)
        rows = list(sheet.rows.filter(verdict__in=SheetRow.WRITES).order_by("number"))
        if why := why_not_undo(noun, rows):
            raise Refused(why)
        noun.undo(rows)
        sheet.undone_at = timezone.now()
        _finish(sheet, SheetImport.State.UNDONE, "undone_at")
        count = len(rows)
        record(
            "sheet.undone",
            by=sheet.asked_by,
            borough_id=sheet.borough_id,
            subject=sheet,
            kind=sheet.kind,
            rows=count,
        )
