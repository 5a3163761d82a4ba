"""The plural of a word that a borough chose itself."""

import re

HISSES = re.compile(r"(?:x|z|ch|sh|ss)$")


def plural(noun: str, many: int = 2) -> str:
    """“Areas of focus”, “Priorities”; what ends in no letter, or in an s already, stays as it is."""
    head, of, rest = noun.partition(" of ")
    if many == 1 or not head[-1:].isalpha() or (head.endswith("s") and not head.endswith("ss")):
        return noun
    if HISSES.search(head):
        head += "es"
    elif head.endswith("y") and head[-2:-1] not in {*"aeiou"}:
        head = f"{head[:-1]}ies"
    else:
        head += "s"
    return head + of + rest
