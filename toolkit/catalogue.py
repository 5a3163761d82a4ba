"""Toolkit versions, rating scales and crosswalks, read from `toolkit/data/*.json`.

The files are reviewed like code; a command copies them into the database. Nothing here touches the
database. A version's checksum covers everything it says, so that a loader can tell when a version
that assessments already use has been changed. `in_force_until` is a version's last day.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

DATA = Path(__file__).parent / "data"

TONES = ("green", "amber", "red", "blue", "grey")
PATTERNS = ("plain", "dots", "stripes", "cross", "lines", "grid")  # for print in one colour
KINDS = {"toolkit": "Toolkit", "statement": "Statement beside the toolkit"}
OBLIGATIONS = {
    "must": "The law requires it",
    "should": "Statutory guidance expects it",
    "good_practice": "Good practice",
    "not_stated": "Not stated",
}
RELATIONS = {
    "same": "The same subject under both versions",
    "part_of": "A part of the later benchmark",
    "merged_into": "One of several that became the later benchmark",
}

OWN_PROMPT = "own-"  # begins the keys of questions that a borough adds

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION_TEXTS = ("key", "title", "publisher", "in_force_from", "jurisdiction", "scale", "note")
_BENCHMARK_TEXTS = ("key", "number", "title", "statement", "support", "obligation", "prompts")


class CatalogueError(ValueError):
    """A shipped data file breaks its own rules; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale. A higher rank is better; the tone only ever accompanies the label."""

    key: str
    label: str
    rank: int
    tone: str
    meaning: str
    pattern: str = PATTERNS[0]  # tells it from the other levels where colours are not printed


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating vocabulary. An incomplete one has levels nobody has confirmed: do not offer it."""

    key: str
    title: str
    levels: tuple[Level, ...]  # worst first
    complete: bool
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question that helps to rate a benchmark. Local wording: a borough may change it."""

    key: str  # unique within its benchmark
    text: str
    local_wording: bool
    support: str


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a version asks. The number is for reading only: versions number differently."""

    key: str  # unique within its version, and never reused for another subject
    number: int
    title: str
    statement: str
    verified: bool  # whether a source bears the statement out
    support: str
    obligation: str  # a key of OBLIGATIONS
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One published toolkit."""

    key: str
    title: str
    year: int
    publisher: str
    published_on: date | None  # None: the day was not found
    in_force_from: date
    in_force_until: date | None
    jurisdiction: str
    statutory: bool  # whether the law obliges authorities to have regard to it
    scale: str  # key of a Scale
    wording_verified: bool
    note: str
    sources: tuple[str, ...]
    benchmarks: tuple[Benchmark, ...]  # in the version's own order
    checksum: str  # SHA-256 over the meaning of the file, not its layout
    kind: str = "toolkit"  # a key of KINDS

    def __str__(self) -> str:
        return f"{self.title} ({self.year})"

    @property
    def status(self) -> str:
        """Its standing in law, in words."""
        return "Statutory" if self.statutory else "Not statutory; it supplements the guidance"


@dataclass(frozen=True, slots=True)
class Link:
    """From a benchmark of the earlier version to one of the later."""

    earlier: str
    later: str
    relation: str  # a key of RELATIONS


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """How one version's benchmarks became the next one's."""

    key: str
    earlier: str  # key of a Version
    later: str
    verified: bool
    note: str
    links: tuple[Link, ...]


@cache
def scales() -> tuple[Scale, ...]:
    """The rating scales that ship."""
    rows: list[Row] = _read("scales.json")["scales"]
    _refuse_if([reason for row in rows for reason in why_not_a_scale(row)])
    return tuple(map(scale_from, rows))


@cache
def versions() -> tuple[Version, ...]:
    """The toolkit versions that ship, earliest first."""
    found = [_read(path.name) for path in sorted(DATA.glob("*.json")) if _is_a_version(path)]
    _refuse_if([reason for data in found for reason in why_not_a_version(data)])
    return tuple(sorted(map(version_from, found), key=lambda v: (v.in_force_from, v.key)))


@cache
def crosswalks() -> tuple[Crosswalk, ...]:
    """The crosswalks between shipped versions."""
    keys = {v.key: {b.key for b in v.benchmarks} for v in versions()}
    found = [_read(path.name) for path in sorted(DATA.glob("crosswalk-*.json"))]
    _refuse_if([reason for data in found for reason in why_not_a_crosswalk(data, keys)])
    return tuple(map(crosswalk_from, found))


def checksum(data: Row) -> str:
    """The SHA-256 of what a version says; spaces, line breaks and the order of keys do not count."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def why_not_a_version(data: Row, scale_keys: Collection[str] | None = None) -> list[str]:
    """What is wrong with a toolkit version, given the scales there are; empty if nothing is."""
    if empty := [field for field in _VERSION_TEXTS if not data.get(field)]:
        return [f"The version does not say its {_words(empty)}."]
    return [
        *_version_values(data, scale_keys or {s.key for s in scales()}),
        *_repeated("benchmarks", data.get("benchmarks", ())),
        *_repeated("benchmarks", data.get("benchmarks", ()), "number"),
        *(reason for row in data.get("benchmarks", ()) for reason in _why_not_a_benchmark(row)),
    ]


