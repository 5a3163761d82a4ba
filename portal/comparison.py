"""Boroughs beside one another: all those in which the visitor may compare, or one of them and its peers."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boroughs import access
from boroughs.access import (
    AcrossRequest,
    BoroughRequest,
    SignedInRequest,
    across_view,
    borough_view,
)
from boroughs.models import Borough
from boroughs.policies import day
from boroughs.roles import Perm
from sheets.actions.downloads import note_download
from sheets.comparison import comparison_pages
from sheets.views.downloads import attachment
from sheets.writing import XLSX, as_csv, workbook
from toolkit.across import Table, table_of, toolkits
from toolkit.forms import ComparisonForm

TITLE = "Comparison of boroughs"
WHAT = "The last ratings that each board signed off, and no comment. A borough whose round was never signed off, or too long ago, is not shown by a colour."


@across_view(Perm.COMPARE)
def across(request: AcrossRequest) -> HttpResponse:
    table, form = _asked(request, request.boroughs)
    return render(request, "portal/comparison.html", {"table": table, "form": form})


@across_view(Perm.COMPARE, "POST")
def across_download(request: AcrossRequest) -> HttpResponse:
    table, _ = _asked(request, request.boroughs)
    return _answered(request, table, None)


@borough_view(Perm.COMPARE)
def peers(request: BoroughRequest) -> HttpResponse:
    """The borough's own line, and those of the others in which the visitor may compare."""
    boroughs = access.across(request, Perm.COMPARE)
    table, form = _asked(request, boroughs, own=request.borough)
    return render(request, "portal/peers.html", {"table": table, "form": form})


@borough_view(Perm.COMPARE, "POST")
def peers_download(request: BoroughRequest) -> HttpResponse:
    boroughs = access.across(request, Perm.COMPARE)
    table, _ = _asked(request, boroughs, own=request.borough)
    return _answered(request, table, request.borough)


def _asked(
    request: SignedInRequest, boroughs: Sequence[Borough], own: Borough | None = None
) -> tuple[Table, ComparisonForm]:
    """What the address asks for: two statements, however many boroughs there are."""
    offered = toolkits(boroughs)
    form = ComparisonForm(request.GET, boroughs=boroughs, offered=offered)
    return table_of(boroughs, offered, form.choice, timezone.localdate(), own=own), form


def _answered(request: SignedInRequest, table: Table, borough: Borough | None) -> HttpResponse:
    note_download(
        borough=borough,
        kind="comparison",
        subject=borough or request.user,
        closed=0,
        by=request.user,
    )
    stem, pages = f"{borough.slug if borough else 'boroughs'}-comparison", comparison_pages(table)
    if request.POST.get("as") == "csv":
        return attachment(as_csv(pages[0]), f"{stem}.csv", "text/csv; charset=utf-8")
    now = timezone.localtime()
    about = [
        ("What this is", f"{TITLE}, {table.toolkit.title}"),
        ("What is in it", WHAT),
        ("Downloaded by", f"{request.user}, {day(now.date())}, {now:%H:%M}"),
    ]
    return attachment(workbook(pages, title=TITLE, about=about), f"{stem}.xlsx", XLSX)
