"""References inside a report that lead nowhere: to an anchor, an appendix, a section or a paragraph that it does not have."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reports.references import ASKED, targets_of
from reports.rendering import Paper

# Followed by “of the Act” it is no place of this paper; a section of one or two figures with letters is a law's, and so is
# one that is called after what it asks for (“the section 17 duty”)
ELSEWHERE = r"(?!\s*\(?\d|[\w(]|\.\d|\s+(?:of|to|in)\s+(?!(?:this|the)\s+(?:report|paper)\b))"
OF_A_LAW = (
    r"(?![^.;:]{0,60}\b(?-i:Act|Regulations|Schedule|Order|Code|CTSA)\b)"
    r"(?!\s+(?:dut(?:y|ies)|agreements?|assessments?|considerations?|enquir(?:y|ies)|grants?|implications?|notices?|officers?|orders?|powers?|reports?|requirements?|responsibilit(?:y|ies))\b)"
)
LINK = re.compile(r"\]\(\s*#([^)\s]*)[^)]*\)")
APPENDIX = re.compile(rf"\bappendix\s+(\d{{1,3}}|(?-i:[A-Z]{{1,2}}))\b{ELSEWHERE}", re.IGNORECASE)
SECTION = re.compile(rf"\bsection\s+(\d{{1,2}})\b{ELSEWHERE}{OF_A_LAW}", re.IGNORECASE)
PARAGRAPH = re.compile(
    rf"\b(?:paragraphs?|sections?|see)\s+(\d{{1,3}}(?:\.\d{{1,3}})+)\b{ELSEWHERE}", re.IGNORECASE
)
LAW = re.compile(
    r"\b(?:act|regulations|schedule)\b[^.;]{0,40}$|\b(?:act|regulations)[’']s\s+$", re.IGNORECASE
)


def places_in(paper: Paper, snapshot: Mapping[str, Any]) -> "Places":
    """Of the paper as it is drawn: what stands in a table or in a closed section is no place."""
    numbers = {number.strip("().") for number in _named(paper.sections, "number")}
    anchors = set(_named(paper.sections, "anchor"))
    sections = {s.number for s in paper.sections if s.number}
    names = set(targets_of(paper.sections, snapshot["style"]["sections"]))
    labels = {row["label"].split()[-1].upper() for row in snapshot["appendices"]}
    return Places(numbers, sections, anchors, labels, names)


@dataclass(frozen=True)
class Places:
    """Where a reference of a paper may lead."""

    numbers: Collection[str]
    sections: Collection[str]
    anchors: Collection[str]
    appendices: Collection[str]  # as they are called: 2 or B
    names: Collection[str] = ()

    def missing(self, sentence: str) -> Iterator[str]:
        """What the sentence points to and the paper does not have, in the portal's words."""
        places = {*self.anchors, *self.names}
        if any(not {name, name.lower()} & places for name in LINK.findall(sentence)):
            yield "a link inside the paper"
        if any(name.lower() not in places for name in ASKED.findall(sentence)):
            yield "a place by its name"
        for kind, pattern, known in (
            ("appendix", APPENDIX, self.appendices),
            ("section", SECTION, self.sections),
            ("paragraph", PARAGRAPH, self.numbers),
        ):
            for match in pattern.finditer(sentence):
                if match[1].upper() not in known and not LAW.search(sentence[: match.start()]):
                    yield f"{kind} {match[1].upper()}"


def _named(node: Any, name: str) -> Iterator[str]:
    """Every value of the field of that name in nested dataclasses, but of benchmarks' own rows."""
    if isinstance(node, (list, tuple)):
        for each in node:
            yield from _named(each, name)
    elif is_dataclass(node):
        for one in fields(node):
            value = getattr(node, one.name)
            if one.name == name and value:
                yield value
            elif one.name != "rows":
                yield from _named(value, name)
