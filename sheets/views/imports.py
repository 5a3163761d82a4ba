"""A workbook from its upload to the record: its columns, what each row would do, and the word to write it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.typed import typed_before
from boroughs.access import BoroughRequest, borough_view
from boroughs.forms import ConfirmForm, done, filled
from boroughs.models import plans_of
from boroughs.roles import Perm
from papers.uploads import takes_files
from sheets.actions.imports import (
    add_sheet,
    apply_sheet,
    discard_sheet,
    explain_words,
    match_columns,
    move_headings,
    undo_sheet,
)
from sheets.forms import ApplyForm, HeadingRowForm, MatchForm, UploadForm, WordsForm
from sheets.lines import columns_of, offered, words_asked
from sheets.meanings import why_not_explain
from sheets.models import SheetImport, SheetRow, sheets_of
from sheets.nouns import noun_of
from sheets.policies import (
    why_not_ask,
    why_not_discard,
    why_not_match,
    why_not_start_undo,
)
from sheets.working import why_not_undo

PER_PAGE = 50
LISTED = 50
State = SheetImport.State
OTHERS = (
    ("Figures", True, "figure-workbook"),
    ("Reviews and recommendations", False, "review-workbook"),
    ("Activities and projects", True, "activity-workbook"),
)


def sheet_or_404(request: BoroughRequest, pk: UUID) -> SheetImport:
    found: SheetImport = get_object_or_404(sheets_of(request.borough, request.user), pk=pk)
    found.borough = request.borough
    return found


@borough_view(Perm.KEEP_RECORD)
def sheet_list(request: BoroughRequest) -> HttpResponse:
    """What can be downloaded, and what was imported."""
    plans = plans_of(request.borough.strategies.visible_to(request.user)).order_by(
        "-starts_on", "title", "pk"
    )
    context = {
        "sheets": sheets_of(request.borough, request.user)[:LISTED],
        "plans": plans,
        "others": [
            (what, one_sheet, reverse(f"sheets:{name}", args=[request.borough.slug]))
            for what, one_sheet, name in OTHERS
        ],
    }
    return render(request, "sheets/sheet_list.html", context)


@takes_files
@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_add(request: BoroughRequest) -> HttpResponse:
    initial = {name: request.GET.get(name) for name in ("kind", "plan", "assessment")}
    rest: dict[str, Any] = {
        "borough": request.borough,
        "user": request.user,
        "granted": request.granted,
    }
    form = filled(UploadForm, request, initial, files=request.FILES or None, **rest)
    if typed_before(request):
        form.remind()
    added: list[SheetImport] = []
    deed = lambda: added.append(add_sheet(borough=request.borough, by=request.user, **form.said))  # noqa: E731
    if request.method == "POST" and done(form, deed):
        return redirect("sheets:sheet-match", request.borough.slug, added[0].pk)
    return render(request, "sheets/sheet_add.html", {"form": form})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_match(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """Which column of the sheet is which; guessed, and corrected by the person."""
    sheet = sheet_or_404(request, pk)
    mapping = {key: str(index) for key, index in sheet.mapping.items()}
    form = filled(
        MatchForm,
        request,
        mapping | {"heading_row": sheet.heading_row},
        columns=columns_of(sheet),
        offered=offered(sheet, sheet.heading_row),
    )
    if request.method == "POST":
        if _heading_row(request) not in {None, sheet.heading_row}:
            if done(HeadingRowForm(request.POST), lambda: _move(request, sheet)):
                return redirect("sheets:sheet-match", request.borough.slug, sheet.pk)
            form.add_error("heading_row", "Nothing stands in this row of the sheet")
        elif done(form, lambda: match_columns(sheet=sheet, mapping=form.mapping, by=request.user)):
            sheet.refresh_from_db(fields=["state"])
            next_page = "sheets:sheet-show" if sheet.at_work else "sheets:sheet-words"
            return redirect(next_page, request.borough.slug, sheet.pk)
    why_not = why_not_match(sheet) or why_not_ask(sheet, request.user)
    context = {"form": form, "sheet": sheet, "why_not": why_not}
    return render(request, "sheets/sheet_match.html", context)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_words(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """What the sheet's own words for a rating stand for: asked, and never guessed."""
    sheet = sheet_or_404(request, pk)
    words = words_asked(sheet)
    levels = list(sheet.assessment.version.scale.levels.all()) if sheet.assessment else []
    form = filled(WordsForm, request, words=words, said=sheet.words, levels=levels)
    if request.method == "POST" and done(
        form, lambda: explain_words(sheet=sheet, words=form.said, by=request.user)
    ):
        return redirect(sheet)
    why_not = why_not_explain(words) or why_not_match(sheet) or why_not_ask(sheet, request.user)
    context = {"form": form, "sheet": sheet, "why_not": why_not}
    return render(request, "sheets/sheet_words.html", context)


