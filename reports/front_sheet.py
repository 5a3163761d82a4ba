"""The front sheet as it is drawn: the fields that say something, in the style's bands and rows."""

from dataclasses import dataclass
from typing import Any

from reports.beneath import in_words
from reports.narrative import tidy

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Field:
    key: str
    kind: str
    label: str
    value: str


@dataclass(frozen=True)
class Front:
    head: list[list[Field]]
    table: list[list[Field]]
    foot: list[list[Field]]


def front_of(snapshot: Snapshot) -> Front:
    bands: dict[str, dict[int, list[Field]]] = {"head": {}, "table": {}, "foot": {}}
    for field in snapshot["style"]["front"]:
        value = snapshot["report"]["title"] if field["kind"] == "title" else ""
        value = tidy(snapshot["front"].get(field["key"]) or value).strip()
        if value:
            shown = in_words(value) if field["kind"] == "date" else value
            row = bands[field["band"]].setdefault(field["row"], [])
            row.append(Field(field["key"], field["kind"], field["label"], shown))
    return Front(*(list(bands[band].values()) for band in ("head", "table", "foot")))
