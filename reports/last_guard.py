"""The last guard before a paper is made: nothing that flows into it, or is typed into it, repeats a closed record.

Each block asks for what is open alone (reports/live), and the checks look at what is typed (reports/checks). This catches the
block that one day forgets to ask, the field that a check does not know, and what was closed since the checks were read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from boroughs.closed_passages import closures_overlapping
from boroughs.models import Borough

from .narrative import tidy

Pieces = Iterable[tuple[str, str]]

RATING = ("reason", "actions", "comment")
FROM_ELSEWHERE = {
    "title",
    "date",
    "committee",
    "item",
}  # of the front sheet: from the report and its meeting
JOINS_WORDS = re.compile(
    r"[*`~\\\u00ad\u200b\u200c\u200d]|\{[#@][^}]*\}|\[\^[^\]]*\]|(?<=\])\([^)\s]*\)"
)


def why_not_public(snapshot: Mapping[str, Any], borough: Borough) -> str | None:
    """A sentence on what is printed and repeats eight words or more of a closed record, or None. One statement while all is well.

    For those who compose or issue reports in the borough: the database refuses anybody else (ProgrammingError).
    """
    return _why_not(
        [*_flowing(snapshot), *_typed(snapshot)], borough, "this paper cannot be made public"
    )


def why_not_made(snapshot: Mapping[str, Any], borough: Borough) -> str | None:
    """The same of what flows in alone, for a draft: what is typed into it is for the checks."""
    return _why_not(_flowing(snapshot), borough, "this paper cannot be made")


def why_not_recorded(pieces: Pieces, borough: Borough) -> str | None:
    """The same of what is typed into the record of a decision, which the law makes public."""
    return _why_not(pieces, borough, "this cannot be recorded")


def _why_not(pieces: Pieces, borough: Borough, so: str) -> str | None:
    said = {name: as_read(text) for name, text in pieces}
    if not any(said.values()) or not closures_overlapping(borough, "\n\n".join(said.values())):
        return None
    named = [name for name, text in said.items() if closures_overlapping(borough, text)]
    if not named:  # only where one ends and the next begins
        return None
    return (
        f"Words of a closed record of {borough.name} stand in {' and in '.join(named)}, so {so}. "
        "Take that out, or release the record first. If the record it comes from is closed itself, tell the administrator: "
        "it should not have flowed in."
    )


def as_read(text: str) -> str:
    """Without the signs that stand inside words or between them and are not printed: no closed passage hides behind one."""
    return JOINS_WORDS.sub("", tidy(unescape(text)))


def _flowing(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What flows in by itself: by its name, as one text."""
    for key, piece in snapshot["live"].items():
        yield f"[[{key}]]", "\n\n".join(_words(piece))
    ratings = (snapshot.get("assessment") or {}).get("ratings", ())
    said = [rating[name] for rating in ratings for name in RATING]
    evidence = [each for rating in ratings for each in rating["evidence"]]
    said += [each[name] for each in evidence for name in ("title", "note")]
    yield "the ratings", "\n\n".join(said)


def _typed(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What people wrote for this report: with its notes, since they stand in its texts."""
    yield "the title", snapshot["report"]["title"]
    front = {key: text for key, text in snapshot["front"].items() if key not in FROM_ELSEWHERE}
    yield "the front sheet", "\n\n".join(_words(front))
    headings = dict(_headings(snapshot))
    for key, text in snapshot["texts"].items():
        yield f"“{headings.get(key, key)}”", text
    yield "the recommendations", "\n\n".join(_words(snapshot["recommendations"]))
    yield "the background papers", "\n\n".join(_words(snapshot["background_papers"]))
    titles = [row["title"] for row in snapshot["appendices"]]
    yield "the titles of appendices", "\n\n".join(titles)
    yield "what was signed off", "\n\n".join(_words(snapshot.get("sign_offs")))


def _headings(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for section in snapshot["style"]["sections"]:
        for part in (section, *section.get("parts", ())):
            yield part["key"], part["heading"]


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
