"""Whether data from outside has the form the catalogue reads: every field of its kind and length, and no other."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 32_767  # of a whole number
LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One field. A list has entries of a `shape`, or short texts where there is none."""

    kind: type
    longest: int = 0  # characters
    optional: bool = False
    shape: "Shape | None" = None


Shape = Mapping[str, Field]

KEY, LINE, TEXT = Field(str, 50), Field(str, 100), Field(str, 2000)
DAY = Field(str, 10)
NO_DAY = Field(str, 10, optional=True)
NUMBER, YES_OR_NO = Field(int), Field(bool)

LEVEL: Shape = {
    "key": KEY,
    "label": Field(str, 60),
    "rank": NUMBER,
    "tone": KEY,
    "meaning": TEXT,
    "pattern": Field(str, 50, optional=True),
}
SCALE: Shape = {
    "key": KEY,
    "title": LINE,
    "complete": YES_OR_NO,
    "verified": YES_OR_NO,
    "note": TEXT,
    "levels": Field(list, shape=LEVEL),
}
PROMPT: Shape = {
    "key": KEY,
    "text": Field(str, 300),
    "local_wording": YES_OR_NO,
    "support": TEXT,
}
BENCHMARK: Shape = {
    "key": KEY,
    "number": NUMBER,
    "title": Field(str, 120),
    "statement": TEXT,
    "verified": YES_OR_NO,
    "support": TEXT,
    "obligation": KEY,
    "prompts": Field(list, shape=PROMPT),
}
VERSION: Shape = {
    "format": NUMBER,
    "key": KEY,
    "kind": Field(str, 50, optional=True),
    "title": Field(str, 150),
    "year": NUMBER,
    "publisher": LINE,
    "published_on": NO_DAY,
    "in_force_from": DAY,
    "in_force_until": NO_DAY,
    "jurisdiction": Field(str, 60),
    "statutory": YES_OR_NO,
    "wording_verified": YES_OR_NO,
    "scale": KEY,
    "note": TEXT,
    "sources": Field(list),
    "benchmarks": Field(list, shape=BENCHMARK),
}
LINK: Shape = {"from": KEY, "to": KEY, "relation": KEY}
CROSSWALK: Shape = {
    "format": Field(int, optional=True),
    "key": KEY,
    "from": KEY,
    "to": KEY,
    "verified": YES_OR_NO,
    "note": TEXT,
    "links": Field(list, shape=LINK),
}


def misshapen(data: Any, shape: Shape, where: str) -> Iterator[str]:
    """What of the data is not of this shape, in plain sentences."""
    if not isinstance(data, dict):
        yield f"{where} must be written as names and values in braces."
        return
    for name in sorted(set(data) - set(shape)):
        yield f"{where} has a field that no one reads: “{name[:50]}”."
    for name, field in shape.items():
        if data.get(name) is not None:
            yield from _value(data[name], field, f"{where}: “{name}”")
        elif not field.optional:
            yield f"{where} does not say its “{name}”."


def _value(value: Any, field: Field, where: str) -> Iterator[str]:
    if field.kind is list:
        yield from _list(value, field, where)
    elif field.kind is str:
        yield from _text(value, field.longest, where)
    elif field.kind is bool and not isinstance(value, bool):
        yield f"{where} must be true or false."
    elif field.kind is int and not (type(value) is int and 0 < value <= MOST):
        yield f"{where} must be a whole number from 1 to {MOST:,}."


def _text(value: Any, longest: int, where: str) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{where} must be a text."
    elif len(value) > longest:
        yield f"{where} must be {longest:,} characters or fewer."
    elif any(unicodedata.category(letter) in ("Cc", "Cs") for letter in value):
        yield f"{where} has a hidden control character."


def _list(value: Any, field: Field, where: str) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        yield f"{where} must be a list with something in it."
    elif len(value) > LONGEST_LIST:
        yield f"{where} must have {LONGEST_LIST} entries or fewer."
    else:
        for place, entry in enumerate(value, 1):
            here = f"{where}, entry {place}"
            if field.shape:
                yield from misshapen(entry, field.shape, here)
            else:
                yield from _text(entry, 300, here)
