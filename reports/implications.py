"""The text of a section: what was written, the implications in their parts, and who signed them off, as the style says.

Pure, as the rendering is.
"""

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.beneath import in_words
from reports.house_styles import SIGN_OFF_NAMES
from reports.narrative import Block, blocks, inline, tidy
from reports.numbering import Numbers

Snapshot = dict[str, Any]
NOT_FOR_PUBLICATION = "This part is not for publication."


@dataclass(frozen=True)
class Cells:
    """One part of the implications in a table."""

    heading: SafeString
    blocks: list[Block]
    signed: SafeString


def is_said(key: str, snapshot: Snapshot) -> bool:
    """In words, or in those that say it is closed."""
    return bool(snapshot["texts"].get(key, "").strip()) or key in snapshot.get("closed", {})


def pointer_to(closed: Snapshot) -> SafeString:
    """What the public is told of a closed part."""
    return inline(closed["public_line"] or NOT_FOR_PUBLICATION)


def written(
    part: Snapshot,
    numbers: Numbers,
    snapshot: Snapshot,
    *,
    anchor: str,
    headings: bool = True,
) -> list[Block]:
    """What was written in one place, with the line that says who signed it off."""
    found = _text(part, numbers, snapshot, anchor, headings)
    line = sign_off_of(part, snapshot)
    if not line:
        return found
    place = snapshot["style"]["sign_off"]["place"]
    number = numbers.paragraph() if place == "numbered" else ""
    signed = Block("paragraph", line, number)
    return [signed, *found] if place == "above" else [*found, signed]


def _text(
    part: Snapshot, numbers: Numbers, snapshot: Snapshot, anchor: str, headings: bool = False
) -> list[Block]:
    if closed := snapshot.get("closed", {}).get(part["key"]):
        return [Block("paragraph", pointer_to(closed), numbers.paragraph())]
    text, live = snapshot["texts"].get(part["key"], ""), snapshot.get("live")
    references = snapshot.get("references")  # of one drawing, never frozen
    return blocks(text, numbers, anchor=anchor, headings=headings, live=live, references=references)


def sign_off_of(part: Snapshot, snapshot: Snapshot) -> SafeString:
    """“Implications verified by: …” for what was signed off, empty for what was not or where the style prints none."""
    signed = snapshot.get("sign_offs", {}).get(part["key"])
    style = snapshot["style"].get("sign_off", {})
    line = part.get("sign_off", style.get("line", ""))
    if not signed or not line or not is_said(part["key"], snapshot):
        return SafeString("")
    facts = {name: str(signed.get(name, "")) for name in ("name", "post")}
    if not style["names"]:
        facts["name"] = ""
    day = in_words(str(signed.get("at", ""))[:10])
    facts |= {"date": day, "heading": part["heading"]}
    said = tidy(line.format(**{name: facts[name] for name in SIGN_OFF_NAMES}))
    return format_html("{}", said)


def parts_of(
    section: Snapshot, numbers: Numbers, snapshot: Snapshot, *, anchor: str
) -> list[Block]:
    """The parts of which something was written, under headings, each in a paragraph of its own, or in a table."""
    parts = [part for part in section["parts"] if is_said(part["key"], snapshot)]
    layout = section.get("layout") or ("run_in" if section.get("run_in") else "headings")
    if layout == "table":
        return _table(parts, snapshot, anchor)
    one = _run_in if layout == "run_in" else _under_heading
    return [
        block for part in parts for block in one(part, numbers, snapshot, f"{anchor}-{part['key']}")
    ]


def _under_heading(
    part: Snapshot, numbers: Numbers, snapshot: Snapshot, anchor: str
) -> list[Block]:
    heading = Block("heading", inline(part["heading"]), numbers.part(), anchor)
    return [heading, *written(part, numbers, snapshot, anchor=anchor, headings=False)]


def _run_in(part: Snapshot, numbers: Numbers, snapshot: Snapshot, anchor: str) -> list[Block]:
    """The heading begins the first paragraph, and its number is that paragraph’s; those that follow have none."""
    found = _text(part, Numbers(""), snapshot, anchor)
    joined = bool(found) and found[0].kind == "paragraph" and not found[0].lang
    begins, name = (found[0].html, found[0].name) if joined else ("", "")
    first = format_html("<strong>{}:</strong> {}", inline(part["heading"]), begins)
    line = sign_off_of(part, snapshot)
    signed = [Block("paragraph", line)] if line else []
    return [Block("paragraph", first, numbers.part(), anchor, name), *found[joined:], *signed]


def _table(parts: list[Snapshot], snapshot: Snapshot, anchor: str) -> list[Block]:
    rows = [
        Cells(
            inline(part["heading"]),
            _text(part, Numbers(""), snapshot, f"{anchor}-{part['key']}"),
            sign_off_of(part, snapshot),
        )
        for part in parts
    ]
    context = {
        "anchor": anchor,
        "rows": rows,
        "signed": any(row.signed for row in rows),
        "words": snapshot["style"]["wording"],
    }
    return [Block("other", render_to_string("reports/_implications.html", context))]
