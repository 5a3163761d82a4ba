"""Whether a text repeats a passage of another, told from keyed digests alone.

Every run of eight words becomes a digest keyed by the installation's secret and the borough. Whoever sees the digests
without the key learns nothing of the text; with the key one can only ask whether known words stand in it.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

RUN = 8  # words; fewer are shared by chance, more let a changed word hide a sentence
SHORT = 160  # characters of a passage shown
OWN = 6  # of them the writer's own, not wording that every paper of this kind repeats
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # a changed figure hides no sentence
STOCK = (
    "have due regard to the need to prevent people from being drawn into terrorism",
    "due regard to the need to",
    "prevent people from being drawn into terrorism",
    "prevent people being drawn into terrorism",
    "in the exercise of its functions",
    "in the exercise of their functions",
    "must have regard to this guidance when carrying out",
    "section of the counter terrorism and security act",
    "places a duty on specified authorities to have",
    "contains a duty on specified authorities to have",
    "this is also known as the prevent duty",
    "known as the prevent duty",
    "prevent duty guidance for England and Wales revised",
    "prevent duty toolkit for local authorities and partner agencies",
    "to respond to the ideological challenge of terrorism",
    "not for publication by virtue of",
    "paragraphs of part of schedule A of the local government act as amended",
    "the public interest in maintaining the exemption outweighs the public interest in disclosing the information",
    "information relating to the financial or business affairs of any particular person",
    "including the authority holding that information",
    "information relating to any individual",
    "information which is likely to reveal the identity of an individual",
    "information relating to any action taken or to be taken in connection with",
    "the prevention investigation or prosecution of crime",
    "implications arising directly from this report",
    "implications arising from the recommendations of this report",
)

Digest = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that also stands elsewhere, as it is written here."""

    words: str
    start: int
    end: int


def keyed(secret: str, borough: int) -> Digest:
    """The digest of a run of words in one borough: 64 bits, as PostgreSQL keeps them."""
    key = hmac.digest(secret.encode(), f"boroughs.passages:{borough}".encode(), "sha256")

    def digest(run: str) -> int:
        made = hmac.digest(key, run.encode(), hashlib.sha256)
        return int.from_bytes(made[:8], "big", signed=True)

    return digest


def runs(text: str) -> Iterator[tuple[str, int, int]]:
    """Every run of eight words, without case, figures and punctuation, and where it stands."""
    places = [(m.start(), m.end()) for m in WORD.finditer(text)]
    words = [_plain(text[start:end]) for start, end in places]
    own = _own(words)
    for first in range(len(words) - RUN + 1):
        if sum(own[first : first + RUN]) >= OWN:
            last = first + RUN - 1
            yield " ".join(words[first : last + 1]), places[first][0], places[last][1]


def _own(words: list[str]) -> list[bool]:
    """Which words do not belong to stock wording."""
    own = [True] * len(words)
    for first, word in enumerate(words):
        for phrase in STOCK_BY_WORD.get(word, ()):
            if words[first : first + len(phrase)] == phrase:
                own[first : first + len(phrase)] = [False] * len(phrase)
    return own


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "'")


def digests_of(text: str, digest: Digest) -> frozenset[int]:
    """What is kept of a text."""
    return frozenset(digest(run) for run, _, _ in runs(text))


def shared_passages(text: str, digests: Collection[int], digest: Digest) -> list[Passage]:
    """The passages of `text` whose digests are among `digests`; runs that meet or overlap are one passage."""
    found: list[list[int]] = []
    for run, start, end in runs(text):
        if digest(run) not in digests:
            continue
        if found and start <= found[-1][1]:
            found[-1][1] = end
        else:
            found.append([start, end])
    return [Passage(_short(text[start:end]), start, end) for start, end in found]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"


STOCK_BY_WORD: dict[str, list[list[str]]] = {}
for _phrase in STOCK:
    _words = [_plain(word) for word in _phrase.split()]
    STOCK_BY_WORD.setdefault(_words[0], []).append(_words)
