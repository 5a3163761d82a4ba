"""The parts of a section of implications: under a subheading each, or run into their first paragraph."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html

from reports.narrative import Block, blocks, inline
from reports.numbering import Numbers
from reports.references import Target

Definition = dict[str, Any]


def drawn(
    definition: Definition, numbers: Numbers, anchor: str, texts: Definition, shared: dict[str, Any]
) -> list[Block]:
    """Those that were written, in the style's order."""
    one = _run_in if definition.get("run_in") else _under_heading
    return [
        block
        for part in definition["parts"]
        if (text := texts.get(part["key"], "")).strip()
        for block in one(part, numbers, text, anchor=f"{anchor}-{part['key']}", shared=shared)
    ]


def _under_heading(
    part: Definition, numbers: Numbers, text: str, *, anchor: str, shared: dict[str, Any]
) -> list[Block]:
    heading = Block("heading", inline(part["heading"]), numbers.part(), anchor)
    return [heading, *blocks(text, numbers, anchor=anchor, headings=False, **shared)]


def _run_in(
    part: Definition, numbers: Numbers, text: str, *, anchor: str, shared: dict[str, Any]
) -> list[Block]:
    """The heading begins the first paragraph, and its number is that paragraph’s; those that follow have none."""
    found = blocks(text, Numbers(""), anchor=anchor, headings=False, **shared)
    joined = bool(found) and found[0].kind == "paragraph" and not found[0].lang
    begins, name = (found[0].html, found[0].name) if joined else ("", "")
    first = format_html("<strong>{}:</strong> {}", inline(part["heading"]), begins)
    return [Block("paragraph", first, numbers.part(), anchor, name), *found[joined:]]


def targets(
    definition: Definition, drawn: Iterable[Block], anchor: str
) -> Iterable[tuple[str, Target]]:
    """The parts that were printed; one run into its first paragraph is called by that paragraph's number."""
    by_anchor = {block.anchor: block for block in drawn if block.anchor}
    for part in definition.get("parts", ()):
        if block := by_anchor.get(f"{anchor}-{part['key']}"):
            yield part["key"], Target(block.anchor, block.number, part["heading"])
