"""What of a frozen report is data: its figures and its ratings, as rows for a file.

Pure: from the snapshot, as the paper prints them. Figures have had their disclosure control before they were frozen.
"""

from collections.abc import Iterator
from typing import Any

Snapshot = dict[str, Any]

FIGURES = (("Figure", 40), ("Period", 20), ("Number", 12))
RATINGS = (("No.", 6), ("Benchmark", 40), ("Rating", 14), ("Rating before", 14), ("Actions", 60), ("Reason", 40), ("Comments", 60))  # fmt: skip


def has_figures(snapshot: Snapshot) -> bool:
    return bool(_figures(snapshot).get("rows"))


def has_ratings(snapshot: Snapshot) -> bool:
    return bool((snapshot.get("assessment") or {}).get("ratings"))


def figure_rows(snapshot: Snapshot) -> list[list[str]]:
    return list(_figures(snapshot).get("rows", []))


def rating_rows(snapshot: Snapshot) -> list[list[str]]:
    return list(_ratings(snapshot))


def figures_of(snapshot: Snapshot) -> dict[str, Any]:
    """The same figures for a program, with what they are and whose."""
    figures, report = _figures(snapshot), snapshot["report"]
    return {
        "council": snapshot["borough"]["name"],
        "code": snapshot["borough"]["gss"],
        "report": report["title"],
        "date": report["date"],
        "illustrative": snapshot["illustrative"],
        "note": figures.get("note", ""),
        "figures": [
            dict(zip(("figure", "period", "number"), row, strict=True))
            for row in figure_rows(snapshot)
        ],
    }


def _figures(snapshot: Snapshot) -> dict[str, Any]:
    return dict(snapshot.get("live", {}).get("figures") or {})


def _ratings(snapshot: Snapshot) -> Iterator[list[str]]:
    for each in (snapshot.get("assessment") or {}).get("ratings", []):
        before = each["previous"]["label"] if each["previous"] else ""
        yield [
            each["number"],
            each["title"],
            each["word"],
            before,
            each["actions"],
            each["reason"],
            each["comment"],
        ]
