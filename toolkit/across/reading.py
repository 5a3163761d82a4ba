"""What is signed off in several boroughs, and the toolkits it was judged by: one statement each, however many there are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject, RowNumber

from boroughs.models import Borough
from toolkit.models import Assessment, Benchmark, Level, SignedRating, SignOff, ToolkitVersion

NEWEST = 2  # of each line: the last period, and the one it is held against

SHORT = {
    Assessment.Assessor.SELF: "officers",
    Assessment.Assessor.BOARD: "board",
    Assessment.Assessor.PEER: "peers",
    Assessment.Assessor.HOME_OFFICE: "Home Office",
}


@dataclass(frozen=True)
class Toolkit:
    """A version with its benchmarks in order and its levels, best first."""

    pk: int
    key: str
    title: str
    benchmarks: tuple[Benchmark, ...]
    levels: tuple[Level, ...]
    latest: dt.date | None  # the last day of the newest period that is signed off by it


@dataclass(frozen=True)
class Signed:
    """What stands signed off of one period: for each benchmark its level, if it has one, and its standing."""

    borough: int
    assessor: str
    period: str
    starts_on: dt.date
    ends_on: dt.date
    signed_on: dt.date
    illustrative: str
    words: dict[int, tuple[int | None, str]]

    @property
    def months(self) -> str:
        """The period in few letters."""
        first, last = self.starts_on, self.ends_on
        if (first.year, first.month) == (last.year, last.month):
            return f"{last:%b %Y}"
        return (
            f"{first:%b}–{last:%b %Y}" if first.year == last.year else f"{first:%b %Y}–{last:%b %Y}"
        )

    @property
    def who(self) -> str:
        """The assessor in a word."""
        return SHORT[Assessment.Assessor(self.assessor)]


def toolkits(boroughs: Sequence[Borough]) -> list[Toolkit]:
    """Every version, the newest first."""
    signed = SignOff.objects.in_force().filter(
        assessment__version=OuterRef("pk"), borough__in=_keys(boroughs)
    )
    benchmarks = Benchmark.objects.filter(version=OuterRef("pk"))
    levels = Level.objects.filter(scale=OuterRef("scale"))
    found = ToolkitVersion.objects.annotate(
        latest=Subquery(signed.order_by("-assessment__ends_on").values("assessment__ends_on")[:1]),
        of_benchmarks=_together(benchmarks, "version", "pk", "key", "number", "title"),
        of_levels=_together(levels, "scale", "pk", "label", "tone", "pattern", "rank"),
    )
    return [_toolkit(version) for version in found]


def _toolkit(version: Any) -> Toolkit:
    benchmarks = [Benchmark(**row) for row in version.of_benchmarks or []]
    levels = [Level(**row) for row in version.of_levels or []]
    return Toolkit(
        version.pk,
        version.key,
        str(version),
        tuple(sorted(benchmarks, key=lambda each: each.number)),
        tuple(sorted(levels, key=lambda each: -each.rank)),
        version.latest,
    )


def signed_off(
    boroughs: Sequence[Borough], toolkit: Toolkit, assessor: str = ""
) -> dict[int, list[Signed]]:
    """Of each borough the newest period in force, and the one before it of the same line where there is one.

    Without an assessor it is the line whose period ended last; of two that ended on one day, the board's goes first.
    """
    lines: dict[tuple[int, str], list[Signed]] = {}
    for row in _rows(boroughs, toolkit, assessor):
        lines.setdefault((row.borough, row.assessor), []).append(row)
    newest: dict[int, list[Signed]] = {}
    for line in sorted(lines.values(), key=_after):
        newest[line[0].borough] = line
    return newest


def _after(line: list[Signed]) -> tuple[dt.date, bool, str]:
    return line[0].ends_on, line[0].assessor == Assessment.Assessor.BOARD, line[0].assessor


def _rows(boroughs: Sequence[Borough], toolkit: Toolkit, assessor: str) -> list[Signed]:
    """The newest of each line, the newest first."""
    found = SignOff.objects.in_force().filter(
        borough__in=_keys(boroughs), assessment__version=toolkit.pk
    )
    if assessor:
        found = found.filter(assessment__assessor=assessor)
    place = Window(
        RowNumber(),
        partition_by=[F("borough"), F("assessment__assessor")],
        order_by=[F("assessment__ends_on").desc(), F("assessment__starts_on").desc(), F("pk")],
    )
    newest = found.annotate(place=place).filter(place__lte=NEWEST)
    words = SignedRating.objects.filter(sign_off=OuterRef("pk"))
    rows = (
        SignOff.objects.filter(pk__in=newest.values("pk"))
        .annotate(words=_together(words, "sign_off", "benchmark", "level", "standing"))
        .select_related("assessment")
        .order_by("-assessment__ends_on", "-assessment__starts_on", "pk")
    )
    return [_signed(row) for row in rows]


def _signed(row: Any) -> Signed:
    said = row.assessment
    return Signed(
        row.borough_id,
        said.assessor,
        said.period,
        said.starts_on,
        said.ends_on,
        row.signed_on,
        said.illustrative,
        {word["benchmark"]: (word["level"], word["standing"]) for word in row.words or []},
    )


def _together(rows: QuerySet[Any], of: str, *fields: str) -> Subquery:
    """The rows of one parent as a list of objects."""
    listed = JSONBAgg(JSONObject(**{name: name for name in fields}))
    return Subquery(rows.order_by().values(of).annotate(listed=listed).values("listed"))


def _keys(boroughs: Sequence[Borough]) -> list[int]:
    return [borough.pk for borough in boroughs]
