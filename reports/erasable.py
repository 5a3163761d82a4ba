"""What of a report can be erased: its title, a text, or all of it; the PDFs that carry it go with it."""

from uuid import UUID

from accounts.models import User
from boroughs.models import Borough
from boroughs.purging import Erasable, Kind, also, offer
from boroughs.retention import review

from .models import Decision, Report
from .places import APPENDICES, AUTHOR, LEAD, front_keys, front_place, places_of

ALL_COMMENTS = "all-comments"


def report(borough: Borough, user: User, granted: frozenset[str], record: UUID) -> Erasable | None:
    """For those who write reports, and for those who read this one as it was made."""
    found = (
        borough.reports.readable_by(user, granted)
        .select_related("style", "borough")
        .filter(pk=record)
        .first()
    )
    if found is None:
        return None
    parts = {"title": "The title", **_front(found), **_sections(found), "": "All of it"}
    return Erasable(found.title, found.get_absolute_url(), parts)


def _front(report: Report) -> dict[str, str]:
    asked = {field["key"]: field["question"] for field in report.style.definition["front"]}
    said = {front_place(key): f"Front sheet: {asked[key]}" for key in front_keys(report.style)}
    return {**said, AUTHOR: "Front sheet: author"}


def _sections(report: Report) -> dict[str, str]:
    places = {place.key: place.name for place in places_of(report.style)}
    return {
        **places,
        ALL_COMMENTS: "Comments to colleagues",
        LEAD: "Recommendations: opening words",
        APPENDICES: "Titles of appendices",
    }


def decision(
    borough: Borough, user: User, granted: frozenset[str], record: UUID
) -> Erasable | None:
    """For those who read the report that was decided on."""
    rows = Decision.objects.filter(report__borough=borough).select_related("report__borough")
    found = rows.filter(pk=record).first()
    if found is None or report(borough, user, granted, found.report_id) is None:
        return None
    parts = {"": "All its words, and what it said before its corrections"}
    return Erasable(str(found), found.get_absolute_url(), parts)


offer(Kind("decision", "The words of a decision", decision, ["reports_purge_decision"]))
offer(Kind("report", "The text of a report", report, ["reports_purge", "reports_comments_purge"]))
for kind in ("rating", "assessment", "paper", "action", "indicator"):
    also(kind, "reports_purge")
also("report", "reports_purge_decision")
review("report", "reports_review")
