"""A paper's front sheet: its fields in the rows of the style, and the words that say how much of the report is closed.

Pure, as the rendering is.
"""

from dataclasses import dataclass
from typing import Any

from boroughs.grounds import cited
from reports.beneath import in_words
from reports.house_styles import LABEL_NAMES
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
    """Only what has something to say."""
    bands: dict[str, dict[int, list[Field]]] = {"head": {}, "table": {}, "foot": {}}
    for field in snapshot["style"]["front"]:
        if value := _value(field, snapshot):
            row = bands[field["band"]].setdefault(field["row"], [])
            row.append(Field(field["key"], field["kind"], field["label"], value))
    front = Front(*(list(bands[band].values()) for band in ("head", "table", "foot")))
    author = snapshot["style"]["author"]
    if author["place"] == "table" and (lines := author_of(snapshot)):
        front.table.append([Field("author", "line", author["heading"], "\n".join(lines))])
    return front


def author_of(snapshot: Snapshot) -> list[str]:
    lines = tidy(snapshot["front"].get("author", "")).splitlines()
    return [line for line in lines if line.strip()]


def _value(field: dict[str, Any], snapshot: Snapshot) -> str:
    if field["kind"] == "title":
        return tidy(snapshot["report"]["title"]).strip()
    said = tidy(snapshot["front"].get(field["key"]) or "").strip()
    if field["kind"] == "status":
        label = label_of(snapshot)
        return "\n".join(filter(None, [label, said if said != label else ""]))
    return in_words(said) if field["kind"] == "date" else said


def label_of(snapshot: Snapshot) -> str:
    """The style's words for how much of the report is closed; none on a paper frozen before parts could be closed."""
    status = status_of(snapshot)
    label = snapshot["style"].get("labels", {}).get(status.get("kind"), "")
    return tidy(label.format(**{name: status.get(name, "") for name in LABEL_NAMES})).strip()


def status_of(snapshot: Snapshot) -> dict[str, str]:
    """How much is closed, and by what: where anything is confidential, the law asks for those words before others."""
    if "closed" not in snapshot:
        return {}
    sections = list(snapshot["closed"].values())
    appendices = [each for each in snapshot["appendices"] if each.get("closed")]
    closed = [*sections, *(each["closed"] for each in appendices)]
    if not closed:
        return {"kind": "open"}
    kind = "confidential" if any(_is_confidential(each) for each in closed) else "exempt"
    is_part = not sections or any(text.strip() for text in snapshot["texts"].values())
    paragraphs = {key for each in closed for key in each["paragraphs"]}
    return {
        "kind": f"part_{kind}" if is_part else kind,
        "paragraphs": cited(list(paragraphs)) or "a paragraph",
        "appendices": " and ".join(each["label"] for each in appendices),
    }


def _is_confidential(closed: Snapshot) -> bool:
    return bool(closed["classification"] == "confidential")
