"""What a report says beneath its table of ratings: what changed, what other assessors say, what the ratings rest on.

Pure, as the rendering is. Reports that were made before this stood in them have none of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.template.defaultfilters import urlize
from django.utils.safestring import SafeString

from reports.narrative import tidy
from reports.numbering import Numbers

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """A word of one assessor on one benchmark."""

    who: str
    word: str
    tone: str
    pattern: str
    note: str


@dataclass(frozen=True)
class Part:
    """A piece with a heading of its own; what it does not have is empty."""

    kind: str
    heading: str
    number: str
    anchor: str
    lead: str = ""
    lines: list[str] = field(default_factory=list)
    who: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[Said]]] = field(default_factory=list)
    evidence: list[tuple[str, list[SafeString]]] = field(default_factory=list)


def parts_of(
    snapshot: Snapshot, names: dict[str, Any], numbers: Numbers, anchor: str
) -> list[Part]:
    """In the order in which they are read."""
    return [
        Part(
            **{**said, "heading": tidy(said["heading"].format(**names))},
            number=numbers.heading(),
            anchor=f"{anchor}-{said['kind']}",
        )
        for said in _found(snapshot)
    ]


def _found(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    assessment, wording = snapshot["assessment"], snapshot["style"]["benchmarks"]
    if assessment["previous_period"] and "changes" in assessment:
        changes = [tidy(sentence) for sentence in assessment["changes"]]
        yield {
            "kind": "changed",
            "heading": wording["changed"],
            "lead": "" if changes else wording["nothing_changed"],
            "lines": changes,
        }
    if assessment.get("beside"):
        yield {"kind": "beside", "heading": wording["beside"], **_beside(snapshot)}
    if evidence := _evidence(snapshot):
        lead = wording["evidence_lead"]
        yield {
            "kind": "evidence",
            "heading": wording["evidence"],
            "lead": lead,
            "evidence": evidence,
        }


def _beside(snapshot: Snapshot) -> dict[str, Any]:
    assessment, wording = snapshot["assessment"], snapshot["style"]["benchmarks"]
    ratings = assessment["ratings"]
    who = [_who(each, snapshot) for each in (assessment, *assessment["beside"])]
    differing = sum(any(other["differs"] for other in each["beside"]) for each in ratings)
    lead = wording["differ" if differing else "agree"]
    return {
        "lead": lead.format(differing=differing, benchmarks=len(ratings)),
        "who": who,
        "rows": [(_title(each), _words(each, who, snapshot)) for each in ratings],
    }


def _who(assessment: Snapshot, snapshot: Snapshot) -> str:
    """An assessor with the period, and a warning where the ratings are invented."""
    invented = snapshot["style"]["wording"]["illustrative"]
    period = f"{assessment['assessor']}, {assessment['period']}"
    return tidy(f"{period} ({invented})" if assessment.get("illustrative") else period)


def _words(rating: Snapshot, who: list[str], snapshot: Snapshot) -> list[Said]:
    wording, level = snapshot["style"]["wording"], rating["level"]
    own = {**(level or {"tone": "grey"}), "word": rating["word"], "differs": False}
    return [
        Said(
            name,
            tidy(each["word"]),
            each["tone"],
            each.get("pattern", ""),
            wording["differs"] if each["differs"] else "",
        )
        for name, each in zip(who, (own, *rating["beside"]), strict=True)
    ]


def _evidence(snapshot: Snapshot) -> list[tuple[str, list[SafeString]]]:
    words = snapshot["style"]["wording"]
    return [
        (_title(rating), [_line(each, words) for each in rating["evidence"]])
        for rating in snapshot["assessment"]["ratings"]
        if rating.get("evidence")
    ]


def _line(evidence: Snapshot, words: dict[str, str]) -> SafeString:
    months = evidence["older_than"]
    age = [words["old"].format(months=months)] if months else []
    facts = [evidence["kind"], in_words(evidence["dated"]), *age]
    note = f": {evidence['note']}" if evidence["note"] else ""
    return urlize(tidy(f"{evidence['title']} ({', '.join(facts)}){note}"), autoescape=True)


def _title(rating: Snapshot) -> str:
    return tidy(f"{rating['number']}. {rating['title']}")


def in_words(day: str) -> str:
    """An ISO date as it is read: 4 July 2019; anything else as it was written."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%B} {found.year}"
