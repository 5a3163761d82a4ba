"""Reports that wait for somebody."""

from boroughs.roles import Perm
from boroughs.waiting import Reader, Rows, Sort, When, arm

from .models import Report

UNFINISHED = Sort("report-unfinished", "Reports to finish", "reports:report", when=When.ON)
TO_ISSUE = Sort("report-to-issue", "Reports to issue", "reports:report", when=When.ON)
WRITTEN = (Report.State.DRAFTING, Report.State.CLEARANCE)
SORTS = (UNFINISHED, TO_ISSUE)


def arms(reader: Reader, most: int) -> list[Rows]:
    found = []
    reports = reader.borough.reports
    if Perm.COMPOSE in reader.granted:
        rows = reports.filter(state__in=WRITTEN)
        found.append(arm(UNFINISHED, rows, title="title", due="meeting__date", most=most))
    if Perm.ISSUE in reader.granted:
        rows = reports.filter(state=Report.State.CLEARED)
        found.append(arm(TO_ISSUE, rows, title="title", due="meeting__date", most=most))
    return found
