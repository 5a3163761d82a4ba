"""The field's terms in our own words, with the guidance each comes from: `portal/data/glossary.json`, reviewed like code."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

Row = Mapping[str, Any]
DATA = Path(__file__).parent / "data" / "glossary.json"
NEEDED = {"key", "term", "meaning", "as_of", "source", "verified"}
OPTIONAL = {"also", "link", "replaced_by"}
UNLINKED = {"a", "button", "label", "summary", "h1", "title", "textarea", "option"}
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z0-9]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """`also` are other spellings; without `link` the word is too common to be linked wherever it stands."""

    key: str
    term: str
    meaning: str
    as_of: str
    source: str
    verified: bool
    also: tuple[str, ...] = ()
    link: bool = True
    replaced_by: str = ""

    @property
    def other_names(self) -> list[str]:
        """Without plurals, which are known to be linked and say nothing new."""
        longest, start = len(self.term) + 3, self.term.casefold()[:-1]
        plural = {s for s in self.also if len(s) <= longest and s.casefold().startswith(start)}
        return [spelling for spelling in self.also if spelling not in plural]

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.term, *self.also)


def why_not_a_glossary(rows: Sequence[Row]) -> list[str]:
    """What is wrong with the file, as sentences; empty if nothing is."""
    found = [
        f"{row.get('key', 'A term')}: its fields are not those of a term."
        for row in rows
        if not NEEDED <= set(row) <= NEEDED | OPTIONAL or not all(row[name] != "" for name in row)
    ]
    if found:
        return found
    keys = {row["key"] for row in rows}
    words = [word.casefold() for row in rows for word in (row["term"], *row.get("also", ()))]
    found += [f"{word}: two terms say it." for word, n in Counter(words).items() if n > 1]
    found += [f"{row['key']}: two terms have this key." for row in _twice(rows)]
    after = [(row["key"], row.get("replaced_by")) for row in rows]
    return [*found, *(f"{k}: {a} is no term." for k, a in after if a and (a not in keys or a == k))]


def _twice(rows: Sequence[Row]) -> list[Row]:
    counted = Counter(row["key"] for row in rows)
    return [row for row in rows if counted[row["key"]] > 1]


@cache
def terms() -> tuple[Term, ...]:
    """In the order of the alphabet. Raises ValueError when the file breaks its own rules."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))["terms"]
    if wrong := why_not_a_glossary(rows):
        raise ValueError("\n".join(wrong))
    found = [Term(**{**row, "also": tuple(row.get("also", ()))}) for row in rows]
    return tuple(sorted(found, key=lambda term: term.term.casefold()))


@cache
def by_key() -> dict[str, Term]:
    return {term.key: term for term in terms()}


def address(term: Term) -> str:
    return f"{reverse('portal:glossary')}#{term.key}"


@require_safe
@login_not_required
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term, with what its wording comes from and what took its place; anybody may read it."""
    before: dict[str, list[Term]] = {}
    for term in terms():
        if term.replaced_by:
            before.setdefault(term.replaced_by, []).append(term)
    rows = [(term, by_key().get(term.replaced_by), before.get(term.key, [])) for term in terms()]
    letters = sorted({term.term[0].upper() for term in terms()})
    firsts = {
        letter: next(t.key for t in terms() if t.term[0].upper() == letter) for letter in letters
    }
    return render(request, "portal/glossary.html", {"rows": rows, "firsts": firsts.items()})


# -- Links where terms stand --------------------------------------------------------------------------
@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, Term]]:
    """A pattern that finds every spelling that is linked, the longest first, and whose spelling it is."""
    known = {word.casefold(): term for term in terms() if term.link for word in term.spellings}
    words = sorted(known, key=len, reverse=True)
    found = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE), known


def with_links(html: str, seen: set[str]) -> str:
    """Our own HTML with a link at the first place where each term stands; `seen` are terms linked before, and grows.

    Nothing is changed inside tags, links, buttons and labels. Not for what people wrote: their words are not ours to link.
    """
    return "".join(_linked(html, seen))


def _linked(html: str, seen: set[str]) -> Iterator[str]:
    inside: list[str] = []
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            _enter_or_leave(piece, inside)
            yield piece
        else:
            yield piece if inside else _with_terms(piece, seen)


def _enter_or_leave(tag: str, inside: list[str]) -> None:
    found = _NAME.match(tag)
    if found and found[2].lower() in UNLINKED:
        if not found[1]:
            inside.append(found[2].lower())
        elif inside:
            inside.pop()


def _with_terms(text: str, seen: set[str]) -> str:
    pattern, known = _spellings()

    def link(found: re.Match[str]) -> str:
        word = found[0]
        term = known[word.casefold()]
        shouted = [spelling for spelling in term.spellings if spelling.isupper()]
        another = any(s.casefold() == word.casefold() and s != word for s in shouted)
        if term.key in seen or another:  # RAG is a term, a rag is none
            return word
        seen.add(term.key)
        return format_html('<a class="govuk-link" href="{}">{}</a>', address(term), word)

    return pattern.sub(link, text)
