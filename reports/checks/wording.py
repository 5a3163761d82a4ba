"""What stands in the words of a report, wherever they come from."""

import re
from collections.abc import Iterator

from boroughs.figures import public_figures
from boroughs.policies import day
from boroughs.prose import identifiers
from reports.live import unknown_in
from reports.narrative import unprintable

from .dates import past_after
from .finding import Found
from .references import places_in
from .sheet import Sheet
from .small import small_numbers

MOST = 5  # named in one sentence
COUNTED = re.compile(r"^[ \t]*\(?(\d{1,2}(?:\.\d{1,3}){1,3})[.)]?\s+[“\"‘']?[A-Z]", re.MULTILINE)


def past_after_the_report(sheet: Sheet) -> Iterator[Found]:
    for words in sheet.typed:
        for sentence in words.sentences():
            for said in dict.fromkeys(past_after(sentence, sheet.day)):
                why = f"{words.name} tells of {day(said)} as past, and the report is of {day(sheet.day)}."
                yield sheet.about(words, "past", why, said, sentence)


def identifying(sheet: Sheet) -> Iterator[Found]:
    for words in sheet.words:
        if hints := identifiers(words.text):
            kinds = ", ".join(dict.fromkeys(hint.kind.value for hint in hints))
            said = f"{words.name} may identify a person: {kinds}."
            yield sheet.about(words, "person", said, *sorted(hint.passage for hint in hints))


def small_figures(sheet: Sheet) -> Iterator[Found]:
    """A hint: what the table of figures would suppress may have been typed."""
    for words in sheet.words:
        if words.name.startswith("The block"):
            continue  # suppressed already, or not a count of people
        found = [
            (number, part)
            for part in words.sentences()
            for number in small_numbers(part, sheet.threshold)
        ]
        if found:
            numbers = _listed([str(number) for number, _ in found])
            said = f"{words.name} gives a small number of people referred ({numbers}). Fewer than {sheet.threshold} are suppressed in the council’s figures."
            yield sheet.about(words, "small-number", said, *found)


def figures_otherwise(sheet: Sheet) -> Iterator[Found]:
    """The table of figures says what the public pages say, suppressed as there."""
    piece = sheet.snapshot["live"].get("figures")
    if piece is None:
        return
    public = {
        (line.indicator.name, str(family.period), line.public)
        for family in public_figures(sheet.report.borough)
        for line in family.lines
    }
    if any((name, period, _without_share(said)) not in public for name, period, said in piece["rows"]):  # fmt: skip
        words = next(words for words in sheet.words if words.name == "The block [[figures]]")
        said = "The table of figures is not suppressed as the council’s public figures are."
        yield sheet.about(words, "figures", said, blocking=True)


def _without_share(said: str) -> str:
    return said.partition(" (")[0]


def leading_nowhere(sheet: Sheet) -> Iterator[Found]:
    there = places_in(sheet.paper, sheet.snapshot)
    for words in sheet.typed:
        missing = [one for part in words.sentences() for one in there.missing(part)]
        if missing:
            named = _listed(list(dict.fromkeys(missing)))
            said = f"{words.name} points to what the report does not have: {named}."
            yield sheet.about(words, "reference", said, *missing)


def counted_twice(sheet: Sheet) -> Iterator[Found]:
    """A paragraph's number, typed where the paper counts by itself; a tenth of something may begin a paragraph, too."""
    if not sheet.snapshot["style"]["numbering"]["paragraphs"]:
        return
    for words in sheet.typed:
        if not words.place.startswith("front-") and (found := COUNTED.findall(words.text)):
            said = f"{words.name} has numbers before its paragraphs ({_listed(found)}). The report counts them itself, and prints both."
            yield sheet.about(words, "counted", said, *found)


def unknown_blocks(sheet: Sheet) -> Iterator[Found]:
    """A block whose name is not known prints nothing."""
    for words in sheet.typed:
        if unknown := unknown_in(words.text):
            said = f"{words.name} asks for a block that there is not, and nothing is printed in its place."
            yield sheet.about(words, "block", said, *unknown, blocking=True)


def not_drawn(sheet: Sheet) -> Iterator[Found]:
    """The typeface cannot draw it, so the PDF cannot be made."""
    for words in sheet.words:
        if missing := unprintable(words.text):
            signs = _listed([f"U+{ord(sign):04X}" for sign in missing])
            said = f"{words.name} has characters that cannot be printed: {signs}."
            yield sheet.about(words, "characters", said, *missing, blocking=True)


def _listed(parts: list[str]) -> str:
    more = f" and {len(parts) - MOST} more" if len(parts) > MOST else ""
    return ", ".join(parts[:MOST]) + more
