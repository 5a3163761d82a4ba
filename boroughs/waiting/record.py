"""Duties, recommendations, risks and meetings."""

import datetime as dt
from typing import Any

from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat

from boroughs.models import Activity, Committee, Meeting, Recommendation, meetings_of
from boroughs.models.activity import LAST_DAY
from boroughs.models.closure import seats_today
from boroughs.roles import Perm

from .shape import Reader, Rows, Sort, When, arm, closed_by

SOON, AHEAD, AGENDA = dt.timedelta(days=30), dt.timedelta(days=120), dt.timedelta(days=14)
IN_REVIEW = ("under", "key")

DUTY = Sort("duty-due", "Reporting duties due or missed", "boroughs:duty-record")
DUTY_AHEAD = Sort("duty-ahead", "Reporting duties", "boroughs:duty-record", ahead=True)
UNANSWERED = Sort(
    "recommendation-unanswered",
    "Recommendations without an answer",
    "boroughs:recommendation-answer",
    IN_REVIEW,
)
UNDONE = Sort(
    "recommendation-undone",
    "Accepted recommendations not done in time",
    "boroughs:recommendation-answer",
    IN_REVIEW,
)
UNREPORTED = Sort(
    "recommendation-unreported",
    "Answers to be reported back",
    "boroughs:recommendation-report",
    IN_REVIEW,
)
RISK = Sort("risk-review", "Risks to review", "boroughs:risk-review", when=When.REVIEW)
UNRECORDED = Sort(
    "meeting-unrecorded",
    "Board meetings to record",
    "boroughs:board-meeting-record",
    IN_REVIEW,
    When.ON,
    lambda title, _: f"{title}: held or not, and who came",
)
UNPUBLISHED = Sort(
    "meeting-agenda",
    "Agendas to publish",
    "boroughs:meeting-change",
    IN_REVIEW,
    When.ON,
    lambda title, _: f"{title}: no day of publication is recorded",
)
MEETING = Sort(
    "meeting-ahead", "Meetings", "boroughs:committee-show", ("under",), When.ON, ahead=True
)
ACTIVITY = Sort(
    "activity-over",
    "Activities to record",
    "boroughs:activity-change",
    when=When.ENDED,
    say=lambda title, _: f"{title}: delivered or not, and what came of it",
)
SORTS = (
    ACTIVITY,
    UNANSWERED,
    UNDONE,
    UNREPORTED,
    DUTY,
    RISK,
    UNRECORDED,
    UNPUBLISHED,
    MEETING,
    DUTY_AHEAD,
)


def arms(reader: Reader, most: int) -> list[Rows]:
    found = [*_meetings(reader, most)]
    if Perm.KEEP_RECORD in reader.granted:
        found += [*_duties(reader, most), *_recommendations(reader, most)]
        risks = reader.borough.risks.filter(reader.may_see()).to_review()
        said: dict[str, Any] = {
            "title": "title",
            "due": "next_review",
            "closed": closed_by("closure"),
        }
        found.append(arm(RISK, risks, most=most, **said))
        planned = reader.borough.activities.filter(state=Activity.State.PLANNED)
        over = planned.annotate(last_day=LAST_DAY).filter(last_day__lt=reader.today)
        found.append(arm(ACTIVITY, over, title="title", due="last_day", most=most))
    return found


def _duties(reader: Reader, most: int) -> list[Rows]:
    owed, today = reader.borough.duties.filter(ended_on=None), reader.today
    soon = owed.filter(next_due__range=(today, today + SOON))
    return [
        arm(DUTY, owed.filter(next_due__lt=today), title="title", due="next_due", most=most),
        arm(DUTY_AHEAD, soon, title="title", due="next_due", most=most),
    ]


def _recommendations(reader: Reader, most: int) -> list[Rows]:
    asked = Recommendation.objects.filter(
        reader.may_see("review__"), review__borough=reader.borough
    )
    response = Recommendation.Response
    undone = asked.filter(response__in=(response.ACCEPTED, response.PARTLY), done_on=None)
    back = asked.exclude(response=response.WAITING).filter(reported_at=None)
    back = back.filter(report_to__isnull=False).filter(Q(done_on__isnull=False) | _by(reader))
    title = Concat("number", Value(". "), "text", output_field=TextField())
    closed = closed_by("review__closure")
    return [
        arm(sort, rows, title=title, due=due, under="review", closed=closed, most=most)
        for sort, rows, due in (
            (UNANSWERED, asked.waiting(), "due"),
            (UNDONE, undone.filter(due__lt=reader.today, reported_at=None), "due"),
            (UNREPORTED, back, "report_by"),
        )
    ]


def _by(reader: Reader) -> Q:
    """Not accepted, or its day to be reported back has come near."""
    near = Q(report_by__lte=reader.today + SOON)
    return near | Q(response=Recommendation.Response.NOT_ACCEPTED)


def _meetings(reader: Reader, most: int) -> list[Rows]:
    meetings, today = meetings_of(reader.borough), reader.today
    said: dict[str, Any] = {
        "title": F("committee__name"),
        "due": "date",
        "under": "committee",
        "most": most,
    }
    found = []
    if Perm.KEEP_RECORD in reader.granted:
        past = meetings.filter(committee__kind=Committee.Kind.BOARD, date__lt=today)
        unsaid = past.filter(outcome=Meeting.Outcome.PLANNED)
        found.append(arm(UNRECORDED, unsaid, **said))
    if Perm.MANAGE_MEETINGS in reader.granted:
        due = meetings.exclude(committee__regime=Committee.Regime.NONE)
        due = due.filter(date__range=(today, today + AGENDA), agenda_published_on=None)
        found.append(arm(UNPUBLISHED, due, **said))
    coming = meetings.filter(date__range=(today, today + AHEAD))
    if not {Perm.READ_RECORD, Perm.MANAGE_MEETINGS} & reader.granted:
        coming = coming.filter(committee__in=seats_today(reader.user).values("committee"))
    found.append(arm(MEETING, coming, **said))
    return found
