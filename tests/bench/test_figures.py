"""What a figure says of its bar, and how figures reach the document."""

import json
from pathlib import Path

import pytest

from bench.figures import BEGIN, END, Bar, Figure, Report, ratios, shown, table
from bench.rounds import Variant, interleaved

MOST, LEAST = Bar("B1", 25), Bar("B6", 60, at_least=True)


def figure(*rounds: float, bar: Bar | None = MOST) -> Figure:
    return Figure("Pages", "borough page", "× empty", rounds, bar)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (figure(10, 20, 24, 26, 27), "met"),
        (figure(10, 24, 26, 27, 28), "unclear"),
        (figure(10, 26, 27), "missed"),
        (figure(26, bar=None), ""),
        (figure(61, 62, 59, bar=LEAST), "met"),
        (figure(58, 59, 61, bar=LEAST), "missed"),
        (figure(0, bar=Bar("B3", 0)), "met"),
        (figure(1, bar=Bar("B3", 0)), "missed"),
    ],
)
def test_a_bar_is_missed_when_two_rounds_of_three_break_it(found: Figure, verdict: str) -> None:
    assert found.verdict == verdict
    assert found.breached == (verdict == "missed")


def test_a_ratio_is_taken_inside_each_round() -> None:
    assert ratios([10, 40], [1, 2]) == [10, 20]


@pytest.mark.parametrize(
    ("value", "said"), [(13, "13"), (0.4126, "0.413"), (101.4, "101"), (2.0, "2"), (-1, "-1")]
)
def test_a_figure_is_shown_with_the_digits_that_count(value: float, said: str) -> None:
    assert shown(value) == said


def test_the_document_keeps_its_own_words_around_the_measured_table(tmp_path: Path) -> None:
    document, results = tmp_path / "benchmarks.md", tmp_path / "results" / "latest.json"
    document.write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    report = Report({"cores": 2}, [figure(10, 20, 30)])
    report.write_into(document)
    report.write_into(document)
    report.keep(results)
    written = document.read_text()
    assert written.startswith("Before.\n")
    assert written.endswith("After.\n")
    assert "old" not in written
    assert written.count("| borough page | 20 × empty | 10 to 30 | ≤ 25 (B1) | met |") == 1
    assert json.loads(results.read_text())["figures"][0]["rounds"] == [10, 20, 30]
    assert "borough page" in table(report.figures)


def test_variants_take_turns_and_the_warm_up_does_not_count() -> None:
    asked: list[str] = []

    def of(name: str) -> Variant:
        def once() -> float:
            asked.append(name)
            return float(len(asked))

        return Variant(once, warm_up=1)

    found = interleaved({"a": of("a"), "b": of("b")}, rounds=2, times=2)
    assert asked == [*"aaa", *"bbb", *"bbb", *"aaa"]
    assert found == {"a": [[2, 3], [11, 12]], "b": [[5, 6], [8, 9]]}
