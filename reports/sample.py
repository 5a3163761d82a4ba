"""A sample report in a house style: each place holds what the style says belongs there. It is about no council."""

import datetime as dt
from typing import Any

from .house_styles import sections_and_parts
from .live.piece import table
from .models import HouseStyle
from .places import front_keys, narrative_keys
from .snapshot import FORMAT

A_DAY = dt.date(2024, 2, 29)  # of no meeting
ABOUT_NOBODY = "A sample of the style: every word and rating in it is made up."
LEVELS = [("green", "Green", "better"), ("amber", "Amber", "same"), ("red", "Red", "worse")]
BEFORE = {"better": "Amber", "same": "Amber", "worse": "Green"}
CLOSED = "What it costs is in Appendix 2, which is not for publication: paragraph 3."
NOT_PUBLIC = {
    "public_line": CLOSED,
    "classification": "exempt",
    "ground": "",
    "paragraphs": ["england-3"],
}
FLOWS_IN = "risks"  # the live block of the sample


def sample_of(style: HouseStyle, *, colour: str = "") -> dict[str, Any]:
    """A snapshot that the renderer prints like any other; keeps to reports.snapshot's format."""
    definition = style.definition
    return {
        "format": FORMAT,
        "borough": {"name": "Name of the council", "gss": "", "colour": colour},
        "report": {
            "title": f"Sample: {style}",
            "date": A_DAY.isoformat(),
            "language": "en",
            "regime": "act_1972",
            "made_from": "",
        },
        "illustrative": ABOUT_NOBODY,
        "style": definition,
        "closed": dict.fromkeys(_closed(style), NOT_PUBLIC),
        "front": _front(style),
        "texts": _texts(style),
        "live": {FLOWS_IN: _flows_in()},
        "sign_offs": {
            each["key"]: {"name": "Name of the officer", "post": "post", "at": A_DAY.isoformat()}
            for each in sections_and_parts(definition)
            if each.get("clears")
        },
        "recommendations": {
            "lead": next(
                (s["starter"] for s in definition["sections"] if s["kind"] == "recommendations"), ""
            ),
            "items": ["note the first thing; and", "agree the second."],
        },
        "assessment": _assessment(),
        "background_papers": [{"title": "Title and date of a paper", "where": "Where it is held"}],
        "appendices": [
            {"label": "Appendix 1", "title": "Title of the appendix"},
            {"label": "Appendix 2", "title": "", "closed": NOT_PUBLIC},
        ],
    }


def _texts(style: HouseStyle) -> dict[str, str]:
    """What belongs in each place; a block that flows in stands where the ratings are, or else in the last narrative."""
    parts = {each["key"]: each for each in sections_and_parts(style.definition)}
    closed = _closed(style)
    texts = {
        key: parts[key]["guidance"] or "What there is to say of this."
        for key in narrative_keys(style)
        if key not in closed
    }
    sections = [s for s in style.definition["sections"] if s["key"] in texts]
    sections.sort(key=lambda section: section["kind"] == "benchmarks")
    if sections:
        texts[sections[-1]["key"]] += f"\n\n[[{FLOWS_IN}]]"
    return texts


def _closed(style: HouseStyle) -> list[str]:
    """What is written about money, as a report often keeps it from the public."""
    parts = sections_and_parts(style.definition)
    return [part["key"] for part in parts if part.get("clears") == "financial"]


def _flows_in() -> dict[str, Any]:
    row = ["Name of a risk", "Medium", "What is done about it", "Low"]
    head = ["Risk", "Before controls", "Controls", "Now"]
    return table("Tables such as this flow in from the record.", "Risks", head, [row]).as_json()


def _front(style: HouseStyle) -> dict[str, str]:
    asked = {field["key"]: field for field in style.definition["front"]}
    said = {key: _answer(asked[key]) for key in front_keys(style)}
    meeting = {"committee": "Name of the committee", "date": A_DAY.isoformat(), "item": "1"}
    return {**said, **meeting, "author": "Post\nDepartment"}


def _answer(field: dict[str, Any]) -> str:
    """What belongs there, or the first of the answers."""
    if field["kind"] == "choice":
        return str(field["choices"][0])
    return str(
        field["question"] if field["kind"] == "status" else field["hint"] or field["question"]
    )


def _assessment() -> dict[str, Any]:
    scale = [{"key": key, "label": label, "tone": key} for key, label, _ in LEVELS]
    return {
        "toolkit": "name of the toolkit",
        "period": "this period",
        "assessor": "who gave the ratings",
        "previous_period": "the period before",
        "previous_illustrative": False,
        "scale": [{**each, "meaning": f"What {each['label'].lower()} means"} for each in scale],
        "counts": [{**each, "count": 1} for each in scale],
        "signed_off": {"where": "name of the board", "on": A_DAY.isoformat()},
        "judged": {"afresh": 2, "unchanged": 1},
        "changes": ["Name of benchmark 1 rose from Amber to Green."],
        "beside": [{"assessor": "who else judged", "period": "this period"}],
        "ratings": [_rating(number, *level) for number, level in enumerate(LEVELS, start=1)],
    }


def _rating(number: int, key: str, label: str, direction: str) -> dict[str, Any]:
    before = BEFORE[direction]
    return {
        "number": str(number),
        "key": f"benchmark-{number}",
        "title": f"Name of benchmark {number}",
        "level": {"label": label, "tone": key},
        "word": label,
        "standing": "",
        "reason": "",
        "previous": {"label": before, "tone": before.lower()},
        "direction": direction,
        "actions": "What is done about it",
        "comment": "What there is to say",
        "beside": [{"tone": "amber", "word": "Amber", "differs": label != "Amber"}],
        "evidence": [_evidence()] if number == 1 else [],
    }


def _evidence() -> dict[str, Any]:
    kind = {"kind": "paper", "key": "", "dated": A_DAY.isoformat()}
    return {**kind, "title": "Title of a paper", "note": "What it shows", "older_than": 0}
