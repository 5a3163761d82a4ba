"""The register of local authorities in England and Wales, read from `boroughs/data/*.json`.

Nothing here touches the database: a command copies rows into models, and a page that opens a
borough asks this module which authorities exist. `valid_until` is a row's last day. The register
answers for days from 1 April 2021 on.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

DATA = Path(__file__).parent / "data"

# The same words as the models' choices; a test holds them together.
KINDS = (
    "london_borough",
    "city_of_london",
    "unitary",
    "metropolitan_district",
    "county",
    "non_metropolitan_district",
    "welsh_principal_area",
    "isles_of_scilly",
)
NATIONS = ("england", "wales")
GOVERNANCE_FORMS = ("leader_cabinet", "mayor_cabinet", "committee", "sui_generis", "unknown")
ENDINGS = {
    "reorganised": "Replaced by another council",
    "recoded": "The same council under a new code",
}
# A borough's slug is the first part of its addresses, so it may not take the place of a page.
RESERVED_SLUGS = frozenset(
    (
        *("accessibility", "account", "accounts", "administration", "borough", "boroughs"),
        *("calendar", "comparison"),
        *("complaints", "gallery", "glossary", "health", "help", "home", "invitations", "privacy"),
        *("register", "reports", "static"),
    )
)

_GSS = re.compile(r"[EW]\d{8}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NEEDED = frozenset({"gss", "slug", "name", "sort_name", "kind", "nation"})
_OPTIONAL = frozenset(
    (
        *("region", "full_name", "county", "valid_from", "valid_until"),
        *("ended_because", "replaced_by", "verified"),
    )
)


class DataError(ValueError):
    """A shipped data file breaks its own rules; the message says which row and why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One council under one GSS code. A recoded council has a row for each code."""

    gss: str
    slug: str
    name: str
    sort_name: str
    kind: str
    nation: str
    region: str  # empty in Wales
    full_name: str  # empty where the council's formal name was not checked
    county: str  # GSS code of a district's county, else empty
    valid_from: date | None  # None: since before the register begins
    valid_until: date | None
    ended_because: str  # a key of ENDINGS, or empty
    replaced_by: tuple[str, ...]
    verified: bool

    def __str__(self) -> str:
        return self.name

    @property
    def council_name(self) -> str:
        """How the council is called in a sentence; built from the short name where need be."""
        return self.full_name or f"{self.name} Council"

    def in_force(self, on: date) -> bool:
        """Whether the council existed under this code on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Governance:
    """How a council is governed from a day on, until its next row, with what supports it."""

    gss: str
    form: str  # one of GOVERNANCE_FORMS
    since: date | None  # None: for as long as is recorded
    seen_on: date | None  # the day a source shows it at work
    source: str
    verified: bool


@cache
def authorities() -> tuple[Authority, ...]:
    """Every row of the register, ended ones included, in the order names are read."""
    rows: list[Row] = _read("authorities.json")["authorities"]
    _refuse_if(why_not_a_register(rows))
    return tuple(sorted(map(_authority, rows), key=lambda a: (a.sort_name, a.gss)))


@cache
def current(on: date) -> tuple[Authority, ...]:
    """The authorities in force on a day, in the order names are read."""
    return tuple(a for a in authorities() if a.in_force(on))


def authority(gss: str) -> Authority:
    """The row with this code, ended or not; KeyError if there is none."""
    return _by_gss()[gss]


@cache
def governance(gss: str) -> tuple[Governance, ...]:
    """What is known of a council's governance, oldest first; empty where nothing is held."""
    return tuple(g for g in _all_governance() if g.gss == gss)


def why_not_an_authority(row: Row) -> str | None:
    """Why a row cannot enter the register, as a sentence; None if it can."""
    label = row.get("gss") or row.get("name") or "A row"
    reasons = (*_shape(row), *(() if _lacks(row) else _values(row)))
    return f"{label}: {reasons[0]}" if reasons else None


def why_not_a_register(rows: Sequence[Row]) -> list[str]:
    """What is wrong with the rows, alone and taken together; empty if nothing is."""
    alone = [reason for row in rows if (reason := why_not_an_authority(row))]
    return alone or [*_twice(rows, "gss"), *_twice(rows, "slug"), *_dangling(rows)]


