"""What of reports can be found by search: by whoever writes them what is written, by their readers what was made."""

from typing import Any

from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KT

from boroughs.access import BoroughRequest
from boroughs.roles import Perm
from boroughs.searching import Kind, Rows, Source, offer

from .models import Rendering, ReportText

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
    return Perm.COMPOSE in request.granted


def drafts(request: BoroughRequest) -> Any:
    return request.borough.reports.all() if writes(request) else None


def texts(request: BoroughRequest) -> Rows | None:
    return ReportText.objects.filter(report__in=drafts(request)) if writes(request) else None


def made(request: BoroughRequest) -> Rows | None:
    """The newest of each report, as its page shows it."""
    if writes(request):
        return None
    newest = Rendering.objects.ready().filter(report=OuterRef("report"))
    of_borough = Rendering.objects.filter(report__in=request.borough.reports.all())
    return of_borough.filter(pk=Subquery(newest.values("pk")[:1]))


offer(
    Source(REPORTS, Perm.READ_REPORTS, drafts, "reports:report", title="title", texts=("source",)),
    Source(
        REPORTS,
        Perm.COMPOSE,
        texts,
        "reports:report-edit",
        title="report__title",
        texts=("body",),
        where=Value("Text of the report"),
        parts=("report",),
        by_title=False,
    ),
    Source(
        REPORTS,
        Perm.READ_REPORTS,
        made,
        "reports:report",
        title=KT("snapshot__report__title"),
        texts=(Printed(F("snapshot")),),
        parts=("report",),
    ),
)