UNSAID = (
    "not rated"  # what the portal itself says where there is no rating, on pages and in workbooks
)


def why_not_a_scale(row: Row) -> list[str]:
    """What is wrong with a rating scale, in plain sentences; empty if nothing is."""
    name, levels = row.get("key") or "A scale", row.get("levels", [])
    reasons = [f"{name}: {reason}" for reason in _repeated("levels", levels)]
    if not row.get("key") or not row.get("title"):
        reasons.append(f"{name} needs a key and a title.")
    if len(levels) < 2:
        reasons.append(f"{name} needs at least two levels.")
    labels = [str(level.get("label")).strip().casefold() for level in levels]
    if UNSAID in labels or len(set(labels)) < len(labels):
        reasons.append(f"{name}: each level has a word of its own, and none is “Not rated”.")
    ranks = [level.get("rank") for level in levels]
    if ranks != list(range(1, len(levels) + 1)):
        reasons.append(f"{name}: levels stand worst first and are ranked 1, 2, 3 and so on.")
    reasons += [
        f"{name}: “{level.get('tone')}” is not a tone."
        for level in levels
        if level.get("tone") not in TONES
    ]
    return [*reasons, *_why_not_patterns(name, levels)]


def _why_not_patterns(name: str, levels: Sequence[Row]) -> Iterable[str]:
    """A scale may leave them out; where one level has a pattern, each has its own."""
    given = [level["pattern"] for level in levels if level.get("pattern")]
    yield from (f"{name}: “{each}” is not a pattern." for each in given if each not in PATTERNS)
    if given and len(set(given)) < len(levels):
        yield f"{name}: each level needs a pattern of its own."


def why_not_a_crosswalk(data: Row, benchmarks: Mapping[str, Collection[str]]) -> list[str]:
    """What is wrong with a crosswalk, given each version's benchmark keys; empty if nothing is."""
    sides = ("from", "to")
    if strange := [str(data.get(s)) for s in sides if data.get(s) not in benchmarks]:
        return [f"There is no toolkit version “{key}”." for key in strange]
    links: Sequence[Row] = data.get("links", ())
    reasons = [
        f"“{link.get(side)}” is not a benchmark of {data[side]}."
        for link in links
        for side in sides
        if link.get(side) not in benchmarks[data[side]]
    ]
    left_out = sorted(set(benchmarks[data["from"]]) - {link.get("from") for link in links})
    reasons += [f"The crosswalk does not say what became of “{key}”." for key in left_out]
    return reasons or [*_relations(links)]


def is_key(text: str) -> bool:
    """Small letters, digits and single hyphens."""
    return _KEY.fullmatch(text) is not None


def _is_a_version(path: Path) -> bool:
    return path.name != "scales.json" and not path.name.startswith("crosswalk-")


def _version_values(data: Row, scale_keys: Collection[str]) -> Iterable[str]:
    if not is_key(data["key"]):
        yield f"“{data['key']}” is not a key of small letters, digits and single hyphens."
    if not isinstance(data.get("statutory"), bool) or not isinstance(data.get("year"), int):
        yield "The version has no year, or does not say whether it is statutory."
    if data.get("kind", "toolkit") not in KINDS:
        yield f"“{data['kind']}” is neither a toolkit nor a statement."
    if data["scale"] not in scale_keys:
        yield f"There is no rating scale “{data['scale']}”."
    if not isinstance(data.get("wording_verified"), bool) or not data.get("sources"):
        yield "The version names its sources and says whether its wording was verified."
    if not data.get("benchmarks"):
        yield "The version has no benchmarks."
    yield from _version_dates(data)


