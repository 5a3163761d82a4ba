"""What strangers may read: the published reports of boroughs whose public pages are on."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from boroughs.models import Borough
from papers.storage import StoredFile

from .models import Issue, PublicDecision, PublicRegister
from .models.issue import IssueQuerySet


def open_registers() -> list[Borough]:
    """Boroughs with public pages, by name."""
    rows = PublicRegister.objects.filter(borough__ended_at=None).select_related("borough")
    return [row.borough for row in rows.order_by("borough__name", "pk")]


def register_of(slug: str) -> Borough | None:
    """The borough at this address, if its public pages are on."""
    rows = PublicRegister.objects.filter(borough__slug=slug, borough__ended_at=None)
    found = rows.select_related("borough").first()
    return found.borough if found else None


def public_issues(borough: Borough) -> IssueQuerySet:
    """Newest first, withdrawn ones as a notice."""
    return Issue.objects.filter(borough=borough).public()


def newer_than(issue: Issue) -> Issue | None:
    """The newest published version of the same report, when this one is not it."""
    rows = public_issues(issue.borough).filter(report=issue.report_id, number__gt=issue.number)
    return rows.filter(withdrawn_at=None).first()


def public_decisions(borough: Borough) -> QuerySet[PublicDecision]:
    """The records of decisions on versions that are public, the newest first, each without its PDF."""
    issues = public_issues(borough).filter(withdrawn_at=None)
    rows = PublicDecision.objects.filter(issue__in=issues).select_related("issue")
    return rows.defer("pdf", "issue__snapshot")


@dataclass(frozen=True)
class PublicFile:
    """An open appendix as it went out."""

    place: int
    label: str
    title: str
    file_name: str
    media_type: str
    stored: StoredFile


def public_files(issue: Issue) -> list[PublicFile]:
    """Open appendices of a public issue, in order. Asked of the database's own function: a stranger reaches no paper."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_public_files(%s)", [str(issue.pk)])
        rows = cursor.fetchall()
    return [
        PublicFile(
            place,
            issue.label_of(place),
            title,
            name,
            kind,
            StoredFile(storage, sha256, size, borough, None),
        )
        for place, borough, title, name, kind, storage, sha256, size in rows
    ]


def public_issue(borough: Borough, pk: UUID) -> Issue | None:
    found = public_issues(borough).filter(pk=pk).first()
    if found:
        found.borough = borough
    return found
