"""What is closed in a report: that it says so rightly, for a reason the law knows, and that no word of it is outside."""

import re
from collections.abc import Iterator

from reports.closed import Closed
from reports.places import PAPERS

from .finding import Found
from .sheet import Sheet, Words

EXEMPT, CONFIDENTIAL = "exempt", "confidential"
NO = re.compile(r"\b(?:no|not|none|nothing|nil|without|non)\b", re.IGNORECASE)
PUBLIC = re.compile(
    r"\W*(?:this\s+(?:report|item)\s+is\s+)?(?:an?\s+)?(?:fully\s+|wholly\s+)?(?:public|open|unrestricted|(?:for\s+)?general\s+release)(?:\s+(?:report|item|document))?\W*",
    re.IGNORECASE,
)


def _part(sheet: Sheet, one: Closed) -> tuple[str, str, str]:
    """What it is called, where it stands, and the page where that is mended."""
    href = sheet.closure(one.closure)
    if one.part == "appendix":
        return f"Appendix {one.key}", f"appendix-{one.key}", href
    name = next((place.name for place in sheet.places if place.key == one.key), "A section")
    return f"“{name}”", one.key, href


def without_public_line(sheet: Sheet) -> Iterator[Found]:
    for one in sheet.closed:
        name, place, href = _part(sheet, one)
        if not one.public_line.strip():
            said = f"{name} is closed and has no line that the public may read in its place."
            yield sheet.found(
                "public-line", said, place, href, one.closure, blocking=True, shared=True
            )


def without_ground(sheet: Sheet) -> Iterator[Found]:
    """Nothing is withheld without a reason of the law: a paragraph of Schedule 12A with its own, or a ground of section 100A(3)."""
    for one in sheet.closed:
        name, place, href = _part(sheet, one)
        if why := _why_not_grounded(sheet, one):
            yield sheet.found(
                "ground", f"{name} {why}", place, href, one.closure, blocking=True, shared=True
            )


def _why_not_grounded(sheet: Sheet, one: Closed) -> str | None:
    case = sheet.standing.cases.get(one.closure)
    match one.classification:
        case "exempt" if not one.paragraphs:
            return "is exempt and cites no paragraph of Schedule 12A."
        case "exempt" if case and case.unreasoned:
            return "is exempt by a paragraph of Schedule 12A without a reason why it applies."
        case "confidential" if not one.ground:
            return "is confidential, and nobody has said on which ground."
        case "":
            return "is closed, and nobody has said whether it is exempt or confidential."
    return None


def not_weighed(sheet: Sheet) -> Iterator[Found]:
    for one in sheet.closed:
        name, place, href = _part(sheet, one)
        case = sheet.standing.cases.get(one.closure)
        if one.classification == EXEMPT and case and not case.weighed:
            said = f"{name} is exempt, and nobody has said why withholding it outweighs telling the public."
            yield sheet.found("interest", said, place, href, one.closure, shared=True)


def confused_in_lines(sheet: Sheet) -> Iterator[Found]:
    """The public line calls exempt what is confidential, or the reverse: the law treats them otherwise."""
    for one in sheet.closed:
        name, place, href = _part(sheet, one)
        other = {EXEMPT: CONFIDENTIAL, CONFIDENTIAL: EXEMPT}.get(one.classification)
        if other and _says(one.public_line, other):
            said = f"{name} is {one.classification}, and its public line calls it {other}."
            yield sheet.found("confused", said, place, href, one.closure, one.public_line, shared=True)  # fmt: skip


def confused_on_the_front(sheet: Sheet) -> Iterator[Found]:
    kinds = {one.classification for one in sheet.closed}
    for words in (each for each in sheet.words if each.place.startswith("front-")):
        for said in (EXEMPT, CONFIDENTIAL):
            if _says(words.text, said) and said not in kinds:
                yield sheet.about(words, "confused", f"{words.name} {_truth(said, kinds)}", words.text, *sorted(kinds))  # fmt: skip
        if sheet.closed and PUBLIC.fullmatch(words.text):
            why = f"{words.name} says that the report is public, and a part of it is closed."
            yield sheet.about(words, "confused", why, words.text, len(sheet.closed))


def _truth(said: str, kinds: set[str]) -> str:
    if not kinds:
        return f"says {said}, and no section or appendix is closed."
    return f"says {said}, and what is closed is {' and '.join(sorted(kinds)) or 'neither'}."


def _says(text: str, word: str) -> bool:
    return bool(re.search(rf"\b{word}", text, re.IGNORECASE)) and not NO.search(text)


def overlapping(sheet: Sheet) -> Iterator[Found]:
    """Words of a closed record among those for the public. Who looks learns the public line of that record alone."""
    places: dict[str, Words] = {words.name: words for words in sheet.words}
    for one in sheet.overlaps():
        line = f": “{one.public_line}”" if one.public_line else ""
        if one.how == "passage":
            words = places[one.where]
            said = f"{words.name} repeats a passage of a closed record{line}."
            yield sheet.about(words, "overlap", said, one.public_line, blocking=True)
        else:
            said = f"Line {one.where} of the background papers names a closed record{line}. Only what is open to the public is listed."
            href = sheet.section(PAPERS)
            yield sheet.found("closed-paper", said, PAPERS, href, one.where, blocking=True)


def not_merged(sheet: Sheet) -> Iterator[Found]:
    for number in sheet.standing.unmergeable:
        said = f"Appendix {number} is not a PDF, so it cannot stand in the pack behind the report."
        yield sheet.found("merge", said, f"appendix-{number}", sheet.appendices, number)


def hiding(sheet: Sheet) -> Iterator[Found]:
    """Not published before it is cleared, and better known before the report is issued."""
    for number, href in sheet.hiding():
        said = f"The file of appendix {number} holds something its readers would not see. It cannot be published until that is cleared on the paper’s page."
        yield sheet.found("hidden", said, f"appendix-{number}", href, number, shared=True)
