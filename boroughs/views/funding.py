"""Funding lines by year: what pays for which post or purpose, what became of it, and the amounts one may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from boroughs.access import (
    BoroughRequest,
    borough_view,
    nothing_there,
    reader_view,
    reads_as_member,
    reads_listed_alone,
)
from boroughs.actions.funding import (
    add_line,
    change_line,
    close_amount,
    close_line,
    move_line,
    note_line_read,
)
from boroughs.closed_passages import look_for_closed_passages
from boroughs.closed_records import lines_naming
from boroughs.editing import Edit, warn
from boroughs.forms import done, filled
from boroughs.forms.funding import AMOUNT, LineAddForm, LineChangeForm, LineCloseForm, LineMoveForm
from boroughs.funding_access import funding_lines
from boroughs.funding_policies import next_states, why_not_close
from boroughs.models import FundingLine
from boroughs.models.funding import FundingLineQuerySet, in_pounds
from boroughs.roles import Perm

State = FundingLine.State


@dataclass(frozen=True)
class Year:
    """A financial year's lines, counted and summed as far as the visitor may see them."""

    word: str
    status: str
    lines: list[Any]
    totals: list[tuple[str, int, str]]  # state, how many, how much; the last is all but what ended


def lines_of(request: BoroughRequest) -> FundingLineQuerySet:
    """The borough's lines that the visitor may read, each with the amounts they may see."""
    rows = funding_lines(request).select_related("closure", "changed_by")
    return rows.with_amounts_for(request.user)


def line_or_404(request: BoroughRequest, pk: UUID) -> FundingLine:
    found = lines_of(request).filter(pk=pk).first() or nothing_there(request)
    found.borough = request.borough
    return found


# -- Reading -------------------------------------------------------------------------------------------
@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def line_list(request: BoroughRequest) -> HttpResponse:
    """By year, with sums; what is closed to the visitor is in none of them."""
    statuses = {
        row.year: row.get_status_display() for row in request.borough.funding_statuses.all()
    }
    lines = list(lines_of(request).newest_first())
    if not lines and reads_listed_alone(request):
        nothing_there(request)
    by_year = groupby(lines, key=lambda line: line.year)
    context = {
        "years": [_year(statuses.get(year, ""), list(lines)) for year, lines in by_year],
        "lines": lines_naming(request, "funding"),
        "may_keep": Perm.KEEP_RECORD in request.granted,
    }
    return render(request, "boroughs/line_list.html", context)


def _year(status: str, lines: list[FundingLine]) -> Year:
    rows = [(state, [line for line in lines if line.state == state]) for state in State]
    totals = [(state.label, len(own), _sum(own)) for state, own in rows if own]
    going_on = [line for line in lines if line.state != State.ENDED]
    if len(totals) > 1:
        totals.append(("All but what ended", len(going_on), _sum(going_on)))
    return Year(lines[0].year_word, status, lines, totals)


def _sum(lines: Iterable[FundingLine]) -> str:
    """What is known of them together; empty when nothing is."""
    known = [line.amount.pounds for line in lines if line.amount]
    return in_pounds(sum(known, Decimal(0))) if known else ""


@reader_view(Perm.READ_RECORD, "GET", "HEAD")
def line_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Whoever reads a closed line, or a closed amount, stands in the trail."""
    line = line_or_404(request, pk)
    if line.is_closed or (line.amount and line.amount.is_closed):
        note_line_read(line=line, by=request.user, as_member=reads_as_member(request))
    context = {
        "line": line,
        "steps": line.steps.select_related("by"),
        "activities": [] if reads_listed_alone(request) else line.activities.all(),
        "may_keep": Perm.KEEP_RECORD in request.granted,
        "next_states": next_states(line),
    }
    return render(request, "boroughs/line_show.html", context)


# -- Keeping ---------------------------------------------------------------------------------------------
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def line_add(request: BoroughRequest) -> HttpResponse:
    form = filled(LineAddForm, request)
    added: list[FundingLine] = []

    def add() -> None:
        added.append(add_line(borough=request.borough, by=request.user, **form.cleaned_data))

    if request.method == "POST" and done(form, add):
        messages.success(request, "The funding line was added.")
        warn(request, form, f"{added[0].get_absolute_url()}change/")
        return redirect(added[0])
    look_for_closed_passages(form, request.borough, request.user)
    return render(request, "boroughs/line_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def line_change(request: BoroughRequest, pk: UUID) -> HttpResponse:
    line = line_or_404(request, pk)
    edit = Edit(request, LineChangeForm, line, amount=line.amount)
    if edit.saved(lambda **said: change_line(line=line, **said)):
        messages.success(request, "The funding line was changed.")
        warn(request, edit.form, request.path, closed=line.is_closed)
        return redirect(line)
    _with_amount(request, edit)
    return edit.page("boroughs/line_change.html", line=line, closed=line.is_closed)


def _with_amount(request: BoroughRequest, edit: Edit) -> None:
    """What somebody else saved meanwhile, with the amount as this person may see it."""
    if edit.theirs:
        amount = line_or_404(request, edit.theirs.pk).amount
        edit.form.initial["pounds"] = amount.pounds if amount else None


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def line_move(request: BoroughRequest, pk: UUID) -> HttpResponse:
    line = line_or_404(request, pk)
    edit = Edit(request, LineMoveForm, line, line=line)
    if edit.saved(lambda **said: move_line(line=line, **said)):
        messages.success(request, "What became of it was recorded.")
        warn(request, edit.form, request.path, closed=line.is_closed)
        return redirect(line)
    return edit.page("boroughs/line_move.html", line=line, closed=line.is_closed)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def line_close(request: BoroughRequest, pk: UUID) -> HttpResponse:
    line = line_or_404(request, pk)
    closures = request.borough.closures.in_force().listing(request.user)
    initial = {"what": AMOUNT}
    form = filled(LineCloseForm, request, initial, borough=request.borough, closures=closures)

    def close() -> None:
        case = {"together": form.cleaned_data["together"], **form.said}
        if form.cleaned_data["what"] == AMOUNT:
            pounds = form.cleaned_data["pounds"]
            close_amount(line=line, pounds=pounds, by=request.user, **case)
        else:
            close_line(line=line, by=request.user, **case)

    if request.method == "POST" and done(form, close):
        alone = form.cleaned_data["together"] is None
        list_says = "You are the only one on its access list." if alone else ""
        messages.success(request, f"It is closed. {list_says}".strip())
        return redirect(line)
    context: dict[str, Any] = {"form": form, "line": line, "why_not": why_not_close(line)}
    return render(request, "boroughs/line_close.html", context)
