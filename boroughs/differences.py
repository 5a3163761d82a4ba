"""What changed between two texts, as people read it: words kept, taken out and put in."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

WORD = re.compile(r"\s+|[^\s]+")
Kind = Literal["same", "out", "in"]


class Stretch(NamedTuple):
    kind: Kind
    text: str


def readable(before: str, after: str) -> list[Stretch]:
    """The stretches in reading order; together, those of `same` and `out` are the text before, `same` and `in` the one after."""
    was, now = WORD.findall(before), WORD.findall(after)
    found: list[Stretch] = []
    for tag, i, j, m, n in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch("same", "".join(was[i:j])))
            continue
        if j > i:
            found.append(Stretch("out", "".join(was[i:j])))
        if n > m:
            found.append(Stretch("in", "".join(now[m:n])))
    return found
