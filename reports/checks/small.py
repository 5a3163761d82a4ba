"""Small numbers of people referred, as they stand in what somebody wrote: figures that the portal itself would suppress."""

import re
from collections.abc import Iterator

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ABOUT = re.compile(r"\b(?:referr\w+|channel|adopted|adoptions?|prevent\s+cases?)\b", re.IGNORECASE)
COUNTED = r"(?:referrals?|cases?|individuals?|people|persons?|adults?|children|child|pupils?|students?|adoptions?|adopted|referred)"
NUMBER = (
    rf"(?<![\w.,/£%–-])(?P<number>\d{{1,3}}|{'|'.join(WORDS)})\b(?![.,/:–-]?\d|\s*%|\s+per\s+cent)"
)
# What is counted with them is no person: times, parts of a paper, days of a month
NOT_PEOPLE = r"(?!\s+(?:\w+\s+)?(?:years?|months?|weeks?|days?|hours?|times?|meetings?|quarters?|sessions?|of\s+(?:the|this|these|our)|to\s+one|stud(?:y|ies)|january|february|march|april|may|june|july|august|september|october|november|december)\b)"
BEFORE = re.compile(
    rf"{NUMBER}{NOT_PEOPLE}(?:\s+[\w’'-]+){{0,3}}?\s+{COUNTED}\b(?!\s+stud(?:y|ies))",
    re.IGNORECASE,
)
AFTER = re.compile(
    rf"\b(?:referrals?|cases|adoptions?|adopted|referred)(?:\s*[:=(]\s*|\s+(?:\w+\s+){{0,3}}?){NUMBER}{NOT_PEOPLE}",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\b(?:paragraphs?|sections?|appendix|appendices|tables?|items?|pages?|benchmarks?|schedule|priority|duty)\s+\d+",
    re.IGNORECASE,
)


def small_numbers(sentence: str, threshold: int) -> Iterator[int]:
    """Numbers from one to under the borough's threshold that count referred people, in the order of the sentence."""
    if not ABOUT.search(sentence):
        return
    said = PLACE.sub(" ", sentence)
    found = {
        match.start("number"): _number(match["number"])
        for pattern in (BEFORE, AFTER)
        for match in pattern.finditer(said)
    }
    yield from (number for _, number in sorted(found.items()) if 0 < number < threshold)


def _number(said: str) -> int:
    return WORDS.index(said.lower()) + 1 if said.lower() in WORDS else int(said)
