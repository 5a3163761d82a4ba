"""A sample report in a house style: each place holds what the style says belongs there. It is about no council."""

import datetime as dt
from typing import Any

from .models import HouseStyle
from .places import front_keys, narrative_keys
from .snapshot import FORMAT

A_DAY = dt.date(2024, 2, 29)  # of no meeting
ABOUT_NOBODY = "A sample of the style: every word and rating in it is made up."
LEVELS = [("green", "Green", "better"), ("amber", "Amber", "same"), ("red", "Red", "worse")]
BEFORE = {"better": "Amber", "same": "Amber", "worse": "Green"}


def sample_of(style: HouseStyle) -> dict[str, Any]:
    """A snapshot that the renderer prints like any other; keeps to reports.snapshot's format."""
    definition = style.definition
    guidance = {
        part["key"]: part["guidance"] or "What there is to say of this."
        for section in definition["sections"]
        for part in (section, *section.get("parts", ()))
    }
    return {
        "format": FORMAT,
        "borough": {"name": "Name of the council", "gss": "", "colour": ""},
        "report": {
            "title": f"Sample: {style}",
            "date": A_DAY.isoformat(),
            "language": "en",
            "made_from": "",
        },
        "illustrative": ABOUT_NOBODY,
        "style": definition,
        "front": _front(style),
        "texts": {key: guidance[key] for key in narrative_keys(style)},
        "recommendations": {
            "lead": next(
                s["starter"] for s in definition["sections"] if s["kind"] == "recommendations"
            ),
            "items": ["note the first thing; and", "agree the second."],
        },
        "assessment": _assessment(),
        "background_papers": [{"title": "Title and date of a paper", "where": "Where it is held"}],
        "appendices": [{"label": "Appendix 1", "title": "Title of the appendix"}],
    }


def _front(style: HouseStyle) -> dict[str, str]:
    asked = {field["key"]: field for field in style.definition["front"]}
    said = {
        key: asked[key].get("choices", [asked[key]["hint"] or asked[key]["question"]])[0]
        for key in front_keys(style)
    }
    meeting = {"committee": "Name of the committee", "date": A_DAY.isoformat(), "item": "1"}
    return {**said, **meeting, "author": "Post\nDepartment"}


def _assessment() -> dict[str, Any]:
    return {
        "toolkit": "name of the toolkit",
        "period": "this period",
        "assessor": "who gave the ratings",
        "previous_period": "the period before",
        "previous_illustrative": False,
        "scale": [{"key": key, "label": label, "tone": key} for key, label, _ in LEVELS],
        "counts": [{"label": label, "tone": key, "count": 1} for key, label, _ in LEVELS],
        "ratings": [_rating(number, *level) for number, level in enumerate(LEVELS, start=1)],
    }


def _rating(number: int, key: str, label: str, direction: str) -> dict[str, Any]:
    before = BEFORE[direction]
    return {
        "number": str(number),
        "key": f"benchmark-{number}",
        "title": f"Name of benchmark {number}",
        "level": {"label": label, "tone": key},
        "standing": "",
        "reason": "",
        "previous": {"label": before, "tone": before.lower()},
        "direction": direction,
        "actions": "What is done about it",
        "comment": "What there is to say",
    }
