"""Search across a borough's record: each floor offers what of its rows can be found (`searchable.py`), one statement asks them all.

A source takes its rows from the querysets that its pages use, so what a visitor cannot open they cannot find. The rank of a
row is made of its own words alone: no other row, and so nothing closed, moves it (docs/adr/0020).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db import InternalError, connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONArray

from .access import BoroughRequest
from .roles import Perm

CONFIG = "english"
LONGEST = 200  # characters of what is looked for
START, STOP = "\ue000", "\ue001"  # private use: around a word that was found
WHOLE = f'StartSel="{START}", StopSel="{STOP}", HighlightAll=true'
PASSAGES = (
    f'StartSel="{START}", StopSel="{STOP}", MaxFragments=2, MinWords=8, MaxWords=24, '
    'FragmentDelimiter=" … "'
)
Words = str | Combinable
NOWHERE = Value("")
Rows = QuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """A heading of the results; `key` is its word in the address."""

    key: str
    label: str


@dataclass(frozen=True, eq=False)
class Source:
    """Rows of one table that can be found: by which words, how they are named, on which page they stand.

    `perm` is what the page asks at its door. `parts` are the lookups that make up its address after the borough.
    """

    kind: Kind
    perm: Perm
    rows: Callable[[BoroughRequest], Rows | None]
    route: str
    title: Words
    texts: Sequence[Words] = ()
    where: Words = NOWHERE
    parts: Sequence[str] = ("pk",)
    anchor: str = ""
    closure: str = ""  # the way to what closes it; empty where nothing does
    by_title: bool = True  # whether the title's words count, or only the texts'
    named: Callable[[BoroughRequest], Callable[[str], str]] | None = None  # title to name
    listed_too: bool = False  # the page lets in whoever stands on a list, without `perm`

    def readable(self, request: BoroughRequest) -> Rows | None:
        """The rows the visitor may find, or None where they may not open the page. Where lists count, `rows` asks them."""
        listed = self.listed_too and bool(request.listed)
        return self.rows(request) if self.perm in request.granted or listed else None


@dataclass(frozen=True)
class Entry:
    """Something that ships with the portal, or is in a catalogue, and can be found like a row."""

    title: str
    text: str
    href: str
    where: str = ""


@dataclass(frozen=True, eq=False)
class Shelf:
    """Entries of one kind, for whoever may open their page; `perm` None: for everybody in the borough."""

    kind: Kind
    perm: Perm | None
    entries: Callable[[BoroughRequest], Iterable[Entry]]
    listed_too: bool = False  # as of a source

    def opens_to(self, request: BoroughRequest) -> bool:
        listed = self.listed_too and bool(request.listed)
        return self.perm is None or self.perm in request.granted or listed


SOURCES: list[Source] = []
SHELVES: list[Shelf] = []


def offer(*found: Source | Shelf) -> None:
    """Let what a floor keeps be found."""
    for each in found:
        if isinstance(each, Shelf):
            SHELVES.append(each)
        else:
            SOURCES.append(each)


Answer = TypeVar("Answer")


def once(ask: Callable[[BoroughRequest], Answer]) -> Callable[[BoroughRequest], Answer]:
    """Ask once a request: what stands under a strategy is asked for by many sources, the strategies themselves once."""

    def answer(request: BoroughRequest) -> Answer:
        known: dict[Any, Any] = vars(request).setdefault("asked_for_search", {})
        if ask not in known:
            known[ask] = ask(request)
        return cast("Answer", known[ask])

    return answer


# -- One statement for all sources ---------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """What the statement answers of one row; `total` of its source where it was asked for."""

    source: Source
    rank: float
    title: str
    text: str
    where: str
    closed: bool
    parts: list[str]
    total: int = 0


COLUMNS = ("s_source", "s_rank", "s_title", "s_text", "s_where", "s_closed", "s_parts")


def best_of_each(request: BoroughRequest, words: str, most: int) -> list[Row]:
    """The best rows of every source, with how many each source has."""
    counted = Window(Count("*"))
    asked = [
        part.annotate(s_total=counted).order_by("-s_rank", "s_title", "pk")[:most]
        for _, part in _parts(request, words)
    ]
    return _rows(_together(asked, "s_total"))


def page_of(request: BoroughRequest, words: str, kind: Kind, first: int, last: int) -> list[Row]:
    """The kind's rows from place `first` to `last`, the best first."""
    asked = [part for source, part in _parts(request, words) if source.kind == kind]
    if last <= first or not asked:
        return []
    found = _together(asked).order_by("-s_rank", "s_title", "s_parts")
    return _rows(found[first:last])


def _together(asked: list[Rows], *more: str) -> Rows:
    values: list[Rows] = [part.values_list(*COLUMNS, *more) for part in asked]
    return values[0].union(*values[1:], all=True) if values[1:] else values[0]


def _rows(values: Iterable[Any]) -> list[Row]:
    return [Row(SOURCES[number], *rest) for number, *rest in values]


def _parts(request: BoroughRequest, words: str) -> list[tuple[Source, Rows]]:
    query = SearchQuery(words, config=CONFIG, search_type="websearch")
    return [
        (source, _part(number, source, rows, query))
        for number, source in enumerate(SOURCES)
        if (rows := source.readable(request)) is not None
    ]


