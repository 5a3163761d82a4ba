"""Addresses, uploads and rows of papers in the tests of their pages."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from boroughs.rows import acting_as
from papers.models import Paper, PaperVersion
from tests.boroughs.pages import address
from tests.factories import Place, tiny_pdf


def on(place: Place, name: str, *more: Any) -> str:
    """A page of the place's open paper."""
    return address(f"papers:{name}", place.borough, place.paper.pk, *more)


def closed(place: Place, name: str, *more: Any) -> str:
    return address(f"papers:{name}", place.borough, place.closed_paper.pk, *more)


def download(place: Place, version: PaperVersion) -> str:
    return address("papers:version-download", place.borough, version.paper_id, version.pk)


def pdf(name: str = "strategy.pdf", text: str = "Strategy") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, tiny_pdf(text), "application/pdf")


def papers(place: Place) -> list[Paper]:
    with acting_as(place.coordinator.pk):
        return list(Paper.objects.filter(borough=place.borough).order_by("added_at"))


def versions(paper: Paper, place: Place) -> list[PaperVersion]:
    with acting_as(place.coordinator.pk):
        return list(PaperVersion.objects.filter(paper=paper).select_related("paper"))


def newest(paper: Paper, place: Place) -> PaperVersion:
    return versions(paper, place)[0]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)
