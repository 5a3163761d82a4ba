"""What of reports can be found by search: by whoever writes them what is written, by their readers what was made."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Func, OuterRef, Subquery, TextField, Value
from django.db.models.fields.json import KT, KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Concat

from boroughs.access import BoroughRequest
from boroughs.roles import Perm
from boroughs.searchable.words import day_of
from boroughs.searching import Kind, Rows, Source, offer

from .access import reports_for
from .models import DecidedItem, Decision, DecisionStep, Issue, ReportText

REPORTS = Kind("reports", "Reports")
DECISIONS = Kind("decisions", "Decisions")


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


def decisions(request: BoroughRequest) -> Rows:
    """Those on reports that the visitor may read, each with what it is about, as it was put to the meeting."""
    rows = Decision.objects.filter(report__in=reports_for(request))
    found: Rows = rows.annotate(about=_about("issue", "report"))
    return found


def steps(request: BoroughRequest) -> Rows:
    """What is to be done after them."""
    rows = DecisionStep.objects.filter(decision__report__in=reports_for(request))
    found: Rows = rows.annotate(about=_about("decision__issue", "decision__report"))
    return found


def _about(issue: str, report: str) -> Concat:
    put = KeyTextTransform("title", KeyTransform("report", f"{issue}__snapshot"))
    title = Coalesce(put, F(f"{report}__title"), output_field=TextField())
    return Concat(Value("Decision on "), title, output_field=TextField())


def _recommended() -> Subquery:
    """Recommendations as they were put and as they were amended."""
    items = DecidedItem.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    words = Concat("text", Value("\n"), "amended", output_field=TextField())
    return Subquery(items.values(words=StringAgg(words, delimiter="\n")))


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
    Source(
        DECISIONS,
        Perm.READ_REPORTS,
        decisions,
        "reports:decision-show",
        title="about",
        texts=(_recommended(), "reasons", "alternatives", "conflicts", "minute"),
        where=Concat(Value("Decided on "), day_of("decided_on"), output_field=TextField()),
    ),
    Source(
        DECISIONS,
        Perm.READ_REPORTS,
        steps,
        "reports:decision-show",
        title="text",
        texts=("owner_post",),
        where=F("about"),
        parts=("decision",),
    ),
)
