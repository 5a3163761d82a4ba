"""What was said of a figure, when and by whom, from the events the database keeps."""

from itertools import pairwise
from typing import Any

from .models import FigureValue
from .models.figure import plain_number

FIELDS = {
    "word": "Figure",
    "target": "Target",
    "baseline": "Baseline",
    "note": "Note",
    "difference": "Why the parts differ",
    "source": "Source",
}


def histories_of(values: list[FigureValue]) -> dict[str, list[dict[str, Any]]]:
    """For each value's key its saves, newest first; two queries however many there are."""
    found: dict[str, list[Any]] = {str(value.pk): [] for value in values}
    model = FigureValue.pgh_event_model  # type: ignore[attr-defined]  # made by pghistory
    events = model.objects.filter(pgh_obj__in=values).select_related("changed_by")
    for event in events.order_by("pgh_id"):
        found[str(event.pgh_obj_id)].append(event)
    return {key: _entries(rows) for key, rows in found.items()}


def _entries(events: list[Any]) -> list[dict[str, Any]]:
    entries = [
        {"when": now.changed_at, "who": now.changed_by, "changes": changes}
        for before, now in pairwise(events)
        if (changes := _changes(before, now))
    ]
    first = [
        {
            "when": e.changed_at,
            "who": e.changed_by,
            "changes": [],
            "note": f"Recorded: {_said(e, 'word')}",
        }
        for e in events[:1]
    ]
    return [*reversed(entries), *first]


def _changes(before: Any, after: Any) -> list[dict[str, str]]:
    said = [(title, _said(before, name), _said(after, name)) for name, title in FIELDS.items()]
    return [{"field": title, "before": was, "after": now} for title, was, now in said if was != now]


def _said(event: Any, name: str) -> str:
    if name == "word":
        return FigureValue(qualifier=event.qualifier, number=event.number).word
    value = getattr(event, name)
    if name in ("target", "baseline"):
        return "" if value is None else plain_number(value)
    return str(value)