def _version_dates(data: Row) -> Iterable[str]:
    try:
        _, since, until = (
            _date(data, f) for f in ("published_on", "in_force_from", "in_force_until")
        )
    except (TypeError, ValueError):
        yield "Dates are written as 2018-09-05."
        return
    if since and until and until < since:
        yield "The version ends before it begins."


def _why_not_a_benchmark(row: Row) -> Iterable[str]:
    name = f"Benchmark “{row.get('key', '')}”"
    if empty := [field for field in _BENCHMARK_TEXTS if not row.get(field)]:
        yield f"{name} does not say its {_words(empty)}."
        return
    if strange := set(row) - {*_BENCHMARK_TEXTS, "verified"}:
        yield f"{name} has fields that no one reads: {_words(sorted(strange))}."
    if not is_key(row["key"]):
        yield f"{name}: a key is small letters, digits and single hyphens."
    if row["obligation"] not in OBLIGATIONS:
        yield f"{name}: “{row['obligation']}” is not an obligation."
    if not isinstance(row.get("verified"), bool):
        yield f"{name} does not say whether its statement was verified."
    for reason in (*_repeated("prompts", row.get("prompts", ())), *_prompts(row)):
        yield f"{name}: {reason}"


def _prompts(row: Row) -> Iterable[str]:
    for prompt in row.get("prompts", ()):
        if not prompt.get("text") or not prompt.get("support"):
            yield f"the prompt “{prompt.get('key', '')}” needs a text and what supports it."
        if not is_key(str(prompt.get("key", ""))) or prompt["key"].startswith(OWN_PROMPT):
            yield f"the prompt “{prompt.get('key', '')}” needs a key of small letters, digits and single hyphens, not beginning with “{OWN_PROMPT}”."
        if not isinstance(prompt.get("local_wording"), bool):
            yield f"the prompt “{prompt.get('key', '')}” does not say whose wording it is."


def _relations(links: Iterable[Row]) -> Iterable[str]:
    arrivals = Counter(link["to"] for link in links)
    for link in links:
        if link.get("relation") not in RELATIONS:
            yield f"“{link.get('relation')}” is not a relation between benchmarks."
        if link.get("relation") == "same" and arrivals[link["to"]] > 1:
            yield f"“{link['to']}” has several sources, so none of them is the same."


def _repeated(what: str, rows: Iterable[Row], field: str = "key") -> Iterable[str]:
    counts = Counter(row.get(field) for row in rows)
    return [f"Two {what} have the {field} “{value}”." for value, n in counts.items() if n > 1]


def scale_from(row: Row) -> Scale:
    """From a row that breaks no rule."""
    best_first = range(len(row["levels"]) - 1, -1, -1)
    levels = tuple(
        Level(**{"pattern": PATTERNS[min(place, len(PATTERNS) - 1)], **level})
        for place, level in zip(best_first, row["levels"], strict=True)
    )
    return Scale(
        key=row["key"],
        title=row["title"],
        levels=levels,
        complete=row["complete"],
        verified=row["verified"],
        note=row["note"],
    )


def version_from(data: Row) -> Version:
    """From data that break no rule."""
    return Version(
        key=data["key"],
        title=data["title"],
        year=data["year"],
        publisher=data["publisher"],
        published_on=_date(data, "published_on"),
        in_force_from=date.fromisoformat(data["in_force_from"]),
        in_force_until=_date(data, "in_force_until"),
        jurisdiction=data["jurisdiction"],
        statutory=data["statutory"],
        scale=data["scale"],
        wording_verified=data["wording_verified"],
        note=data["note"],
        sources=tuple(data["sources"]),
        benchmarks=tuple(map(_benchmark, data["benchmarks"])),
        checksum=checksum(data),
        kind=data.get("kind", "toolkit"),
    )


def _benchmark(row: Row) -> Benchmark:
    return Benchmark(**{**row, "prompts": tuple(Prompt(**p) for p in row["prompts"])})


def crosswalk_from(data: Row) -> Crosswalk:
    """From data that break no rule."""
    return Crosswalk(
        key=data["key"],
        earlier=data["from"],
        later=data["to"],
        verified=data["verified"],
        note=data["note"],
        links=tuple(Link(li["from"], li["to"], li["relation"]) for li in data["links"]),
    )


def _date(data: Row, field: str) -> date | None:
    return date.fromisoformat(data[field]) if data.get(field) else None


def _words(fields: Iterable[str]) -> str:
    return ", ".join(field.replace("_", " ") for field in fields)


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return data


def _refuse_if(reasons: Sequence[str]) -> None:
    if reasons:
        raise CatalogueError("\n".join(reasons))
