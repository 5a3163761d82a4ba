"""Figures with the catalogue of indicators, and the national context."""

from collections.abc import Callable, Iterator

from django.db.models import Value
from django.urls import reverse

from boroughs.access import BoroughRequest
from boroughs.figures import catalogue_of
from boroughs.indicators import Catalogue, topics
from boroughs.national import facts
from boroughs.roles import Perm
from boroughs.searching import Entry, Kind, Shelf, Source, offer, once

from .words import day_of, said

FIGURES = Kind("figures", "Figures and indicators")
CONTEXT = Kind("context", "National context")


@once
def catalogue(request: BoroughRequest) -> Catalogue:
    return catalogue_of(request.borough)


def names_of_indicators(request: BoroughRequest) -> Callable[[str], str]:
    by_key = catalogue(request).by_key
    return lambda key: by_key[key].name if key in by_key else key


def indicators(request: BoroughRequest) -> Iterator[Entry]:
    subjects = {topic.key: topic.title for topic in topics()}
    for found in catalogue(request):
        page = reverse("boroughs:figure-show", args=[request.borough.slug, found.key])
        yield Entry(found.name, found.definition, page, f"Indicator, {subjects[found.topic]}")


def national(request: BoroughRequest) -> Iterator[Entry]:
    page = reverse("boroughs:context-show", args=[request.borough.slug])
    for fact in facts():
        yield Entry(fact.title, fact.about, page, fact.when)


offer(
    Shelf(FIGURES, Perm.READ_RECORD, indicators),
    Source(
        FIGURES,
        Perm.READ_RECORD,
        lambda request: request.borough.figures.visible_to(request.user),
        "boroughs:figure-show",
        title="indicator",
        texts=("note", "difference", "source"),
        where=said(day_of("starts_on"), Value(" to "), day_of("ends_on")),
        parts=("indicator",),
        closure="closure",
        by_title=False,
        named=names_of_indicators,
    ),
    Shelf(CONTEXT, Perm.READ_RECORD, national),
)
