"""A borough's front page: what needs doing now, the benchmarks, three figures, the reports and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from boroughs.access import BoroughRequest
from boroughs.figures import catalogue_of
from boroughs.indicators import Catalogue, Indicator, shipped
from boroughs.models import Borough, FigureValue, Membership, open_to
from boroughs.review_access import requests_heard
from boroughs.roles import Perm, Role
from reports.access import reports_for
from reports.models import Report
from toolkit.comparison import compare, counts
from toolkit.models import Assessment, ToolkitVersion
from toolkit.policies import why_not_rate

from .models import ShownFigure
from .waiting import reader_at, to_come, to_do, waiting_for

FEW = 3  # of each group on the front page
RECENT = 4  # reports, and requests of committees
LOOKED_AT = 40  # assessments among which the last of the same line is found


def waiting(request: BoroughRequest, *, most: int) -> dict[str, Any]:
    """What waits for the visitor, and what is ahead."""
    groups = waiting_for(reader_at(request), most=most)
    return {"groups": to_do(groups), "ahead": to_come(groups)}


def about(request: BoroughRequest) -> tuple[list[str], list[str]]:
    """The visitor's roles, and the indicators chosen for this page: one statement."""
    roles = Membership.objects.live().filter(borough=OuterRef("pk"), user=request.user)
    chosen = ShownFigure.objects.filter(borough=OuterRef("pk")).order_by("position")
    found = Borough.objects.filter(pk=request.borough.pk).values_list(
        ArraySubquery(roles.values("role")), ArraySubquery(chosen.values("indicator"))
    )
    held, keys = found.get()
    return [role.label for role in Role if role in held], keys


# -- Ratings -------------------------------------------------------------------------------------------
def ratings(request: BoroughRequest) -> dict[str, Any]:
    """The latest assessment beside the one before it, by two statements."""
    rates = Perm.RATE in request.granted
    assessment = _latest(request.borough)
    if assessment is None:
        return {"assessment": None, "may_rate": rates}
    previous = assessment.previous()
    rows = compare(assessment, previous)
    return {
        "assessment": assessment,
        "previous": previous,
        "rows": rows,
        "counts": counts(rows),
        "may_rate": rates and why_not_rate(assessment) is None,
    }


def _latest(borough: Borough) -> Assessment | None:
    """With its line as far as these few tell it. The toolkit's goes before a statement made beside it."""
    standing = borough.assessments.in_lines().select_related("version__scale")
    few = list(standing.latest_first()[:LOOKED_AT])
    if not few:
        return None
    toolkits = [each for each in few if each.version.kind == ToolkitVersion.Kind.TOOLKIT]
    latest: Assessment = (toolkits or few)[0]
    latest.line = [
        each
        for each in few
        if (each.version_id, each.assessor) == (latest.version_id, latest.assessor)
    ]
    return latest


# -- Figures -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Shown:
    """One of the three, with its latest figure if there is one that the visitor may see."""

    indicator: Indicator
    value: FigureValue | None


def figures(request: BoroughRequest, chosen: Sequence[str]) -> list[Shown]:
    """The borough's choice; without one the three recorded last that count no referred people."""
    seen = open_to(request.user, listed=request.listed)
    values = request.borough.figures.filter(seen).select_related("closure")
    latest = values.order_by("indicator", "-ends_on", "-starts_on", "pk").distinct("indicator")
    if chosen:
        latest = latest.filter(indicator__in=chosen)
    found = {value.indicator: value for value in latest}
    catalogue = _catalogue(request.borough, {*found, *chosen})
    keys = chosen or _usual(catalogue, found)
    return [Shown(catalogue.by_key[key], found.get(key)) for key in keys if key in catalogue.by_key]


def _catalogue(borough: Borough, keys: set[str]) -> Catalogue:
    """What ships, where that is enough: the borough's own indicators are a statement more."""
    known = Catalogue(shipped())
    return known if keys <= set(known.by_key) else catalogue_of(borough)


def _usual(catalogue: Catalogue, found: dict[str, FigureValue]) -> list[str]:
    plain = [each for each in catalogue if not (each.whole or each.people_referred)]
    known = [each.key for each in plain if each.key in found and found[each.key].number is not None]
    return sorted(known, key=lambda key: found[key].ends_on, reverse=True)[: ShownFigure.MOST]


# -- Reports -------------------------------------------------------------------------------------------
def reports(request: BoroughRequest) -> list[Report]:
    """The latest first."""
    made = reports_for(request).select_related("meeting__committee").readable().issued()
    return list(made[:RECENT])


def asked(request: BoroughRequest) -> list[Any]:
    """What committees asked for last, those that are not reported back before the others."""
    heard = requests_heard(request).prefetch_related(None)
    return sorted(heard[:RECENT], key=lambda row: row.is_settled)
