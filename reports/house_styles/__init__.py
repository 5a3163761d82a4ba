"""House styles: how a council's committee report is laid out, as reviewed data files.

A style names the fields of the front sheet, the sections in order with guidance for the person
writing, how paragraphs are numbered, and the wording the report itself adds. A borough's own style
has the same shape and keeps the same rule.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

from govuk.colours import ENOUGH, contrast

Style = dict[str, Any]

FOLDER = Path(__file__).parent
KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
FRONT_BANDS = ("head", "table", "foot")
FRONT_KINDS = ("line", "date", "title", "choice", "status")
SECTION_KINDS = (
    "narrative",
    "benchmarks",
    "recommendations",
    "implications",
    "background_papers",
    "appendices",
)
ONCE = tuple(kind for kind in SECTION_KINDS if kind not in ("narrative", "implications"))
RECOMMENDATION_NUMBERS = ("decimal", "letters", "roman", "plain")  # 1.1, (a), (i), 1.
LIST_NUMBERS = ("digits", "letters", "roman")  # of lists in the text: 1. a. i.
APPENDIX_NUMBERS = ("digits", "letters")  # Appendix 1, Appendix A
SWITCHES = ("headings", "paragraphs", "subheadings")
WRITTEN = ("narrative", "benchmarks")  # of which people write paragraphs
# Under these a report keeps what is no section's text
RESERVED = ("recommendations", "recommendations-lead", "background-papers", "appendices")
LAYOUTS = ("headings", "run_in", "table")  # of the parts of an implications section
AUTHOR_PLACES = (
    "front",
    "table",
    "end",
)  # under the front sheet, in its table, after the last section
# How much of a report is closed, and by what
STATUSES = ("open", "part_exempt", "exempt", "part_confidential", "confidential")
LABEL_NAMES = ("paragraphs", "appendices")
SIGN_OFF_PLACES = (
    "above",
    "below",
    "numbered",
)  # of the text it is about; the last as its last paragraph
SIGN_OFF_NAMES = ("name", "post", "date", "heading")
# What a section or a part may ask a clearing officer for, as the kind of clearance is called
CLEARANCES = {
    "legal": "Legal",
    "financial": "Finance",
    "equality": "Equality",
    "risk": "Risk",
    "it": "IT and data",
    "children": "Safeguarding children",
    "health": "Health",
    "crime": "Crime and disorder",
    "property": "Property and assets",
    "environment": "Environment",
    "parenting": "Corporate parenting",
    "staffing": "Staffing",
    "procurement": "Procurement",
    "policy": "Corporate policy",
}
LOOKS = {  # the first of each is what a style of before the choice has
    "face": ("sans", "serif"),
    "text": ("standard", "large"),
    "headings": ("bold", "light"),
    "heading_colour": ("colour", "black"),
    "frame": ("box", "lines"),
}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
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
    *("issue", "implications", "sign_off", "exclusion"),
)
PARTS = (
    *("key", "title", "note", "front", "sections", "numbering", "author", "labels", "sign_off", "look"),
    *("contents", "benchmarks", "wording"),
)  # fmt: skip


class Fault(NamedTuple):
    """What is wrong with a definition, and the name of the value it is about."""

    field: str
    sentence: str


Faults = Iterator[Fault]


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
    return [fault.sentence for fault in faults_of(definition)]


def faults_of(definition: object) -> list[Fault]:
    """The same, each with the name of the value that an editor asks for."""
    if not isinstance(definition, dict):
        return [Fault("", "A house style is an object with named parts.")]
    if missing := [part for part in PARTS if part not in definition]:
        return [Fault(part, f"The style has no {part}.") for part in missing]
    try:
        return [fault for check in CHECKS for fault in check(definition)]
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        return [Fault("", f"A part of the style is missing or of the wrong kind: {wrong}.")]


def _key(style: Style) -> Faults:
    if not KEY.fullmatch(style["key"]):
        yield Fault(
            "key", f"The style’s key “{style['key']}” is not lower-case words joined by hyphens."
        )
    if not style["title"].strip():
        yield Fault("title", "The style’s title is empty.")


def _front(style: Style) -> Faults:
    fields = style["front"]
    yield from _repeated([field["key"] for field in fields], "front sheet field")
    kinds = [field["kind"] for field in fields]
    if kinds.count("title") != 1:
        yield Fault("kind", "The front sheet must have the report’s title exactly once.")
    if kinds.count("status") > 1:
        yield Fault("kind", "The front sheet says more than once whether the report is open.")
    for field in fields:
        yield from _front_field(field)
    yield from _crowded_rows(fields)


def _front_field(field: Style) -> Faults:
    name = f"The front sheet field “{field['key']}”"
    yield from _one_of(name, "band", field["band"], FRONT_BANDS)
    yield from _one_of(name, "kind", field["kind"], FRONT_KINDS)
    if not KEY.fullmatch(field["key"]):
        yield Fault("question", f"{name} has a key that is not lower-case words.")
    if field["kind"] == "title" and field["band"] != "head":
        yield Fault("band", f"{name} is the title and must stand in the head.")
    if field["band"] == "table" and not field["label"]:
        yield Fault("label", f"{name} stands in the table and has no label.")
    if not field["question"].strip() or not isinstance(field["hint"], str):
        yield Fault("question", f"{name} has no question to ask for it.")
    if ("choices" in field) != (field["kind"] == "choice"):
        yield Fault("choices", f"{name} must have choices when its kind is choice, and only then.")
    choices = field.get("choices", ["", " "])
    if len(choices) < 2 or len(set(choices)) < len(choices):
        yield Fault("choices", f"{name} needs two choices or more, each once.")


def _crowded_rows(fields: list[Style]) -> Faults:
    places = [(field["band"], field["row"]) for field in fields]
    for band, row in dict.fromkeys(places):
        if places.count((band, row)) > 2:
            yield Fault(
                "beside", f"Row {row} of the front sheet’s {band} has more than two fields."
            )
    order = {band: number for number, band in enumerate(FRONT_BANDS)}
    if places != sorted(places, key=lambda place: (order.get(place[0], 0), place[1])):
        yield Fault("band", "The front sheet’s fields are not in the order of their rows.")


def _sections(style: Style) -> Faults:
    sections = style["sections"]
    yield from _repeated([each["key"] for each in sections_and_parts(style)], "section")
    for section in sections:
        yield from _section(section)
    for kind in ONCE:
        if [section["kind"] for section in sections].count(kind) > 1:
            yield Fault("kind", f"There is more than one section of the kind {kind}.")
    if not any(section["kind"] == "recommendations" for section in sections):
        yield Fault("kind", "There is no section for the recommendations.")


def _section(section: Style) -> Faults:
    name = f"The section “{section['key']}”"
    yield from _one_of(name, "kind", section["kind"], SECTION_KINDS)
    if not isinstance(section["numbered"], bool):
        yield Fault("numbered", f"{name} does not say whether it is numbered.")
    if ("parts" in section) != (section["kind"] == "implications"):
        yield Fault("kind", f"{name} must have parts when its kind is implications, and only then.")
    yield from _one_of(name, "layout", section.get("layout", "headings"), LAYOUTS)
    for part in (section, *section.get("parts", ())):
        yield from _part(part)


def _part(part: Style) -> Faults:
    """What a section and a part of one have in common."""
    name = f"The section “{part['key']}”"
    written = part.get("kind", "narrative") in WRITTEN
    if (
        not KEY.fullmatch(part["key"])
        or part["key"].startswith("front-")
        or (written and part["key"] in RESERVED)
    ):
        yield Fault(
            "heading", f"The section key “{part['key']}” is not lower-case words joined by hyphens."
        )
    if not part["heading"].strip():
        yield Fault("heading", f"{name} has no heading.")
    if not isinstance(part["guidance"], str) or not isinstance(part["starter"], str):
        yield Fault("guidance", f"{name} has no guidance or starter text.")
    if not isinstance(part.get("required", False), bool):
        yield Fault("required", f"{name} must say true or false for required.")
    if part.get("clears", "") not in ("", *CLEARANCES):
        yield from _one_of(name, "clears", part["clears"], tuple(CLEARANCES))
    yield from _names(
        "sign_off", f"The sign-off of “{part['key']}”", part.get("sign_off", ""), SIGN_OFF_NAMES
    )


def sections_and_parts(style: Style) -> list[Style]:
    """Each section, and after a section of implications its parts."""
    return [each for section in style["sections"] for each in (section, *section.get("parts", ()))]


def _numbering(style: Style) -> Faults:
    numbering = style["numbering"]
    for switch in SWITCHES:
        if not isinstance(numbering[switch], bool):
            yield Fault(switch, f"Numbering of {switch} must be true or false.")
    if numbering["paragraphs"] and not numbering["headings"]:
        yield Fault("paragraphs", "Paragraphs cannot be numbered when headings are not.")
    yield from _one_of(
        "Numbering", "recommendations", numbering["recommendations"], RECOMMENDATION_NUMBERS
    )
    yield from _one_of("Numbering", "lists", numbering["lists"], LIST_NUMBERS)
    lettered = numbering.get("appendices", "digits")
    yield from _one_of("Numbering", "appendices", lettered, APPENDIX_NUMBERS)


def _author(style: Style) -> Faults:
    yield from _one_of("The author block", "place", style["author"]["place"], AUTHOR_PLACES)
    if not style["author"]["heading"]:
        yield Fault("heading", "The author block has no heading.")


def _labels(style: Style) -> Faults:
    for status in STATUSES:
        label = style["labels"][status]
        if not label.strip():
            yield Fault(status, f"The label for {status.replace('_', ' ')} is empty.")
        yield from _names(status, f"The label for {status.replace('_', ' ')}", label, LABEL_NAMES)


def _sign_off(style: Style) -> Faults:
    sign_off = style["sign_off"]
    yield from _one_of("The sign-off", "place", sign_off["place"], SIGN_OFF_PLACES)
    if not isinstance(sign_off["names"], bool):
        yield Fault("names", "The sign-off must say true or false for names.")
    yield from _names("line", "The sign-off line", sign_off["line"], SIGN_OFF_NAMES)
    lines = [sign_off["line"], *(each.get("sign_off", "") for each in sections_and_parts(style))]
    if not sign_off["names"] and any("{name}" in line for line in lines):
        yield Fault("line", "A sign-off line has {name} in it, but names are not printed.")


def _look(style: Style) -> Faults:
    look = style["look"]
    colour = look["colour"]
    if colour and not COLOUR.fullmatch(colour):
        yield Fault("colour", f"The colour “{colour}” is not # and six digits or letters a to f.")
    elif colour and contrast(colour, "#ffffff") < ENOUGH:
        yield Fault("colour", f"The colour “{colour}” is too light for headings on white paper.")
    for name, allowed in LOOKS.items():
        yield from _one_of("The look", name, look.get(name, allowed[0]), allowed)


def _contents(style: Style) -> Faults:
    pages = style["contents"]["from_pages"]
    if not isinstance(pages, int) or pages < 2:
        yield Fault("from_pages", "Contents must begin from a number of pages, two or more.")
    if not style["contents"]["heading"]:
        yield Fault("heading", "The contents have no heading.")


def _benchmarks(style: Style) -> Faults:
    for name in BENCHMARK_WORDING:
        text = style["benchmarks"][name]
        yield from _names(name, f"The benchmarks’ {name}", text, BENCHMARK_NAMES)


def _wording(style: Style) -> Faults:
    for name in WORDING:
        if not str(style["wording"].get(name, "")).strip():
            yield Fault(name, f"The wording has nothing for “{name}”.")
    for name in WORDING:
        known = {"old": ("months",)}.get(name, ("previous",) if name in COMPARISONS else ())
        yield from _names(name, f"The wording for “{name}”", style["wording"][name], known)


def _names(field: str, place: str, text: str, known: tuple[str, ...]) -> Faults:
    """Names in braces are filled in when the report is made; none but the known ones, and none cut into."""
    try:
        found = [
            (name, form, turn)
            for _, name, form, turn in Formatter().parse(text)
            if name is not None
        ]
    except ValueError:
        yield Fault(field, f"{place} has a curly bracket that opens or closes nothing.")
        return
    for name, form, turn in found:
        if name not in known:
            yield Fault(field, f"{place} names {{{name}}}, which is not known.")
        elif form or turn:
            yield Fault(field, f"{place} has more in the brackets than the name {name}.")


def _one_of(name: str, part: str, value: object, allowed: tuple[str, ...]) -> Faults:
    if value not in allowed:
        yield Fault(
            part, f"{name} has the {part} “{value}”; it must be one of {', '.join(allowed)}."
        )


def _repeated(keys: list[str], noun: str) -> Faults:
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield Fault("key", f"The {noun} “{key}” stands there more than once.")


CHECKS = (
    *(_key, _front, _sections, _numbering, _author, _labels, _sign_off, _look),
    *(_contents, _benchmarks, _wording),
)
