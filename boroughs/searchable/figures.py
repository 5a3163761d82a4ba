"""Figures with the catalogue of indicators, and the context."""

from collections.abc import Callable, Iterator

from django.db.models import Value
from django.urls import reverse

from boroughs.access import BoroughRequest, readable
from boroughs.figures import catalogue_of
from boroughs.indicators import Catalogue, topics
from boroughs.models.figure import FigureQuerySet
from boroughs.national import facts, when_in_words
from boroughs.roles import Perm
from boroughs.searching import Entry, Kind, Shelf, Source, offer, once

from .words import day_of, said

FIGURES = Kind("figures", "Figures and indicators")
CONTEXT = Kind("context", "Context")


@once
def catalogue(request: BoroughRequest) -> Catalogue:
    return catalogue_of(request.borough)


def names_of_indicators(request: BoroughRequest) -> Callable[[str], str]:
    by_key = catalogue(request).by_key
    return lambda key: by_key[key].name if key in by_key else key


def figures(request: BoroughRequest) -> FigureQuerySet:
    return readable(request, request.borough.figures.all(), Perm.READ_RECORD)


def indicators(request: BoroughRequest) -> Iterator[Entry]:
    """The whole catalogue; whoever comes by a list alone finds those of the figures that it closes."""
    subjects = {topic.key: topic.title for topic in topics()}
    every = Perm.READ_RECORD in request.granted
    theirs = set() if every else set(figures(request).values_list("indicator", flat=True))
    for found in catalogue(request):
        if not (every or found.key in theirs):
            continue
        page = reverse("boroughs:figure-show", args=[request.borough.slug, found.key])
        yield Entry(found.name, found.definition, page, f"Indicator, {subjects[found.topic]}")


def national(request: BoroughRequest) -> Iterator[Entry]:
    page = reverse("boroughs:context-show", args=[request.borough.slug])
    for fact in facts():
        yield Entry(fact.title, fact.about, page, fact.when)
    for own in request.borough.context_facts.all():
        yield Entry(own.title, own.about, own.get_absolute_url(), when_in_words(own.on))


offer(
    Shelf(FIGURES, Perm.READ_RECORD, indicators, listed_too=True),
    Source(
        FIGURES,
        Perm.READ_RECORD,
        figures,
        "boroughs:figure-show",
        title="indicator",
        texts=("note", "difference", "source"),
        where=said(day_of("starts_on"), Value(" to "), day_of("ends_on")),
        parts=("indicator",),
        closure="closure",
        listed_too=True,
        by_title=False,
        named=names_of_indicators,
    ),
    Shelf(CONTEXT, Perm.READ_RECORD, national),
)
