"""Search across a borough's record: every kind with its best rows, or one kind page by page. What is looked for is noted nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from boroughs.access import BoroughRequest, borough_view
from boroughs.roles import Perm
from boroughs.searching import (
    LONGEST,
    SHELVES,
    SOURCES,
    Entry,
    Kind,
    NothingToLookFor,
    Piece,
    Row,
    best_of_each,
    excerpts,
    on_shelves,
    page_of,
)
from govuk.forms import CleanText

A_KIND = 3  # rows of each kind while all kinds are shown
PER_PAGE = 20


class SearchForm(forms.Form):
    q = CleanText(
        label="Words to look for",
        required=False,
        max_length=LONGEST,
        error_messages={
            "max_length": f"Look for at most {LONGEST} characters. A few words are enough."
        },
    )


@dataclass(frozen=True)
class Hit:
    """A result as the page shows it. What is closed shows its title alone: reading it is noted on its own page."""

    title: list[Piece]
    href: str
    where: str = ""
    excerpt: list[Piece] = field(default_factory=list)
    closed: bool = False


@dataclass(frozen=True)
class Group:
    kind: Kind
    total: int
    hits: list[Hit]


def kinds() -> list[Kind]:
    """In the order in which the floors offer them."""
    offered = [*(source.kind for source in SOURCES), *(shelf.kind for shelf in SHELVES)]
    return list(dict.fromkeys(offered))


@borough_view(Perm.ENTER, "GET", "HEAD")
def search(request: BoroughRequest) -> HttpResponse:
    form = SearchForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context: dict[str, Any] = {"form": form, "words": words}
    if words:
        try:
            context |= Search(request, words).context(request.GET.get("kind", ""))
        except NothingToLookFor:
            context["nothing"] = True
    return render(request, "portal/search.html", context)


class Search:
    """One answer: what was found of each kind, and the pages of the kind that was chosen."""

    def __init__(self, request: BoroughRequest, words: str) -> None:
        self.request, self.words = request, words
        self.shelved: dict[Kind, list[Entry]] = {}
        for kind, entry in on_shelves(request, words):
            self.shelved.setdefault(kind, []).append(entry)
        self.best = best_of_each(request, words, A_KIND)

    def context(self, chosen: str) -> dict[str, Any]:
        totals = {kind: total for kind in kinds() if (total := self.total(kind))}
        kind = next((kind for kind in totals if kind.key == chosen), None)
        context: dict[str, Any] = {
            "kinds": [(each, total, self.address(each)) for each, total in totals.items()],
            "total": sum(totals.values()),
            "every_kind": self.address(None),
        }
        if kind:
            page = self.page(totals[kind])
            return context | {
                "chosen": kind,
                "page": page,
                "query": urlencode({"q": self.words, "kind": kind.key}) + "&",
                "hits": self.hits(self.of_page(kind, page)),
            }
        return context | {"groups": list(self.groups(totals))}

    def address(self, kind: Kind | None) -> str:
        page = reverse("portal:search", args=[self.request.borough.slug])
        return f"{page}?{urlencode({'q': self.words} | ({'kind': kind.key} if kind else {}))}"

    def total(self, kind: Kind) -> int:
        rows = {row.source: row.total for row in self.best if row.source.kind == kind}
        return sum(rows.values()) + len(self.shelved.get(kind, []))

    def groups(self, totals: dict[Kind, int]) -> Iterable[Group]:
        """The best of each kind; all excerpts are cut by one statement."""
        shown = {kind: self.of_kind(kind) for kind in totals}
        hits = iter(self.hits(each for found in shown.values() for each in found))
        for kind, found in shown.items():
            yield Group(kind, totals[kind], [next(hits) for _ in found])

    def of_kind(self, kind: Kind) -> list[Row | Entry]:
        rows = [row for row in self.best if row.source.kind == kind]
        rows.sort(key=lambda row: -row.rank)
        found: list[Row | Entry] = [*self.shelved.get(kind, []), *rows]
        return found[:A_KIND]

    def page(self, total: int) -> "Page[int]":
        return Paginator(range(total), PER_PAGE).get_page(self.request.GET.get("page"))

    def of_page(self, kind: Kind, page: "Page[int]") -> list[Row | Entry]:
        """Entries of the catalogue come before rows."""
        shelved = self.shelved.get(kind, [])
        first, last = page.start_index() - 1, page.end_index()
        before = len(shelved)
        rows = page_of(
            self.request, self.words, kind, max(0, first - before), max(0, last - before)
        )
        return [*shelved[first:last], *rows]

    def hits(self, found: Iterable[Row | Entry]) -> list[Hit]:
        found = list(found)
        names = {
            source: source.named(self.request)
            for source in {each.source for each in found if isinstance(each, Row)}
            if source.named
        }
        titles = [
            names[each.source](each.title)
            if isinstance(each, Row) and each.source in names
            else each.title
            for each in found
        ]
        texts = ["" if isinstance(each, Row) and each.closed else each.text for each in found]
        cut = excerpts(self.words, titles, texts)
        return [
            self.hit(each, title, excerpt)
            for each, title, excerpt in zip(
                found, cut[: len(found)], cut[len(found) :], strict=True
            )
        ]

    def hit(self, found: Row | Entry, title: list[Piece], excerpt: list[Piece]) -> Hit:
        if isinstance(found, Entry):
            return Hit(title, found.href, found.where, excerpt)
        source = found.source
        href = reverse(source.route, args=[self.request.borough.slug, *found.parts])
        anchor = f"#{source.anchor}" if source.anchor else ""
        return Hit(title, href + anchor, found.where, excerpt, found.closed)
