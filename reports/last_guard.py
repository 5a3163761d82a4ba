"""The last guard before a paper for the public is frozen: nothing that flows into it repeats a closed record.

Each block asks for what is open alone (reports/live). This catches the block that one day forgets to.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from boroughs.closed_passages import closures_overlapping
from boroughs.models import Borough

RATING = ("reason", "actions", "comment")


def why_not_public(snapshot: Mapping[str, Any], borough: Borough) -> str | None:
    """A sentence on what flows in and repeats eight words or more of a closed record, or None. One statement while all is well.

    For those who compose or issue reports in the borough: the database refuses anybody else (ProgrammingError).
    """
    pieces = dict(_pieces(snapshot))
    if not any(pieces.values()) or not closures_overlapping(borough, "\n\n".join(pieces.values())):
        return None
    named = [name for name, text in pieces.items() if closures_overlapping(borough, text)]
    if not named:  # only where one ends and the next begins
        return None
    return (
        f"Words of a closed record of {borough.name} stand in {' and in '.join(named)}, so this paper cannot be made public. "
        "Take that out, or release the record first. If the record it comes from is closed itself, tell the administrator: "
        "it should not have flowed in."
    )


def _pieces(snapshot: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """All that people wrote and that flows in by itself: by its name, as one text."""
    for key, piece in snapshot["live"].items():
        yield f"[[{key}]]", "\n\n".join(_words(piece))
    ratings = (snapshot.get("assessment") or {}).get("ratings", ())
    said = [rating[name] for rating in ratings for name in RATING]
    evidence = [each for rating in ratings for each in rating["evidence"]]
    said += [each[name] for each in evidence for name in ("title", "note")]
    yield "the ratings", "\n\n".join(said)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
