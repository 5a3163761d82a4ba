"""May this be done with an import now: the reason why not, or None."""

from accounts.models import User
from boroughs.plan_policies import why_not_add_action
from boroughs.policies import ChangedMeanwhile, Refused
from boroughs.roles import Perm
from toolkit.models import Assessment
from toolkit.policies import why_not_rate

from .models import SheetImport

__all__ = [
    "ChangedMeanwhile",
    "Refused",
    "needed_for",
    "why_not_apply",
    "why_not_ask",
    "why_not_discard",
    "why_not_match",
    "why_not_start_undo",
    "why_not_upload",
]
State = SheetImport.State
OVER = {
    State.APPLIED: "This import was written. Undo it if it was wrong.",
    State.UNDONE: "This import was undone.",
    State.DISCARDED: "This import was discarded.",
}


def needed_for(kind: str) -> frozenset[Perm]:
    """What somebody may do in the borough who brings in such a workbook."""
    rates = {Perm.RATE} if kind == SheetImport.Kind.RATINGS else set()
    return frozenset({Perm.KEEP_RECORD} | rates)


def why_not_upload(kind: str, plan: object, assessment: Assessment | None) -> str | None:
    """A plan's rows go into a plan that can be added to, and ratings into a round that is open; nothing else names one."""
    if kind == SheetImport.Kind.RATINGS:
        if assessment is None:
            return "Choose the round into which the ratings are imported."
        return why_not_rate(assessment)
    if kind == SheetImport.Kind.PLAN:
        if plan is None:
            return "Choose the plan into which the actions are imported."
        return why_not_add_action(plan)  # type: ignore[arg-type]  # a DeliveryPlan, as the form offers
    return None


def why_not_ask(sheet: SheetImport, by: User) -> str | None:
    """The rows of figures and reviews are shown to whoever uploaded them: what they say may be closed to others."""
    if sheet.plan_id is None and sheet.added_by_id != by.pk:
        return f"The rows of this import are shown to {sheet.added_by} alone, who uploaded them."
    return None


def _why_not_at(sheet: SheetImport, *states: str) -> str | None:
    if sheet.state in states:
        return None
    if sheet.at_work:
        return "This import is being worked on. Look again in a moment."
    return OVER.get(State(sheet.state), "This import has to be checked first.")


def why_not_match(sheet: SheetImport) -> str | None:
    return _why_not_at(sheet, State.UPLOADED, State.PREVIEWED)


def why_not_apply(sheet: SheetImport, counts: dict[str, int], *, leave_out: bool) -> str | None:
    """All that can be written or nothing; rows that are refused are left out only on somebody's word."""
    if why := _why_not_at(sheet, State.PREVIEWED):
        return why
    if not counts.get("add") and not counts.get("change"):
        return "There is nothing to write: no row would add or change anything."
    refused = counts.get("refuse", 0)
    if refused and not leave_out:
        rows = "the refused row is" if refused == 1 else f"the {refused} refused rows are"
        return f"Confirm that {rows} left out, or correct the workbook and upload it again."
    return None


def why_not_start_undo(sheet: SheetImport) -> str | None:
    if sheet.state == State.PREVIEWED or sheet.state == State.UPLOADED:
        return "Nothing of this import was written yet."
    if sheet.state == State.APPLIED:
        return None
    return _why_not_at(sheet)


def why_not_discard(sheet: SheetImport) -> str | None:
    return _why_not_at(sheet, State.UPLOADED, State.PREVIEWED)
