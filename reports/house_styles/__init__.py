"""House styles: how a council's committee report is laid out, as reviewed data files.

A style names the fields of the front sheet, the sections in order with guidance for the person
writing, how paragraphs are numbered, and the wording the report itself adds.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

Style = dict[str, Any]

FOLDER = Path(__file__).parent
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
FRONT_BANDS = ("head", "table", "foot")
FRONT_KINDS = ("line", "date", "title", "choice")
SECTION_KINDS = (
    "narrative",
    "benchmarks",
    "recommendations",
    "implications",
    "background_papers",
    "appendices",
)
RECOMMENDATION_NUMBERS = ("decimal", "letters", "roman", "plain")  # 1.1, (a), (i), 1.
LIST_NUMBERS = ("digits", "letters", "roman")  # of lists in the text: 1. a. i.
SWITCHES = ("headings", "paragraphs", "subheadings")
AUTHOR_PLACES = ("front", "end")
BENCHMARK_WORDING = (
    *("lead", "rated_by", "previous", "caption", "judged", "changed", "nothing_changed"),
    *("beside", "differ", "agree", "evidence", "evidence_lead", "signed_off"),
)
BENCHMARK_NAMES = (
    *("period", "toolkit", "counts", "assessor", "previous_period"),
    *("afresh", "unchanged", "differing", "benchmarks", "where", "signed_on"),
)
COMPARISONS = ("better", "worse", "same", "new", "was")
WORDING = (
    *("benchmark", "rating", "actions", "comments", "reason", "key", "not_rated", "nothing"),
    *(*COMPARISONS, "source", "illustrative", "differs", "old"),
)
PARTS = ("key", "title", "front", "sections", "numbering", "author", "contents", "benchmarks", "wording")  # fmt: skip


def load() -> list[Style]:
    """Every style that ships with the portal, in order of key; raises ValueError naming what is wrong.

    What a file does not say for itself is as in common.json.
    """
    files = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.json")
    }
    common = files.pop("common")
    styles = [{**common, **files[name]} for name in sorted(files)]
    for style in styles:
        if reasons := why_not_a_style(style):
            raise ValueError(f"House style {style.get('key')}: {' '.join(reasons)}")
    return styles


def why_not_a_style(definition: object) -> list[str]:
    """Plain sentences on what is wrong with a style's definition; an empty list when it can be used."""
    if not isinstance(definition, dict):
        return ["A house style is an object with named parts."]
    if missing := [part for part in PARTS if part not in definition]:
        return [f"The style has no {part}." for part in missing]
    checks = (_key, _front, _sections, _numbering, _author, _contents, _benchmarks, _wording)
    try:
        return [reason for check in checks for reason in check(definition)]
    except (KeyError, TypeError, AttributeError) as wrong:
        return [f"A part of the style is missing or of the wrong kind: {wrong}."]


def _key(style: Style) -> Iterator[str]:
    if not KEY.fullmatch(style["key"]):
        yield f"The style’s key “{style['key']}” is not lower-case words joined by hyphens."
    if not style["title"].strip():
        yield "The style’s title is empty."


def _front(style: Style) -> Iterator[str]:
    fields = style["front"]
    yield from _repeated([field["key"] for field in fields], "front sheet field")
    if [field["kind"] for field in fields].count("title") != 1:
        yield "The front sheet must have the report’s title exactly once."
    for field in fields:
        name = f"The front sheet field “{field['key']}”"
        yield from _one_of(name, "band", field["band"], FRONT_BANDS)
        yield from _one_of(name, "kind", field["kind"], FRONT_KINDS)
        if field["kind"] == "title" and field["band"] != "head":
            yield f"{name} is the title and must stand in the head."
        if field["band"] == "table" and not field["label"]:
            yield f"{name} stands in the table and has no label."
        if not field["question"] or not isinstance(field["hint"], str):
            yield f"{name} has no question to ask for it."
        if ("choices" in field) != (field["kind"] == "choice"):
            yield f"{name} must have choices when its kind is choice, and only then."
        yield from _choices(name, field.get("choices", ["", " "]))
    yield from _crowded_rows(fields)


