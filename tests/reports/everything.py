"""One report with every live block, every kind of text and every section that its style has."""

from typing import Any

from reports.live import LIVE
from reports.live.piece import Cell, Piece

from . import snapshots

WRITTEN = (
    "Two questions:\n\n- is the threat understood?\n- will the actions meet it?\n  - in part\n  - in full\n\n"
    "1. the first aim\n2. the second aim\n\n"
    "> What the board said.\n\n"
    "## A subheading\n\nWith **weight**, *stress* and [a link](https://www.example.org/).\n\n"
    "| Activity | When |\n|---|---|\n| Refresh of the strategy | Autumn 2019 |\n| Review of training | December 2019 |"
)
SENTENCE = "The partnership looked at this again with each agency and recorded what had changed. "


def everything(style: str) -> dict[str, Any]:
    snapshot = snapshots.short(style)
    definition = snapshot["style"]
    places = [
        part["key"]
        for section in definition["sections"]
        for part in (section, *section.get("parts", ()))
        if section["kind"] in ("narrative", "benchmarks") or part is not section
    ]
    snapshot["texts"] = dict.fromkeys(places, f"{SENTENCE * 3}\n\n{WRITTEN}")
    asked = "\n\n".join(f"[[{key}]]" for key in LIVE)
    snapshot["texts"][places[0]] += f"\n\n{asked}"
    snapshot["live"] = {key: _piece(key, at) for at, key in enumerate(LIVE)}
    snapshot["front"] = {
        **{field["key"]: field.get("choices", ["All"])[0] for field in definition["front"]},
        **snapshot["front"],
    }
    snapshot["illustrative"] = "Illustrative: the earlier period is invented."
    return snapshot


def _piece(key: str, at: int) -> dict[str, Any]:
    """Tables, lists and bare sentences in turn; the first table runs over a page."""
    name = LIVE[key].name
    if at % 3 == 2:
        return Piece(f"{name}: nothing is recorded.").as_json()
    if at % 3 == 1:
        return Piece(
            f"{name}:", lines=[("One thing", ["a part", "another"]), ("Two", [])]
        ).as_json()
    rows: list[list[Cell]] = [
        [f"Row {number}", SENTENCE, "Green"] for number in range(30 if at == 0 else 3)
    ]
    head = ["What", "Said", "State"]
    return Piece(f"{name} follow.", name, head, rows, note="As the council publishes it.").as_json()
