"""Reports beside the times a duty was done by them; sections of reports beside the closure that closes them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from boroughs.access import BoroughRequest
from boroughs.beside import Beside, offer_beside
from boroughs.roles import Perm

from .access import reports_for
from .models import ReportedRound, ReportText
from .places import places_of


def reports_beside(
    request: BoroughRequest, kind: str, keys: Sequence[UUID]
) -> Mapping[UUID, list[Beside]]:
    found: defaultdict[UUID, list[Beside]] = defaultdict(list)
    if kind == "closure":
        return _sections(request, keys)
    if kind != "round":
        return found
    links = ReportedRound.objects.filter(round__in=keys, report__in=reports_for(request))
    for link in links.select_related("report"):
        link.report.borough = request.borough
        found[link.round_id].append(Beside(link.report.title, link.report.get_absolute_url()))
    return found


def _sections(request: BoroughRequest, keys: Sequence[UUID]) -> Mapping[UUID, list[Beside]]:
    """To those on the list, in reports they may read: to be written, or for who does not write as the report reads."""
    found: defaultdict[UUID, list[Beside]] = defaultdict(list)
    rows = ReportText.objects.visible_to(request.user).filter(closure__in=keys)
    rows = rows.filter(report__in=reports_for(request)).select_related("report__style")
    for text in rows:
        text.report.borough = request.borough
        heading = next(
            (p.heading for p in places_of(text.report.style) if p.key == text.key), text.key
        )
        page = text.report.get_absolute_url()
        if Perm.COMPOSE in request.granted:
            page = reverse("reports:section", args=[request.borough.slug, text.report_id, text.key])
        found[text.closure_id].append(Beside(f"{heading}, in “{text.report.title}”", page))  # type: ignore[index]
    return found


offer_beside(reports_beside)