def why_not_a_governance(row: Row) -> str | None:
    """Why a governance row cannot be taken, as a sentence; None if it can."""
    label = row.get("gss", "A row")
    if row.get("form") not in GOVERNANCE_FORMS:
        return f"{label}: “{row.get('form')}” is not a form of governance."
    if not 0 < len(row.get("source", "")) <= 200 or not isinstance(row.get("verified"), bool):
        return f"{label}: a governance row names its source in 200 characters and says whether it was verified."
    if row["form"] == "unknown" and row["verified"]:
        return f"{label}: what is not known cannot be verified."
    return _dates(row)


def _shape(row: Row) -> Iterable[str]:
    if missing := _lacks(row):
        yield f"{', '.join(sorted(missing))} is missing."
    if unknown := set(row) - _NEEDED - _OPTIONAL:
        yield f"{', '.join(sorted(unknown))} is not a field of the register."


def _lacks(row: Row) -> set[str]:
    return {field for field in _NEEDED if not row.get(field)}


def _values(row: Row) -> Iterable[str]:
    if not _GSS.fullmatch(row["gss"]):
        yield "a GSS code is E or W and eight digits."
    if not _SLUG.fullmatch(row["slug"]):
        yield f"“{row['slug']}” is not a slug of small letters, digits and single hyphens."
    if row["slug"] in RESERVED_SLUGS:
        yield f"“{row['slug']}” is the address of a page."
    if row["kind"] not in KINDS:
        yield f"“{row['kind']}” is not a kind of authority."
    if (row["nation"] == "wales") != row["gss"].startswith("W") or row["nation"] not in NATIONS:
        yield "the nation and the code's first letter disagree."
    if (row["nation"] == "england") != bool(row.get("region")):
        yield "English authorities have a region, Welsh ones have none."
    if (row["kind"] == "non_metropolitan_district") != bool(row.get("county")):
        yield "a district, and nothing else, names its county."
    yield from _ending(row)


def _ending(row: Row) -> Iterable[str]:
    if reason := _dates(row):
        yield reason
    ended = {bool(row.get(field)) for field in ("valid_until", "ended_because", "replaced_by")}
    if len(ended) > 1:
        yield "an ended row says when, why and what replaced it."
    if row.get("ended_because") and row["ended_because"] not in ENDINGS:
        yield f"“{row['ended_because']}” is not a way for a row to end."


def _dates(row: Row) -> str | None:
    try:
        since, until, *_ = (
            _date(row, field) for field in ("valid_from", "valid_until", "since", "seen_on")
        )
    except ValueError:
        return "dates are written as 2021-04-01."
    return "it ends before it begins." if since and until and until < since else None


def _twice(rows: Iterable[Row], field: str) -> Iterable[str]:
    counts = Counter(row[field] for row in rows)
    return [f"{value}: two rows have this {field}." for value, n in counts.items() if n > 1]


def _dangling(rows: Sequence[Row]) -> Iterable[str]:
    known = {row["gss"] for row in rows}
    for row in rows:
        for gss in (*row.get("replaced_by", ()), *filter(None, [row.get("county")])):
            if gss not in known:
                yield f"{row['gss']}: {gss}, which it names, is not in the register."


@cache
def _by_gss() -> Mapping[str, Authority]:
    return {a.gss: a for a in authorities()}


@cache
def _all_governance() -> tuple[Governance, ...]:
    rows: list[Row] = _read("governance.json")["governance"]
    _refuse_if([reason for row in rows if (reason := why_not_a_governance(row))])
    _refuse_if([f"{r['gss']} is not in the register." for r in rows if r["gss"] not in _by_gss()])
    return tuple(sorted(map(_governance, rows), key=lambda g: (g.gss, g.since or date.min)))


def _authority(row: Row) -> Authority:
    return Authority(
        gss=row["gss"],
        slug=row["slug"],
        name=row["name"],
        sort_name=row["sort_name"],
        kind=row["kind"],
        nation=row["nation"],
        region=row.get("region", ""),
        full_name=row.get("full_name", ""),
        county=row.get("county", ""),
        valid_from=_date(row, "valid_from"),
        valid_until=_date(row, "valid_until"),
        ended_because=row.get("ended_because", ""),
        replaced_by=tuple(row.get("replaced_by", ())),
        verified=row.get("verified", True),
    )


def _governance(row: Row) -> Governance:
    return Governance(
        gss=row["gss"],
        form=row["form"],
        since=_date(row, "since"),
        seen_on=_date(row, "seen_on"),
        source=row["source"],
        verified=row["verified"],
    )


def _date(row: Row, field: str) -> date | None:
    return date.fromisoformat(row[field]) if row.get(field) else None


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return data


def _refuse_if(reasons: Sequence[str]) -> None:
    if reasons:
        raise DataError("\n".join(reasons))
