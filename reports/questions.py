"""Questions a scrutineer may ask, from the ratings and what changed. Pure: it reads the snapshot.

Scrutiny tests the assessment, the action plan, the partnership and whether the duty has become everyday work; these
questions are the portal's own, one for each thing the paper itself leaves open.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

Snapshot = Mapping[str, Any]
MOST = 10


def questions_of(snapshot: Snapshot) -> list[str]:
    """At most ten, what fell back first."""
    assessment = snapshot["assessment"]
    if not assessment:
        return list(islice(_of_any(snapshot), MOST))
    ratings = assessment["ratings"]
    asked = [
        *(_worse(each) for each in ratings if each["direction"] == "worse"),
        *(_red(each) for each in ratings if _tone(each) == "red" and each["direction"] != "worse"),
        *(_unrated(each) for each in ratings if not each["level"] and not each["standing"]),
        *_differing(ratings),
        *_old(ratings),
        *(_standing_still(each) for each in ratings if _is_stuck(each)),
        *(_idle(each) for each in ratings if _tone(each) in ("amber", "red") and not each["actions"]),
    ]  # fmt: skip
    return list(islice(dict.fromkeys([*asked, *_of_any(snapshot)]), MOST))


def _tone(rating: Snapshot) -> str:
    return str(rating["level"]["tone"]) if rating["level"] else ""


def _name(rating: Snapshot) -> str:
    return f"benchmark {rating['number']} ({rating['title']})"


def _worse(rating: Snapshot) -> str:
    was = rating["previous"]["label"].lower()
    return f"Why has {_name(rating)} fallen back from {was} to {rating['level']['label'].lower()}, and what brings it back?"


def _red(rating: Snapshot) -> str:
    label = rating["level"]["label"].lower()
    return f"What has to happen for {_name(rating)} to be more than {label}, by when, and who leads it?"


def _unrated(rating: Snapshot) -> str:
    return f"Why is {_name(rating)} not rated, and when will it be?"


def _differing(ratings: list[Snapshot]) -> Iterator[str]:
    for rating in ratings:
        if any(each["differs"] for each in rating.get("beside", ())):
            yield f"Assessors judge {_name(rating)} differently. Which evidence decides it?"


def _old(ratings: list[Snapshot]) -> Iterator[str]:
    for rating in ratings:
        if any(each["older_than"] for each in rating.get("evidence", ())):
            yield f"Part of what {_name(rating)} rests on is old. Does it still hold?"


def _is_stuck(rating: Snapshot) -> bool:
    return rating["direction"] == "same" and _tone(rating) in ("amber", "red")


def _standing_still(rating: Snapshot) -> str:
    label = rating["level"]["label"].lower()
    return f"{_name(rating).capitalize()} is {label} as in the period before. What was tried since, and what did it change?"


def _idle(rating: Snapshot) -> str:
    return f"No action is named for {_name(rating)}. What is planned?"


def _of_any(snapshot: Snapshot) -> Iterator[str]:
    """What can be asked of a report without ratings, too."""
    live = snapshot.get("live", {})
    if live.get("overdue actions", {}).get("rows"):
        yield "Which overdue actions matter most, and what holds them up?"
    if snapshot.get("recommendations", {}).get("items"):
        yield "How will this committee hear what came of what it recommends today?"
    yield "What would residents notice if this work stopped?"
