"""Reports that wait for somebody."""

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Concat

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm

from .models import Clearance, Report
from .models.clearance import ClearanceQuerySet

UNFINISHED = Sort("report-unfinished", "Reports to finish", "reports:report", when=When.ON)
TO_ISSUE = Sort("report-to-issue", "Reports to issue", "reports:report", when=When.ON)
TO_CLEAR = Sort("report-to-clear", "Reports to clear", "reports:clear-section")
RETURNED = Sort(
    "section-returned",
    "Sections that were returned",
    "reports:section",
    ("under", "key"),
    When.ON,
    lambda title, _: f"{title}: read the comment and send the section again",
)
WRITTEN = (Report.State.DRAFTING, Report.State.CLEARANCE)
SORTS = (TO_CLEAR, RETURNED, UNFINISHED, TO_ISSUE)


def arms(reader: Reader, most: int) -> list[Rows]:
    found = []
    reports = reader.borough.reports
    if Perm.CLEAR in reader.granted:
        found.append(_to_clear(reader, most))
    if Perm.COMPOSE in reader.granted:
        found.append(_returned(reader, most))
        rows = reports.filter(state__in=WRITTEN)
        found.append(arm(UNFINISHED, rows, title="title", due="meeting__date", most=most))
    if Perm.ISSUE in reader.granted:
        rows = reports.filter(state=Report.State.CLEARED)
        found.append(arm(TO_ISSUE, rows, title="title", due="meeting__date", most=most))
    return found


def _sent(reader: Reader, state: str) -> ClearanceQuerySet:
    """Of the borough's reports that are still written."""
    return Clearance.objects.filter(
        state=state, report__borough=reader.borough, report__state__in=WRITTEN
    )


def _to_clear(reader: Reader, most: int) -> Rows:
    mine = _sent(reader, Clearance.State.ASKED).filter(asked_of=reader.user)
    title = Concat("report__title", Value(": "), "post", output_field=TextField())
    return arm(TO_CLEAR, mine, title=title, due="due_on", most=most)


def _returned(reader: Reader, most: int) -> Rows:
    """Until the section is sent again."""
    again = Clearance.objects.filter(
        report=OuterRef("report"), key=OuterRef("key"), asked_at__gt=OuterRef("ended_at")
    ).exclude(state=Clearance.State.TAKEN_BACK)
    rows = _sent(reader, Clearance.State.RETURNED).exclude(Exists(again))
    title, under = "report__title", "report"
    return arm(RETURNED, rows, key="key", title=title, due="ended_at", under=under, most=most)
