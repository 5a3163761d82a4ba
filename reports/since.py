"""What a report says that the one before did not. Pure: it compares two snapshots."""

from collections.abc import Mapping
from typing import Any

from .narrative import tidy

Snapshot = Mapping[str, Any]
MOST = 6  # headings that are named


def what_changed(before: Snapshot, now: Snapshot) -> list[str]:
    """In sentences: other ratings, recommendations that are new, sections written anew. Empty when nothing is."""
    return [
        said for said in (*_ratings(before, now), _recommendations(before, now), _sections(before, now)) if said
    ]  # fmt: skip


def _ratings(before: Snapshot, now: Snapshot) -> list[str]:
    """Of the same benchmark of the same toolkit; what was not rated then is not compared."""
    earlier, later = before["assessment"], now["assessment"]
    if not earlier or not later or earlier["toolkit"] != later["toolkit"]:
        return []
    words = {rating["key"]: _word(rating) for rating in earlier["ratings"]}
    return [
        f"{rating['number']}. {rating['title']}: {words[rating['key']]} then, {_word(rating)} now."
        for rating in later["ratings"]
        if _word(rating) and words.get(rating["key"]) and words[rating["key"]] != _word(rating)
    ]


def _word(rating: Snapshot) -> str:
    return str(rating["level"]["label"]) if rating["level"] else str(rating["standing"])


def _recommendations(before: Snapshot, now: Snapshot) -> str:
    known = {_plain(item) for item in before["recommendations"]["items"]}
    new = [item for item in now["recommendations"]["items"] if _plain(item) not in known]
    if not new or not known:
        return ""
    return f"{_number(len(new), 'recommendation')} {'is' if len(new) == 1 else 'are'} new."


def _sections(before: Snapshot, now: Snapshot) -> str:
    """Those whose words are others, by their headings; a section that is new counts."""
    changed = [
        heading
        for key, heading in _headings(now)
        if now["texts"].get(key, "").strip()
        and _plain(now["texts"][key]) != _plain(before["texts"].get(key, ""))
    ]
    if not changed:
        return ""
    more = f" and {len(changed) - MOST} more" if len(changed) > MOST else ""
    return f"Written anew: {', '.join(changed[:MOST])}{more}."


def _headings(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [
        (part["key"], part["heading"])
        for section in snapshot["style"]["sections"]
        for part in (section, *section.get("parts", ()))
    ]


def _plain(text: str) -> str:
    return " ".join(tidy(text).split())


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
