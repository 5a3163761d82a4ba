"""Places of a report that its text names and refers to, so that nobody types a number; and notes.

A paragraph or subheading that ends in {#risk-plan} is a place. `{@risk-plan}` prints its number, `[see](#risk-plan)` words
and number, each as a link. Sections are places by their keys; recommendations and appendices by their numbers.
A note is `[^1]` where it is referred to and a line of its own, `[^1]: What it says.`, anywhere in the same text.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
MARK = re.compile(rf"[ \t]*\{{#({NAME})\}}[ \t]*$", re.IGNORECASE)
MARKS = re.compile(rf"\{{#({NAME})\}}[ \t]*$", re.IGNORECASE | re.MULTILINE)
ASKED = re.compile(rf"\{{@({NAME})\}}", re.IGNORECASE)
LINKED = re.compile(rf"\]\(#({NAME})\)", re.IGNORECASE)
LABEL = r"\[\^([^\]\s\[]{1,30})\]"
NOTE = re.compile(LABEL)
NOTE_LINE = re.compile(rf"^ {{0,3}}{LABEL}:[ \t]*(\S.*(?:\n[ \t]+\S.*)*)$\n?", re.MULTILINE)


@dataclass(frozen=True)
class Target:
    """`number` is empty where the style numbers no such thing, which is then called by `words`; `anchor` where the place
    stands in another paper, to which nothing leads."""

    anchor: str
    number: str
    words: str

    @property
    def said(self) -> str:
        return self.number or f"“{self.words}”"


@dataclass
class References:
    """What the texts of one report share while they are drawn: the places they may refer to, and the count of notes."""

    known: Mapping[str, Target] = field(default_factory=dict)
    notes: int = 0

    def next_note(self) -> int:
        self.notes += 1
        return self.notes


@dataclass
class Notes:
    """The notes of one text: what each says, and the number it was given where the text first refers to it."""

    said: dict[str, str]
    numbers: dict[str, int] = field(default_factory=dict)

    def in_order(self) -> list[tuple[int, str]]:
        return [(number, self.said[label]) for label, number in self.numbers.items()]


def without_notes(text: str) -> tuple[str, dict[str, str]]:
    """The text without the lines of its notes, and what each says; the first of a label counts.

    A line that nothing refers to stays where it is: what is typed is never swallowed.
    """
    asked = set(NOTE.findall(NOTE_LINE.sub("\n", text)))
    said: dict[str, str] = {}

    def take(line: re.Match[str]) -> str:
        label = line[1]
        if label not in asked or label in said:
            return line[0]
        said[label] = " ".join(line[2].split())
        return "\n"

    return NOTE_LINE.sub(take, text), said


def refers(text: str) -> bool:
    """Whether the text refers to a place."""
    return bool(ASKED.search(text) or LINKED.search(text))


def targets_of(
    sections: Iterable[Any], definitions: Iterable[Mapping[str, Any]]
) -> dict[str, Target]:
    """Every place of a drawn report by its name; what the paper itself has goes before what a text names."""
    found: dict[str, Target] = {}
    drawn, parts = list(sections), {each["key"]: each.get("parts", ()) for each in definitions}
    for section in drawn:
        found[section.key] = Target(section.anchor, section.number, section.heading)
        found |= _parts(section, parts.get(section.key, ()))
        found |= _items(section)
    for section in drawn:
        for block in section.blocks:
            if block.name:
                place = Target(block.anchor, block.number, section.heading)
                found.setdefault(block.name, place)
    return found


def _parts(section: Any, parts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Target]]:
    """Of the implications: each under its heading or in its paragraph; in a table they go by their section."""
    blocks = {block.anchor: block for block in section.blocks if block.anchor}
    in_table = any(block.kind == "other" for block in section.blocks) and not blocks
    for part in parts:
        if block := blocks.get(f"{section.anchor}-{part['key']}"):
            yield part["key"], Target(block.anchor, block.number, part["heading"])
        elif in_table:
            yield part["key"], Target(section.anchor, section.number, part["heading"])


def _items(section: Any) -> Iterator[tuple[str, Target]]:
    noun = {"recommendations": "recommendation", "appendices": "appendix"}.get(section.kind)
    if noun is None:
        return
    for place, item in enumerate(section.items, start=1):
        name = f"{noun}-{place}"
        yield name, Target(name, item.number.rstrip("."), f"{noun} {place}")


def without_links(known: Mapping[str, Target]) -> References:
    """For a text that is printed apart from the paper, as a closed section is: it says numbers and leads nowhere."""
    return References({name: replace(each, anchor="") for name, each in known.items()})


def marks_in(text: str) -> list[str]:
    """The names that a text gives, in order, one given twice twice."""
    return [name.lower() for name in MARKS.findall(text)]


def asked_in(text: str) -> list[str]:
    """The names that a text refers to, each once."""
    found = [*ASKED.finditer(text), *LINKED.finditer(text)]
    return list(dict.fromkeys(each[1].lower() for each in sorted(found, key=re.Match.start)))


def names_of(
    style: Mapping[str, Any], texts: Mapping[str, str], *, recommendations: int, appendices: int
) -> list[str]:
    """All that can be referred to in a report: the names its texts give, its sections, recommendations and appendices."""
    own = [name for text in texts.values() for name in marks_in(text)]
    keys = [each["key"] for one in style["sections"] for each in (one, *one.get("parts", ()))]
    items = [f"recommendation-{n}" for n in range(1, recommendations + 1)]
    items += [f"appendix-{n}" for n in range(1, appendices + 1)]
    return list(dict.fromkeys([*own, *keys, *items]))


def why_not_references(text: str, known: Collection[str] = ()) -> str | None:
    """The first thing wrong with a text's names, references and notes, as a sentence; or None.

    `known` is what the rest of the report names (`names_of` without this text).
    """
    return next(_wrong(text, known), None)


def _wrong(text: str, known: Collection[str]) -> Iterator[str]:
    own = marks_in(text)
    for name in dict.fromkeys(own):
        if own.count(name) > 1 or name in known:
            yield f"The name {{#{name}}} is given more than once in this report. Give this place another."
    there = list(dict.fromkeys([*own, *known]))
    for name in asked_in(text):
        if name not in there:
            named = f" There are {', '.join(there)}." if there else ""
            yield f"There is no place “{name}” in this report. End its paragraph with {{#{name}}}.{named}"
    yield from _wrong_notes(text)


def _wrong_notes(text: str) -> Iterator[str]:
    said = [label for label, _ in NOTE_LINE.findall(text)]
    asked = dict.fromkeys(NOTE.findall(NOTE_LINE.sub("\n", text)))
    for label in asked:
        if label not in said:
            yield f"The note [^{label}] says nothing. Write it on a line of its own: [^{label}]: What it says."
    for label in dict.fromkeys(said):
        if said.count(label) > 1:
            yield f"The note [^{label}] is written more than once. Give the other another number."
        if label not in asked:
            yield f"Nothing refers to the note [^{label}]. Put [^{label}] where it belongs, or take the note out."
