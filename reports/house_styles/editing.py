"""Changing a style's definition piece by piece. Pure: each function gives another definition and leaves its own alone.

A piece is named by its path: one of PIECES, a field of the front sheet (`front/wards`), or a section or a part of one
(`sections/legal`). The parts of a section are pieces of their own, and its own piece leaves them out.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from . import FRONT_BANDS, RESERVED, Style, sections_and_parts

PIECES = {
    "name": ("title", "note"),
    "numbering": ("numbering",),
    "labels": ("labels",),
    "signing": ("sign_off",),
    "author": ("author", "contents"),
    "look": ("look",),
    "ratings": ("benchmarks",),
    "words": ("wording",),
}
TAKEN = {"add", "title", "author", *RESERVED}  # by addresses, and by what every report has


def piece_of(style: Style, path: str) -> Style | None:
    """The values of a piece; None where there is none of that name."""
    kind, _, key = path.partition("/")
    if kind in PIECES and not key:
        return {name: style[name] for name in PIECES[kind]}
    if kind == "front":
        return next((field for field in fields_of(style) if field["key"] == key), None)
    found = next((part for part in sections_and_parts(style) if part["key"] == key), None)
    return found and {name: value for name, value in found.items() if name != "parts"}


def with_piece(style: Style, path: str, value: Style) -> Style:
    """The style with these values in the piece's place, or with the piece added at the end of where it belongs.

    `value` of a new part of a section names that section as `within`.
    """
    kind, _, key = path.partition("/")
    if kind in PIECES:
        return {**style, **value}
    if kind == "front":
        return {**style, "front": in_rows(_with_field(fields_of(style), value))}
    within = value.get("within", "")
    value = {name: each for name, each in value.items() if name != "within"}
    if any(part["key"] == key for part in sections_and_parts(style)):
        return _each(style, lambda part: _replaced(part, value) if part["key"] == key else part)
    if within:
        grown = {"key": within, "more": value}
        return {**style, "sections": [_grown(section, grown) for section in style["sections"]]}
    return {**style, "sections": [*style["sections"], value]}


def without(style: Style, path: str) -> Style:
    kind, _, key = path.partition("/")
    if kind == "front":
        return {**style, "front": in_rows([f for f in fields_of(style) if f["key"] != key])}
    sections = [
        {**section, "parts": [part for part in section["parts"] if part["key"] != key]}
        if "parts" in section
        else section
        for section in style["sections"]
        if section["key"] != key
    ]
    return {**style, "sections": sections}


def moved(style: Style, path: str, to: str) -> Style:
    """One place up or down among its like; the rows of the front sheet stay, and what stands in them changes places."""
    kind, _, key = path.partition("/")
    if kind == "front":
        return {**style, "front": _swapped_fields(style["front"], key, to)}
    sections = [
        {**section, "parts": _swapped(section["parts"], key, to)} if "parts" in section else section
        for section in style["sections"]
    ]
    return {**style, "sections": _swapped(sections, key, to)}


def fields_of(style: Style) -> list[Style]:
    """The fields of the front sheet, each saying whether it stands beside the one before it instead of in which row."""
    found, last = [], None
    for field in style["front"]:
        place = field["band"], field["row"]
        said = {name: value for name, value in field.items() if name != "row"}
        found.append({**said, "beside": place == last})
        last = place
    return found


def in_rows(fields: Iterable[Style]) -> list[Style]:
    """The fields with the rows they stand in, band by band."""
    found: list[Style] = []
    for band in FRONT_BANDS:
        row = 0
        for field in [each for each in fields if each["band"] == band]:
            row += not (field["beside"] and row)
            said = {name: value for name, value in field.items() if name != "beside"}
            found.append({**said, "row": row})
    return found


def free_key(words: str, taken: Iterable[str], *, least: str) -> str:
    """A key made of the words, unlike those taken: “Ward members consulted” becomes ward-members-consulted."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30].strip("-")
    if not key[:1].isalpha() or key.startswith("front"):
        key = f"{least}-{key}".strip("-")
    known = {*taken, *TAKEN}
    number, found = 2, key
    while found in known:
        number, found = number + 1, f"{key}-{number}"
    return found


def _with_field(fields: list[Style], value: Style) -> list[Style]:
    if any(field["key"] == value["key"] for field in fields):
        return [value if field["key"] == value["key"] else field for field in fields]
    return [*fields, value]


def _each(style: Style, change: Callable[[Style], Style]) -> Style:
    """Every section and every part of one as `change` gives it back."""
    sections = []
    for section in style["sections"]:
        new = change(section)
        if "parts" in new:
            new = {**new, "parts": [change(part) for part in new["parts"]]}
        sections.append(new)
    return {**style, "sections": sections}


def _replaced(part: Style, value: Style) -> Style:
    return {**value, "parts": part["parts"]} if "parts" in part else value


def _grown(section: Style, grown: dict[str, Any]) -> Style:
    if section["key"] != grown["key"]:
        return section
    return {**section, "parts": [*section.get("parts", ()), grown["more"]]}


def _swapped(pieces: list[Style], key: str, to: str) -> list[Style]:
    keys = [piece["key"] for piece in pieces]
    if key not in keys:
        return pieces
    here = keys.index(key)
    there = here + (-1 if to == "up" else 1)
    if not 0 <= there < len(pieces):
        return pieces
    found = list(pieces)
    found[here], found[there] = found[there], found[here]
    return found


def _swapped_fields(fields: list[Style], key: str, to: str) -> list[Style]:
    band = next((field["band"] for field in fields if field["key"] == key), "")
    rows = [field["row"] for field in fields if field["band"] == band]
    within = _swapped([field for field in fields if field["band"] == band], key, to)
    placed = iter([{**field, "row": row} for field, row in zip(within, rows, strict=True)])
    return [next(placed) if field["band"] == band else field for field in fields]