def _choices(name: str, choices: list[str]) -> Iterator[str]:
    if len(choices) < 2 or len(set(choices)) < len(choices):
        yield f"{name} needs two choices or more, each once."


def _crowded_rows(fields: list[Style]) -> Iterator[str]:
    places = [(field["band"], field["row"]) for field in fields]
    for band, row in dict.fromkeys(places):
        if places.count((band, row)) > 2:
            yield f"Row {row} of the front sheet’s {band} has more than two fields."
    order = {band: number for number, band in enumerate(FRONT_BANDS)}
    if places != sorted(places, key=lambda place: (order.get(place[0], 0), place[1])):
        yield "The front sheet’s fields are not in the order of their rows."


def _sections(style: Style) -> Iterator[str]:
    sections = style["sections"]
    keys = [section["key"] for section in sections] + [
        part["key"] for section in sections for part in section.get("parts", ())
    ]
    yield from _repeated(keys, "section")
    for section in sections:
        yield from _section(section)
    for kind in SECTION_KINDS[1:]:
        if [section["kind"] for section in sections].count(kind) > 1:
            yield f"There is more than one section of the kind {kind}."
    if not any(section["kind"] == "recommendations" for section in sections):
        yield "There is no section for the recommendations."


def _section(section: Style) -> Iterator[str]:
    name = f"The section “{section['key']}”"
    yield from _one_of(name, "kind", section["kind"], SECTION_KINDS)
    if not isinstance(section["numbered"], bool):
        yield f"{name} does not say whether it is numbered."
    if ("parts" in section) != (section["kind"] == "implications"):
        yield f"{name} must have parts when its kind is implications, and only then."
    if not isinstance(section.get("run_in", False), bool):
        yield f"{name} must say true or false for run_in."
    for part in (section, *section.get("parts", ())):
        if not KEY.fullmatch(part["key"]):
            yield f"The section key “{part['key']}” is not lower-case words joined by hyphens."
        if not part["heading"].strip():
            yield f"The section “{part['key']}” has no heading."
        if not isinstance(part["guidance"], str) or not isinstance(part["starter"], str):
            yield f"The section “{part['key']}” has no guidance or starter text."


def _numbering(style: Style) -> Iterator[str]:
    numbering = style["numbering"]
    for switch in SWITCHES:
        if not isinstance(numbering[switch], bool):
            yield f"Numbering of {switch} must be true or false."
    if numbering["paragraphs"] and not numbering["headings"]:
        yield "Paragraphs cannot be numbered when headings are not."
    yield from _one_of(
        "Numbering", "recommendations", numbering["recommendations"], RECOMMENDATION_NUMBERS
    )
    yield from _one_of("Numbering", "lists", numbering["lists"], LIST_NUMBERS)


def _author(style: Style) -> Iterator[str]:
    yield from _one_of("The author block", "place", style["author"]["place"], AUTHOR_PLACES)
    if not style["author"]["heading"]:
        yield "The author block has no heading."


def _contents(style: Style) -> Iterator[str]:
    pages = style["contents"]["from_pages"]
    if not isinstance(pages, int) or pages < 2:
        yield "Contents must begin from a number of pages, two or more."
    if not style["contents"]["heading"]:
        yield "The contents have no heading."


def _benchmarks(style: Style) -> Iterator[str]:
    for name in BENCHMARK_WORDING:
        yield from _names(f"The benchmarks’ {name}", style["benchmarks"][name], BENCHMARK_NAMES)


def _wording(style: Style) -> Iterator[str]:
    for name in WORDING:
        if not str(style["wording"].get(name, "")).strip():
            yield f"The wording has nothing for “{name}”."
    for name in COMPARISONS:
        yield from _names(f"The wording for “{name}”", style["wording"][name], ("previous",))


def _names(place: str, text: str, known: tuple[str, ...]) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None and name not in known:
            yield f"{place} names {{{name}}}, which is not known."


def _one_of(name: str, part: str, value: object, allowed: tuple[str, ...]) -> Iterator[str]:
    if value not in allowed:
        yield f"{name} has the {part} “{value}”; it must be one of {', '.join(allowed)}."


def _repeated(keys: list[str], noun: str) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield f"The {noun} “{key}” stands there more than once."
