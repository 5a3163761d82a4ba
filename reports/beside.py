"""Reports beside the times a duty was done by them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from boroughs.access import BoroughRequest
from boroughs.beside import Beside, offer_beside
from boroughs.roles import Perm

from .models import Report, ReportedRound
from .models.report import ReportQuerySet


def reports_for(request: BoroughRequest) -> ReportQuerySet:
    """The borough's reports that the visitor may read: unmade ones are for who writes them."""
    if Perm.READ_REPORTS not in request.granted:
        return Report.objects.none()
    reports: ReportQuerySet = request.borough.reports.all()
    return reports if Perm.COMPOSE in request.granted else reports.made()


def reports_beside(
    request: BoroughRequest, kind: str, keys: Sequence[UUID]
) -> Mapping[UUID, list[Beside]]:
    found: defaultdict[UUID, list[Beside]] = defaultdict(list)
    if kind != "round":
        return found
    links = ReportedRound.objects.filter(round__in=keys, report__in=reports_for(request))
    for link in links.select_related("report"):
        link.report.borough = request.borough
        found[link.round_id].append(Beside(link.report.title, link.report.get_absolute_url()))
    return found


offer_beside(reports_beside)