def _heading_row(request: BoroughRequest) -> int | None:
    form = HeadingRowForm(request.POST)
    return form.cleaned_data["heading_row"] if form.is_valid() else None


def _move(request: BoroughRequest, sheet: SheetImport) -> None:
    """The headings were said to stand in another row: the columns are guessed again. Raises Refused."""
    to = _heading_row(request) or sheet.heading_row
    move_headings(sheet=sheet, to=to, by=request.user)
    messages.success(request, f"The headings are read from row {to}. Check the columns again.")


@borough_view(Perm.KEEP_RECORD)
def sheet_show(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """How far it is; once checked, what each row would do; once written, what it did."""
    sheet = sheet_or_404(request, pk)
    if sheet.state == State.UPLOADED and not sheet.failure:
        return redirect("sheets:sheet-match", request.borough.slug, sheet.pk)
    return _shown(request, sheet)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_apply(request: BoroughRequest, pk: UUID) -> HttpResponse:
    sheet = sheet_or_404(request, pk)
    if request.method != "POST":
        return redirect(sheet)
    form = ApplyForm(request.POST, refused=sheet.counts().get("refuse", 0))
    deed = lambda: apply_sheet(  # noqa: E731
        sheet=sheet, leave_out=bool(form.cleaned_data.get("leave_out")), by=request.user
    )
    if done(form, deed):
        return redirect(sheet)
    return _shown(request, sheet, form)


def _shown(
    request: BoroughRequest, sheet: SheetImport, form: ApplyForm | None = None
) -> HttpResponse:
    counts = sheet.counts()
    shown = request.GET.get("show", "")
    rows = sheet.rows.exclude(verdict="").order_by("number")
    if shown in SheetRow.Verdict.values:
        rows = rows.filter(verdict=shown)
    labels = {row.value: row.label for row in SheetRow.Verdict}
    context = {
        "sheet": sheet,
        "counts": counts,
        "writes": counts.get("add", 0) + counts.get("change", 0),
        "every": sum(counts.values()),
        "filters": [(value, labels[value], counts[value]) for value in labels if value in counts],
        "shown": shown,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": f"show={shown}&" if shown in labels else "",
        "form": form or ApplyForm(refused=counts.get("refuse", 0)),
        "why_not": why_not_ask(sheet, request.user),
        "steps": _steps(sheet),
    }
    return render(request, "sheets/sheet_show.html", context)


def _steps(sheet: SheetImport) -> list[dict[str, str]]:
    """Of the work being done on it."""
    if sheet.state == State.CHECKING:
        said = f"Checked {sheet.checked:,} of {sheet.total:,} rows"
        return [{"text": "Read", "state": "done"}, {"text": said, "state": "current"}]
    said = "Being written" if sheet.state == State.APPLYING else "Being undone"
    return [{"text": "Checked", "state": "done"}, {"text": said, "state": "current"}]


@borough_view(Perm.KEEP_RECORD)
def sheet_status(request: BoroughRequest, pk: UUID) -> JsonResponse:
    """Asked by the page while a worker is at it; every part that is checked is a state of its own."""
    sheet = sheet_or_404(request, pk)
    return JsonResponse({"state": f"{sheet.state}-{sheet.checked}", "finished": not sheet.at_work})


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_undo(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """As a whole, while nothing depends on it."""
    sheet = sheet_or_404(request, pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(form, lambda: undo_sheet(sheet=sheet, by=request.user)):
        return redirect(sheet)
    context = {"form": form, "sheet": sheet, "counts": sheet.counts()}
    return render(
        request, "sheets/sheet_undo.html", context | {"why_not": _why_not(request, sheet)}
    )


def _why_not(request: BoroughRequest, sheet: SheetImport) -> str | None:
    if why := why_not_ask(sheet, request.user) or why_not_start_undo(sheet):
        return why
    rows = list(sheet.rows.filter(verdict__in=SheetRow.WRITES).order_by("number"))
    return why_not_undo(noun_of(sheet, request.user), rows)


@borough_view(Perm.KEEP_RECORD, "GET", "HEAD", "POST")
def sheet_discard(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The rows are deleted; nothing was written."""
    sheet = sheet_or_404(request, pk)
    form = filled(ConfirmForm, request)
    if request.method == "POST" and done(form, lambda: discard_sheet(sheet=sheet, by=request.user)):
        messages.success(request, "The import was discarded, and its rows were deleted.")
        return redirect("sheets:sheet-list", request.borough.slug)
    why_not = why_not_ask(sheet, request.user) or why_not_discard(sheet)
    context = {"form": form, "sheet": sheet, "why_not": why_not}
    return render(request, "sheets/sheet_discard.html", context)
