"""What the pages of a batch show: the newest reports of some councils, and what one person asked for."""

from collections.abc import Collection
from uuid import UUID

from accounts.models import User
from boroughs.models import Borough
from reports.models import BatchItem, Report

MOST = 10  # of each council's reports, the newest first


def newest_reports(boroughs: Collection[Borough]) -> list[Report]:
    """By council; of each the newest."""
    rows = Report.objects.filter(borough__in=boroughs).select_related("borough")
    found: dict[int, list[Report]] = {borough.pk: [] for borough in boroughs}
    for report in rows.order_by("-started_at", "pk"):
        if len(found[report.borough_id]) < MOST:
            found[report.borough_id].append(report)
    return [report for reports in found.values() for report in reports]


def items_of(batch: UUID, boroughs: Collection[Borough], person: User) -> list[BatchItem]:
    """Of the batch that the person asked for, the reports of these councils."""
    rows = BatchItem.objects.filter(batch=batch, asked_by=person, report__borough__in=boroughs)
    return list(rows.select_related("report__borough", "rendering"))
