"""The toolkits that ship: what they hold, what is refused, and that they speak the models' words."""

import copy
import json
from typing import Any

import pytest

from toolkit import catalogue
from toolkit.catalogue import Version, crosswalks, scales, versions
from toolkit.models import Benchmark, Crossing, Level, Prompt, ToolkitVersion

TITLES_2018 = [
    "Local risk assessment",
    "Multi-agency partnership board",
    "Prevent partnership action plan",
    "Referral process",
    "Channel panel",
    "Prevent problem-solving process",
    "Training programme",
    "Venue hire",
    "Community engagement",
    "Communications",
]


def version(key: str) -> Version:
    return next(v for v in versions() if v.key == key)


@pytest.fixture
def data() -> dict[str, Any]:
    text = (catalogue.DATA / "la-2018.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_2018_has_ten_benchmarks_and_2024_eight_in_their_own_order() -> None:
    assert [v.key for v in versions()] == ["la-2018", "channel-2021", "la-2024"]
    assert [b.title for b in version("la-2018").benchmarks] == TITLES_2018
    for v, count in zip(versions(), (10, 10, 8), strict=True):
        assert [b.number for b in v.benchmarks] == list(range(1, count + 1))


def test_a_benchmark_keeps_its_key_where_the_numbers_swap() -> None:
    numbers = {v.key: {b.key: b.number for b in v.benchmarks} for v in versions()}
    assert numbers["la-2018"]["risk-assessment"] == 1
    assert numbers["la-2024"]["risk-assessment"] == 2


def test_only_what_a_council_quotes_counts_as_verified() -> None:
    verified = {b.key for b in version("la-2018").benchmarks if b.verified}
    assert verified == {"risk-assessment", "training", "community-engagement", "communications"}
    assert not any(b.verified for b in version("la-2024").benchmarks)
    assert not any(v.wording_verified for v in versions())


def test_every_prompt_is_marked_as_local_wording() -> None:
    prompts = [p for v in versions() for b in v.benchmarks for p in b.prompts]
    assert len(prompts) > 80
    assert all(p.local_wording and p.text.endswith("?") for p in prompts)


def test_one_version_follows_the_other_without_a_gap() -> None:
    first, second = (v for v in versions() if v.kind == "toolkit")
    assert first.in_force_until is not None
    assert (second.in_force_from - first.in_force_until).days == 1
    assert second.in_force_until is None


def test_the_crosswalk_says_what_became_of_all_ten() -> None:
    (crosswalk,) = crosswalks()
    benchmarks = {b.key for b in version("la-2018").benchmarks}
    assert {link.earlier for link in crosswalk.links} == benchmarks
    assert {link.later for link in crosswalk.links} == {
        b.key for b in version("la-2024").benchmarks
    }
    assert not crosswalk.verified


def test_four_benchmarks_merge_into_two() -> None:
    merged = {(k.earlier, k.later) for k in crosswalks()[0].links if k.relation == "merged_into"}
    assert merged == {
        ("problem-solving", "permissive-environments"),
        ("venue-hire", "permissive-environments"),
        ("community-engagement", "communications-engagement"),
        ("communications", "communications-engagement"),
    }


def test_rag_runs_from_red_to_green() -> None:
    rag = next(s for s in scales() if s.key == "rag")
    assert [(level.label, level.rank, level.tone) for level in rag.levels] == [
        ("Red", 1, "red"),
        ("Amber", 2, "amber"),
        ("Green", 3, "green"),
    ]


def test_a_scale_nobody_has_confirmed_says_so_and_no_toolkit_uses_it() -> None:
    unconfirmed = {s.key for s in scales() if not (s.verified and s.complete)}
    assert unconfirmed == {"assurance", "extent-met"}
    assert not unconfirmed & {v.scale for v in versions() if v.kind == "toolkit"}


def test_the_channel_statement_has_its_own_scale_in_words_nobody_has_verified() -> None:
    statement = version("channel-2021")
    scale = next(s for s in scales() if s.key == statement.scale)
    assert statement.kind == "statement"
    assert [level.label for level in scale.levels] == [
        "Not met",
        "Partly met",
        "Mostly met",
        "Fully met",
    ]
    assert scale.complete
    assert not scale.verified
    assert not any(b.verified for b in statement.benchmarks)


def test_the_catalogue_uses_the_words_that_the_models_store() -> None:
    assert set(catalogue.TONES) == set(Level.Tone.values)
    assert set(catalogue.RELATIONS) == set(Crossing.Relation.values)
    assert set(catalogue.KINDS) == set(ToolkitVersion.Kind.values)


def test_everything_fits_the_models() -> None:
    title = Benchmark._meta.get_field("title").max_length or 0
    text = Prompt._meta.get_field("text").max_length or 0
    for benchmark in (b for v in versions() for b in v.benchmarks):
        assert len(benchmark.title) <= title
        assert all(len(p.text) <= text for p in benchmark.prompts)


def test_the_checksum_ignores_layout(data: dict[str, Any]) -> None:
    turned = dict(reversed(data.items()))
    assert list(turned) != list(data)
    assert catalogue.checksum(turned) == catalogue.checksum(data) == version("la-2018").checksum


def test_the_checksum_changes_with_a_single_word(data: dict[str, Any]) -> None:
    changed = copy.deepcopy(data)
    changed["benchmarks"][9]["prompts"][0]["text"] += " "
    assert catalogue.checksum(changed) != catalogue.checksum(data)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "", "The version does not say its title."),
        ("key", "LA 2018", "is not a key"),
        ("scale", "stars", "There is no rating scale “stars”."),
        ("year", "2018", "The version has no year"),
        ("statutory", None, "whether it is statutory"),
        ("sources", [], "names its sources"),
        ("wording_verified", None, "whether its wording was verified"),
        ("kind", "letter", "neither a toolkit nor a statement"),
        ("benchmarks", [], "The version has no benchmarks."),
        ("published_on", "September 2018", "Dates are written as"),
        ("in_force_until", "2017-01-01", "ends before it begins"),
    ],
)
def test_a_wrong_version_is_refused_with_a_sentence(
    data: dict[str, Any], field: str, value: object, reason: str
) -> None:
    assert catalogue.why_not_a_version(data) == []
    assert reason in " ".join(catalogue.why_not_a_version({**data, field: value}))


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("key", "partnership-board", "Two benchmarks have the key “partnership-board”."),
        ("number", 2, "Two benchmarks have the number “2”."),
        ("statement", "", "does not say its statement"),
        ("obligation", "perhaps", "is not an obligation"),
        ("verified", "yes", "whether its statement was verified"),
        ("colour", "blue", "fields that no one reads: colour"),
        ("prompts", [{"key": "a", "text": "Why?", "support": "x"}], "whose wording it is"),
        ("prompts", [{"key": "own-1", "text": "Why?"}], "not beginning with “own-”"),
        ("prompts", [{"key": "A b", "text": "Why?"}], "needs a key of small letters"),
        ("prompts", [{"key": "a", "local_wording": True}], "needs a text and what supports it"),
    ],
)
def test_a_wrong_benchmark_is_refused_with_a_sentence(
    data: dict[str, Any], field: str, value: object, reason: str
) -> None:
    data["benchmarks"][0][field] = value
    assert reason in " ".join(catalogue.why_not_a_version(data))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"to": "la-2031"}, "There is no toolkit version “la-2031”."),
        ({"links": []}, "does not say what became of “a”"),
        ({"links": [{"from": "a", "to": "z", "relation": "same"}]}, "“z” is not a benchmark"),
        ({"links": [{"from": "a", "to": "b", "relation": "near"}]}, "is not a relation"),
        ({"links": [{"from": "a", "to": "b", "relation": "same"}] * 2}, "several sources"),
    ],
)
def test_a_wrong_crosswalk_is_refused_with_a_sentence(change: dict[str, Any], reason: str) -> None:
    keys = {"one": {"a"}, "two": {"b"}}
    right = {"from": "one", "to": "two", "links": [{"from": "a", "to": "b", "relation": "same"}]}
    assert catalogue.why_not_a_crosswalk(right, keys) == []
    assert reason in " ".join(catalogue.why_not_a_crosswalk({**right, **change}, keys))


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        ([{"key": "met", "rank": 1, "tone": "green"}], "at least two levels"),
        ([{"key": k, "rank": 1, "tone": "green"} for k in "ab"], "ranked 1, 2, 3"),
        ([{"key": "a", "rank": r, "tone": "green"} for r in (1, 2)], "Two levels have the key"),
        (
            [
                {"key": k, "rank": r, "tone": "red", "pattern": "dots"}
                for r, k in ((1, "a"), (2, "b"))
            ],
            "each level needs a pattern of its own",
        ),
        (
            [{"key": "a", "rank": 1, "tone": "red", "pattern": "zigzag"}],
            "“zigzag” is not a pattern",
        ),
        ([{"key": k, "rank": r, "tone": "pink"} for r, k in ((1, "a"), (2, "b"))], "not a tone"),
        (
            [{"key": k, "rank": r, "label": "A"} for r, k in ((1, "a"), (2, "b"))],
            "a word of its own",
        ),
        ([{"key": "a", "rank": 1, "label": " not Rated"}], "none is “Not rated”"),
    ],
)
def test_a_wrong_scale_is_refused_with_a_sentence(levels: list[Any], reason: str) -> None:
    said = catalogue.why_not_a_scale({"key": "s", "title": "S", "levels": levels})
    assert reason in " ".join(said)


def test_every_level_that_ships_has_a_pattern_of_its_own_for_print() -> None:
    for scale in catalogue.scales():
        patterns = [level.pattern for level in scale.levels]
        assert len(set(patterns)) == len(patterns), scale.key


def test_a_scale_that_names_no_patterns_gets_one_for_each_level_and_the_best_is_plain() -> None:
    levels = [
        {
            "key": f"level-{rank}",
            "label": f"Level {rank}",
            "rank": rank,
            "tone": "grey",
            "meaning": "",
        }
        for rank in (1, 2, 3)
    ]
    row = {
        "key": "x",
        "title": "X",
        "levels": levels,
        "complete": True,
        "verified": False,
        "note": "",
    }
    assert catalogue.why_not_a_scale(row) == []
    assert [level.pattern for level in catalogue.scale_from(row).levels] == [
        "stripes",
        "dots",
        "plain",
    ]
