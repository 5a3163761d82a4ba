"""Keeping funding lines: their amounts, what became of them, and closing either."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.trail import record
from boroughs.actions.closures import close
from boroughs.actions.saving import refuse, save_over
from boroughs.closed_passages import remember_passages
from boroughs.funding_policies import (
    why_not_close,
    why_not_close_amount,
    why_not_move,
    why_not_on,
    why_not_say_why,
    why_not_together,
    why_not_without_amount,
)
from boroughs.models import Borough, Closure, FundingAmount, FundingLine, FundingStep


def amount_of(line: FundingLine, user: User) -> FundingAmount | None:
    """The amount as the person may see it: the closed one, if they are on its list, before an open one."""
    return line.amounts.visible_to(user).select_related("closure").first()


def _held(line: FundingLine) -> FundingLine:
    held = FundingLine.objects.select_for_update(of=("self",)).select_related("borough", "closure")
    return held.get(pk=line.pk)


def _remember(line: FundingLine) -> None:
    """Keep the digests of a closed line's words."""
    if line.closure and line.is_closed:
        steps = line.steps.values_list("reason", flat=True)
        text = "\n\n".join([line.programme, line.purpose, line.about, line.reason, *steps])
        remember_passages(closure=line.closure, source=str(line.pk), text=text)


def _set_amount(line: FundingLine, pounds: Decimal | None, by: User) -> None:
    """Over the amount that `by` sees; empty takes an open one away and leaves a closed one."""
    amount = amount_of(line, by)
    if amount is None:
        if pounds is not None:
            FundingAmount.objects.create(line=line, pounds=pounds)
    elif pounds is not None:
        amount.pounds = pounds
        amount.save(update_fields=["pounds"])
    elif amount.closure_id is None:
        amount.delete()


def _step(line: FundingLine, by: User) -> None:
    FundingStep.objects.create(
        line=line, state=line.state, on=line.since, reason=line.reason, by=by
    )


@transaction.atomic
def add_line(
    *, borough: Borough, pounds: Decimal | None = None, by: User, **said: Any
) -> FundingLine:
    """`pounds` None: not known. Raises Refused when its state has no reason or lies ahead."""
    refuse(
        ("since", why_not_on(said["since"])),
        ("reason", why_not_say_why("", said["state"], said["reason"])),
    )
    line = FundingLine.objects.create(borough=borough, changed_by=by, **said)
    _set_amount(line, pounds, by)
    _step(line, by)
    record(
        "line.added",
        by=by,
        borough_id=borough.pk,
        subject=line,
        period=line.year_word,
        state=line.state,
    )
    return line


@transaction.atomic
def change_line(
    *, line: FundingLine, seen: int, pounds: Decimal | None, by: User, **said: Any
) -> None:
    """What it is and how much; its state is moved by `move_line`. Raises ChangedMeanwhile."""
    save_over(line, seen, by, **said)
    _set_amount(line, pounds, by)
    _remember(line)
    record("line.changed", by=by, borough_id=line.borough_id, subject=line)


@transaction.atomic
def move_line(
    *, line: FundingLine, state: str, since: dt.date | None, reason: str, seen: int, by: User
) -> None:
    """Record what became of it. Raises ChangedMeanwhile, or Refused as the policies say."""
    refuse(
        ("state", why_not_move(line, state)),
        ("since", why_not_on(since)),
        ("reason", why_not_say_why(line.state, state, reason)),
    )
    save_over(line, seen, by, state=state, since=since, reason=reason)
    _step(line, by)
    _remember(line)
    record("line.moved", by=by, borough_id=line.borough_id, subject=line, state=state)


def _closure(
    line: FundingLine, together: Closure | None, by: User, case: dict[str, Any]
) -> Closure:
    if together is None:
        return close(borough=line.borough, by=by, **case)
    refuse(("together", why_not_together(line, together, by)))
    return together


@transaction.atomic
def close_line(
    *, line: FundingLine, together: Closure | None = None, by: User, **case: Any
) -> Closure:
    """Close a line with its amount and history: `together` with what is closed already, or by `case` as `close` asks.

    Raises Refused.
    """
    line = _held(line)
    refuse(("", why_not_close(line)))
    line.closure = _closure(line, together, by, case)
    line.save(update_fields=["closure"])
    _remember(line)
    record("line.closed", by=by, borough_id=line.borough_id, subject=line)
    return line.closure


@transaction.atomic
def close_amount(
    *,
    line: FundingLine,
    pounds: Decimal | None = None,
    together: Closure | None = None,
    by: User,
    **case: Any,
) -> Closure:
    """Close the amount alone; `pounds`, if given, is written closed from the start. Raises Refused without an amount to close."""
    line = _held(line)
    amount = amount_of(line, by)
    refuse(
        ("what", why_not_close_amount(line, amount)),
        ("pounds", why_not_without_amount(amount, pounds)),
    )
    closure = _closure(line, together, by, case)
    amount = amount or FundingAmount(line=line)
    amount.closure, amount.pounds = closure, amount.pounds if pounds is None else pounds
    amount.save()
    record("line.amount-closed", by=by, borough_id=line.borough_id, subject=line)
    return closure


@transaction.atomic
def note_line_read(*, line: FundingLine, by: User, as_member: bool) -> None:
    """Whoever reads what is closed stands in the trail; a member's reading is for the monitoring officer alone."""
    about: dict[str, Any] = {"borough_id": line.borough_id, "subject": line}
    record("line.read", by=by, members_reading=as_member, **about)
