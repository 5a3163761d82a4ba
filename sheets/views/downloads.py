"""Workbooks going out, each for who may read it on the page; the button's post is noted in the trail."""

from uuid import UUID

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from boroughs.access import (
    BoroughRequest,
    borough_view,
    nothing_there,
    readable,
    reader_view,
    reads_as_member,
)
from boroughs.linked_access import strategies_read
from boroughs.models import plans_of
from boroughs.roles import Perm
from sheets import downloads, rating_downloads, record_downloads
from sheets.actions.downloads import note_download
from sheets.downloads import Download, typed
from sheets.lines import columns_of, line_of
from sheets.models import SheetRow
from sheets.writing import XLSX, as_csv, workbook

from .imports import sheet_or_404


@reader_view(Perm.READ_PLAN, "POST")
def plan_download(request: BoroughRequest, pk: UUID) -> HttpResponse:
    plans = plans_of(readable(request, request.borough.strategies.all()))
    plan = plans.filter(pk=pk).first() or nothing_there(request)
    return _answered(request, downloads.plan_download(plan), plan)


@reader_view(Perm.READ_RECORD, "POST")
def figure_workbook(request: BoroughRequest) -> HttpResponse:
    values = readable(request, request.borough.figures.all())
    found = record_downloads.figure_download(request.borough, values)
    return _answered(request, found, request.borough)


@reader_view(Perm.READ_RECORD, "POST")
def review_workbook(request: BoroughRequest) -> HttpResponse:
    reviews = readable(request, request.borough.reviews.all())
    found = record_downloads.review_download(reviews, strategies_read(request))
    return _answered(request, found, request.borough)


@borough_view(Perm.READ_RECORD, "POST")
def activity_workbook(request: BoroughRequest) -> HttpResponse:
    found = record_downloads.activity_download(request.borough)
    return _answered(request, found, request.borough)


@borough_view(Perm.READ_RECORD, "POST")
def rating_download(request: BoroughRequest, pk: UUID) -> HttpResponse:
    assessments = request.borough.assessments.select_related("version")
    assessment = get_object_or_404(assessments, pk=pk)
    found = rating_downloads.round_download(assessment, request.user)
    return _answered(request, found, assessment)


def _answered(request: BoroughRequest, found: Download, subject: models.Model) -> HttpResponse:
    note_download(
        borough=request.borough,
        kind=found.name,
        subject=subject,
        closed=found.closed,
        as_member=reads_as_member(request),
        by=request.user,
    )
    stem = f"{request.borough.slug}-{slugify(found.title)[:60]}"
    if request.POST.get("as") == "csv":
        return attachment(as_csv(found.pages[0]), f"{stem}.csv", "text/csv; charset=utf-8")
    about = found.about(request.borough, request.user)
    return attachment(workbook(found.pages, title=found.title, about=about), f"{stem}.xlsx", XLSX)


@borough_view(Perm.KEEP_RECORD)
def sheet_refused(request: BoroughRequest, pk: UUID) -> HttpResponse:
    """The refused rows with their reasons, to be corrected and imported by themselves."""
    sheet = sheet_or_404(request, pk)
    columns = [column for column in columns_of(sheet) if column.key in sheet.mapping]
    rows = sheet.rows.filter(verdict=SheetRow.Verdict.REFUSE).order_by("number")
    cells = ((row, line_of(sheet, row).cells) for row in rows)
    said = ((row, {key: typed(cell) for key, cell in of.items()}) for row, of in cells)
    page = downloads.refused_page(columns, said)
    about = [("What this is", f"Rows refused by the import of {sheet.added_at:%d.%m.%Y}")]
    name = f"{request.borough.slug}-refused-rows.xlsx"
    return attachment(workbook([page], title="Refused rows", about=about), name, XLSX)


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )
