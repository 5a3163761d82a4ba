"""Decisions that wait for somebody: to be recorded, followed up, or past the days in which they may be called in."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from boroughs.models import Meeting
from boroughs.roles import Perm
from boroughs.waiting import Group, Reader, Rows, Sort, When, arm, fan, item

from .models import Decision, DecisionStep
from .models.report import ReportQuerySet

SOON = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=70)  # from a decision to the end of its call-in: thirty working days

UNRECORDED = Sort(
    "decision-unrecorded", "Decisions to record", "reports:decision-record", when=When.ON
)
AWAITED = Sort(
    "decision-awaited",
    "Decisions that are not recorded yet",
    "reports:meeting-show",
    ("under",),
    When.ON,
    lambda title, _: f"{title}: democratic services records what was decided",
)
LATE = Sort(
    "decision-step-overdue",
    "Actions after decisions past their day",
    "reports:decision-show",
    ("under",),
)
COMING = Sort(
    "decision-step-ahead",
    "Actions after decisions",
    "reports:decision-show",
    ("under",),
    ahead=True,
)
CALL_IN = Sort(
    "decision-call-in",
    "Call-in ends",
    "reports:decision-show",
    when=When.ENDS,
    ahead=True,
)
SORTS = (UNRECORDED, AWAITED, LATE, COMING, CALL_IN)


def arms(reader: Reader, most: int) -> list[Rows]:
    """For those who record decisions and those who keep the record; who does both is asked to record."""
    found: list[Rows] = []
    if Perm.DECIDE in reader.granted:
        found.append(_undecided(UNRECORDED, reader, most))
    elif Perm.KEEP_RECORD in reader.granted:
        found.append(_undecided(AWAITED, reader, most))
    if _follows(reader):
        found.append(_steps(reader, most))
    return found


def _follows(reader: Reader) -> bool:
    return bool({Perm.DECIDE, Perm.KEEP_RECORD} & reader.granted)


def _read(reader: Reader) -> ReportQuerySet:
    reports: ReportQuerySet = reader.borough.reports.all()
    return reports.readable_by(reader.user, reader.granted)


def _undecided(sort: Sort, reader: Reader, most: int) -> Rows:
    """Reports that were put to a meeting of a day before today."""
    held = _read(reader).issued().filter(meeting__date__lt=reader.today)
    held = held.exclude(meeting__outcome=Meeting.Outcome.NOT_HELD)
    decided = Decision.objects.filter(report=OuterRef("pk"), meeting=OuterRef("meeting"))
    said: dict[str, Any] = {"title": "title", "due": "meeting__date", "under": "meeting"}
    return arm(sort, held.exclude(Exists(decided)), most=most, **said)


def _steps(reader: Reader, most: int) -> Rows:
    return fan(
        DecisionStep.objects.filter(decision__report__in=_read(reader), done_on=None),
        (LATE, Q(due__lt=reader.today), "due"),
        (COMING, Q(due__range=(reader.today, reader.today + SOON)), "due"),
        title="text",
        under="decision",
        most=most,
    )


def call_ins(reader: Reader, most: int) -> list[Group]:
    """Decisions that may still be called in. Bank holidays are not known to SQL, so this is a statement of its own."""
    if not _follows(reader):
        return []
    begun = Q(decided_on__gte=reader.today - LONGEST) | Q(published_on__gte=reader.today - LONGEST)
    rows = Decision.objects.filter(begun, report__in=_read(reader), called_in_on=None)
    rows = rows.filter(rule__isnull=False, urgent=False).select_related("report__borough", "rule")
    ends = [(one.window.last_day, one) for one in rows if one.window and one.window.last_day]
    open_still = sorted(
        ((last, one) for last, one in ends if last >= reader.today), key=lambda each: each[0]
    )
    if not open_still:
        return []
    lines = [
        item((None, one.pk, "", one.report.title, last, 0, False, 0), CALL_IN, reader)
        for last, one in open_still[:most]
    ]
    return [Group(CALL_IN, lines, len(open_still))]