def _part(number: int, source: Source, rows: Rows, query: SearchQuery) -> Rows:
    """The rows that match, each with the columns that every source has."""
    matching: Rows = rows.order_by().annotate(s_vector=_vector(source)).filter(s_vector=query)
    found: Rows = matching.annotate(
        s_source=Value(number),
        s_rank=SearchRank(F("s_vector"), query),
        s_title=_text(source.title),
        s_text=joined(*source.texts),
        s_where=_text(source.where),
        s_closed=_closed(source.closure),
        s_parts=JSONArray(*(Cast(part, TextField()) for part in source.parts)),
    )
    return found


def _vector(source: Source) -> Any:
    """Words of the title weigh more than words of the texts."""
    vectors = []
    if source.by_title:
        vectors.append(SearchVector(source.title, config=CONFIG, weight="A"))
    if source.texts:
        vectors.append(SearchVector(*source.texts, config=CONFIG, weight="C"))
    first, *rest = vectors
    return first + rest[0] if rest else first


def _text(words: Words) -> Any:
    return Coalesce(Cast(words, TextField()), Value(""), output_field=TextField())


def joined(*texts: Words) -> Any:
    """The texts one after the other, each a paragraph of its own."""
    if not texts:
        return Value("", TextField())
    pieces: list[Any] = [_text(texts[0])]
    for text in texts[1:]:
        pieces += [Value("\n"), _text(text)]
    return Concat(*pieces, output_field=TextField()) if pieces[1:] else pieces[0]


def _closed(closure: str) -> Any:
    if not closure:
        return Value(False)
    in_force = Q(**{f"{closure}__isnull": False, f"{closure}__released_at__isnull": True})
    return Case(When(in_force, then=Value(True)), default=Value(False), output_field=BooleanField())


# -- What is not a row -----------------------------------------------------------------------------------
class NothingToLookFor(Exception):
    """No word is left: only words such as “the”, which stand everywhere, or only words to leave out."""


def on_shelves(request: BoroughRequest, words: str) -> list[tuple[Kind, Entry]]:
    """Entries that match, the best first. Raises NothingToLookFor."""
    entries = [
        (shelf.kind, entry)
        for shelf in SHELVES
        if shelf.opens_to(request)
        for entry in shelf.entries(request)
    ]
    tree, places = _matching(words, [entry for _, entry in entries])
    if tree in {"", "T"}:
        raise NothingToLookFor
    return [entries[place - 1] for place in places]


def _matching(words: str, entries: Sequence[Entry]) -> tuple[str, list[int]]:
    """What is left of the words to look for, and the places of the entries that match, the best first."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                """SELECT querytree(query), ARRAY(SELECT place FROM (
                       SELECT place, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', text), 'C') AS said
                       FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS entry(title, text, place)) AS entries
                       WHERE said @@ query ORDER BY ts_rank(said, query) DESC, place)
                   FROM websearch_to_tsquery('english', %s) AS query""",
                [[entry.title for entry in entries], [entry.text for entry in entries], words],
            )
            return cast("tuple[str, list[int]]", cursor.fetchone())
    except (
        InternalError
    ):  # more than thirty signs of leaving out in a row: PostgreSQL's stack is full
        return "", []


# -- Excerpts --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Piece:
    """A stretch of plain text, and whether it is a word that was found. Templates escape it."""

    text: str
    found: bool


def excerpts(words: str, titles: Sequence[str], texts: Sequence[str]) -> list[list[Piece]]:
    """Each title whole and each text in passages, cut into pieces: first those of the titles, then those of the texts."""
    asked = [*((title, WHOLE) for title in titles), *((text, PASSAGES) for text in texts)]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT ts_headline('english', said, websearch_to_tsquery('english', %s), how)
               FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS asked(said, how, place) ORDER BY place""",
            [words, [said for said, _ in asked], [how for _, how in asked]],
        )
        cut = [pieces(row[0]) for row in cursor.fetchall()]
    return [
        (_from(said, found) if how == PASSAGES else _whole(said, found))
        for (said, how), found in zip(asked, cut, strict=True)
    ]


def _plain(found: list[Piece]) -> str:
    return "".join(piece.text for piece in found)


def _whole(said: str, found: list[Piece]) -> list[Piece]:
    """The title as it is where marking words would leave out some of it, such as what looks like HTML."""
    return found if _plain(found) == said else [Piece(said, False)]


def _from(said: str, found: list[Piece]) -> list[Piece]:
    """The passages, with signs that more stands before or behind."""
    text = _plain(found)
    before = [] if said.lstrip().startswith(text[:20].strip()) else [Piece("… ", False)]
    behind = [] if said.rstrip(" .\n").endswith(text[-20:].strip(" .\n")) else [Piece(" …", False)]
    return [*before, *found, *behind] if text.strip() else []


def pieces(marked: str) -> list[Piece]:
    """The text around and between the marks; a mark without its partner is no mark."""
    found: list[Piece] = []
    for number, part in enumerate(marked.split(START)):
        word, stop, rest = part.partition(STOP)
        if number and stop:
            found += [Piece(word, True), Piece(rest, False)]
        else:
            found.append(Piece(part.replace(STOP, ""), False))
    return [piece for piece in found if piece.text]
