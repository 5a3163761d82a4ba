"""Words for a rating that are none of the scale's own: somebody says what each stands for, and none is guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.models import Level, Rating

from .cells import Wrong, as_text
from .columns import in_words
from .nouns.rating_columns import NOT_RATED
from .reading import Cell

MOST_WORDS = 12
LONGEST_WORD = 60
BLANK, REFUSE, LEVEL = "blank", "refuse", "level:"
NOT_APPLICABLE = str(Rating.Standing.NOT_APPLICABLE)
TOO_MANY = "The column holds {} different words that this toolkit does not rate with, such as “{}”. Select the column in which the ratings stand"

Meaning = Level | str | None  # a level, the standing “not applicable”, or not rated


@dataclass
class Word:
    """As it was first written, and the rows in which it stands."""

    text: str
    rows: int = 0


def bare(text: str) -> str:
    return " ".join(text.casefold().split())


def own_words(levels: Iterable[Level]) -> dict[str, Level | None]:
    """The scale's words, and the portal's own for none of them."""
    return {bare(NOT_RATED): None} | {bare(level.label): level for level in levels}


def words_in(cells: Iterable[Cell], levels: Iterable[Level]) -> dict[str, Word]:
    """Those of the cells that have to be asked for. What is no word at all is refused in its row."""
    known, found = own_words(levels), dict[str, Word]()
    for cell in cells:
        text = _word(cell)
        if text and bare(text) not in known:
            found.setdefault(bare(text), Word(text)).rows += 1
    return found


def _word(cell: Cell) -> str:
    try:
        text = as_text(cell)
    except Wrong:
        return ""
    return text if len(text) <= LONGEST_WORD else ""


def why_not_explain(words: Mapping[str, Word]) -> str | None:
    """Whether there is anything to be asked for."""
    return None if words else "There is no word in this sheet that has to be explained."


def why_not_words(words: Mapping[str, Word]) -> str | None:
    """Whether these can be words for a rating at all."""
    if len(words) <= MOST_WORDS:
        return None
    return TOO_MANY.format(len(words), next(iter(words.values())).text)


def answers(levels: Iterable[Level]) -> list[tuple[str, str]]:
    """What a word may be said to stand for."""
    return [
        *((f"{LEVEL}{level.key}", level.label) for level in levels),
        (BLANK, NOT_RATED),
        (NOT_APPLICABLE, "Does not apply here (the row needs a reason)"),
        (REFUSE, "None of these: refuse the rows with it"),
    ]


def meaning_of(cell: Cell, levels: Sequence[Level], said: Mapping[str, str]) -> Meaning:
    """What stands in a cell of ratings. Raises Wrong for a word that nobody explained; an empty cell is not rated."""
    text = as_text(cell)
    known = own_words(levels)
    if not text or bare(text) in known:
        return known[bare(text)] if text else None
    answer = said.get(bare(text), REFUSE)
    if answer == BLANK:
        return None
    if answer == NOT_APPLICABLE:
        return answer
    by_key = {f"{LEVEL}{level.key}": level for level in levels}
    if answer not in by_key:
        offered = ", ".join(level.label for level in levels)
        raise Wrong(f"“{in_words(text)[:LONGEST_WORD]}” is none of {offered}, and it is not said what it stands for")  # fmt: skip
    return by_key[answer]
