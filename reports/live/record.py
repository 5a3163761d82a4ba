"""Blocks from the registers: risks, reporting duties, activities."""

from datetime import timedelta

from boroughs.models import Activity
from boroughs.models.activity import ActivityQuerySet
from boroughs.periods import between
from boroughs.policies import day
from reports.models import Report

from .piece import Live, Piece, day_of, invented, table


def risks(report: Report) -> Piece:
    """The highest first."""
    rows = list(report.borough.risks.open_to_all().going_on().with_scales())
    if not rows:
        return Piece("No risk is recorded.")
    rows.sort(key=lambda risk: (-risk.height, risk.title))
    return table(
        "Risks to the programme and the council, the highest first, before and with what is done about them.",
        "Risks",
        ["Risk", "Before controls", "Controls", "Now"],
        [[risk.title, risk.before, risk.controls, risk.after] for risk in rows],
        illustrative=invented(rows),
    )


def duties(report: Report) -> Piece:
    rows = list(report.borough.duties.filter(ended_on=None).select_related("board"))
    if not rows:
        return Piece("No reporting duty is recorded.")
    return table(
        "Who is told how often, and when next.",
        "Reporting duties",
        ["What is reported", "To whom", "How often", "Next due"],
        [[duty.title, duty.board or duty.told, duty.get_every_months_display(), day(duty.next_due)] for duty in rows],
    )  # fmt: skip


def delivered(report: Report) -> Piece:
    """In the period of the assessment, or else in the twelve months up to the report's day."""
    assessment, until = report.assessment, day_of(report)
    since = until - timedelta(days=364)
    period = (
        between(assessment.starts_on, assessment.ends_on) if assessment else between(since, until)
    )
    rows = _activities(report).filter(state=Activity.State.DELIVERED).within(period)
    found = list(rows.with_numbers().order_by("starts_on", "title", "pk"))
    if not found:
        return Piece(f"No activity is recorded as delivered in {period}.")
    lines = [(f"{row.title}, {row.when}", _result(row)) for row in found]
    return Piece(f"Delivered in {period}:", lines=lines, illustrative=invented(found))


def _result(row: Activity) -> list[str]:
    said = [row.result] if row.result else []
    return [*said, *(str(count) for count in row.counts.all())]


def planned(report: Report) -> Piece:
    rows = _activities(report).filter(state=Activity.State.PLANNED)
    found = list(rows.order_by("starts_on", "title", "pk"))
    if not found:
        return Piece("No activity is planned yet.")
    lines: list[tuple[str, list[str]]] = [(f"{row.title}, {row.when}", []) for row in found]
    return Piece("Planned:", lines=lines, illustrative=invented(found))


def _activities(report: Report) -> ActivityQuerySet:
    return Activity.objects.filter(borough=report.borough)


BLOCKS = (
    Live("risks", "Risks", risks),
    Live("reporting duties", "Reporting duties", duties),
    Live("activities delivered", "Activities delivered in the period", delivered),
    Live("activities planned", "Activities planned", planned),
)
