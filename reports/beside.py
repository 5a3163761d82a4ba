"""Reports beside the times a duty was done by them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from boroughs.access import BoroughRequest
from boroughs.beside import Beside, offer_beside

from .access import reports_for
from .models import ReportedRound


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
