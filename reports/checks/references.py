"""References inside a report that lead nowhere: to an anchor, an appendix, a section or a paragraph that it does not have."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from reports.rendering import Paper

# Followed by “of the Act” it is no place of this paper; a section of one or two figures with letters is a law's
ELSEWHERE = r"(?!\s*\(?\d|[\w(]|\.\d|\s+(?:of|to|in)\s+(?!(?:this|the)\s+(?:report|paper)\b))"
LINK = re.compile(r"\]\(\s*#([^)\s]*)[^)]*\)")
APPENDIX = re.compile(rf"\bappendix\s+(\d{{1,3}}|[A-Z])\b{ELSEWHERE}", re.IGNORECASE)
SECTION = re.compile(rf"\bsection\s+(\d{{1,2}})\b{ELSEWHERE}", re.IGNORECASE)
PARAGRAPH = re.compile(
    rf"\b(?:paragraphs?|sections?|see)\s+(\d{{1,3}}(?:\.\d{{1,3}})+)\b{ELSEWHERE}", re.IGNORECASE
)
LAW = re.compile(r"\b(?:act|regulations|schedule)\b[^.;]{0,40}$", re.IGNORECASE)


def places_in(paper: Paper, appendices: int) -> "Places":
    numbers = {number.strip("().") for number in _named(paper.sections, "number")}
    anchors = set(_named(paper.sections, "anchor"))
    return Places(numbers, {s.number for s in paper.sections if s.number}, anchors, appendices)


class Places:
    """Where a reference of a paper may lead."""

    def __init__(
        self, numbers: set[str], sections: set[str], anchors: set[str], appendices: int
    ) -> None:
        self.numbers, self.sections, self.anchors = numbers, sections, anchors
        self.appendices = {str(number) for number in range(1, appendices + 1)}

    def missing(self, sentence: str) -> Iterator[str]:
        """What the sentence points to and the paper does not have, in the portal's words."""
        if any(anchor not in self.anchors for anchor in LINK.findall(sentence)):
            yield "a link inside the paper"
        for kind, pattern, known in (
            ("appendix", APPENDIX, self.appendices),
            ("section", SECTION, self.sections),
            ("paragraph", PARAGRAPH, self.numbers),
        ):
            for match in pattern.finditer(sentence):
                if match[1] not in known and not LAW.search(sentence[: match.start()]):
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
