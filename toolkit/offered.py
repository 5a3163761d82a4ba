"""A version that somebody offers as a data file: read, and checked by the catalogue's own rules. Writes nothing."""

import json
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from . import catalogue, shape
from .models import Benchmark, Scale, ToolkitVersion

PARTS = {"version": shape.VERSION, "scale": shape.SCALE, "crosswalk": shape.CROSSWALK}
RESERVED = frozenset(  # words that stand in addresses where the key of a benchmark does
    {
        "compared",
        "move",
        "posts",
        "recommendations",
        "reopen",
        "sign-off",
        "signed",
        "submit",
        "take-back",
    }
)


class NotOffered(Exception):
    """The file cannot be taken; `reasons` are plain sentences."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class Offered:
    """What a file would add."""

    version: catalogue.Version
    scale: catalogue.Scale | None
    crosswalk: catalogue.Crosswalk | None
    scale_title: str  # of the version's scale, brought along or here already


@dataclass(frozen=True)
class Known:
    """What is there already, by its keys."""

    benchmarks: Mapping[str, AbstractSet[str]]  # of each version
    scales: Mapping[str, str]  # the title of each

    @classmethod
    def now(cls) -> "Known":
        found: dict[str, set[str]] = {
            key: set() for key in ToolkitVersion.objects.values_list("key", flat=True)
        }
        for version, key in Benchmark.objects.values_list("version__key", "key"):
            found[version].add(key)
        return cls(found, dict(Scale.objects.values_list("key", "title")))


def read_offer(text: str, known: Known) -> Offered:
    """The file's version, with the scale and the crosswalk it may bring along. Raises NotOffered."""
    data = _parts(text)
    for reasons in (_misshapen(data), _broken(data, known)):
        if found := list(dict.fromkeys(reasons)):
            raise NotOffered(*found)
    scale, crosswalk = data.get("scale"), data.get("crosswalk")
    return Offered(
        catalogue.version_from(data["version"]),
        catalogue.scale_from(scale) if scale else None,
        catalogue.crosswalk_from(crosswalk) if crosswalk else None,
        scale["title"] if scale else known.scales[data["version"]["scale"]],
    )


def _parts(text: str) -> dict[str, Any]:
    """The parts of the file; a file that is a version and nothing else has one."""
    try:
        data = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError:
        raise NotOffered("The file has too many braces within braces.") from None
    except json.JSONDecodeError as wrong:
        raise NotOffered(
            f"The file is not JSON: line {wrong.lineno} cannot be read. Compare it with a shipped file."
        ) from None
    except ValueError:
        raise NotOffered("The file has a number that cannot be read.") from None
    if isinstance(data, dict) and isinstance(data.get("version"), dict):
        return data
    return {"version": data}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := [name for name in names if names.count(name) > 1]:
        raise NotOffered(f"“{twice[0][:50]}” stands twice within the same braces.")
    return dict(pairs)


def _no_number(word: str) -> None:
    raise NotOffered(f"“{word}” is not a number.")


def _misshapen(data: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(set(data) - set(PARTS)):
        yield f"The file has a part that no one reads: “{name[:50]}”."
    for name, part in PARTS.items():
        if name in data:
            yield from shape.misshapen(data[name], part, f"The {name}")


def _broken(data: Mapping[str, Any], known: Known) -> Iterator[str]:
    version, scale, crosswalk = data["version"], data.get("scale"), data.get("crosswalk")
    if version["key"] in known.benchmarks:
        yield f"There is a version “{version['key']}” already. A version never changes: give the new words a new key."
    scales = {*known.scales, *([scale["key"]] if scale else [])}
    yield from catalogue.why_not_a_version(version, scales)
    yield from _reserved(version["benchmarks"])
    if scale:
        yield from _why_not_this_scale(scale, version["scale"], known)
    if crosswalk:
        yield from _why_not_this_crosswalk(crosswalk, version, known)


def _reserved(benchmarks: list[dict[str, Any]]) -> Iterator[str]:
    for row in benchmarks:
        if row["key"] in RESERVED:
            yield f"Benchmark “{row['key']}”: this word stands in the portal’s addresses. Choose another key."


def _why_not_this_scale(scale: dict[str, Any], used: str, known: Known) -> Iterator[str]:
    if scale["key"] in known.scales:
        yield f"There is a scale “{scale['key']}” already. Leave it out of the file, or give yours another key."
    if scale["key"] != used:
        yield f"The version uses the scale “{used}”, and the file brings “{scale['key']}”."
    yield from catalogue.why_not_a_scale(scale)
    if wrong := [row["key"] for row in scale["levels"] if not catalogue.is_key(row["key"])]:
        yield f"“{wrong[0]}” is not a key of small letters, digits and single hyphens."


def _why_not_this_crosswalk(
    crosswalk: dict[str, Any], version: dict[str, Any], known: Known
) -> Iterator[str]:
    if version["key"] not in (crosswalk["from"], crosswalk["to"]):
        yield "The crosswalk must lead from or to the version of this file."
    if crosswalk["from"] == crosswalk["to"]:
        yield "The crosswalk leads from a version to itself."
    pairs = [(link["from"], link["to"]) for link in crosswalk["links"]]
    if len(set(pairs)) < len(pairs):
        yield "The crosswalk says the same link twice."
    own = {row["key"] for row in version["benchmarks"]}
    yield from catalogue.why_not_a_crosswalk(crosswalk, {**known.benchmarks, version["key"]: own})
