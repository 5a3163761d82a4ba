"""What of reports can be found by search: by whoever writes them what is written, by their readers what was made."""

from typing import Any

from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KT

from boroughs.access import BoroughRequest
from boroughs.roles import Perm
from boroughs.searching import Kind, Rows, Source, offer

from .access import reports_for
from .models import Issue, ReportText

REPORTS = Kind("reports", "Reports")


class Printed(Func):
    """The words people wrote in a made report's snapshot, and what it prints of the ratings."""

    template = """(SELECT string_agg(found #>> '{}', E'\\n')
        FROM unnest(ARRAY['$.texts.*', '$.recommendations.lead', '$.recommendations.items[*]',
            '$.assessment.ratings[*].comment', '$.assessment.ratings[*].actions',
            '$.background_papers[*].title', '$.appendices[*].title']::jsonpath[]) AS place,
            jsonb_path_query(%(expressions)s, place) AS found)"""
    output_field = TextField()


def writes(request: BoroughRequest) -> bool:
    return Perm.READ_DRAFTS in request.granted


def drafts(request: BoroughRequest) -> Any:
    return request.borough.reports.all() if writes(request) else None


def texts(request: BoroughRequest) -> Rows | None:
    """Open sections, and closed ones for those on their lists."""
    if not writes(request):
        return None
    rows: Any = ReportText.objects.filter(report__in=drafts(request))
    found: Rows = rows.visible_to(request.user)
    return found


def issued(request: BoroughRequest) -> Rows | None:
    """The newest issue of each report, as its readers have it."""
    if writes(request):
        return None
    rows = Issue.objects.standing().readable_by(request.user, request.granted)
    newest = rows.filter(report=OuterRef("report"))
    theirs = rows.filter(report__in=reports_for(request))
    return theirs.filter(pk=Subquery(newest.values("pk")[:1]))


offer(
    Source(REPORTS, Perm.READ_REPORTS, drafts, "reports:report", title="title", texts=("source",)),
    Source(
        REPORTS,
        Perm.READ_REPORTS,
        texts,
        "reports:report",
        title="report__title",
        texts=("body",),
        where=Value("Text of the report"),
        parts=("report",),
        by_title=False,
    ),
    Source(
        REPORTS,
        Perm.READ_REPORTS,
        issued,
        "reports:report",
        title=KT("snapshot__report__title"),
        texts=(Printed(F("snapshot")),),
        parts=("report",),
    ),
)
