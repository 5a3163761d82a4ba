"""What ships with the portal and can be found by search: the glossary's terms, by everybody."""

from collections.abc import Iterator

from boroughs.access import BoroughRequest
from boroughs.searching import Entry, Kind, Shelf, offer

from .glossary import address, terms

TERMS = Kind("terms", "Glossary")


def entries(request: BoroughRequest) -> Iterator[Entry]:
    for term in terms():
        yield Entry(", ".join(term.spellings), term.meaning, address(term), term.as_of)


offer(Shelf(TERMS, None, entries))
