"""Two texts share a passage when eight words in a row are the same; kept are keyed digests only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boroughs.passages import RUN, SHORT, STOCK, digests_of, keyed, runs, shared_passages

CLOSED = (
    "The orchard project is paid for by a private trust until 2031. Its lantern walk was watched by three officers "
    "on foot, and the violet file was handed to the board."
)
HERE = keyed("secret", 1)
TREES = ["alder", "birch", "cedar", "elm", "hazel", "lime", "oak", "rowan", "willow", "yew"]


def shared(text: str, closed: str = CLOSED) -> list[str]:
    return [p.words for p in shared_passages(text, digests_of(closed, HERE), HERE)]


def test_a_copied_sentence_is_found_and_shown_as_it_is_written_here() -> None:
    text = "We report that its LANTERN walk\nwas watched by three officers, on foot – but more."
    assert shared(text) == ["its LANTERN walk was watched by three officers, on foot"]
    [passage] = shared_passages(text, digests_of(CLOSED, HERE), HERE)
    assert text[passage.start : passage.end].startswith("its LANTERN")


def test_two_passages_are_told_apart() -> None:
    text = (
        "The orchard project is paid for by a private trust. Nothing else is known. "
        "Three officers on foot, and the violet file was seen."
    )
    assert shared(text) == [
        "The orchard project is paid for by a private trust",
        "Three officers on foot, and the violet file was",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The orchard project is paid for by",
        "The orchard project will be paid for by a trust that is private.",
        "Councils must have due regard to the need to prevent people from being drawn into terrorism.",
        "Section 26 of the Counter-Terrorism and Security Act 2015 places a duty on specified authorities to have due regard.",
    ],
)
def test_common_words_are_no_passage(text: str) -> None:
    assert shared(text, CLOSED + " " + ". ".join(STOCK)) == []


def test_another_borough_or_another_secret_knows_nothing_of_it() -> None:
    for other in (keyed("secret", 2), keyed("other", 1)):
        assert not digests_of(CLOSED, other) & digests_of(CLOSED, HERE)
        assert shared_passages(CLOSED, digests_of(CLOSED, HERE), other) == []


def test_a_long_passage_is_cut() -> None:
    [words] = shared(CLOSED)
    assert len(words) <= SHORT
    assert words.endswith("…")


def test_digests_fit_a_column_of_64_bits() -> None:
    digests = digests_of(CLOSED, HERE)
    assert len(digests) == len(CLOSED.replace(" 2031", "").split()) - RUN + 1
    assert all(-(2**63) <= digest < 2**63 for digest in digests)
    assert any(digest < 0 for digest in digests)


WORDS = st.lists(st.sampled_from(TREES))


def test_a_changed_figure_hides_nothing() -> None:
    assert shared("paid for by a private trust until 2029. Its lantern walk was new.") == [
        "paid for by a private trust until 2029. Its lantern walk was"
    ]


@given(WORDS, WORDS)
def test_a_passage_is_shared_exactly_when_eight_words_are(
    mine: list[str], theirs: list[str]
) -> None:
    common = {run for run, _, _ in runs(" ".join(mine))} & {r for r, _, _ in runs(" ".join(theirs))}
    assert bool(shared(" ".join(mine), " ".join(theirs))) == bool(common)


@given(WORDS)
def test_a_text_shares_all_of_itself(words: list[str]) -> None:
    text = ", ".join(words)
    whole = [p for p in shared_passages(text, digests_of(text, HERE), HERE) if p.end == len(text)]
    assert len(whole) == (len(words) >= RUN)
