"""What a closure closes, for those on its list, and what is said of closed records on the pages of a noun."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from .access import BoroughRequest
from .figures import catalogue_of
from .models import Closure, listed_for

# The words by which a public line says itself what kind of record it is about
NAMED = {
    "strategy": ("strategy", "strategies", "plan", "plans"),
    "review": ("review", "reviews", "audit", "audits", "inspection", "inspections"),
    "risk": ("risk", "risks"),
    "funding": ("funding", "finance", "finances", "financial", "grant", "grants"),
    "figure": ("figure", "figures", "statistic", "statistics"),
}


def lines_naming(request: BoroughRequest, noun: str) -> QuerySet[Closure]:
    """The public lines of closed records that the visitor may not read and that name the noun themselves.

    A line is all that is said of a closed record (1972 Act, s100B and s100D ask for no more), so the page of a noun adds
    nothing to it: which kind of record a closure closes is content, and a line that does not say so stands on the page
    of closed records alone (docs/adr/0013).
    """
    told = request.borough.closures.in_force().said_in_public().exclude(listed_for(request.user))
    return told.filter(public_line__iregex=rf"\m({'|'.join(NAMED[noun])})\M")


KINDS = {"strategy": "Strategy", "review": "Review", "risk": "Risk", "line": "Funding line"}


@dataclass(frozen=True)
class ClosedRecord:
    """One record that a closure closes, as a line that leads to it."""

    kind: str
    title: str
    page: str


def records_of(request: BoroughRequest, closure: Closure) -> list[ClosedRecord]:
    """Strategies, reviews, risks, funding and figures under the closure, to those on its list; to all, once it is released."""
    slug, user = request.borough.slug, request.user
    amounts = closure.funding_amounts.visible_to(user).values("line")
    lines = request.borough.funding_lines.filter(Q(closure=closure) | Q(pk__in=amounts))
    strategies, *others = [
        rows.visible_to(user).order_by().values_list(Value(noun), "pk", title)
        for noun, rows, title in (
            ("strategy", closure.strategies, "title"),
            ("review", closure.reviews, "title"),
            ("risk", closure.risks, "title"),
            ("line", lines, "purpose"),
        )
    ]
    found = [
        ClosedRecord(KINDS[noun], title, reverse(f"boroughs:{noun}-show", args=[slug, pk]))
        for noun, pk, title in strategies.union(*others, all=True)
    ]
    return found + _figures_of(request, closure)


def _figures_of(request: BoroughRequest, closure: Closure) -> list[ClosedRecord]:
    values = list(closure.figures.visible_to(request.user))
    if not values:
        return []
    catalogue = catalogue_of(request.borough)
    return [
        ClosedRecord(
            "Figure",
            f"{indicator.name}, {value.period}",
            reverse("boroughs:figure-show", args=[request.borough.slug, indicator.key]),
        )
        for value in values
        if (indicator := catalogue.get(value.indicator))
    ]
