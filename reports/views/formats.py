"""A made report in other forms than the PDF: a Word document, and its figures and ratings as data. The PDF’s rule of access."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from reports.public_data import (
    FIGURES,
    RATINGS,
    figure_rows,
    figures_of,
    rating_rows,
)
from reports.word import document_of
from sheets.writing import Page, as_csv

from .rendering import download, name_of, ready_or_404

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CSV = "text/csv; charset=utf-8"
MOST_PAGES = 200  # written while the visitor waits: some two seconds
TOO_LONG = f"A report of more than {MOST_PAGES} pages is not made into a Word document. Download the PDF instead."


@borough_view(Perm.READ_REPORTS)
def rendering_document(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = ready_or_404(request, pk, rendering)
    if (found.pages or 0) > MOST_PAGES:
        messages.error(request, TOO_LONG)
        return redirect(found.report)
    name = f"{name_of(found, request.borough.slug)}.docx"
    return download(document_of(found.snapshot), name, DOCX)


@borough_view(Perm.READ_REPORTS)
def rendering_figures(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = ready_or_404(request, pk, rendering)
    page = Page("Figures", FIGURES, figure_rows(found.snapshot))
    name = f"{name_of(found, request.borough.slug, 'figures')}.csv"
    return download(as_csv(page), name, CSV)


@borough_view(Perm.READ_REPORTS)
def rendering_figures_json(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = ready_or_404(request, pk, rendering)
    said = JsonResponse(figures_of(found.snapshot), json_dumps_params={"ensure_ascii": False})
    name = f"{name_of(found, request.borough.slug, 'figures')}.json"
    return download(said.content, name, "application/json")


@borough_view(Perm.READ_REPORTS)
def rendering_ratings(request: BoroughRequest, pk: UUID, rendering: UUID) -> HttpResponse:
    found = ready_or_404(request, pk, rendering)
    page = Page("Ratings", RATINGS, rating_rows(found.snapshot))
    name = f"{name_of(found, request.borough.slug, 'ratings')}.csv"
    return download(as_csv(page), name, CSV)
